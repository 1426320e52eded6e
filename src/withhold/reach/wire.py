"""One request and its response, within the limits; the world's trouble comes back as a value."""

from __future__ import annotations

import email.message
import http.client
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence

from msgspec import Struct
from urllib3.response import BaseHTTPResponse

from withhold.reach.addresses import Address
from withhold.reach.fetched import Headers, Limits, Why
from withhold.reach.sockets import Pinned, connection, trusting
from withhold.reach.trouble import TROUBLE, named
from withhold.signals.documents import kind_of

_PIECE = 64 * 1024
_IDLE = 32
"""Connections kept open for the next request to the same origin, over all origins: enough for
every thread to come back to its own, far from the 1,024 files a process may have open."""
_DECODED = ("", "identity", "gzip", "x-gzip", "deflate")


class Reply(Struct):
    """What came of one request; filled as it comes, so that trouble leaves what was there."""

    why: Why = "ok"
    detail: str = ""
    ip: str = ""
    line: str = ""
    status: int = 0
    headers: Headers = ()
    damaged: bool = False
    body: bytes = b""
    cut: bool = False


class Wire:
    """Connections of one run, used again while they live."""

    def __init__(self, limits: Limits, context: ssl.SSLContext | None = None) -> None:
        self._limits = limits
        self._context = context
        self._lock = threading.Lock()
        self._idle: OrderedDict[int, tuple[str, Pinned]] = OrderedDict()
        self._live: set[Pinned] = set()
        self._closed = False

    def ask(
        self,
        to: Address,
        addresses: Sequence[str],
        method: str,
        sent: Headers,
        deadline: float,
        *,
        document: bool = False,
    ) -> Reply:
        """The response to one request, sent over a connection of before where one is left.

        Of such a one the server may have tired without a word; then a new one is opened.
        ``document``: if what comes is an EPUB or PDF, it may be as large as such.
        """
        kept = self._kept(to.origin)
        if kept is not None:
            reply = self._exchange(kept, to, method, sent, deadline, document)
            if reply.status or reply.why not in ("reset", "bad-answer"):
                return reply
        anew = connection(to, addresses, self._trusted)
        return self._exchange(anew, to, method, sent, deadline, document)

    def close(self) -> None:
        """Ends what is idle, and what is under way in other threads: they answer ``stopped``."""
        with self._lock:
            self._closed = True
            idle = [one for _, one in self._idle.values()]
            self._idle.clear()
            for one in self._live:
                one.cut_short()
        for one in idle:
            one.close()

    def _exchange(
        self,
        over: Pinned,
        to: Address,
        method: str,
        sent: Headers,
        deadline: float,
        document: bool,
    ) -> Reply:
        reply = Reply()
        whole = False
        with self._lock:
            self._live.add(over)
        try:
            if over.sock is None and not self._closed:
                over.timeout = max(min(self._limits.connect, deadline - time.monotonic()), 0.001)
                over.connect()
            if self._closed:
                raise ConnectionAbortedError
            reply.ip = over.ip
            over.allow(deadline, self._limits.head)
            over.request(method, to.target, headers=dict(sent), preload_content=False)
            response = over.getresponse()
            _head(reply, response)
            # Compressed it is smaller than decoded; what is more is framing, or made to hurt.
            large = document and kind_of(response.headers.get("content-type", ""), to.url)
            most = self._limits.document if large else self._limits.body
            over.allow(deadline, most + self._limits.head)
            self._body(reply, response, method, most)
            whole = reply.why == "ok"
        except TROUBLE as why:
            reply.why, reply.detail = named(why)
            reply.cut = bool(reply.status)
        finally:
            with self._lock:
                self._live.discard(over)
            if whole and over.sock is not None and not self._closed:
                self._keep(to.origin, over)
            else:
                over.close()
        if self._closed and reply.why != "ok":
            reply.why, reply.detail = "stopped", ""
        return reply

    def _body(self, reply: Reply, response: BaseHTTPResponse, method: str, most: int) -> None:
        """The body, decoded, up to ``most``; what was read before trouble stays."""
        coding = [
            one.strip().lower() for one in response.headers.get("content-encoding", "").split(",")
        ]
        known = all(one in _DECODED or one in response.CONTENT_DECODERS for one in coding)
        pieces: list[bytes] = []
        size = 0
        try:
            while size <= most:
                left = response.length_remaining
                piece = response.read1(min(_PIECE, most + 1 - size, left or _PIECE))
                if not piece:
                    break
                pieces.append(piece)
                size += len(piece)
        finally:
            reply.body = b"".join(pieces)[:most]
            response.close()
        if size > most:
            reply.why, reply.detail, reply.cut = "too-large", f"more than {most} bytes", True
        elif not known and method != "HEAD" and size:
            reply.why, reply.detail = "bad-answer", f"content-encoding {', '.join(coding)}"
        elif reply.status < 300 and response.tell() and not _has_ended(response):
            reply.why, reply.detail, reply.cut = "bad-answer", "compressed, without its end", True

    def _trusted(self) -> ssl.SSLContext:
        """Made when it is first of use: reading the authorities of a system takes its time."""
        with self._lock:
            if self._context is None:
                self._context = trusting()
            return self._context

    def _kept(self, origin: str) -> Pinned | None:
        """An open connection to the origin; one on which something waits to be read is not."""
        with self._lock:
            idle = self._idle
            last = next((number for number in reversed(idle) if idle[number][0] == origin), None)
            if last is None:
                return None
            _, one = idle.pop(last)
        if one.is_connected:
            return one
        one.close()
        return None

    def _keep(self, origin: str, one: Pinned) -> None:
        with self._lock:
            self._idle[id(one)] = (origin, one)
            old = self._idle.popitem(last=False)[1][1] if len(self._idle) > _IDLE else None
        if old is not None:
            old.close()


def _head(reply: Reply, response: BaseHTTPResponse) -> None:
    """Status line and headers in the order of the wire, each by itself.

    The library stops reading headers at a line that is none, and gives the rest as a body of the
    message; what a site says after a broken line is still said.
    """
    reply.status = response.status
    reply.line = f"{response.version_string} {response.status} {response.reason or ''}".rstrip()
    original = getattr(response, "_original_response", None)
    message = original.msg if isinstance(original, http.client.HTTPResponse) else None
    if message is None:
        reply.headers = tuple(response.headers.iteritems())
        return
    reply.headers = tuple((str(name), str(value)) for name, value in message.items())
    if message.defects:
        reply.damaged = True
        reply.headers += _after_damage(message)


def _has_ended(response: BaseHTTPResponse) -> bool:
    """Whether a gzip or deflate stream came to its own end (RFC 1951, 3.2.3; RFC 1952, 2.3.1).

    Where no length is told, nothing else tells a body from the beginning of one, and the library
    does not look. What comes after the first member of gzip does not matter.
    """
    decoder = getattr(response, "_decoder", None)
    for one in getattr(decoder, "_decoders", (decoder,)):
        ended = getattr(getattr(one, "_obj", None), "eof", True)
        if not ended and not getattr(one, "_state", 0):
            return False
    return True


def _after_damage(message: email.message.Message) -> Headers:
    rest = message.get_payload()
    lines = rest.splitlines() if isinstance(rest, str) else []
    pairs = [line.partition(":") for line in lines]
    return tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon and name)
