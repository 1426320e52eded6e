"""The server as it is served, in a thread of the test: with limits that a test can reach."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from withhold.faces.web.app import create
from withhold.faces.web.desk import Desk
from withhold.faces.web.password import Password
from withhold.faces.web.serving import Served, server_of
from withhold.faces.web.sessions import Guarding
from withhold.faces.web.uploads import Limits
from withhold.reach.listening import listening


@dataclass
class Running:
    """A server that listens; ``session`` is one that is open."""

    desk: Desk
    guarding: Guarding
    session: str

    def head(self, method: str, path: str, *more: str) -> bytes:
        """The head of a request as a browser inside sends it."""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.guarding.port}",
            f"Origin: http://127.0.0.1:{self.guarding.port}",
            f"Cookie: {self.guarding.cookie}={self.session}",
            *more,
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    @contextmanager
    def connected(self, tls: ssl.SSLContext | None = None) -> Iterator[socket.socket]:
        """A connection to it."""
        plain = socket.create_connection(("127.0.0.1", self.guarding.port), timeout=30)
        with plain, tls.wrap_socket(plain) if tls else plain as sock:
            yield sock

    def asked(self, *sent: bytes, pause: float = 0.0) -> bytes:
        """What is answered to these octets, until it hangs up; empty = without a word."""
        with self.connected() as sock:
            try:
                for one in sent:
                    sock.sendall(one)
                    time.sleep(pause)
            except OSError:
                pass  # it has heard enough
            return rest(sock)


def rest(sock: socket.socket) -> bytes:
    """All that still comes."""
    found = b""
    try:
        while chunk := sock.recv(65536):
            found += chunk
    except ConnectionError:
        pass
    return found


@contextmanager
def running(
    home: Path,
    limits: Limits | None = None,
    *,
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    password: Password | None = None,
    how: Served | None = None,
) -> Iterator[Running]:
    """Serves until the end of the block."""
    how = how or Served()
    with closing(listening("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
        guarding = Guarding(port, hosts, tls=bool(how.cert), password=password)
        desk = Desk(home, "en")
        server = server_of(create(desk, guarding, limits or Limits(spare=0)), how)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield Running(desk, guarding, guarding.begin())
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()
