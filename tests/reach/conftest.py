"""Real servers on loopback that do as they are told, for good or ill."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from withhold.reach.addresses import is_private
from withhold.reach.fetched import Limits
from withhold.reach.http import Fetcher
from withhold.reach.names import Names

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SMALL = Limits(total=5, connect=3, body=64 * 1024, head=16 * 1024, wait=0.5)
QUICK = Limits(total=0.6, connect=0.3, body=64 * 1024, head=16 * 1024)
"""For what is to run out of time."""
Talk = Callable[[socket.socket, bytes], Any]
"""Answers one request head; what it returns as True keeps the connection for another."""


def response(
    status: str = "200 OK", body: bytes = b"", *headers: str, length: bool = True
) -> bytes:
    """The octets of a response."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class Server:
    """Listens on a loopback address and speaks raw octets."""

    def __init__(
        self, talk: Talk, host: str = "127.0.0.1", context: ssl.SSLContext | None = None
    ) -> None:
        self.talk = talk
        self.host = host
        self.heads: list[bytes] = []
        self.connections = 0
        self._context = context
        self._open: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._listening.bind((host, 0))
        self._listening.listen(64)
        self.port: int = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "") -> str:
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self._context else 'http'}://{name}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [head.split(b" ")[1].decode() for head in self.heads]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for one in self._open:
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                taken, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(taken)
            thread = threading.Thread(target=self._serve, args=(taken,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, taken: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._context:
                taken = self._context.wrap_socket(taken, server_side=True)
                self._open.append(taken)
            while (head := _head(taken)) and self._answer(taken, head):
                pass
        taken.close()

    def _answer(self, taken: socket.socket, head: bytes) -> bool:
        self.heads.append(head)
        return self.talk(taken, head) is True


def _head(taken: socket.socket) -> bytes:
    read = b""
    while not read.endswith(b"\r\n\r\n"):
        got = taken.recv(4096)
        if not got:
            return b""
        read += got
    return read


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts a server: ``serve(talk)``, or ``serve({path: octets})`` with 404 for the rest."""
    servers: list[Server] = []

    def start(what: Talk | dict[str, bytes], **more: Any) -> Server:
        def from_table(taken: socket.socket, head: bytes) -> bool:
            path = head.split(b" ")[1].decode()
            taken.sendall(what.get(path, response("404 Not Found")))  # type: ignore[union-attr]
            return True

        servers.append(Server(from_table if isinstance(what, dict) else what, **more))
        return servers[-1]

    yield start
    for one in servers:
        one.close()


HOSTS = {
    "a.test": ("127.0.0.1",),
    "b.test": ("127.0.0.1",),
    "www.a.test": ("127.0.0.1",),
    "six.test": ("::1", "127.0.0.1"),
    "inside.test": ("10.0.0.7",),
    "both.test": ("10.0.0.7", "127.0.0.1"),
}


def look_up(host: str) -> tuple[str, ...]:
    if host not in HOSTS:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return HOSTS[host]


def private_but_here(address: str) -> bool:
    """As in life, but that 127.0.0.1 stands for the open web."""
    return address != "127.0.0.1" and is_private(address)


@pytest.fixture
def fetcher() -> Iterator[Callable[..., Fetcher]]:
    """Makes a fetcher with small limits, for which 127.0.0.1 and the names above are the web."""
    made: list[Fetcher] = []

    def make(**more: Any) -> Fetcher:
        given = {"limits": SMALL, "private": private_but_here, "names": Names(look_up)} | more
        made.append(Fetcher("https://withhold.example/bot", lambda: NOW, **given))
        return made[-1]

    yield make
    for one in made:
        one.close()
