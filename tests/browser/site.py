"""A small server for pages written in a test. What it was asked and what it saved is the truth."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What a path is answered with; ``after`` seconds later; ``cut``: the line is cut instead."""

    body: str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0
    cut: bool = False


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]


Said = Answer | str | Callable[[Asked], Answer]


class Site:
    """Paths with what they answer. ``state`` is what POST /save saved, ``on`` at first."""

    def __init__(self) -> None:
        self.paths: dict[str, Said] = {}
        self.asked: list[Asked] = []
        self.state = "on"
        self.port = 0
        self.begin()

    def begin(self) -> None:
        """An empty site with a setting that is on."""
        self.paths = {"/save": self._save, "/state": lambda _: Answer(self.state)}
        self.asked = []
        self.state = "on"

    def _save(self, asked: Asked) -> Answer:
        self.state = asked.body.decode() or self.state
        return Answer("saved")

    def page(self, body: str, path: str = "/", *, head: str = "", **more: Any) -> str:
        """Sets a page and answers its address."""
        text = f"<!doctype html><html lang=en><head><title>Settings</title>{head}</head>"
        self.paths[path] = Answer(f"{text}<body>{body}</body></html>", **more)
        return self.url(path)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path; ``localhost`` is another site for the browser."""
        return f"http://{host}:{self.port}{path}"

    def written(self) -> list[tuple[str, str]]:
        """Method and path of all that came and was no reading."""
        reads = ("GET", "HEAD", "OPTIONS")
        return [(one.method, one.path) for one in self.asked if one.method not in reads]

    def answer(self, asked: Asked) -> Answer:
        """What this request is answered with."""
        self.asked.append(asked)
        said = self.paths.get(asked.path, Answer("nothing here", 404))
        if callable(said):
            return said(asked)
        return Answer(said) if isinstance(said, str) else said


@contextmanager
def serving() -> Iterator[Site]:
    """The site on a port of loopback."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *said: object) -> None:
            """Silent."""

        def _any(self) -> None:
            at = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, at.path, at.query, body, dict(self.headers.items()))
            answer = site.answer(asked)
            time.sleep(answer.after)
            if answer.cut:
                self.close_connection = True
                self.connection.close()
                return
            data = answer.body.encode()
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(data)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)
            except OSError:
                self.close_connection = True  # the browser has gone

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _any  # noqa: N815

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A browser that is killed cuts its lines: no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
