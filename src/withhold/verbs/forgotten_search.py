"""Many octet strings sought at once in much data, in plain Python and bounded memory. Pure.

Data is cut into blocks of eight octets. What is 15 octets long or longer holds one of these blocks
whole, wherever it lies, at one of eight places; so of each string eight blocks are remembered, and
whether a piece of data has any of them is one intersection of two sets. Only then is it looked at.
Shorter strings are sought one by one, and may be few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import iter_unpack

from msgspec import Struct

BLOCK = 8
LONG = 2 * BLOCK - 1
SHORT = 6
"""What has fewer octets is found everywhere and shows nothing."""
SHORT_AT_MOST = 200
_FEW, _STEP = 4, 3
PIECE = 1024 * 1024
"""Octets that are looked at in one go, a multiple of BLOCK."""


class Hit(Struct, frozen=True):
    """String number ``n`` lies at ``offset``."""

    n: int
    offset: int


class Sought:
    """The strings; ``refused`` are the numbers of those that are too short, or one too many."""

    def __init__(self, strings: Iterable[bytes]) -> None:
        self._strings: dict[int, bytes] = {}
        self._blocks: dict[bytes, list[tuple[int, int]]] = {}
        self._short: list[int] = []
        self.refused: set[int] = set()
        self.longest = BLOCK
        for n, one in enumerate(strings):
            if len(one) < SHORT or (len(one) < LONG and len(self._short) >= SHORT_AT_MOST):
                self.refused.add(n)
                continue
            self._strings[n] = one
            self.longest = max(self.longest, len(one))
            if len(one) < LONG:
                self._short.append(n)
            else:
                self._remember(n, one)

    def _remember(self, n: int, octets: bytes) -> None:
        """By eight blocks that few others have: not by the ``https://`` of all."""
        known, best, fewest = self._blocks, 0, 1 << 30
        for at in range(len(octets) - LONG, -1, -_STEP):
            shared = max([len(known.get(octets[k : k + BLOCK], ())) for k in range(at, at + BLOCK)])
            if shared < fewest:
                best, fewest = at, shared
            if fewest < _FEW:
                break
        for k in range(best, best + BLOCK):
            known.setdefault(octets[k : k + BLOCK], []).append((n, k))

    def find(self, pieces: Iterable[bytes]) -> Iterator[Hit]:
        """Where each of them lies first, in data that comes in pieces of any size."""
        found: set[int] = set()
        kept, start = b"", 0
        for data in _cut(pieces):
            data = kept + data
            for hit in self._in(data, found):
                found.add(hit.n)
                yield Hit(hit.n, start + hit.offset)
            keep = min(len(data), self.longest)
            start += len(data) - keep
            kept = data[len(data) - keep :]

    def _in(self, data: bytes, known: set[int]) -> Iterator[Hit]:
        for n in self._short:
            if n not in known and (at := data.find(self._strings[n])) >= 0:
                yield Hit(n, at)
        whole = memoryview(data)[: len(data) // BLOCK * BLOCK]
        blocks = [one for (one,) in iter_unpack(f"{BLOCK}s", whole)]
        likely = self._blocks.keys() & set(blocks)
        if not likely:
            return
        for place, block in enumerate(blocks):
            if block in likely:
                for n, before in self._blocks[block]:
                    at = place * BLOCK - before
                    if at >= 0 and n not in known and data.startswith(self._strings[n], at):
                        yield Hit(n, at)


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same data in pieces of PIECE octets at most."""
    for piece in pieces:
        for at in range(0, len(piece), PIECE):
            yield piece[at : at + PIECE]
