"""One record, answered: its robots.txt, its signals, what was said since, and what is not known.

A refusal counts before anything that is not known, and what is not known before ``allowed``: so
adding a refusal, or losing a file, never makes an answer more permissive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from withhold.signals.robots import Robots
from withhold.traces.deciding import by_robots, by_signals
from withhold.traces.deciding.answers import ALLOWED, Answer, unknown
from withhold.traces.deciding.by_signals import Pairs
from withhold.traces.deciding.heard import Heard


class Record(Struct, gc=False, kw_only=True):
    """What a row says of a page. ``path`` is None without an address.

    ``robots`` is None where nothing is known of it, and ``why`` says why; a site that had no file
    has an empty one. ``headers`` is None where they cannot be read.
    """

    host: str = ""
    path: str | None = None
    crawled: datetime | None = None
    robots: Robots | None = None
    why: str = "no-robots"
    headers: Pairs | None = ()
    html: bytes | None = None


class Now(Struct, frozen=True):
    """The robots.txt of a host of now, as octets, and when it was fetched, where that is known."""

    body: bytes
    fetched: datetime | None = None


def answered(
    record: Record,
    heard: Heard,
    now: Now | None = None,
    read: Callable[[bytes], Robots] | None = None,
) -> Answer:
    """The answer; ``now`` and its reader where what was said since counts too."""
    if record.path is None:
        return unknown("bad-url")
    told, doubts = _told(record, record.path, heard)
    if told is None and now is not None and read is not None and _later(now, record, heard):
        said, _ = _of_robots(read(now.body), record.path, heard)
        if said is not None:
            return Answer("disallowed", "since:" + said.reason.partition(":")[2])
    if told is not None:
        return told
    return doubts[0] if doubts else _by_day(record, heard)


def _told(record: Record, path: str, heard: Heard) -> tuple[Answer | None, list[Answer]]:
    """The refusal that is nearest to the asker, and what of the record cannot be known."""
    other: Answer | None = None
    doubts: list[Answer] = []
    if record.robots is None:
        doubts.append(unknown(record.why))
    else:
        own, other, unread = _in_robots(record.robots, path, heard)
        if own is not None:
            return own, doubts
        doubts += unread
    if record.headers is None:
        doubts.append(unknown("headers"))
    if record.headers or record.html:
        said = by_signals.in_page(record.headers or (), record.html, heard, path)
        spoken = by_signals.spoken(said, heard)
        if spoken.own:
            return spoken.own, doubts
        other = other or spoken.other
        doubts += [spoken.unread] if spoken.unread else []
    return other, doubts


def _in_robots(
    robots: Robots, path: str, heard: Heard
) -> tuple[Answer | None, Answer | None, Sequence[Answer]]:
    """What the asker is told, what others are, and what is there and was not understood."""
    own, other = by_robots.refusals(robots, path, heard)
    if own is not None or not robots.others:
        return own, other, ()
    spoken = by_signals.spoken(list(by_signals.in_robots(robots, path, heard)), heard)
    unread = (spoken.unread, by_signals.terms_unread(robots, heard))
    return spoken.own, other or spoken.other, [one for one in unread if one]


def _of_robots(robots: Robots, path: str, heard: Heard) -> tuple[Answer | None, Sequence[Answer]]:
    own, other, unread = _in_robots(robots, path, heard)
    return own or other, unread


def _later(now: Now, record: Record, heard: Heard) -> bool:
    """Whether that was said after the record was crawled, and by the day that is asked for."""
    if now.fetched is None:
        return True
    if heard.asking.when and now.fetched.date() > heard.asking.when:
        return False
    return record.crawled is None or now.fetched >= record.crawled


def _by_day(record: Record, heard: Heard) -> Answer:
    when = heard.asking.when
    if when is None:
        return ALLOWED
    if record.crawled is None:
        return unknown("no-crawl-time")
    return unknown("after-when") if record.crawled.astimezone(UTC).date() > when else ALLOWED
