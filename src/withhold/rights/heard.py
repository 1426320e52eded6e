"""What the phrases of ``reply-words.toml`` are heard to say in a text, sentence by sentence.

A decision under a condition is none, nor is what is only perhaps asked, nor what its part of the
sentence turns round; of each outcome the phrase that fixes most counts, once a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from withhold.catalog.rights_words import ReplyWords
from withhold.rights.claims import DECIDES
from withhold.rights.phrases import (
    Phrase,
    Sentence,
    found_in,
    holds,
    language,
    phrase,
    plain,
    sentences,
)


class Hit(Struct, frozen=True, kw_only=True):
    """One outcome for which one sentence has a phrase; ``weight``: how many words it fixes."""

    outcome: str
    weight: int
    weak: bool
    beside: bool
    shown: str


_ASKS = frozenset(["wants-identity", "wants-form", "extension"])
_TURNED_ROUND = frozenset(["granted", "wants-identity", "wants-form", "extension"])


def hits(text: str, words: ReplyWords) -> list[Hit]:
    """All phrases that a text holds and that count: not turned round, not under a condition."""
    ready = _ready(words, language(text, words.small_words))
    found: list[Hit] = []
    for sentence in sentences(text):
        if holds(ready.boilerplate, sentence):
            continue
        later = holds(ready.condition, sentence)
        perhaps = holds(ready.perhaps, sentence)
        for outcome, many in ready.phrases.items():
            if (later and outcome in DECIDES) or (perhaps and outcome in _ASKS):
                continue
            best: Hit | None = None
            for one in many:
                if best and _rank(one) <= _rank(best):
                    continue
                for first, after in found_in(one, sentence):
                    if outcome in _TURNED_ROUND and _turned(
                        sentence, first, after, one, ready.negation
                    ):
                        continue
                    best = Hit(
                        outcome=outcome,
                        weight=one.weight,
                        weak=one.weak,
                        beside=one.beside,
                        shown=sentence.shown,
                    )
                    break
            if best:
                found.append(best)
    return found


def _rank(one: Phrase | Hit) -> tuple[bool, bool, int]:
    """What counts by itself before what counts beside something, then the longer phrase."""
    return not one.weak, not one.beside, one.weight


class _Ready(Struct, frozen=True, kw_only=True):
    phrases: dict[str, list[Phrase]]
    boilerplate: tuple[str, ...]
    condition: tuple[str, ...]
    perhaps: tuple[str, ...]
    negation: frozenset[str]


def _ready(words: ReplyWords, lang: str) -> _Ready:
    """The phrases of one language, of all where none is known."""
    return _Ready(
        phrases={
            outcome: [phrase(one) for one in all_of(by_lang, lang)]
            for outcome, by_lang in words.phrase.items()
        },
        condition=all_of(words.condition, lang),
        boilerplate=all_of(words.boilerplate),
        perhaps=all_of(words.perhaps, lang),
        negation=frozenset(plain(one) for one in all_of(words.negation, lang)),
    )


def all_of(by_lang: Mapping[str, Sequence[str]], lang: str = "") -> tuple[str, ...]:
    """The phrases of a language, of all where it has none of its own."""
    of = [by_lang[lang]] if lang in by_lang else by_lang.values()
    return tuple(one for many in of for one in many)


def _turned(
    sentence: Sentence, first: int, after: int, one: Phrase, negation: frozenset[str]
) -> bool:
    """Whether the part of the sentence in which a phrase stands says the opposite."""
    if any(word in negation for token in one.said.split() for word in plain(token).split("|")):
        return False
    words = sentence.words.split()
    begins = max((border for border in sentence.borders if border <= first), default=0)
    ends = min((border for border in sentence.borders if border >= after), default=len(words))
    return any(word in negation for word in words[begins : min(ends, after + 4)])
