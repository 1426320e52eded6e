"""A sentence with all its marks: what the questions about it are asked of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from withhold.policies.clause import Decided, Part
from withhold.policies.tokens import Words, parts_of, words_of
from withhold.policies.words_ready import Mark, Ready, marks_of

_GUARDED = ("train", "model", "perhaps_model", "trainable", "event")
_CONTENT = ("people", "customers", "public", "some")


class Signs(Struct, frozen=True):
    """The words of a sentence and which of them carry which mark.

    What stands inside a phrase that is no training carries none of the marks of training.
    """

    text: str
    here: Words
    marks: Mapping[str, Sequence[Mark]]
    parts: tuple[tuple[int, int], ...]
    over: Mapping[str, Mapping[int, Mark]]
    """Mark -> word -> the mark over it."""

    def of(self, *names: str, first: int = 0, last: int = 1 << 30) -> Iterator[Mark]:
        """The marks of these names that begin in ``[first, last)``, in order for each name."""
        for name in names:
            for one in self.marks.get(name, ()):
                if first <= one.first < last:
                    yield one

    def any(self, *names: str, first: int = 0, last: int = 1 << 30) -> Mark | None:
        """The first of them, or None."""
        return min(self.of(*names, first=first, last=last), key=lambda one: one.first, default=None)

    def covers(self, name: str, at: int) -> Mark | None:
        """The mark of that name over the word ``at``."""
        return self.over.get(name, {}).get(at)

    def has(self, name: str, at: int) -> bool:
        """Whether the word ``at`` carries the mark."""
        return at in self.over.get(name, ())

    def holds(self, mark: Mark) -> bool:
        """Whether this very mark is one of these, and not of the lead or the headings."""
        return any(one is mark for one in self.marks.get(mark.name, ()))

    def part(self, at: int) -> tuple[int, int]:
        """The part that the word ``at`` stands in."""
        return next((one for one in self.parts if one[0] <= at < one[1]), (0, len(self.here)))

    def words(self, first: int, last: int) -> str:
        """The text from one word to the one before another."""
        if first >= last:
            return ""
        return self.text[self.here.starts[first] : self.here.ends[last - 1]]

    def decided(self, part: Part, mark: Mark) -> Decided:
        """The mark as a reason."""
        return Decided(
            part=part,
            words=self.words(mark.first, mark.last),
            start=self.here.starts[mark.first],
            end=self.here.ends[mark.last - 1],
        )


def signs_of(text: str, made: Ready) -> Signs:
    """The marks of a sentence."""
    here = words_of(text)
    marks = marks_of(here, made)
    _drop(marks, "not_training", _GUARDED, len(here))
    _drop(marks, "not_content", _CONTENT, len(here))
    _add_yours(here, marks)
    over = {
        name: {at: one for one in reversed(those) for at in range(one.first, one.last)}
        for name, those in marks.items()
    }
    return Signs(text, here, marks, parts_of(here), over)


def _drop(marks: dict[str, list[Mark]], guard: str, names: tuple[str, ...], size: int) -> None:
    """Takes the marks back that begin inside a phrase of the guard and do not reach past it."""
    ends = [0] * (size + 1)
    for one in marks.get(guard, ()):
        for at in range(one.first, one.last):
            ends[at] = max(ends[at], one.last)
    for name in names:
        if name in marks:
            marks[name] = [
                one
                for one in marks[name]
                if not (
                    ends[one.first] >= one.last
                    or (name == "event" and ends[one.last - 1] > one.last)
                )
            ]


def _add_yours(here: Words, marks: dict[str, list[Mark]]) -> None:
    """``your`` and ``you post`` make content of the word beside, whatever that is called."""
    taken = {
        at
        for name in ("not_content", *_CONTENT[:3], "model", "ours")
        for one in marks.get(name, ())
        for at in range(one.first, one.last)
    }
    more = [
        Mark("people", one.first, one.last + 1)
        for one in marks.get("yours", ())
        if one.last < len(here) and taken.isdisjoint((one.first, one.last))
    ]
    blocked = {
        one.first
        for name in ("conjunction", "not_content", "model", "reader", "we", "ours")
        for one in marks.get(name, ())
    }
    relative = {one.first for one in marks.get("relative", ())}
    for one in marks.get("you_made", ()):
        first = one.first - 1
        first -= first in relative
        if first >= 0 and first not in blocked and not any(here.broken[first + 1 : one.first + 1]):
            more.append(Mark("people", first, one.last))
    if more:
        marks["people"] = sorted([*marks.get("people", ()), *more], key=lambda one: one.first)
