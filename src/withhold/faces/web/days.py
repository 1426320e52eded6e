"""Days: one that was typed, refused in words of the page; and that of a moment, as it was here."""

from __future__ import annotations

from datetime import date, datetime

from withhold.errors import BadInput
from withhold.faces.report.plain import printable
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of


def day_said(ask: Ask, said: str) -> date:
    """A day as YYYY-MM-DD that has been. Raises BadInput, in the language of the request."""
    words = words_of("frame", ask.setting.lang)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        wrong = words["not_a_day"].format(day=printable(said) or "–")
        raise BadInput(wrong, words["not_a_day_tip"]) from None
    if day > ask.setting.today:
        raise BadInput(words["day_to_come"].format(day=day), words["day_to_come_tip"])
    return day


def day_here(moment: str) -> str:
    """The day, as YYYY-MM-DD, on which a moment of the store (ISO 8601, UTC) was here."""
    return datetime.fromisoformat(moment).astimezone().date().isoformat()
