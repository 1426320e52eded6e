"""The phrases of ``knowledge/clauses/`` made ready: which words of a sentence carry which mark.

A phrase is tried only where its first word stands; what ``...`` may skip is bounded, so the work is
linear in the length of a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from withhold.catalog.clauses import ClauseWords, clause_words
from withhold.policies.tokens import Words

GAP = 5
"""Words that ``...`` may stand for, at most."""
PREFIX = 3
"""Letters by which ``word*`` is looked up; it has at least as many."""


class Element(Struct, frozen=True, gc=False):
    """One element of a phrase: alternatives of one or several words, which may be missing."""

    exact: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word -> what follows it, the longest first."""
    begins: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False


class Phrase(Struct, frozen=True, gc=False):
    """A phrase and the mark that it gives."""

    mark: str
    elements: tuple[Element, ...]


class Mark(Struct, frozen=True, gc=False):
    """Words that carry a mark: ``first`` and ``last`` (not included) count words."""

    name: str
    first: int
    last: int


class Ready(Struct, frozen=True):
    """All phrases by their first word, and what decides whether a text is read at all.

    ``alone`` are the marks that a word gives by itself; ``then`` the phrases that go on with one of
    certain words right behind it, by that word.
    """

    alone: Mapping[str, tuple[str, ...]]
    then: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    exact: Mapping[str, tuple[Phrase, ...]]
    begins: Mapping[str, tuple[tuple[str, Phrase], ...]]
    words: ClauseWords


@lru_cache(maxsize=4)
def ready(lang: str = "en", root: Path | None = None) -> Ready:
    """The phrases of a language. Raises BadKnowledge and ValueError for what cannot be read."""
    return made_of(clause_words(root).langs[lang])


def made_of(words: ClauseWords) -> Ready:
    """Ready phrases; raises ValueError for one that names no list or fits anything."""
    exact: dict[str, list[Phrase]] = {}
    alone: dict[str, list[str]] = {}
    then: dict[str, dict[str, list[Phrase]]] = {}
    begins: dict[str, list[tuple[str, Phrase]]] = {}
    for mark, said in words.every():
        elements = tuple(element(token, words.lists, said) for token in said.split())
        # with a first word that may be missing it is looked up by the next as well
        for skipped in range(len(elements)):
            one = Phrase(mark, elements[skipped:])
            head = one.elements[0]
            if head.gap:
                raise ValueError(f"{said!r}: `...` stands between words")
            for word, rests in head.exact.items():
                if rests == ((),) and len(one.elements) == 1:
                    alone.setdefault(word, []).append(mark)
                elif (behind := _behind(one.elements, rests)) is not None:
                    for following in behind:
                        then.setdefault(word, {}).setdefault(following, []).append(one)
                else:
                    exact.setdefault(word, []).append(one)
            for start in head.begins:
                begins.setdefault(start[:PREFIX], []).append((start, one))
            if not head.optional:
                break
        else:
            raise ValueError(f"{said!r}: every word may be missing")
    return Ready(
        {word: tuple(dict.fromkeys(many)) for word, many in alone.items()},
        {
            word: {behind: tuple(many) for behind, many in those.items()}
            for word, those in then.items()
        },
        {word: tuple(many) for word, many in exact.items()},
        {word: tuple(many) for word, many in begins.items()},
        words,
    )


def _behind(
    elements: tuple[Element, ...], rests: tuple[tuple[str, ...], ...]
) -> frozenset[str] | None:
    """The words of which one must follow the first; None where others may follow."""
    if () not in rests:
        return frozenset(rest[0] for rest in rests)
    if len(elements) == 1:
        return None
    second = elements[1]
    if second.gap or second.optional or second.begins:
        return None
    return frozenset((*second.exact, *(rest[0] for rest in rests if rest)))


def element(token: str, lists: Mapping[str, Sequence[str]], said: str) -> Element:
    """One token of a phrase read; raises ValueError where it cannot be."""
    if token == "...":
        return Element({}, gap=True)
    exact: dict[str, list[tuple[str, ...]]] = {}
    begins: list[str] = []
    for one in _alternatives(token.removesuffix("?"), lists, said):
        if one.endswith("*"):
            if len(one) <= PREFIX or " " in one:
                raise ValueError(f"{said!r}: {one!r} is too short or several words")
            begins.append(one[:-1])
            continue
        if "?" in one:
            raise ValueError(f"{said!r}: `?` stands at the end of all alternatives")
        first, *rest = one.split()
        exact.setdefault(first, []).append(tuple(rest))
    return Element(
        {word: tuple(sorted(many, key=len, reverse=True)) for word, many in exact.items()},
        tuple(begins),
        token.endswith("?"),
    )


def _alternatives(token: str, lists: Mapping[str, Sequence[str]], said: str) -> list[str]:
    found: list[str] = []
    for one in token.split("|"):
        if one.startswith("{"):
            if one.strip("{}") not in lists:
                raise ValueError(f"{said!r}: no list {one.strip('{}')!r}")
            for inner in lists[one.strip("{}")]:
                found += _alternatives(inner.replace(" ", "_"), lists, said)
        else:
            found.append(one.replace("_", " ").replace("-", " "))
    return found


def marks_of(here: Words, made: Ready) -> dict[str, list[Mark]]:
    """Mark -> where it stands, in order; of two that begin at one word the longer."""
    found: dict[str, list[Mark]] = {}
    for at, word in enumerate(here.words):
        hits: dict[str, int] = dict.fromkeys(made.alone.get(word, ()), at + 1)
        if word in made.then and at + 1 < len(here.words):
            for one in made.then[word].get(here.words[at + 1], ()):
                _note(hits, one, _end(one.elements, 0, here, at))
        for one in made.exact.get(word, ()):
            _note(hits, one, _end(one.elements, 0, here, at))
        for start, one in made.begins.get(word[:PREFIX], ()):
            if word.startswith(start):
                _note(hits, one, _end(one.elements, 0, here, at))
        for mark, last in hits.items():
            those = found.setdefault(mark, [])
            if not those or those[-1].last <= at or those[-1].last < last:
                those.append(Mark(mark, at, last))
    return found


def _note(hits: dict[str, int], one: Phrase, end: int) -> None:
    if end > hits.get(one.mark, 0):
        hits[one.mark] = end


def _end(elements: tuple[Element, ...], k: int, here: Words, at: int) -> int:
    """Where the phrase from its element ``k`` on ends if it begins at ``at``; -1: it does not."""
    if k == len(elements):
        return at
    one = elements[k]
    if one.gap:
        for skip in range(GAP + 1):
            if skip and (at + skip > len(here) or here.broken[at + skip - 1] == 3):
                return -1
            end = _end(elements, k + 1, here, at + skip)
            if end >= 0:
                return end
        return -1
    if at < len(here) and not (k and here.broken[at] == 3):
        word = here.words[at]
        for rest in one.exact.get(word, ()):
            stop = at + 1 + len(rest)
            if here.words[at + 1 : stop] == rest:
                end = _end(elements, k + 1, here, stop)
                if end >= 0:
                    return end
        if one.begins and word.startswith(one.begins):
            end = _end(elements, k + 1, here, at + 1)
            if end >= 0:
                return end
    return _end(elements, k + 1, here, at) if one.optional else -1
