"""Near-duplicates: how much of two texts' words in a row is the same, by MinHash.

The similarity is Jaccard's of the sets of 5-word shingles of the folded texts, estimated by 128
permutations (Broder 1997; the standard error is at most 0.045). Whole texts are compared: a post
quoted in a long page is not near it.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable

from withhold.errors import MissingExtra
from withhold.traces.corpus.folding import words

WORDS = 5
"""Words of a shingle."""
SHORTEST = 40
"""Words that a text has at least: of shorter ones one changed word changes too much."""
ENOUGH = 0.8
"""The estimated similarity from which two texts are near."""
PERMUTATIONS = 128
_ROWS = 4  # of 32 bands: two texts of 0.8 share a band in all but 1 of 10 million cases
_BAND = 4 * _ROWS
_BANDS = PERMUTATIONS // _ROWS
_SEED = 42
_LONGEST = 200_000  # words that are looked at, of so many times 10 characters


def signature(folded: str) -> bytes:
    """The MinHash of a folded text, 512 octets; empty where it is too short. MissingExtra."""
    every = words(folded[: 10 * _LONGEST])[:_LONGEST]
    if len(every) < SHORTEST:
        return b""
    try:
        from rensa import RMinHash
    except ImportError as why:
        raise MissingExtra(
            "near-duplicates need an extra", 'pip install "withhold[scale]"'
        ) from why
    shingles = {" ".join(every[at : at + WORDS]) for at in range(len(every) - WORDS + 1)}
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(shingles))
    return struct.pack(f"<{PERMUTATIONS}I", *sketch.digest())


def similarity(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of two texts by their signatures, 0 to 1."""
    ones, others = memoryview(one).cast("I"), memoryview(other).cast("I")
    return sum(a == b for a, b in zip(ones, others, strict=True)) / PERMUTATIONS


class Near:
    """Signatures that are looked for, by their bands."""

    def __init__(self, signatures: Iterable[tuple[int, bytes]]) -> None:
        self._signatures = dict(signatures)
        self._bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for number, one in self._signatures.items():
            for key in _keys(one):
                self._bands[key].append(number)

    def __bool__(self) -> bool:
        return bool(self._signatures)

    def to(self, folded: str) -> dict[int, float]:
        """Which are near to a folded text, and how near."""
        mine = signature(folded)
        if not mine:
            return {}
        numbers = {number for key in _keys(mine) for number in self._bands.get(key, ())}
        found = {number: similarity(mine, self._signatures[number]) for number in sorted(numbers)}
        return {number: near for number, near in found.items() if near >= ENOUGH}


def _keys(one: bytes) -> list[tuple[int, bytes]]:
    return [(band, one[band * _BAND : (band + 1) * _BAND]) for band in range(_BANDS)]
