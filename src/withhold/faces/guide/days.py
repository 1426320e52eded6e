"""Days and months as a language says them, alone and within a text that has them as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from markupsafe import Markup, escape

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MONTH = re.compile(r"(?<![\w-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w-])")


def day(of: date, lang: str) -> str:
    """``25 November 2026``, ``25. November 2026``."""
    from babel.dates import format_date

    # British order in English: 11/25 and 25/11 are never told apart by half of the readers
    return format_date(of, "d MMMM y" if lang == "en" else "long", locale=lang)


def month(of: date, lang: str) -> str:
    """``October 2024``: of what no day is known."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", of, locale=lang)


def plain(text: str, lang: str) -> str:
    """A text whose days and months are readable."""
    return _said(text, lang, lambda _, said: said)


def marked(text: str, lang: str) -> Markup:
    """The same made inert for HTML, its days and months readable by machines, too."""
    element = '<time datetime="{}">{}</time>'
    return Markup(_said(str(escape(text)), lang, element.format))  # noqa: S704 - escaped


def _said(text: str, lang: str, shown: Callable[[str, str], str]) -> str:
    """``shown`` gets each day or month, as it stood and as it is said; ``2024-13-45`` is none."""

    def day_of(found: re.Match[str]) -> str:
        try:
            return shown(found[0], day(date.fromisoformat(found[0]), lang))
        except ValueError:
            return found[0]

    def month_of(found: re.Match[str]) -> str:
        return shown(found[0], month(date(int(found[1]), int(found[2]), 1), lang))

    return _DAY.sub(day_of, _MONTH.sub(month_of, text))
