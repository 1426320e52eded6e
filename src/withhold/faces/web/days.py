"""A day that was typed: read once for every form, and refused in words of the page."""

from __future__ import annotations

from datetime import date

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
