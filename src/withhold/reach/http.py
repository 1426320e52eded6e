"""Fetching from the web as one honest visitor: a name, a contact, robots.txt, limits.

Nothing here raises for the world's trouble: it is a ``Fetched`` with its ``why``. No cookies, no
other identity, only GET and HEAD; no proxy of the environment is used, since behind one the
address that is connected to could not be checked.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from msgspec.structs import replace

from withhold import __version__
from withhold.errors import BadInput
from withhold.reach.addresses import Address, BadUrl, follow, is_private, read
from withhold.reach.fetched import Fetched, Headers, Hop, Limits, Note, Spot, Wanted
from withhold.reach.manners import Manners
from withhold.reach.names import Names
from withhold.reach.patience import retry_after
from withhold.reach.wire import Reply, Wire

_REDIRECTS = (301, 302, 303, 307, 308)
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_CONTACT = re.compile(r"[!-'*-~]+")
"""Printable, without what would end the comment of a User-Agent (RFC 9110, 5.6.5)."""


class Fetcher:
    """Fetches for one run: names, robots.txt and open connections are kept until ``close``.

    ``contact``: a URL or e-mail address that a site's people can turn to; BadInput where it
    cannot stand in a header. ``clock`` gives the time with its zone. ``private`` says which
    numeric addresses are refused, unless ``allow_private``. ``own`` sites of a ``Wanted`` are
    fetched without asking their robots.txt, which the caller says aloud. May be used by several
    threads; ``per_host`` of them talk to one host at a time, wherever redirects lead. ``keep`` is
    given everything that is fetched, also what only we need, such as the robots.txt of a host
    that a redirect leads to; by the thread that fetched it.
    """

    def __init__(
        self,
        contact: str,
        clock: Callable[[], datetime],
        *,
        limits: Limits | None = None,
        allow_private: bool = False,
        private: Callable[[str], bool] = is_private,
        names: Names | None = None,
        context: ssl.SSLContext | None = None,
        per_host: int = 1,
        keep: Callable[[Fetched], Spot | None] | None = None,
    ) -> None:
        if not _CONTACT.fullmatch(contact):
            raise BadInput(
                "a fetch needs a contact that can stand in a header",
                "withhold own set contact you@example.org, or an address of the web",
            )
        self.agent = agent_of(contact)
        self.limits = limits or Limits()
        self.per_host = per_host
        self._clock = clock
        self._keep = keep
        self._private = (lambda _: False) if allow_private else private
        self._names = names or Names()
        self._wire = Wire(self.limits, context)
        self._manners = Manners(self.fetch, per_host)
        self._stop = threading.Event()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes connections; a fetch under way in another thread ends as ``stopped``."""
        self._stop.set()
        self._wire.close()

    def fetch(self, wanted: Wanted) -> Fetched:
        """What the web answers, redirects followed, each hop checked anew."""
        found = _Journey(self, wanted).walked()
        self._manners.learn(found)
        spot = self._keep(found) if self._keep else None
        return replace(found, kept=spot) if spot else found


def agent_of(contact: str) -> str:
    """The User-Agent that every request has."""
    return f"withhold/{__version__} (+{contact})"


