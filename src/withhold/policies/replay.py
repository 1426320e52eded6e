"""The versions of one document, day by day: what was told when, and what was noise.

A version that is much shorter than its neighbours, or empty, is a fetch that failed and no change.
What was said before in the same document is no news: some pages are served in two renderings that
take turns. Where the archive changed how it reads a page, what is seen for the first time has
stood there nobody knows since when: it is listed, and nobody is told that the company changed it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import median
from typing import Literal

from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.no_policy import not_a_policy
from withhold.policies.reading import Reading
from withhold.policies.said import Said, said_in
from withhold.policies.versions import Change, compare_said

SHORT = 0.25
"""Of the median of the versions around it: a version shorter than that was not fetched whole."""
AROUND = 4
"""Versions before, and after, that a version's length is measured by."""
REMEMBERED = 16
"""Different things said, the latest ones, that a version is held against."""
Record = Literal["first", "change", "technical-upgrade"]
"""As whoever kept it says. ``technical-upgrade``: what extracts the text changed, not the text."""
Outcome = Literal[
    "first",  # the first one that could be read
    "changed",  # compared with the one before
    "read-anew",  # whoever kept it reads the page otherwise since: what differs is no change
    "seen-before",  # it says what an earlier one said already
    "short",  # a quarter of its neighbours' length: a failed fetch
    "empty",  # no text in it
    "no-policy",  # a question to a robot, a login, an error page
    "not-read",  # in a language whose clauses are not found
    "unreadable",  # the file could not be opened
]


class Dated(Struct, frozen=True, kw_only=True):
    """One kept version: the day it was seen, how long it is, where it lies (a file or commit)."""

    day: date
    size: int
    where: str
    record: Record = "change"


class Step(Struct, frozen=True, kw_only=True):
    """What a version brought. ``change`` is there where it was compared, whatever came of it.

    ``against`` is the day of the version it was compared with, or that said the same already.
    """

    version: Dated
    outcome: Outcome
    change: Change | None = None
    against: date | None = None
    silent: bool = False
    """Nothing is said of training on people's or public content. That is not a no."""
    practices: tuple[Clause, ...] = ()
    restrictions: int = 0

    @property
    def compared(self) -> bool:
        """Whether this version was read, and stands for what is said from its day on."""
        return self.outcome in ("first", "changed", "read-anew", "seen-before")

    @property
    def noticed(self) -> bool:
        """Whether a person is told."""
        return self.outcome == "changed" and self.change is not None and self.change.noticed


class _Remembered(Struct, frozen=True):
    day: date
    said: Said


def replay(versions: Sequence[Dated], read: Callable[[Dated], Reading | None]) -> Iterator[Step]:
    """A step for every version, in the order of their days; ``read`` is asked once for each.

    It answers None where a version cannot be opened. One version is held at a time, and of the
    earlier ones what they say.
    """
    last: dict[str, _Remembered] = {}
    known: deque[_Remembered] = deque(maxlen=REMEMBERED)
    for number, version in enumerate(versions):
        if too_short(versions, number):
            yield Step(version=version, outcome="short")
            continue
        reading = read(version)
        if reading is None:
            yield Step(version=version, outcome="unreadable")
            continue
        instead = "" if reading.clauses else not_a_policy(reading.document)
        if instead:
            yield Step(version=version, outcome="empty" if instead == "empty" else "no-policy")
            continue
        if not reading.understood:
            yield Step(version=version, outcome="not-read")
            continue
        said = said_in(reading)
        before = last.get(said.lang) or next(iter(last.values()), None)
        yield _step(version, reading, said, before, known)
        last[said.lang] = _Remembered(version.day, said)
        known.append(last[said.lang])


def too_short(versions: Sequence[Dated], number: int) -> bool:
    """Whether a version has less than a quarter of the median length of those around it."""
    around = versions[max(0, number - AROUND) : number + AROUND + 1]
    return len(around) > 1 and versions[number].size < SHORT * median(one.size for one in around)


def _step(
    version: Dated,
    reading: Reading,
    said: Said,
    before: _Remembered | None,
    known: Sequence[_Remembered],
) -> Step:
    outcome: Outcome = "first"
    change, against = None, None
    if before is not None:
        outcome, against = "changed", before.day
        change = compare_said(before.said, said, version.day)
        if change.noticed:
            same = _said_already(said, before, known)
            if same is not None:
                outcome, against = "seen-before", same.day
            elif version.record == "technical-upgrade":
                outcome = "read-anew"
    return Step(
        version=version,
        outcome=outcome,
        change=change,
        against=against,
        silent=reading.silent,
        practices=reading.practices,
        restrictions=len(reading.clauses) - len(reading.practices),
    )


def _said_already(
    said: Said, before: _Remembered, known: Sequence[_Remembered]
) -> _Remembered | None:
    """The latest earlier version that says the same, looked for among those remembered."""
    for one in reversed(known):
        if one is before or one.said.lang != said.lang:
            continue
        if not compare_said(one.said, said).noticed:
            return one
    return None
