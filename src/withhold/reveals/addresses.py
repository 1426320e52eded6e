"""Postal addresses: a street with a number, and the place if it stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from withhold.catalog.reveals import Streets
from withhold.reveals.fold import WORD, fold, folded_word

_UP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"(?:[{_UP}][\w'’-]*\.?|St\.|\d{{1,3}}(?:st|nd|rd|th|er|e))"
_ANY_WORD = r"[^\W\d_][\w'’-]+"
_NUMBER = r"\d{1,4}(?:\s?[-/]\s?\d{1,4})?(?:\s?[a-zA-Z])?(?![\w%€$£°]|[.,:]\d)"
_NEXT = rf"[ -](?:(?:[a-z]{{2,3}}[ -]){{1,2}})?[{_UP}(](?:[^\W\d]|['’-])+\)?(?!\w)"
_TOWN = rf"[{_UP}][\w'’.-]+(?:{_NEXT}){{0,3}}"
_BRITISH = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)"
_TAIL = (
    rf"(?:[,\s]{{1,3}}(?:[a-z]{{1,2}}\s)?(?:[A-Z]{{1,2}}-)?\d{{4,5}}[ ]{_TOWN}"
    r"|,?\s(?:[Aa]pt|[Ff]lat|[Uu]nit|[Ss]uite|#)\.?\s?\w{1,5})?"
    rf"(?:,\s?{_TOWN})?(?:,?\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?|,?\s{_BRITISH})?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_POSTCODE = re.compile(rf"\d{{4,5}}[ ]|[A-Z]{{2}}\s\d{{5}}|{_BRITISH}")


class Street(Struct, frozen=True, kw_only=True):
    """How addresses are found in one language."""

    words: frozenset[str]
    """One of them is in a text with an address ..."""
    ends: tuple[str, ...]
    """... or a word that ends so."""
    patterns: tuple[re.Pattern[str], ...]
    with_postcode: re.Pattern[str] | None
    """Counts only with a postcode behind it."""
    not_names: frozenset[str]


def street(how: Streets) -> Street:
    """Made ready; the expressions are for the text itself."""
    number = rf"(?:(?i:{_any(how.number_words)})\.?\s?)?{_NUMBER}" if how.number_words else _NUMBER
    patterns = [*_joined(how, number), *_with_name(how, number), *_with_kind(how, number)]
    nameless = None
    if how.nameless:
        nameless = re.compile(
            rf"(?<!\w)(?i:{_any(how.nameless)})\s(?:[{_UP}][\w-]+\s){{1,3}}{number}{_TAIL}"
        )
    listed = (*how.after, *how.after_capital, *how.before, *how.nameless)
    return Street(
        words=frozenset(WORD.findall(folded_word(one))[-1] for one in listed),
        ends=tuple(folded_word(one).rstrip(".") for one in how.joined),
        patterns=tuple(re.compile(one + _TAIL) for one in patterns),
        with_postcode=nameless,
        not_names=frozenset(map(folded_word, how.not_names)),
    )


def _joined(how: Streets, number: str) -> Iterator[str]:
    """``Lindenstraße 5``, ``Neue Lindenstraße 5``."""
    if how.joined:
        first = rf"(?<![\w-])(?:[{_UP}][\w-]{{1,20}}[ -]){{0,2}}[^\W\d_][\w-]{{1,40}}?"
        yield rf"{first}(?i:{_any(how.joined)})\.?\s{{1,2}}{number}"


def _with_name(how: Streets, number: str) -> Iterator[str]:
    """The word for street stands after its name: ``12 Oak Street``, ``Lange Straße 5``."""
    if not (how.after or how.after_capital):
        return
    after = _any(how.after)
    words = rf"(?:(?i:{after})|{_any(how.after_capital, capital=True)})\.?(?!\w)"
    if not how.number_first:
        yield rf"(?<![\w-])(?:[{_UP}][\w-]{{1,30}}[ -]){{1,3}}{words}\s{{1,2}}{number}"
        return
    yield rf"(?<![\w.,:/$€£-])\d{{1,5}}[A-Za-z]?,?\s(?:{_WORD}\s){{1,4}}{words}"
    if how.near:
        lower = rf"[a-z][a-z']+\s(?:[a-z][a-z']+\s)?(?:{after})(?!\w)"
        yield rf"{_before(how)}(?P<at>\d{{1,5}}[a-z]?\s{lower})"


def _with_kind(how: Streets, number: str) -> Iterator[str]:
    """It stands before its name: ``12, rue de la Paix``, ``calle Mayor 12``."""
    if not how.before:
        return
    words = rf"(?i:{_any(how.before)})\.?"
    small = rf"(?:(?i:{_any(how.small)})[ '’]{{0,2}}){{0,3}}"
    name = rf"{small}{_WORD}(?:[ -]{small}{_WORD}){{0,4}}"
    lower = rf"{_ANY_WORD}(?:\s{_ANY_WORD}){{0,4}}"
    if how.number_first:
        first = r"(?<![\w.,:/-])\d{1,4}(?:\s?(?:bis|ter|quater|[A-Da-d](?!\w)))?,?\s"
        yield rf"{first}{words}\s{name}"
        shape = rf"{first}{words}\s{lower}"
    else:
        floor = r"(?:\s?,?\s?\d{1,2}\s?[ºª°](?:\s?[A-Za-z](?!\w))?)?"
        yield rf"(?<!\w){words}\s?{name},?\s{number}{floor}"
        shape = rf"{words}\s?{lower},?\s{number}{floor}"
    if how.near:
        yield rf"{_before(how)}(?P<at>{shape})"


def _before(how: Streets) -> str:
    """What says that an address follows, though it is written without capitals."""
    return rf"(?i:(?<!\w)(?:{_any(how.near)})\s{{1,2}})"


def _any(many: list[str], capital: bool = False) -> str:
    each = {one[:1].upper() + one[1:] if capital else one for one in many}
    return "|".join(sorted((re.escape(one) for one in each), key=len, reverse=True)) or "(?!)"


def addresses(text: str, words: list[str], how: Street) -> Iterator[tuple[int, int]]:
    """Where addresses stand. ``words`` are the folded words of the text; a digit is in it."""
    if how.words.isdisjoint(words) and not (
        how.ends and any(one.endswith(how.ends) for one in words)
    ):
        return
    for pattern in how.patterns:
        for match in pattern.finditer(text):
            start = match.start("at") if "at" in pattern.groupindex else match.start()
            if _is_street(text[start : match.end()], how):
                yield start, match.end()
    if how.with_postcode is not None:
        for match in how.with_postcode.finditer(text):
            if _POSTCODE.search(match[0]):
                yield match.span()


def _is_street(found: str, how: Street) -> bool:
    names = WORD.findall(fold(found))
    if how.not_names and not how.not_names.isdisjoint(names):
        return False
    # a year in front of a street (`in 2019 Wall Street fell`), without a place behind it
    return not (_YEAR.match(found) and not _POSTCODE.search(found, 4))
