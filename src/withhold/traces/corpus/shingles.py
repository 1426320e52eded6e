"""Eight words in a row, as they are, whatever stands between them: what outlives a small change."""

from __future__ import annotations

from withhold.traces.corpus.folding import words
from withhold.traces.corpus.spans import by_rarity, sums_of_rarity

WORDS = 8
"""Words of a shingle."""
MOST = 8
"""Shingles of one text that are looked for, at most: the rarest looking of each eighth."""
LETTERS = 32
"""Letters of a shingle, at least: eight short words are said by many."""
DIFFERENT = 5
"""Words of a shingle that differ, at least."""


def rare(folded: str) -> tuple[str, ...]:
    """The shingles of a folded text that are looked for, none overlapping another.

    None where there would be fewer than two: one alone proves nothing.
    """
    every = words(folded)
    parts = min(MOST, len(every) // WORDS)
    sums = sums_of_rarity([len(word) for word in every])
    found: list[str] = []
    for part in range(parts):
        since, until = len(every) * part // parts, len(every) * (part + 1) // parts
        runs = [(at, at + WORDS - 1) for at in range(since, until - WORDS + 1)]
        for first, last in by_rarity(runs, sums):
            shingle = every[first : last + 1]
            if sum(map(len, shingle)) >= LETTERS and len(set(shingle)) >= DIFFERENT:
                found.append(" ".join(shingle))
                break
    found = list(dict.fromkeys(found))
    return tuple(found) if len(found) > 1 else ()


def several(found: int, of: int) -> bool:
    """Whether so many of a text's shingles are enough: three, or half of them, and never one."""
    return found >= 2 and (found >= 3 or 2 * found >= of)
