"""Whether a text is worth reading for clauses: a few searches for letters, nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from withhold.policies.words_ready import Ready


def passes(text: str, made: Ready) -> bool:
    """Whether it holds a word without which nothing is said of training."""
    lower = text.lower()
    for one in made.words.gate:  # a plain loop: this is asked of every passage
        if one in lower:
            return True
    for one in made.words.gate_capital:
        if one in text:
            return _capital(tuple(made.words.gate_capital)).search(text) is not None
    return False


@lru_cache(maxsize=4)
def _capital(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, words)) + r")(?![A-Za-z])")
