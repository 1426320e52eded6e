"""Spans and shingles in a text: searched by skeletons, then compared in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from withhold.errors import BadInput
from withhold.traces.corpus import folding
from withhold.traces.corpus.found import Needle
from withhold.traces.corpus.literal import Engine, Literals, literals
from withhold.traces.corpus.spans import LETTERS

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
        return f" {' '.join(folding.words(self.folded))} "


class Found:
    """What was found of one needle: which of its spans and shingles, and where the first span is.

    ``at`` counts octets of the folded text, -1 without a span.
    """

    def __init__(self) -> None:
        self.spans: set[int] = set()
        self.shingles: set[int] = set()
        self.at = -1

    def look(self, text: Text, needle: Needle, is_span: bool, which: int) -> None:
        """Compares one of its parts, of which the skeleton was found, with a text."""
        if not is_span:
            if f" {needle.shingles[which]} " in text.words:
                self.shingles.add(which)
            return
        at = text.folded.find(needle.spans[which])
        if at < 0:
            return
        octets = at if text.folded.isascii() else len(text.folded[:at].encode("utf-8", "replace"))
        if which not in self.spans:
            self.at = octets if self.at < 0 else min(self.at, octets)
            self.spans.add(which)


class Sought:
    """The spans and shingles of needles, made ready to be searched all at once."""

    def __init__(self, needles: Sequence[Needle], engine: Engine = "auto") -> None:
        self._needles, self._engine = needles, engine
        self._plain: dict[bytes, list[tuple[int, bool, int]]] = defaultdict(list)
        self._wide: dict[bytes, list[tuple[int, bool, int]]] = defaultdict(list)
        for number, needle in enumerate(needles):
            for is_span, parts in ((True, needle.spans), (False, needle.shingles)):
                for which, part in enumerate(parts):
                    self._take(part, (number, is_span, which))

    def _take(self, part: str, whose: tuple[int, bool, int]) -> None:
        """By its ASCII letters where it has enough of them, else by those of every script."""
        plain = folding.skeleton(part.encode("utf-8", "replace"))
        if len(plain) >= LETTERS:
            self._plain[plain[-ANCHOR:]].append(whose)
        else:
            wide = folding.letters(folding.fold(part))[-ANCHOR:]
            if len(wide) < LETTERS:
                why = "spans.spans and shingles.rare choose longer ones"
                raise BadInput(f"too short to be looked for: {part!r}", why)
            self._wide[wide.encode("utf-8", "replace")].append(whose)

    @cached_property
    def _searched(self) -> tuple[Literals, list[bytes], Literals, list[bytes]]:
        """Made when a text is first searched: in each process, not in the one that sends it."""
        plain, wide = list(self._plain), list(self._wide)
        return literals(plain, self._engine), plain, literals(wide, self._engine), wide

    def within(self, text: Text, found: dict[int, Found]) -> None:
        """Adds, by the needle's number, what of each needle stands in a text."""
        for number, is_span, which in self._candidates(text):
            one = found.get(number) or found.setdefault(number, Found())
            one.look(text, self._needles[number], is_span, which)

    def _candidates(self, text: Text) -> Iterator[tuple[int, bool, int]]:
        """Whose skeleton stands there."""
        plain, plain_of, wide, wide_of = self._searched
        if plain_of:
            for number in plain.within(folding.skeleton(text.octets)):
                yield from self._plain[plain_of[number]]
        if wide_of and not text.octets.isascii():
            whole = folding.letters(text.folded).encode("utf-8", "replace")
            for number in wide.within(whole):
                yield from self._wide[wide_of[number]]
