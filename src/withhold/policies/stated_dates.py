"""The days that a document states of itself: when it was last updated, from when it holds.

Strict: a day is read only right behind the words for it, and a month alone is no day. Of 3/4/2025
nobody knows which is the month, so it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from withhold.catalog.policy_words import WordsOfPolicies, policy_words
from withhold.policies.passage import Passage

HEAD, TAIL = 40, 15
"""Passages at the beginning and at the end in which a document dates itself."""
SHORT = 200
"""Characters of a line that does little else; longer passages are asked after these."""
_LONGEST = 2_000
_BEFORE = 70
"""Characters before the words in which it may say that it means another document."""
_GAP = r"[\s:*,(–—-]{0,6}"
_NUMBERS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)"),
)
_TURKISH = str.maketrans("İı", "ii")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


class _Reader:
    """The patterns of one language."""

    def __init__(self, words: WordsOfPolicies) -> None:
        self.months = {
            name: number
            for number, names in enumerate(words.months, 1)
            for name in names.casefold().split("|")
        }
        month = rf"(?P<n>{_either(self.months)})\b\.?"
        year = r"(?P<y>\d{4})(?!\d)"
        ends = r"(?:st|nd|rd|th|er|\.|º)?"
        small = r"(?:of |de |del |d')?"
        self.days = (
            re.compile(
                rf"(?P<d>\d{{1,2}}){ends}\s{{0,3}}{small}{month},?\s{{0,3}}{small}{year}", re.I
            ),
            re.compile(rf"{month}\s{{0,3}}(?P<d>\d{{1,2}}){ends}\s{{0,3}},?\s{{0,3}}{year}", re.I),
            *_NUMBERS,
        )
        between = rf"(?:{_GAP}(?:{_either(words.between)})\b){{0,3}}{_GAP}"
        self.published = re.compile(rf"(?<!\w)(?:{_either(words.published)})\b{between}", re.I)
        self.in_force = re.compile(rf"(?<!\w)(?:{_either(words.in_force)})\b{between}", re.I)
        self.until = re.compile(rf"[\s,)–—-]{{0,4}}(?:{_either(words.until)})\b", re.I)
        self.not_this = re.compile(rf"(?<!\w)(?:{_either(words.not_this)})\b", re.I)

    def day_at(self, text: str, at: int) -> tuple[date | None, int]:
        """The day that begins there, and where it ends."""
        for pattern in self.days:
            found = pattern.match(text, at)
            if found:
                named = found.groupdict()
                month = self._month(named["n"]) if "n" in named else int(named["m"])
                return _day(int(named["y"]), month, int(named["d"])), found.end()
        slashed = _SLASHED.match(text, at)
        if slashed is None:
            return None, at
        first, second, year = map(int, slashed.groups())
        return _unambiguous(first, second, year), slashed.end()

    def _month(self, name: str) -> int:
        """``re`` lets ``İ`` and ``ı`` stand for an ``i``, which folding of case does not."""
        return self.months[name.translate(_TURKISH).casefold()]

    def behind(self, text: str, words: re.Pattern[str]) -> Iterator[date]:
        """Each day right behind one of the words, of this document."""
        for found in words.finditer(text):
            day, end = self.day_at(text, found.end())
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            if day and not self.not_this.search(before) and not self.until.match(text, end):
                yield day


def _either(words: Sequence[str] | dict[str, int]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


def _day(year: int, month: int, day: int) -> date | None:
    """None for what no calendar has, or no policy of the web."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1990 <= year <= 2100 else None


def _unambiguous(first: int, second: int, year: int) -> date | None:
    if first == second or second > 12:
        return _day(year, first, second)
    return _day(year, second, first) if first > 12 else None


@lru_cache(maxsize=8)
def _ready(lang: str) -> _Reader:
    """The patterns of a language; of one without words those of English."""
    words = policy_words().lang
    return _Reader(words.get(lang) or words["en"])


def dates_of(passages: Sequence[Passage], lang: str) -> tuple[date | None, date | None]:
    """(last updated, in force); None for what is not stated.

    The first at the beginning counts, of short lines before long passages; then the end.
    """
    ready = _ready(lang)
    head, tail = passages[:HEAD], passages[max(HEAD, len(passages) - TAIL) :]
    texts = [one.text[:_LONGEST] for one in head]
    texts = [one for one in texts if len(one) <= SHORT] + [one for one in texts if len(one) > SHORT]
    texts += [one.text[:_LONGEST] for one in tail if len(one.text) <= SHORT]
    return _first(texts, ready, ready.published), _first(texts, ready, ready.in_force)


def _first(texts: Sequence[str], ready: _Reader, words: re.Pattern[str]) -> date | None:
    return next((day for text in texts for day in ready.behind(text, words)), None)