class _Journey:
    """One fetch on its way; ``deadline`` is moved only by our own waiting for a turn."""

    def __init__(self, fetcher: Fetcher, wanted: Wanted) -> None:
        self.by = fetcher
        self.wanted = wanted
        self.on = fetcher._clock()
        self.began = time.monotonic()
        self.deadline = self.began + fetcher.limits.total
        self.hops: list[Hop] = []
        self.notes: dict[Note, None] = {}
        self.sent: Headers = ()
        self.known = wanted.known
        self.unchanged: Hop | None = None

    def walked(self) -> Fetched:
        try:
            here = first = read(self.wanted.url)
        except BadUrl as why:
            return self._end(self.wanted.url, Reply(why="bad-url", detail=str(why)))
        free = first.target == "/robots.txt"  # always fetched, wherever it leads (2.3.1.2)
        seen: set[Address] = set()
        while here not in seen and len(seen) <= self.by.limits.redirects:
            seen.add(here)
            if not (free or (self.wanted.own and _same_site(here, first))):
                refusal = self.by._manners.refusal(here)
                if refusal:
                    return self._end(here.url, Reply(why=refusal[0], detail=refusal[1]))
                if time.monotonic() > self.deadline:  # the robots.txt has a time of its own
                    return self._end(here.url, Reply(why="timeout", detail="its robots.txt"))
            reply = self._asked(here)
            if reply.status == 304 and reply.why == "ok":
                reply = self._not_modified(here, reply)
            location = _location(reply)
            if location is None:
                return self._end(here.url, reply)
            self.hops.append(self._hop(here, reply))
            try:
                there = follow(here, location)
            except BadUrl as why:
                return self._end(location, Reply(why="bad-url", detail=f"redirect: {why}"))
            if here.scheme == "https" and there.scheme == "http":
                self.notes["https-to-http"] = None
            here = there
        detail = "a loop" if here in seen else f"more than {self.by.limits.redirects}"
        return self._end(here.url, Reply(why="redirects", detail=detail))

    def _asked(self, here: Address) -> Reply:
        """One hop, and once more after a 429 that asks for little patience (RFC 6585, 4)."""
        reply = self._once(here)
        wait = retry_after(reply, self.on)
        patient = wait is not None and wait <= self.by.limits.wait
        if patient and wait is not None and time.monotonic() + wait < self.deadline:
            self.hops.append(self._hop(here, replace(reply, why="429")))
            self.notes["asked-again"] = None
            if not self.by._stop.wait(wait):
                reply = self._once(here)
        return reply

    def _not_modified(self, here: Address, reply: Reply) -> Reply:
        """The response that a 304 confirms; where it confirms none, it is asked for in full once.

        A 304 to a request without a condition is no answer (RFC 9110, 15.4.5).
        """
        known = self.known
        if known is not None and any(name in _CONDITIONS for name, _ in self.sent):
            if known.is_meant(reply.headers):
                self.unchanged = replace(self._hop(here, reply), of=known)
                headers = known.updated(reply.headers)
                line, body = known.line, known.body
                return replace(reply, status=200, line=line, headers=headers, body=body)
            self.hops.append(self._hop(here, replace(reply, why="bad-answer")))
            self.notes["asked-in-full"] = None
            self.known = None
            reply = self._asked(here)
        if reply.status != 304:
            return reply
        return replace(reply, why="bad-answer", detail="304 to a request without a condition")

    def _once(self, here: Address) -> Reply:
        if self.by._stop.is_set():
            return Reply(why="stopped")
        before = time.monotonic()
        with self.by._manners.turn(here.host):
            self.deadline += time.monotonic() - before
            try:
                addresses = self.by._names.of(here.host, self.deadline - time.monotonic())
            except TimeoutError:
                return Reply(why="timeout", detail="looking up the name")
            except OSError as why:
                return Reply(why="dns", detail=why.strerror or str(why))
            # What is private is never connected to, whatever else the name stands for.
            public = [one for one in addresses if not self.by._private(one)]
            if not public:
                return Reply(why="private-address", detail=addresses[0])
            self.sent = self._headers(here)
            return self.by._wire.ask(
                here,
                public,
                self.wanted.method,
                self.sent,
                self.deadline,
                document=self.wanted.document,
            )

    def _headers(self, here: Address) -> Headers:
        """All that is sent: no cookies, no referrer, nothing about who asks but the User-Agent."""
        sent = [
            ("Host", here.authority),
            ("User-Agent", self.by.agent),
            ("Accept", "*/*"),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        known = self.known
        if known is not None and known.url == here.url:
            marks = zip(_CONDITIONS, (known.etag, known.last_modified), strict=True)
            sent += [(name, _clean(mark)) for name, mark in marks if _clean(mark)]
        return tuple(sent)

    def _hop(self, here: Address, reply: Reply) -> Hop:
        return Hop(
            url=here.url,
            method=self.wanted.method,
            sent=self.sent,
            ip=reply.ip,
            line=reply.line,
            status=reply.status,
            headers=reply.headers,
            body=reply.body,
            cut=reply.cut,
            why=reply.why,
        )

    def _end(self, final_url: str, reply: Reply) -> Fetched:
        if reply.damaged:
            self.notes["headers-damaged"] = None
        limited = reply.status == 429 and reply.why == "ok"
        return Fetched(
            url=self.wanted.url,
            final_url=final_url,
            on=self.on,
            method=self.wanted.method,
            status=reply.status,
            line=reply.line,
            headers=reply.headers,
            body=reply.body,
            why="429" if limited else reply.why,
            detail=reply.detail,
            cut=reply.cut,
            seconds=time.monotonic() - self.began,
            sent=self.sent if reply.status else (),
            ip=reply.ip,
            redirects=tuple(self.hops),
            notes=tuple(self.notes),
            retry_after=retry_after(reply, self.on),
            unchanged=self.unchanged,
        )


def _location(reply: Reply) -> str | None:
    """Where a redirect leads; its body does not matter, so neither does trouble with it."""
    if reply.status not in _REDIRECTS:
        return None
    return next((value for name, value in reply.headers if name.lower() == "location"), None)


def _same_site(one: Address, other: Address) -> bool:
    return one.host.removeprefix("www.") == other.host.removeprefix("www.")


def _clean(value: str) -> str:
    """A mark that a server gave once, as a header may hold it."""
    return re.sub(r"[^\x20-\x7e\x80-\xff]", "", value)
