"""What a log says of each crawler: the answer of ``prove logs``, counted, never judged as a deed.

lines = unreadable + other + the requests of all crawlers. Of a crawler's requests:
requests = verified + spoofed + unverified, and
verified + unverified = allowed + in_spite + before_no + unjudged.
What came from an address that is not the company's is not attributed to it: of ``requests`` and
``spoofed`` it is counted in ``spoofed_in_spite`` and in no other number, so ``robots_fetches``,
``bytes_sent`` and all that follows from robots.txt are without it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from withhold.words import Purpose, TokenKind

Claim = Literal["verified", "spoofed", "unverified"]
"""The address lies in ranges that the company published (or a registry holds to be its network, see
``Whose.whose_list``); the company publishes ranges and this is in none of them; or nobody can tell
(none known, no address in the log, one of the site's own proxy, or another crawler's of theirs)."""
Standing = Literal["allowed", "in-spite", "before-no", "unjudged"]
"""By the robots.txt in force at that minute: not refused (its own fetches of /robots.txt too);
refused for longer than the grace; not refused then (or refused within the grace), refused by the
last one known; no robots.txt of that time is known, or it could not be read."""


class DayCount(Struct, frozen=True, kw_only=True):
    """Requests of one crawler on one day (UTC), spoofed ones only among ``requests``."""

    day: date
    requests: int
    in_spite: int = 0
    robots_fetches: int = 0


class Example(Struct, frozen=True, kw_only=True):
    """One line as evidence. ``address`` is shortened unless the owner asked for whole ones.

    ``rule`` is the line of the robots.txt that refuses, ``robots`` which file, as it was named.
    """

    file: str
    line: int
    at: datetime
    path: str
    status: int
    claim: Claim
    standing: Standing
    address: str = ""
    rule: int = 0
    rule_text: str = ""
    robots: str = ""


class CrawlerSeen(Struct, frozen=True, kw_only=True):
    """One product token in the log. ``served``: of ``in_spite``, answered with a status below 300
    (the no was said, not enforced); ``refused_by_server``: 401, 403, 404, 410, 429, 451.
    ``in_grace``: of ``before_no``, after it was said and within the grace. ``robots_fetches``:
    GET or HEAD of /robots.txt.
    """

    token: str
    actor: str
    purpose: Purpose
    token_kind: TokenKind
    requests: int
    verified: int
    spoofed: int
    unverified: int
    allowed: int
    in_spite: int
    before_no: int
    unjudged: int
    robots_fetches: int
    first: datetime
    last: datetime
    in_grace: int = 0
    served: int = 0
    refused_by_server: int = 0
    spoofed_in_spite: int = 0
    in_spite_verified: int = 0
    bytes_sent: int = 0
    ranges_seen: date | None = None
    """The day on which the published ranges were read; None = none are known."""
    whole_site: bool = False
    """Whether the last robots.txt that is known refuses it everything, and not some paths alone."""
    days: tuple[DayCount, ...] = ()
    examples: tuple[Example, ...] = ()


class RobotsUsed(Struct, frozen=True, kw_only=True):
    """A robots.txt that was in force: from when (None = assumed for all the log), and its name."""

    name: str
    since: datetime | None
    sha256: str
    notes: tuple[str, ...] = ()


class LogSeen(Struct, frozen=True, kw_only=True):
    """The whole answer.

    ``outside``: of ``other``, lines that name a crawler and are of another time than was asked
    about (``since`` and ``until``: days in UTC, both of them within); ``first``, ``last`` and what
    is said of the lines are of the whole log.
    ``impossible``: lines naming a control token, which never fetches; they count as ``other``.
    ``unreadable_why``: reason -> lines. ``out_of_order``: lines more than an hour older than the
    line before. ``formats``: format -> lines. ``broken``: file -> why it could not be read to its
    end (``cut-off``, ``damaged``, ``unreadable: REASON``); what came before counts.
    """

    lines: int
    unreadable: int
    other: int
    crawlers: tuple[CrawlerSeen, ...]
    first: datetime | None = None
    last: datetime | None = None
    impossible: dict[str, int] = {}
    unreadable_why: dict[str, int] = {}
    out_of_order: int = 0
    formats: dict[str, int] = {}
    robots: tuple[RobotsUsed, ...] = ()
    grace_hours: int = 24
    broken: dict[str, str] = {}
    since: date | None = None
    until: date | None = None
    outside: int = 0
