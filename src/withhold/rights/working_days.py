"""Which days are worked at a place: not Saturdays, not Sundays, not its public holidays.

The days come from the ``holidays`` library, which is imported when the first is asked for. A place
or a year that it does not know has weekends only, and ``said`` says so, as a step for
``clock_words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from withhold.errors import BadInput
from withhold.rights.clock_words import Step, step

_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_STANDS_FOR = {"GB": "GB-ENG", "UK": "GB-ENG"}
"""The kingdom has no list of its own: its bank holidays are those of England and Wales, of Scotland
or of Northern Ireland. A seat given as ``GB`` is read as the first."""
_ENGLISH, _GERMAN = "en_US", "de"
"""As the library writes languages."""
_ONE_DAY = timedelta(days=1)
_FARTHEST = 40
"""Days in a row without work, at most; no calendar has as many."""


class _Days(Protocol):
    start_year: int
    end_year: int
    subdivisions: tuple[str, ...]
    supported_languages: tuple[str, ...]

    def get_list(self, key: date) -> list[str]: ...


class Workplace(Struct, frozen=True, kw_only=True):
    """The place whose days count, and what is known of them.

    ``place`` as it was asked for; ``read_as`` the one whose public holidays are used, empty where
    none are known; ``without`` names (in English) that are no holidays here.
    """

    place: str
    read_as: str
    without: tuple[str, ...] = ()

    def holiday(self, day: date) -> str:
        """The English name of the public holiday on that day; empty where it is none."""
        if not self.knows(day):
            return ""
        names = [one for one in _calendar(self.read_as).get_list(day) if one not in self.without]
        return "; ".join(names)

    def names(self, day: date) -> dict[str, str]:
        """The names of that holiday, English and, where the library has it, German.

        Only the English one where some names are left out: which they are in German is not known.
        """
        found = {"en": self.holiday(day)}
        if (
            found["en"]
            and not self.without
            and _GERMAN in _calendar(self.read_as).supported_languages
        ):
            found["de"] = "; ".join(_calendar(self.read_as, _GERMAN).get_list(day))
        return found

    def knows(self, day: date) -> bool:
        """Whether the public holidays of that day's year are known here."""
        if not self.read_as:
            return False
        days = _calendar(self.read_as)
        return days.start_year <= day.year <= days.end_year

    def works(self, day: date) -> bool:
        """Whether that day is a working day."""
        return day.weekday() < 5 and not self.holiday(day)

    def why_not(self, day: date) -> Step | None:
        """``a Saturday``, ``a public holiday (Easter Monday)``; None for a working day."""
        if self.holiday(day):
            return step("holiday", name=self.names(day))
        return step(("saturday", "sunday")[day.weekday() - 5]) if day.weekday() > 4 else None

    def from_on(self, day: date) -> date:
        """That day, or the next working day."""
        return next(one for one in _days_from(day) if self.works(one))

    def after(self, day: date, number: int) -> tuple[date, tuple[date, ...]]:
        """The working day so many later (that day does not count), and the holidays between."""
        passed: list[date] = []
        at = day
        for _ in range(number):
            for one in _days_from(at + _ONE_DAY):
                if self.works(one):
                    at = one
                    break
                if one.weekday() < 5:
                    passed.append(one)
        return at, tuple(passed)

    def between(self, after: date, until: date) -> int:
        """How many working days lie after one day, up to and with another."""
        span = (until - after).days
        return sum(self.works(after + timedelta(days=one)) for one in range(1, span + 1))

    def said(self, day: date) -> Step:
        """What is to be said of the holidays used for that day."""
        if not self.place:
            return step("holidays-nowhere")
        if not self.read_as:
            return step("holidays-none", place=self.place)
        if not self.knows(day):
            return step("holidays-no-year", place=self.read_as, year=day.year)
        if self.place in _STANDS_FOR:
            return step("holidays-instead", place=self.place, read=self.read_as)
        if self.read_as != self.place:
            return step("holidays-of-country", place=self.place, read=self.read_as)
        if "-" not in self.place and _calendar(self.place).subdivisions:
            return step("holidays-of-all", place=self.place)
        return step("holidays", place=self.place)


def workplace(place: str, without: tuple[str, ...] = ()) -> Workplace:
    """The days of a place: ``IE``, ``DE-BY``, ``US-CA``.

    Raises BadInput for what is no code. A part of a country that is not known is read as its
    country; ``GB`` as England and Wales.
    """
    code = place.strip().upper() if len(place) < 20 else ""
    if place and not _PLACE.fullmatch(code):
        raise BadInput(
            "the place of the controller is no ISO 3166 code", "write it as IE, DE-BY or US-CA"
        )
    for one in (_STANDS_FOR.get(code, code), code.partition("-")[0]):
        if one and _is_known(one):
            return Workplace(place=code, read_as=one, without=without)
    return Workplace(place=code, read_as="", without=without)


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=number) for number in range(_FARTHEST))


def _is_known(place: str) -> bool:
    try:
        _calendar(place)
    except NotImplementedError:  # what the library raises for a place it does not have
        return False
    return True


@lru_cache(maxsize=64)
def _calendar(place: str, lang: str = _ENGLISH) -> _Days:
    import holidays

    country, _, part = place.partition("-")
    # the language is given: else the library takes it from the machine's environment
    days: _Days = holidays.country_holidays(country, subdiv=part or None, language=lang)
    return days
