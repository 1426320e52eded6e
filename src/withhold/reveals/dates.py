"""The expression of a day with its month, in the words of one language; with or without a year."""

from __future__ import annotations

from withhold.catalog.reveals import LangWords
from withhold.reveals.fold import folded_word
from withhold.reveals.phrases import word_list

_YEAR = r"(?:1[89]\d\d|20\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"


def date_expression(words: LangWords) -> str:
    """For folded text: ``12.03.1985``, ``1985-03-12``, ``3/12``, ``12 march``, ``march 1985``,
    ``march 12th, 1985``. A year alone is no date."""
    months = "|".join(
        sorted(
            {folded_word(one) for names in words.months for one in names.split("|")},
            key=len,
            reverse=True,
        )
    )
    months = rf"(?:{months})(?!\w)\.?"
    ends = "|".join(word_list([one]) for one in words.day_ends) or "th"
    between = rf"(?:{word_list(words.date_words)})" if words.date_words else "of"
    day = rf"{_DAY}(?:\s?(?:{ends})|\.)?(?!\d)"
    year = rf"(?:,?\s(?:{between}\s)?{_YEAR}(?!\d))?"
    return "|".join(
        (
            rf"{_DAY}\s?[./-]\s?{_MONTH}\s?[./-]\s?(?:{_YEAR}|\d\d)(?!\d)",
            rf"{_MONTH}/{_DAY}(?:/(?:{_YEAR}|\d\d))?(?!\d)",
            rf"{_YEAR}[-./]{_MONTH}[-./]{_DAY}(?!\d)",
            rf"{day}\s?(?:{between}\s)?{months}{year}",
            rf"{months}\s{day}{year}",
            rf"{months}\s(?:{between}\s)?{_YEAR}(?!\d)",
            rf"{_DAY}[./]{_MONTH}(?!\d)\.?",
        )
    )
