"""The words of ``knowledge/reveals/`` made ready once, for all texts that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from withhold.catalog.reveals import LangWords, RevealWords
from withhold.reveals.addresses import Street, street
from withhold.reveals.dates import date_expression
from withhold.reveals.fold import WORD, folded_word
from withhold.reveals.mail import Spelling, spelling
from withhold.reveals.parts import Vocabulary, vocabulary
from withhold.reveals.phones import Beside, beside
from withhold.reveals.phrases import Lookup, lookup, phrases_of, word_list
from withhold.reveals.said import Guards


class Ready(Struct, frozen=True, kw_only=True):
    """All that ``find`` needs, made from words."""

    look: Lookup
    vocabularies: Mapping[str, Vocabulary]
    dates: Mapping[str, re.Pattern[str]]
    guards: Mapping[str, Guards]
    streets: Mapping[str, Street]
    beside: Mapping[str, Beside]
    spelling: Spelling


_MADE: dict[int, tuple[RevealWords, Ready]] = {}
_MADE_AT_MOST = 4


def ready(words: RevealWords) -> Ready:
    """Made once for each value of words; raises ValueError for a phrase that cannot be read."""
    known = _MADE.get(id(words))
    if known is not None and known[0] is words:
        return known[1]
    made = _make(words)
    if len(_MADE) >= _MADE_AT_MOST:
        _MADE.clear()
    _MADE[id(words)] = (words, made)
    return made


def _make(words: RevealWords) -> Ready:
    every = [
        one
        for lang, here in words.langs.items()
        for one in phrases_of(lang, here, date_expression(here))
    ]
    vocabularies = {lang: vocabulary(here) for lang, here in words.langs.items()}
    return Ready(
        look=lookup(every, _ages(words)),
        vocabularies=vocabularies,
        dates={
            lang: re.compile(rf"(?<![\w.,/-])(?:{date_expression(here)})")
            for lang, here in words.langs.items()
        },
        guards={lang: _guards(here) for lang, here in words.langs.items()},
        streets={lang: street(here.address) for lang, here in words.langs.items()},
        beside={lang: beside(here.phone) for lang, here in words.langs.items()},
        spelling=spelling([one.email for one in words.langs.values()]),
    )


def _ages(words: RevealWords) -> Iterator[str]:
    for here in words.langs.values():
        for one in here.ages:
            yield from WORD.findall(folded_word(one))


def _guards(words: LangWords) -> Guards:
    inside = word_list(words.name_words)
    negation = word_list(words.negation)
    return Guards(
        negation=re.compile(rf"(?<!\w)(?:{negation})(?!\w)"),
        negated=re.compile(rf"(?<!\w)(?:{negation})[^\w.,!?;\n](?:\w{{1,3}}[^\w.,!?;\n])?$"),
        unsure=re.compile(
            rf"(?<!\w)(?:{word_list(words.unsure)})(?:[^\w.,!?;\n]{{1,3}}\w+){{0,2}}[^\w.,!?;\n]{{0,3}}$"
        ),
        small=frozenset(map(folded_word, words.small)),
        # in the text itself: a capital or digits, small words only with one of those behind them
        name_more=re.compile(
            rf"(?:[ \u00a0]|-|\s?&\s?)(?:(?i:{inside})[ \u00a0']){{0,2}}(?!I\b)(?=[^\W_a-zà-öø-ÿß])"
            r"[^\W_][\w&+'-]*(?:\.(?=\w))?[\w]*"
        ),
    )
