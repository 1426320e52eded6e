"""Spans and shingles in a text: searched by skeletons, then compared in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from withhold.errors import BadInput
from withhold.traces.corpus import folding
from withhold.traces.corpus.found import Needle
from withhold.traces.corpus.literal import Engine, Literals, literals, not_too_many
from withhold.traces.corpus.spans import LETTERS

_PLACES = 16  # bits for the place of a part in its needle: spans, then shingles
ANCHOR = 32
"""Octets of a skeleton that are searched: the last ones; the rest is compared where they stand."""


class Text:
    """A text of a record in the forms that are asked for, each made once."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets

    @cached_property
    def folded(self) -> str:
        """Its normal form."""
        return folding.folded(self.octets)

    @cached_property
    def words(self) -> str:
        """Its words with one space between, before and after them."""
        return f" {folding.spaced(self.folded)} "


class Found:
    """What was found of one needle: which of its spans and shingles, and where the first span is.

    ``at`` counts octets of the folded text, -1 without a span.
    """

    def __init__(self) -> None:
        self.spans: set[int] = set()
        self.shingles: set[int] = set()
        self.at = -1

    def look_for_span(self, text: Text, span: str, place: int) -> None:
        """Compares a span of which the skeleton was found with a text."""
        at = -1 if place in self.spans else text.folded.find(span)
        if at >= 0:
            before = text.folded[:at]
            octets = at if before.isascii() else len(before.encode("utf-8", "replace"))
            self.at = octets if self.at < 0 else min(self.at, octets)
            self.spans.add(place)

    def look_for_shingle(self, text: Text, shingle: str, place: int) -> None:
        """The same for a shingle, word by word."""
        if f" {shingle} " in text.words:
            self.shingles.add(place)


class Sought:
    """The spans and shingles of needles, made ready to be searched all at once."""

    def __init__(self, needles: Sequence[Needle], engine: Engine = "auto") -> None:
        self._needles, self._engine = needles, engine
        self._plain: dict[bytes, tuple[int, ...]] = {}
        self._wide: dict[bytes, tuple[int, ...]] = {}
        for number, needle in enumerate(needles):
            for place, part in enumerate(needle.spans + needle.shingles):
                self._take(part, number << _PLACES | place)
        not_too_many(len(self._plain) + len(self._wide))

    def _take(self, part: str, whose: int) -> None:
        """By its ASCII letters where it has enough of them, else by those of every script."""
        plain = folding.skeleton(part.encode("utf-8", "replace"))
        if len(plain) >= LETTERS:
            plain = plain[-ANCHOR:]
            self._plain[plain] = (*self._plain.get(plain, ()), whose)
        else:
            wide = folding.letters(folding.fold(part))[-ANCHOR:]
            if len(wide) < LETTERS:
                why = "spans.spans and shingles.rare choose longer ones"
                raise BadInput(f"too short to be looked for: {part!r}", why)
            octets = wide.encode("utf-8", "replace")
            self._wide[octets] = (*self._wide.get(octets, ()), whose)

    @cached_property
    def _searched(self) -> tuple[Literals, list[bytes], Literals, list[bytes]]:
        """Made when a text is first searched: in each process, not in the one that sends it."""
        plain, wide = list(self._plain), list(self._wide)
        return literals(plain, self._engine), plain, literals(wide, self._engine), wide

    def within(self, text: Text, found: dict[int, Found]) -> None:
        """Adds, by the needle's number, what of each needle stands in a text."""
        for whose in self._candidates(text):
            number, place = whose >> _PLACES, whose & ((1 << _PLACES) - 1)
            needle, one = self._needles[number], found.get(number)
            if one is None:
                one = found[number] = Found()
            if place < len(needle.spans):
                one.look_for_span(text, needle.spans[place], place)
            else:
                one.look_for_shingle(text, needle.shingles[place - len(needle.spans)], place)

    def _candidates(self, text: Text) -> Iterator[int]:
        """Whose skeleton stands there."""
        plain, plain_of, wide, wide_of = self._searched
        if plain_of:
            for number in plain.within(folding.skeleton(text.octets)):
                yield from self._plain[plain_of[number]]
        if wide_of and not text.octets.isascii():
            whole = folding.letters(text.folded).encode("utf-8", "replace")
            for number in wide.within(whole):
                yield from self._wide[wide_of[number]]
