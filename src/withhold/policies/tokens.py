"""A sentence as words with their places: the form in which its parts are looked for.

Case, curly quotes, hyphens and what is left of markup make no difference; every place counts code
points of the sentence as it stands.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from msgspec import Struct

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LINK_TARGET = re.compile(r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)")
_LINE_END = re.compile(r"<br ?/?>", re.I)
_APOSTROPHES = "’‘‛ʼ´`′＇\x92\ufffd"
"""What stands for one: typed, or of another encoding, or U+FFFD where it was lost."""
_PLAIN = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), "*": " ", "_": " ", "\\": " "})
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|inc|ltd|llc|corp|no|u\.s|u\.k|vs|incl)\.", re.I)
Break = Literal[0, 1, 2, 3]
"""What stands before a word: nothing, a comma or bracket, a colon, the end of a part."""


class Words(Struct, frozen=True, gc=False):
    """The words of a sentence in lower case; ``start``, ``end`` and ``broken`` (before it) of each.

    ``capital``: whether it begins with a capital in the text.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    broken: tuple[Break, ...]
    capital: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)


def words_of(sentence: str) -> Words:
    """Its words. Linear in its length."""
    plain = _LINK_TARGET.sub(lambda hit: "]" + " " * (len(hit[0]) - 1), sentence)
    plain = plain.translate(_PLAIN)
    plain = _LINE_END.sub(lambda hit: ";" + " " * (len(hit[0]) - 1), plain)
    plain = _SHORT.sub(lambda hit: hit[0].replace(".", " "), plain)
    words, starts, ends, broken, capital = [], [], [], [], []
    last = 0
    for hit in _WORD.finditer(plain):
        word = hit[0]
        words.append(word.lower())
        starts.append(hit.start())
        ends.append(hit.end())
        capital.append(word[0].isupper())
        broken.append(_break(plain[last : hit.start()], bool(words[:-1])))
        last = hit.end()
    return Words(tuple(words), tuple(starts), tuple(ends), tuple(broken), tuple(capital))


def _break(between: str, inside: bool) -> Break:
    """The strongest mark between two words; a stop before a digit or inside a name is none."""
    if not inside or between in (" ", "-", ""):
        return 0
    if any(mark in between for mark in ";|•!?\n") or ". " in between or ".)" in between:
        return 3
    if ":" in between:
        return 2
    if any(mark in between for mark in ",()–—[]") or " - " in between:
        return 1
    return 0


def parts_of(here: Words) -> tuple[tuple[int, int], ...]:
    """(first, last) of each part: what stands between two ends of a part."""
    cuts = [at for at, mark in enumerate(here.broken) if mark == 3]
    edges = [0, *cuts, len(here)]
    return tuple((a, b) for a, b in pairwise(edges) if a < b)
