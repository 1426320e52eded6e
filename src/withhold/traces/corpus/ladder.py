"""How surely a record holds something of the owner's: the ladder, from an id to a like image.

Of each needle a record gives one hit, on the surest rung: the platform's id of the post; its
address; its host; a long span word for word; several shingles; a near-duplicate; a like image.
Texts are looked for all at once by their skeletons (see ``folding``); what is found there is
folded and compared, so that nothing counts that is not there letter by letter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, get_args

from msgspec.structs import replace

from withhold.traces.corpus import addresses
from withhold.traces.corpus.found import Hit, Needle, Record, Rung
from withhold.traces.corpus.image_hash import Images
from withhold.traces.corpus.in_text import Found, Sought, Text
from withhold.traces.corpus.literal import Engine
from withhold.traces.corpus.near import Near
from withhold.traces.corpus.shingles import several

T = TypeVar("T")
MOST = 1_000
"""Hits of one needle that are named, until ``anew``; more are only counted (``beyond``)."""
SUREST: dict[Rung, int] = {rung: place for place, rung in enumerate(get_args(Rung))}


class Ladder:
    """Needles made ready; it is pickled as its needles, and made ready where it is first asked."""

    def __init__(
        self, needles: Sequence[Needle], engine: Engine = "auto", *, most: int = MOST
    ) -> None:
        self._needles, self._engine, self._most = tuple(needles), engine, most
        self._ids = _by(self._needles, lambda one: one.post)
        self._urls = _by(self._needles, lambda one: one.url)
        self._hosts = _by(self._needles, lambda one: one.host)
        self._sought = Sought(self._needles, engine)
        self._near = Near(_each(self._needles, lambda one: one.signature))
        self._images = Images(_each(self._needles, lambda one: one.image))
        self.anew()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._needles, self._engine, self._most)

    def anew(self) -> None:
        """Counts from nothing: called at the beginning of each part of a corpus."""
        self._named: Counter[int] = Counter()
        self.beyond: Counter[str] = Counter()
        """By needle, hits that were not named because there were ``MOST`` before them."""
        self.found: Counter[Rung] = Counter()
        """By rung, all hits, named or not: the same however a corpus is cut into parts."""

    def hits(self, record: Record) -> list[Hit]:
        """What of the needles is in this record, in the order of the needles.

        Without what stands in its ``before`` no less surely: that was told there.
        """
        found = self._hits(record)
        if found and record.before:
            told = self._hits(replace(record, texts=record.before, before=()))
            found = {number: one for number, one in found.items() if _is_new(one, told.get(number))}
        return self._named_of(found) if found else []

    def _hits(self, record: Record) -> dict[int, Hit]:
        """By the needle's number."""
        found: dict[int, Hit] = {}
        if self._ids or self._urls or self._hosts:
            self._by_name(record, found)
        self._by_text(record, found)
        for image in record.images if self._images else ():
            for number, like in self._images.like(image).items():
                self._note(found, record, number, "image", near=like)
        return found

    def _by_name(self, record: Record, found: dict[int, Hit]) -> None:
        """By the record's ids and its address."""
        for id in record.ids if self._ids else ():
            for number in self._ids.get(id, ()):
                self._note(found, record, number, "id")
        if not record.url or not (self._urls or self._hosts):
            return
        address = addresses.address(record.url)
        for number in self._urls.get(address, ()):
            self._note(found, record, number, "url")
        for number in self._hosts.get(addresses.host_of(address), ()):
            self._note(found, record, number, "host")

    def _by_text(self, record: Record, found: dict[int, Hit]) -> None:
        """By what its texts say."""
        parts: dict[int, Found] = {}
        near: dict[int, float] = {}
        for text in map(Text, record.texts):
            self._sought.within(text, parts)
            if self._near:
                for number, like in self._near.to(text.folded).items():
                    near[number] = max(like, near.get(number, 0))
        for number, one in parts.items():
            needle = self._needles[number]
            if one.spans:
                count, of = len(one.spans), len(needle.spans)
                self._note(found, record, number, "span", at=one.at, count=count, of=of)
            elif several(len(one.shingles), len(needle.shingles)):
                count, of = len(one.shingles), len(needle.shingles)
                self._note(found, record, number, "shingles", count=count, of=of)
        for number, like in near.items():
            self._note(found, record, number, "near", near=like)

    def _note(
        self,
        found: dict[int, Hit],
        record: Record,
        number: int,
        rung: Rung,
        *,
        at: int = -1,
        count: int = 1,
        of: int = 0,
        near: float = 0.0,
    ) -> None:
        """Keeps the hit unless a surer one, or a nearer one of the same rung, is there."""
        there = found.get(number)
        if there and (SUREST[there.rung], -there.near) <= (SUREST[rung], -near):
            return
        found[number] = Hit(
            needle=self._needles[number].id,
            rung=rung,
            offset=record.offset,
            record=record.record,
            url=record.url,
            date=record.date,
            crawl=record.crawl,
            at=at,
            count=count,
            of=of,
            near=near,
        )

    def _named_of(self, found: dict[int, Hit]) -> list[Hit]:
        """Those that are named; the others are counted."""
        named: list[Hit] = []
        for number in sorted(found):
            self._named[number] += 1
            self.found[found[number].rung] += 1
            if self._named[number] > self._most:
                self.beyond[found[number].needle] += 1
            else:
                named.append(found[number])
        return named


def _is_new(hit: Hit, told: Hit | None) -> bool:
    """Whether it is surer, or more of it is there, than what was told before."""
    return told is None or (SUREST[hit.rung], -hit.count) < (SUREST[told.rung], -told.count)


def _by(needles: Sequence[Needle], key: Callable[[Needle], str]) -> dict[str, list[int]]:
    """The numbers of needles by one of their fields, where they have it."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(needles):
        if key(one):
            numbers[key(one)].append(number)
    return dict(numbers)


def _each(needles: Sequence[Needle], key: Callable[[Needle], T]) -> Iterator[tuple[int, T]]:
    """(number, field) of the needles that have it."""
    return ((number, key(one)) for number, one in enumerate(needles) if key(one))


def _again(needles: Sequence[Needle], engine: Engine, most: int) -> Ladder:
    """What was pickled."""
    return Ladder(needles, engine, most=most)
