"""A text as phrases are compared with it: without case and accents, of the very same length."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
"""A word of a folded text; an apostrophe and a hyphen part words."""

# Letters and marks that a person types in several ways; each stands for one character.
_MARKS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ß": "s", "\u00a0": " ", "\u202f": " "}


class _Bare(dict[int, str]):
    """Character -> the same without its accent; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        one = chr(code)
        bare = unicodedata.normalize("NFD", one)[0] if "À" <= one <= "ỿ" else one
        self[code] = bare
        return bare


_BARE = _Bare({ord(one): other for one, other in _MARKS.items()})


def fold(text: str) -> str:
    """``text`` for comparing: character for character, so that places in it are places in text."""
    if text.isascii():
        return text.lower()
    low = text.lower()
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(one.lower()[:1] for one in text)
    return low.translate(_BARE)


NAME_MARK = "\x1f"
"""Stands for the space, quote or bracket before a word with a capital, once names are marked."""
_BEFORE_NAME = re.compile(r"[ \t\u00a0\"'’(«„“‚‘](?=[A-ZÀ-ÖØ-ÞŁŚŻŠŽČĆĐŞĞŒ]|\d+[A-Z])")

_ANY_SPACE = re.compile(r"[ \t\u00a0](?=[^\W\d_])")


def names_marked(text: str, folded: str) -> str:
    """The folded text with the mark before every word that is written as a name, of the same
    length. Where all is written in capitals nothing is a name; where nothing is, any word may."""
    if text.isupper():
        return folded
    if text.islower():
        return _ANY_SPACE.sub(NAME_MARK, folded)
    marked = list(folded)
    for match in _BEFORE_NAME.finditer(text):
        marked[match.start()] = NAME_MARK
    return "".join(marked)


@lru_cache(maxsize=4096)
def folded_word(word: str) -> str:
    """A listed word or phrase as it is compared."""
    return fold(word.strip())


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text with its accents in one character each (NFC), and for every character of it where
    it stood; None = nothing has moved."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    for at, one in enumerate(text):
        if parts and unicodedata.combining(one):
            joined = unicodedata.normalize("NFC", parts[-1] + one)
            if len(joined) == 1:
                parts[-1] = joined
                continue
        parts.append(one)
        places.append(at)
    places.append(len(text))
    return "".join(parts), places
