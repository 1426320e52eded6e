"""Counts that add up: those of two parts of a log are those of the whole, in any order.

Nothing of a line is kept but in an example. What only neighbours can tell (a time before that of
the line before, the number of a line in its file) is settled at the end, from the ``ends`` of the
parts.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import Any

from msgspec import Struct, field

from withhold.traces.logs.seen import Claim, Standing

EXAMPLES = 20
"""Of a crawler: those in spite of a no first, then by time."""
AN_HOUR = 3600

STANDINGS: tuple[Standing, ...] = ("allowed", "in-spite", "before-no", "unjudged")
Cell = tuple[int, int, Claim, bytes, int]
"""The crawler's place, its kind, the claim, the status, and the day since 1970."""
Sample = tuple[int, int, str, int, int, tuple[Any, ...]]
"""Rank, seconds, file, part and line in the part; then what else an example says."""


def kind(standing: Standing, in_grace: bool, fetch: bool) -> int:
    """Standing, whether in grace, whether a fetch of /robots.txt, as one number."""
    return STANDINGS.index(standing) * 4 + in_grace * 2 + fetch


def of_kind(number: int) -> tuple[Standing, bool, bool]:
    """What ``kind`` made one of."""
    return STANDINGS[number // 4], bool(number & 2), bool(number & 1)


class End(Struct, frozen=True, gc=False):
    """A part of a file that was read: its lines, and the times of its first and last readable."""

    file: str
    part: int
    lines: int
    first: int | None
    last: int | None


class Tally(Struct):
    """The counts of some parts; see ``LogSeen`` for what they are."""

    lines: int = 0
    other: int = 0
    outside: int = 0
    out_of_order: int = 0
    why: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    impossible: Counter[int] = field(default_factory=Counter)
    cells: dict[Cell, list[int]] = field(default_factory=dict)
    """Requests and octets sent."""
    spans: dict[int, list[int]] = field(default_factory=dict)
    """A crawler's first and last second."""
    samples: dict[int, list[Sample]] = field(default_factory=dict)
    ends: list[End] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    broken: dict[str, str] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Another tally's counts too."""
        self.lines += other.lines
        self.other += other.other
        self.outside += other.outside
        self.out_of_order += other.out_of_order
        self.why.update(other.why)
        self.formats.update(other.formats)
        self.impossible.update(other.impossible)
        for key, (requests, sent) in other.cells.items():
            cell = self.cells.setdefault(key, [0, 0])
            cell[0] += requests
            cell[1] += sent
        for place, (first, last) in other.spans.items():
            span = self.spans.setdefault(place, [first, last])
            span[:] = min(span[0], first), max(span[1], last)
        for place, samples in other.samples.items():
            self.samples.setdefault(place, []).extend(samples)
            self.least(place)
        self.ends += other.ends
        self.seen(other.first)
        self.seen(other.last)
        self.broken.update(other.broken)

    def least(self, place: int) -> list[Sample]:
        """A crawler's examples in order, and no more than are kept."""
        found = nsmallest(EXAMPLES, self.samples.get(place, ()), key=lambda one: one[:5])
        self.samples[place] = found
        return found

    def seen(self, seconds: int | None) -> None:
        """A time that some readable line has."""
        if seconds is not None:
            self.first = seconds if self.first is None else min(self.first, seconds)
            self.last = seconds if self.last is None else max(self.last, seconds)

    def between(self) -> int:
        """How many parts begin more than an hour before the last time of the part before."""
        found, file, before = 0, "", 0
        for one in sorted(self.ends, key=lambda one: (one.file, one.part)):
            if one.first is None or one.last is None:
                continue
            found += one.file == file and one.first < before - AN_HOUR
            file, before = one.file, one.last
        return found

    def lines_before(self) -> dict[tuple[str, int], int]:
        """How many lines of its file stand before each part."""
        before: dict[tuple[str, int], int] = {}
        file, lines = "", 0
        for one in sorted(self.ends, key=lambda one: (one.file, one.part)):
            lines = lines if one.file == file else 0
            before[one.file, one.part] = lines
            file, lines = one.file, lines + one.lines
        return before
