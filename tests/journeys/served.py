"""A small site on a loopback port, which says what a test lets it say."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """One response; ``drip`` sends it a byte at a time, ``hang_up`` ends it half-way."""

    body: bytes = b""
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    drip: float = 0.0
    hang_up: bool = False


@dataclass
class Served:
    """The site: its address, what it answers by path (404 else), and what it was asked."""

    url: str
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)

    @property
    def robots(self) -> str:
        return f"{self.url}/robots.txt"


@contextmanager
def site(**answers: Answer) -> Iterator[Served]:
    """Serves until the end of the block. Keys: ``robots page tdmrep ai_txt``, or any path."""
    places = {
        "robots": "/robots.txt",
        "page": "/",
        "tdmrep": "/.well-known/tdmrep.json",
        "ai_txt": "/ai.txt",
    }
    served = Served("", {places.get(name, name): answer for name, answer in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            answer = served.answers.get(self.path, Answer(b"not here", 404))
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            more = 10 if answer.hang_up else 0
            self.send_header("Content-Length", str(len(answer.body) + more))
            self.end_headers()
            try:
                if answer.drip:
                    for octet in answer.body:
                        self.wfile.write(bytes([octet]))
                        time.sleep(answer.drip)
                else:
                    self.wfile.write(answer.body)
            except OSError:
                pass  # the visitor had enough

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        served.url = f"http://127.0.0.1:{server.server_port}"
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
