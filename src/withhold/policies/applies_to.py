"""For whom a document or a sentence is, by its own words: places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from withhold.catalog.load import default_root
from withhold.catalog.places import Places
from withhold.catalog.policy_words import any_word, policy_words
from withhold.policies.passage import Passage

HEAD = 15
"""Passages at the beginning in which a document says for whom it is."""
_LONGEST = 1_000
"""Characters of a sentence that are looked at, at most."""
_LONGEST_TITLE = 120
_BEFORE = 40
"""Characters before the first place of an enumeration in which "outside" may stand."""
_PARTED = re.compile(r"[.;:!?]\s|\b(?:if|then|but|wenn|aber|mais|pero)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“\"])")


class Named(Struct, frozen=True):
    """A place as named: where in the text, and its codes (ISO 3166 and groups)."""

    start: int
    end: int
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Names in English and German, and the others of the word list, with case.

    Left out: a name of both a country and a state (Georgia), and WORLD's.
    """
    places = Places.read(default_root() / "places.toml")
    found: dict[str, tuple[str, ...]] = {}
    twice: set[str] = set()
    for code, texts in places.names.items():
        for name in {texts.get("en", ""), texts.get("de", "")}:
            if name in found:
                twice.add(name)
            found[name] = (code,)
    for name in (*twice, "", "everywhere", "überall"):
        found.pop(name, None)
    for of in policy_words().lang.values():
        found |= {name: tuple(codes) for name, codes in of.places.items()}
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    every = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, every))})(?![\w-])")


def named_places(text: str) -> list[Named]:
    """The places that a text names, in order."""
    names = _names()
    return [
        Named(found.start(), found.end(), names[found.group()])
        for found in _pattern().finditer(text[:_LONGEST])
    ]


def addressed(sentence: str) -> tuple[tuple[str, ...], ...]:
    """(places, places left out) that a sentence names: "if you live outside the EU".

    It does not ask whether the sentence is about persons who live there.
    """
    outside = any_word("outside")
    inside: list[str] = []
    left_out: list[str] = []
    at, out = 0, False
    for one in named_places(sentence):
        between = sentence[max(at, one.start - _BEFORE) : one.start]
        if outside.search(between):
            out = True
        elif len(between) > 25 or _PARTED.search(between):
            out = False
        (left_out if out else inside).extend(one.codes)
        at = one.end
    return tuple(dict.fromkeys(inside)), tuple(dict.fromkeys(left_out))


def places_of(title: str, passages: Sequence[Passage]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(places, places left out) of a document: of its title, else of the first sentence at its
    beginning that says to whom it applies. Both empty = not stated."""
    if len(title) <= _LONGEST_TITLE:
        found, left_out = addressed(title)
        if found or left_out:
            return _without_world(found), left_out
    applies, calls = any_word("applies"), any_word("document")
    never = any_word("not_apply")
    for passage in passages[:HEAD]:
        if passage.kind == "heading":
            continue
        for sentence in _SENTENCE.split(passage.text[: 3 * _LONGEST]):
            said = sentence[:_LONGEST]
            told = applies.search(said)
            if told is None or never.search(said) or not calls.search(said, 0, told.start()):
                continue
            if _names_another(passage, said):
                continue
            found, left_out = addressed(said[told.start() :])
            if found or left_out:
                return _without_world(found), left_out
    return (), ()


def _names_another(passage: Passage, sentence: str) -> bool:
    """Whether what applies there is linked: another document or another part of it."""
    return any(words in sentence for words, _ in passage.links)


def _without_world(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in codes if one != "WORLD")
