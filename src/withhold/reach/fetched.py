"""What was asked of the web and what came of it. Trouble of the world is a value here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from withhold.reach.http_dates import http_date

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
Note = Literal["https-to-http", "headers-damaged", "asked-again", "asked-in-full"]
"""``headers-damaged``: a line without a colon stood among the headers; those after it count.
``asked-again``: after a 429 whose Retry-After was short. ``asked-in-full``: after a 304 that spoke
of another response than the one that was known."""
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
    document: int = 64 * 1024 * 1024
    """The same of an EPUB or PDF that was asked for by its path: books are larger than pages."""
    head: int = 128 * 1024
    """All headers of one response; servers themselves stop at 8 to 64 KiB. One line has at most
    64 KiB, and there are at most 100: limits of the standard library."""
    redirects: int = 10
    """RFC 9309, 2.3.1.2 wants at least five."""
    wait: float = 5.0
    """A Retry-After up to this is waited for, once."""


class Spot(Struct, frozen=True, kw_only=True):
    """Where a response is kept: so many bytes of a WARC file, and the SHA-256 of them."""

    file: str
    offset: int
    size: int
    digest: str


_MARK_AT_MOST = 1024
"""Characters of a mark that is told to a server again; usual ones have under 100."""
_NOT_UPDATED = frozenset(
    (
        "connection",
        "content-encoding",
        "content-length",
        "content-range",
        "content-type",
        "keep-alive",
        "transfer-encoding",
    )
)
"""Headers of a 304 that say nothing of the body that is known (RFC 9111, 3.2)."""


class Known(Struct, frozen=True, kw_only=True):
    """A whole response (200) that the caller has already, with the server's marks of it.

    ``url`` is the one that gave it. ``record``, ``date`` and ``file`` say where it is kept: the
    id and date of its WARC record and the file's name; empty where it is not.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    line: str = "HTTP/1.1 200 OK"
    headers: Headers = ()
    body: bytes = b""
    record: str = ""
    date: str = ""
    file: str = ""

    def is_meant(self, headers: Headers) -> bool:
        """Whether a 304 with these headers speaks of this response (RFC 9111, 4.3.4).

        Marks that the 304 repeats must be those that were given; one without marks is believed.
        """
        etag, modified = _value(headers, "etag"), _value(headers, "last-modified")
        if etag:
            return etag.removeprefix("W/") == self.etag.removeprefix("W/")
        return not modified or modified == self.last_modified

    def updated(self, headers: Headers) -> Headers:
        """Its headers, with what a 304 says anew (RFC 9111, 3.2)."""
        anew = [pair for pair in headers if pair[0].lower() not in _NOT_UPDATED]
        names = {name.lower() for name, _ in anew}
        return (*(pair for pair in self.headers if pair[0].lower() not in names), *anew)


class Wanted(Struct, frozen=True, kw_only=True):
    """One thing to fetch. ``own``: the site belongs to the owner, whose word its robots.txt is.

    With ``known`` the server may answer 304: nothing changed, and the known response counts. It
    is told only when the very URL is asked that gave the known body, be it after redirects.
    ``document``: the owner of the question named the path; an EPUB or PDF may be as large as such.
    """

    url: str
    method: Literal["GET", "HEAD"] = "GET"
    own: bool = False
    known: Known | None = None
    document: bool = False


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
    of: Known | None = None
    """Of a 304 that was believed: the response that it confirms."""


class Fetched(Struct, frozen=True, kw_only=True):
    """What came of one ``Wanted``.

    ``status`` is 0 where no final response came; ``why`` then says why, ``detail`` in a few words.
    ``body`` is decoded (gzip); ``cut``: there was more, or more was announced. ``seconds`` is all
    the time it took, ``on`` when it began, by the caller's clock. Where ``unchanged`` is the 304
    that came, status, headers and body are those of the response it confirms. ``kept``: where the
    evidence of it lies.
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
    unchanged: Hop | None = None
    kept: Spot | None = None

    def header(self, name: str) -> str:
        """The value of a header, several joined by commas (RFC 9110, 5.3); empty if not there."""
        return _value(self.headers, name)

    @property
    def known(self) -> Known | None:
        """For the next ``Wanted``: None where the server gave no mark, or not the whole body."""
        etag, modified = self.header("etag"), self.header("last-modified")
        if self.status != 200 or self.cut or self.why != "ok" or not (etag or modified):
            return None
        if len(etag) > _MARK_AT_MOST:
            etag = ""
        if modified and not etag and not self._is_settled(modified):
            modified = ""  # beside an ETag it is not asked (RFC 9110, 13.1.3)
        if not (etag or modified):
            return None
        return Known(
            url=self.final_url,
            etag=etag,
            last_modified=modified,
            line=self.line,
            headers=self.headers,
            body=self.body,
        )

    def _is_settled(self, modified: str) -> bool:
        """Whether no second change can hide behind a Last-Modified (RFC 9110, 8.8.2.2).

        It counts whole seconds: it tells two bodies apart only once its second is over.
        """
        changed, answered = http_date(modified), http_date(self.header("date")) or self.on
        return changed is not None and answered - changed >= timedelta(seconds=1)

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every response there was, in order."""
        if not self.status:
            return self.redirects
        last = self.unchanged or Hop(
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


def _value(headers: Headers, name: str) -> str:
    wanted = name.lower()
    return ", ".join([value for key, value in headers if key.lower() == wanted])
