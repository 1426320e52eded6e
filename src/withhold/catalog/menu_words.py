"""Words of a page, compared: which are the same, and which are never pressed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from withhold.steps import MenuWords, Words


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as it is compared: NFKC, caseless, single spaces, no colon or stop at the end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", folded).strip().rstrip(":.").rstrip()


def says(text: str, words: Words) -> bool:
    """Whether a text is one of the words, in any language. ``...`` at the end: begins with it;
    ``...`` in front: ends with it, and somebody's name stands before it."""
    return _is_one(plain(text), _all(words))


def _all(words: Words) -> tuple[tuple[str, bool, bool], ...]:
    return tuple(_open(one) for many in words.values() for one in many)


_MORE = ("...", "…")


def _open(word: str) -> tuple[str, bool, bool]:
    """The word as it is compared, and whether more may stand before and after it."""
    before, after = word.startswith(_MORE), word.endswith(_MORE)
    for one in _MORE:
        word = word.removeprefix(one).removesuffix(one)
    return plain(word), before, after


def never_fits(word: str) -> bool:
    """Whether a listed word fits nothing: it is blank, or ``...`` stands in the midst of it."""
    inside = _open(word)[0]
    return not inside or any(one in inside for one in _MORE)


def _is_one(text: str, wanted: Iterable[tuple[str, bool, bool]]) -> bool:
    return any(_fits(text, *one) for one in wanted)


def _fits(text: str, word: str, before: bool, after: bool) -> bool:
    if not before:
        return bool(word) and (text == word or (after and text.startswith(word)))
    at = text.find(word, 1) if after else len(text) - len(word)
    if not word or at < 1 or not text.startswith(word, at):
        return False
    return not (word[0].isalnum() and text[at - 1].isalnum())


def may_press(name: str, words: MenuWords) -> bool:
    """Whether what is pressed is free of every forbidden word: delete, pay, publish, accept ..."""
    pressed = plain(name)
    spaced = f" {pressed} "
    for lang, listed in words.forbidden.items():
        for one in listed:
            word = plain(one)
            # languages that do not part words by spaces have no word boundary to look for
            if (word in pressed) if lang in ("ja", "zh", "th") else _stands_in(word, spaced):
                return False
    return True


def _stands_in(word: str, spaced: str) -> bool:
    at = spaced.find(word)
    while at >= 0:
        before = not spaced[at - 1].isalnum()
        after = not spaced[at + len(word)].isalnum()
        if before and after:
            return True
        at = spaced.find(word, at + 1)
    return False
