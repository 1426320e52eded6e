"""Which parts of a text are looked for word by word: long spans that hardly stand elsewhere.

How rare a part is cannot be known without the corpus. So the rule is by sight: of each quarter of a
text the run of whole words is taken whose words are longest, unless it says the same over and over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from withhold.traces.corpus.folding import letters

SHORTEST = 50
"""Characters, after folding, that a span has at least."""
LETTERS = 24
"""Letters and digits that it has at least: a row of dashes is nobody's."""
MOST = 4
"""Spans of one text, at most: from its beginning to its end."""
_PIECE = re.compile(r"\S{1,40}")  # a run without spaces (Chinese, Japanese, Thai) may be cut
_TRIED = 20


def spans(folded: str) -> tuple[str, ...]:
    """The spans of a folded text that are looked for; none where the text is too short."""
    if not is_span(folded):
        return ()
    bounds = [(one.start(), one.end()) for one in _PIECE.finditer(folded)]
    starts, ends = [one[0] for one in bounds], [one[1] for one in bounds]
    sums = sums_of_rarity([end - start for start, end in bounds])
    last = bisect_left(starts, len(folded) - SHORTEST + 1)  # from here on it is too short
    parts = min(MOST, len(folded) // (2 * SHORTEST)) or 1
    found = list[str]()
    for part in range(parts):
        since = bisect_left(starts, len(folded) * part // parts)
        until = min(last, bisect_left(starts, len(folded) * (part + 1) // parts))
        # by the first piece, the last one with which it is long enough
        runs = [(at, bisect_left(ends, starts[at] + SHORTEST, at)) for at in range(since, until)]
        for at, end in by_rarity(runs, sums):
            span = folded[starts[at] : ends[end]]
            if is_span(span):
                found.append(span)
                break
    return tuple(dict.fromkeys(found)) or (folded[:2_000].strip(),)


def is_span(folded: str) -> bool:
    """Whether a folded text is long enough to be told from others."""
    return len(folded) >= SHORTEST and len(letters(folded[:10_000])) >= LETTERS


def sums_of_rarity(lengths: Sequence[int]) -> list[int]:
    """Of words so long, how rare the first ones look together: the squares up to 12 letters."""
    return [0, *accumulate(min(length, 12) ** 2 for length in lengths)]


def by_rarity(runs: Sequence[tuple[int, int]], sums: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of words (first, last), the rarest looking first; of equals the one that comes first."""
    rarest = sorted(runs, key=lambda run: sums[run[1] + 1] - sums[run[0]], reverse=True)
    return rarest[:_TRIED]
