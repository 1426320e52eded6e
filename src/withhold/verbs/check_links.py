"""check-links: does every source still answer? Asks politely, remembers, and edits nothing.

At one host one request at a time with a pause between; archives, which serve everybody, get a
longer one and no more than a HEAD. What the last run knows of a page (its marks) is told to the
server, so that a page that did not change is not sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from withhold.catalog.source_links import Link
from withhold.errors import WithholdError
from withhold.keep.private import make_home
from withhold.reach.fetched import Fetched, Known, Wanted
from withhold.reach.finished import Finished
from withhold.reach.http import Fetcher
from withhold.reach.pace import Pace
from withhold.reach.polite import at_once, host_of
from withhold.verbs.link_grades import Graded, grade, needs_get

QUESTION = {"asked": "links"}
"""The first line of a file of memory says that it is one."""
ARCHIVES = ("web.archive.org", "archive.org")
"""Hosts that keep what others lost. They are asked seldom: they carry all the world's links."""
ARCHIVE_PAUSE = 15.0
PAUSE = 2.0
"""Seconds between two requests to one host."""
IN_ALL = 8
LASTS = timedelta(days=2)
"""So long a run that was stopped goes on; after that all is asked anew."""


class Seen(Struct, frozen=True, kw_only=True):
    """What came of one address, as it is remembered; ``etag`` and ``modified`` are its marks."""

    url: str
    on: datetime
    graded: Graded
    etag: str = ""
    modified: str = ""
    marked: str = ""
    """The address that gave the marks."""


class _Run(Struct, frozen=True, kw_only=True):
    """A line that says that a run began, or ended."""

    run: str
    on: datetime


class Memory(Struct, frozen=True, kw_only=True):
    """What earlier runs found: the newest of each address; ``open``: a stopped run's beginning."""

    seen: Mapping[str, Seen]
    open: datetime | None = None

    def finished(self, url: str) -> Seen | None:
        """What the run that was stopped had found already."""
        seen = self.seen.get(url)
        return seen if seen and self.open and seen.on >= self.open else None


class Asked(Struct, frozen=True, kw_only=True):
    """One address with what it answers now. ``kept``: the run that was stopped had asked it."""

    link: Link
    seen: Seen
    kept: bool = False


def remembered(lines: Iterable[bytes], now: datetime) -> Memory:
    """From the lines of earlier runs; raises WithholdError for one that no run wrote.

    A run that was stopped longer than ``LASTS`` ago is over: what it found is old.
    """
    seen: dict[str, Seen] = {}
    began: datetime | None = None
    try:
        for line in lines:
            if line.startswith(b'{"run"'):
                run = msgspec.json.decode(line, type=_Run)
                began = run.on if run.run == "begun" else None
            else:
                one = msgspec.json.decode(line, type=Seen)
                seen[one.url] = one
    except (ValueError, RecursionError) as why:  # also of what is no UTF-8
        raise WithholdError(
            "the memory of earlier runs cannot be read", "take the file away, or name another"
        ) from why
    return Memory(seen=seen, open=began if began and now - began <= LASTS else None)


def memory_in(home: Path) -> Path:
    """The file in the home that remembers; made private where it is not there yet."""
    make_home(home)
    path = home / "links.jsonl"
    path.touch(mode=0o600, exist_ok=True)
    return path


def chosen(
    found: Sequence[Link], only: Sequence[str], older: timedelta | None, memory: Memory, today: date
) -> list[Link]:
    """The links asked for: by file, folder, kind of source or host; those not asked lately.

    ``only`` names slugs, folders (``platforms``), ``folder/slug`` or kinds (``official``).
    """
    wanted = [one for one in found if not only or not names([one]).isdisjoint(only)]
    if older is None:
        return wanted
    before = today - older
    return [
        one
        for one in wanted
        if (seen := memory.seen.get(one.url)) is None
        or seen.on.date() <= before
        or memory.finished(one.url)
    ]


def longest_ago(found: Sequence[Link], memory: Memory, limit: int) -> list[Link]:
    """So many of them: what no run ever asked first, then what was asked longest ago."""

    def last(one: Link) -> tuple[bool, str, str]:
        seen = memory.seen.get(one.url)
        return seen is not None, seen.on.isoformat() if seen else "", one.url

    done = [one for one in found if memory.finished(one.url)]
    rest = [one for one in found if not memory.finished(one.url)]
    return [*done, *sorted(rest, key=last)][:limit]


def names(found: Sequence[Link]) -> set[str]:
    """All that ``only`` may name."""
    known: set[str] = set()
    for link in found:
        known |= set(link.kinds)
        for named in link.named:
            folder, _, file = named.file.rpartition("/")
            slug = file.removesuffix(".toml")
            known |= {slug, folder, f"{folder}/{slug}"}
    return known - {""}


def check_links(
    wanted: Sequence[Link],
    fetcher: Fetcher,
    memory: Memory,
    kept: Finished,
    now: Callable[[], datetime],
    *,
    pause: float = PAUSE,
) -> Iterator[Asked]:
    """What each answers, as it comes; those that a stopped run had asked come first.

    Every answer is in ``kept`` soon after it is given, so a run that is stopped goes on.
    """
    todo: list[Link] = []
    if memory.open is None:
        kept.add(msgspec.json.encode(_Run(run="begun", on=now())))
    for link in wanted:
        before = memory.finished(link.url)
        if before:
            yield Asked(link=link, seen=before, kept=True)
        else:
            todo.append(link)
    slow = max(pause, ARCHIVE_PAUSE) if pause else 0.0
    pace = Pace(lambda host: slow if is_archive(host) else pause)

    def ask(link: Link) -> Asked:
        return Asked(link=link, seen=_ask(link.url, fetcher, pace, memory.seen.get(link.url)))

    try:
        for done in at_once(ask, todo, lambda link: host_of(link.url), 1, IN_ALL):
            if done.seen.graded.why != "stopped":
                kept.add(msgspec.json.encode(done.seen))
                yield done
    finally:
        pace.stop()
    kept.add(msgspec.json.encode(_Run(run="ended", on=now())))


def is_archive(host: str) -> bool:
    """Whether a host is an archive of the web, which is asked seldom."""
    return host in ARCHIVES


def _ask(url: str, fetcher: Fetcher, pace: Pace, before: Seen | None) -> Seen:
    """A HEAD, and a GET where it says too little; a page that did not change keeps its grade."""
    host = host_of(url)
    known = _known(before)
    pace.before(host)
    found = fetcher.fetch(Wanted(url=url, method="HEAD", known=known))
    if found.unchanged is not None and before is not None and not found.redirects:
        return msgspec.structs.replace(before, on=found.on)
    if needs_get(found) and not is_archive(host):
        pace.before(host)
        found = fetcher.fetch(Wanted(url=url))
    return _seen(url, found)


def _known(before: Seen | None) -> Known | None:
    """The marks of before, to be asked with; only of what was there."""
    if before is None or not before.marked or before.graded.grade != "there":
        return None
    return Known(url=before.marked, etag=before.etag, last_modified=before.modified)


def _seen(url: str, found: Fetched) -> Seen:
    marks = found.known
    return Seen(
        url=url,
        on=found.on,
        graded=grade(found),
        etag=marks.etag if marks else "",
        modified=marks.last_modified if marks else "",
        marked=marks.url if marks else "",
    )
