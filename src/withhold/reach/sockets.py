"""Connections that go to a numeric address which was checked, and that end in time.

The timeouts of sockets count anew with every octet; a server that sends one a second is never
late for them. Here every read ends at one deadline, and after so many octets.
"""

from __future__ import annotations

import contextlib
import math
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from withhold.reach.addresses import Address

_LEAST = 0.001
"""A timeout of 0 would make a socket non-blocking."""


class TooMuch(Exception):
    """More octets came over the wire than are read."""


class _Plain(socket.socket):
    deadline = math.inf
    left = 0

    def recv_into(self, *given: Any) -> int:
        _before(self)
        count = super().recv_into(*given)
        self.left -= count
        return count


class _Secure(ssl.SSLSocket):
    deadline = math.inf
    left = 0

    def recv_into(self, *given: Any) -> int:
        _before(self)
        count = super().recv_into(*given)
        self.left -= count
        return count


def _before(sock: _Plain | _Secure) -> None:
    remaining = sock.deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError("the time is over")
    if sock.left <= 0:
        raise TooMuch
    sock.settimeout(remaining)


def trusting(authorities: str = "") -> ssl.SSLContext:
    """A context that verifies names and chains: by the system's authorities, or those of a file."""
    context = create_urllib3_context()
    context.sslsocket_class = _Secure
    if authorities:
        context.load_verify_locations(authorities)
    else:
        context.load_default_certs()
    return context


class Pinned(HTTPConnection):
    """A connection to given numeric addresses; Host keeps the name."""

    addresses: Sequence[str] = ()
    ip = ""
    _read: _Plain | _Secure | None = None
    """What is read from: of a response that ends with its connection the library forgets it."""

    def _new_conn(self) -> socket.socket:
        sock, self.ip = _connected(self.addresses, self.port, self.timeout)
        return sock

    def allow(self, deadline: float, octets: int) -> None:
        """Until when and how much may be read from here on."""
        self.timeout = max(deadline - time.monotonic(), _LEAST)
        if isinstance(self.sock, _Plain | _Secure):
            self._read = self.sock
        if self._read is not None:
            self._read.deadline = deadline
            self._read.left = octets

    def cut_short(self) -> None:
        """Ends what another thread waits for; in a handshake its own time ends it."""
        if self._read is not None:
            with contextlib.suppress(OSError):
                self._read.shutdown(socket.SHUT_RDWR)


class PinnedTLS(HTTPSConnection, Pinned):
    """The same over TLS; the name that is verified is the URL's."""


def connection(
    to: Address, addresses: Sequence[str], context: Callable[[], ssl.SSLContext]
) -> Pinned:
    """A connection that is not open yet; the context is asked for where it is https."""
    made = (
        PinnedTLS(to.host, to.port, ssl_context=context())
        if to.scheme == "https"
        else Pinned(to.host, to.port)
    )
    made.addresses = addresses
    return made


def _connected(
    addresses: Sequence[str], port: int, seconds: float | None
) -> tuple[socket.socket, str]:
    """The first address that takes the connection; each gets its part of the time that is left.

    The socket keeps the rest of the time as its timeout: that of the whole TLS handshake.
    """
    until = time.monotonic() + (seconds or _LEAST)
    trouble: OSError = OSError("no address")
    for number, address in enumerate(addresses):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            sock = _Plain(family, socket.SOCK_STREAM)
        except OSError as why:  # a system without this family
            trouble = why
            continue
        try:
            left = until - time.monotonic()
            sock.settimeout(max(left / (len(addresses) - number), _LEAST))
            sock.connect((address, port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(max(until - time.monotonic(), _LEAST))
        except OSError as why:
            sock.close()
            trouble = why
        else:
            return sock, address
    raise trouble
