"""Which of very many octet strings stand in a text: by a table of their windows.

Whatever holds a string of 24 octets holds, at a place that 8 divides, one of the string's first 8
windows of 16 octets. So two aligned words of each 8 octets of a text are looked up, all at once, in
a table with 8 windows for each string; what is there is compared with the string itself. The time
hardly depends on how many strings there are, as that of an automaton does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

WORD = 8
SHORTEST = 3 * WORD
"""Octets that a string has at least."""
_MANY = 2_000  # places in one text from which each window is looked up once, not each place
_ONE, _OTHER = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F  # odd, so that no bit of a word is lost


class Windows:
    """The table, made once. ImportError without numpy; ValueError for a string that is too short.

    About 130 octets of memory for each string, beside the strings.
    """

    def __init__(self, strings: Sequence[bytes]) -> None:
        import numpy

        if min(map(len, strings), default=SHORTEST) < SHORTEST:
            raise ValueError(f"a string of fewer than {SHORTEST} octets")
        self._numpy: Any = numpy
        self._strings = strings
        begins = b"".join(string[:SHORTEST] for string in strings)
        octets = numpy.frombuffer(begins, dtype=numpy.uint8).reshape(-1, SHORTEST)
        shifted = (octets[:, shift : shift + 2 * WORD].tobytes() for shift in range(WORD))
        keys = numpy.concatenate([self._keys(windows)[::2] for windows in shifted])
        order = numpy.argsort(keys, kind="stable")
        self._keys_of = keys[order]
        self._whose = order.astype(numpy.uint32 if len(keys) < 1 << 32 else numpy.uint64)
        bits = max(16, min(27, len(keys).bit_length() + 5))
        self._shift = numpy.uint64(64 - bits)
        self._there = numpy.zeros(1 << bits, dtype=numpy.uint8)
        self._there[(self._keys_of >> self._shift).view(numpy.int64)] = 1

    def _keys(self, octets: bytes) -> Any:
        """A number for each two words of the text that follow one another."""
        numpy = self._numpy
        words = numpy.frombuffer(octets, dtype="<u8", count=len(octets) // WORD)
        return words[:-1] * numpy.uint64(_ONE) + words[1:] * numpy.uint64(_OTHER)

    def within(self, octets: bytes) -> set[int]:
        """The numbers of the strings that stand in these octets, wherever and however often."""
        if len(octets) < SHORTEST:
            return set()
        keys = self._keys(octets)
        places = self._there.take((keys >> self._shift).view(self._numpy.int64)).nonzero()[0]
        if not len(places):
            return set()
        keys = keys[places]
        since = self._keys_of.searchsorted(keys)
        known = self._keys_of.take(since, mode="clip") == keys
        if not known.any():
            return set()
        places, keys, since = places[known], keys[known], since[known]
        if len(places) > _MANY:
            return self._somewhere(octets, self._numpy.unique(keys))
        until = self._keys_of.searchsorted(keys, side="right")
        return set(self._there_at(octets, places.tolist(), since.tolist(), until.tolist()))

    def _there_at(
        self, octets: bytes, places: list[int], since: list[int], until: list[int]
    ) -> Iterator[int]:
        """Of those whose window stands at a place, the strings that stand there whole."""
        count = len(self._strings)
        for place, first, end in zip(places, since, until, strict=True):
            for whose in self._whose[first:end].tolist():
                shift, number = divmod(whose, count)
                if octets.startswith(self._strings[number], max(0, place * WORD - shift)):
                    yield number

    def _somewhere(self, octets: bytes, keys: Any) -> set[int]:
        """The same for a text in which windows stand very often: each string is sought once."""
        count = len(self._strings)
        since = self._keys_of.searchsorted(keys).tolist()
        until = self._keys_of.searchsorted(keys, side="right").tolist()
        numbers = {
            whose % count
            for first, end in zip(since, until, strict=True)
            for whose in self._whose[first:end].tolist()
        }
        return {number for number in numbers if self._strings[number] in octets}
