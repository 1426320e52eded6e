"""Sixty policies on loopback, some of which are not served; and the program that watches them.

Run as a program it makes one round: ``python -m tests.journeys.policies_served HOME PORT``.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.unit.verbs.policies_made import CAPTCHA, DENIES, TRAINS, page
from withhold.keep import Store
from withhold.policy_facts import PolicyDocument
from withhold.reach.fetched import Limits
from withhold.reach.http import Fetcher
from withhold.reach.names import Names
from withhold.verbs.kept import Keeping
from withhold.verbs.watch_policies import Round, run

COUNT = 60
SLOW = range(0, 5)
FORBIDDEN = range(5, 10)
CAPTCHAS = range(10, 13)
HALVES = range(13, 15)
LIMITS = Limits(total=0.4, connect=0.3)


class World:
    """What each of the sixty hosts ``dN.test`` answers; ``trouble`` puts some of them out."""

    def __init__(self) -> None:
        self.trouble = False
        self.drag = 0.0
        self.asked: Counter[int] = Counter()
        self.changed: set[int] = set()
        self.port = 0
        self.over = threading.Event()

    def answer(self, number: int) -> tuple[int, bytes]:
        whole = page(TRAINS if number % 2 or number in self.changed else DENIES)
        if not self.trouble:
            return 200, whole
        if number in SLOW:
            self.over.wait(3 * LIMITS.total)
        if number in FORBIDDEN:
            return 403, b"<h1>Forbidden</h1>"
        if number in CAPTCHAS:
            return 200, CAPTCHA
        if number in HALVES:
            return 200, page(share=0.5)
        return 200, whole


@contextmanager
def world() -> Iterator[World]:
    """Serves until the end of the block."""
    made = World()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = int(self.headers["Host"].partition(".")[0].removeprefix("d"))
            status, body = 404, b""
            if self.path != "/robots.txt":
                made.asked[number] += 1
                time.sleep(made.drag)
                status, body = made.answer(number)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # who asked was killed, or had enough

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def documents(port: int) -> list[tuple[str, PolicyDocument]]:
    """All sixty, each at a host of its own."""
    return [
        (
            "acme",
            PolicyDocument(
                id=f"d{number}",
                kind="privacy",
                title=f"Policy {number}",
                url=f"http://d{number}.test:{port}/privacy",
            ),
        )
        for number in range(COUNT)
    ]


def watched(home: Path, port: int, now: datetime, in_all: int = 16) -> Round:
    """One round, with every response kept; waits between tries are short."""

    def here(host: str) -> tuple[str, ...]:
        if not host.endswith(".test"):
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return ("127.0.0.1",)

    keeping = Keeping(home, lambda: now, "withhold/test")
    with (
        Store.open(home) as store,
        Fetcher(
            "tests@withhold.example",
            lambda: now,
            limits=LIMITS,
            allow_private=True,
            names=Names(here),
            keep=keeping.add,
        ) as fetcher,
    ):
        done = run(
            documents(port),
            fetcher,
            store,
            lambda: now,
            sleep=lambda seconds: time.sleep(seconds / 100),
            in_all=in_all,
            flush=keeping.flush,
        )
    keeping.close()
    return done


if __name__ == "__main__":
    watched(Path(sys.argv[1]), int(sys.argv[2]), datetime.now(UTC), in_all=4)
