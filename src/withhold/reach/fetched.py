"""What was asked of the web and what came of it. Trouble of the world is a value here."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

Why = Literal[
    "ok",
    "bad-url",
    "private-address",
    "robots",
    "robots-unreachable",
    "dns",
    "refused",
    "unreachable",
    "tls",
    "timeout",
    "reset",
    "too-large",
    "bad-answer",
    "redirects",
    "429",
    "stopped",
]
"""``ok``: an HTTP response was read whole, whatever its status. ``robots``: the robots.txt there
refuses us; ``robots-unreachable``: it could not be read, so nothing else was fetched. ``reset``:
the connection ended too early; ``bad-answer``: what came is not HTTP, or cannot be decoded.
``stopped``: we were closed meanwhile."""
Note = Literal["https-to-http", "headers-damaged", "asked-again"]
"""``headers-damaged``: a line without a colon stood among the headers; those after it count.
``asked-again``: after a 429 whose Retry-After was short."""
Headers = tuple[tuple[str, str], ...]


class Limits(Struct, frozen=True, kw_only=True):
    """How much of our time and memory a server may take; seconds and bytes."""

    total: float = 20.0
    """One fetch with all its redirects. Most sites answer in one second; thousands of sites with
    some dead ones must still end."""
    connect: float = 6.0
    """TCP and TLS; a lost first packet is sent again after 1 and 3 seconds (RFC 6298)."""
    body: int = 4 * 1024 * 1024
    """Decoded. A robots.txt counts up to 500 KiB (RFC 9309, 2.5); pages are rarely over 2 MiB."""
    head: int = 128 * 1024
    """All headers of one response; servers themselves stop at 8 to 64 KiB. One line has at most
    64 KiB, and there are at most 100: limits of the standard library."""
    redirects: int = 10
    """RFC 9309, 2.3.1.2 wants at least five."""
    wait: float = 5.0
    """A Retry-After up to this is waited for, once."""


class Known(Struct, frozen=True, kw_only=True):
    """A body that the caller has already, from which URL, with the server's marks of it."""

    url: str
    etag: str = ""
    last_modified: str = ""


class Wanted(Struct, frozen=True, kw_only=True):
    """One thing to fetch. ``own``: the site belongs to the owner, whose word its robots.txt is.

    With ``known`` the server may answer 304: nothing changed. It is told only when the very URL
    is asked that gave the known body, be it at the end of redirects.
    """

    url: str
    method: Literal["GET", "HEAD"] = "GET"
    own: bool = False
    known: Known | None = None


class Hop(Struct, frozen=True, kw_only=True):
    """One request that was sent and the response to it, as evidence keeps them."""

    url: str
    method: str = "GET"
    sent: Headers = ()
    ip: str = ""
    """The numeric address that answered."""
    line: str = ""
    """The status line."""
    status: int = 0
    headers: Headers = ()
    body: bytes = b""
    cut: bool = False
    why: Why = "ok"


class Fetched(Struct, frozen=True, kw_only=True):
    """What came of one ``Wanted``.

    ``status`` is 0 where no final response came; ``why`` then says why, ``detail`` in a few words.
    ``body`` is decoded (gzip); ``cut``: there was more, or more was announced. ``seconds`` is all
    the time it took, ``on`` when it began, by the caller's clock.
    """

    url: str
    final_url: str
    on: datetime
    method: str = "GET"
    status: int = 0
    line: str = ""
    headers: Headers = ()
    body: bytes = b""
    why: Why = "ok"
    detail: str = ""
    cut: bool = False
    seconds: float = 0.0
    sent: Headers = ()
    ip: str = ""
    redirects: tuple[Hop, ...] = ()
    """The responses that led on, or, after a 429 that was waited for, to the second try."""
    notes: tuple[Note, ...] = ()
    retry_after: float | None = None
    """Seconds that a 429 asks to wait; None where it names none."""

    def header(self, name: str) -> str:
        """The value of a header, several joined by commas (RFC 9110, 5.3); empty if not there."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def known(self) -> Known | None:
        """For the next ``Wanted``: None where the server gave no mark, or not the whole body."""
        etag, modified = self.header("etag"), self.header("last-modified")
        if self.status != 200 or self.cut or self.why != "ok" or not (etag or modified):
            return None
        return Known(url=self.final_url, etag=etag, last_modified=modified)

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every response there was, in order."""
        if not self.status:
            return self.redirects
        last = Hop(
            url=self.final_url,
            method=self.method,
            sent=self.sent,
            ip=self.ip,
            line=self.line,
            status=self.status,
            headers=self.headers,
            body=self.body,
            cut=self.cut,
            why=self.why,
        )
        return (*self.redirects, last)
