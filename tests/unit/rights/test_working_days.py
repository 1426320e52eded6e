"""Working days: the holidays against a second library, and what is said where none are known."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workalendar.america import Brazil
from workalendar.europe import (
    Bavaria,
    Berlin,
    France,
    Germany,
    Ireland,
    Luxembourg,
    Netherlands,
    Sweden,
    UnitedKingdom,
    UnitedKingdomNorthernIreland,
)
from workalendar.usa import California

from withhold.catalog.rights_words import clock_words
from withhold.errors import BadInput
from withhold.rights.clock_words import in_words
from withhold.rights.working_days import workplace

SECOND: dict[str, Any] = {
    "BR": Brazil,
    "DE": Germany,
    "DE-BE": Berlin,
    "DE-BY": Bavaria,
    "FR": France,
    "GB-ENG": UnitedKingdom,
    "GB-NIR": UnitedKingdomNorthernIreland,
    "IE": Ireland,
    "LU": Luxembourg,
    "NL": Netherlands,
    "SE": Sweden,
    "US-CA": California,
}
TABLE = tomllib.loads(
    Path(__file__).with_name("holiday_differences.toml").read_text(encoding="utf-8")
)["difference"]
WORDS = clock_words()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("place", SECOND)
def test_the_holidays_are_those_of_a_second_library_but_for_what_was_decided_by_hand(
    place: str,
) -> None:
    calendar, days = SECOND[place](), workplace(place)
    known = {(one["only"], day) for one in TABLE if one["place"] == place for day in one["days"]}
    found = set()
    for year in range(2024, 2031):
        theirs = {day for day, _ in calendar.holidays(year)}
        for number in range(366):
            day = date(year, 1, 1) + timedelta(number)
            if day.year != year or day.weekday() > 4:
                continue
            ours = not days.works(day)
            if ours != (day in theirs):
                found.add(("holidays" if ours else "workalendar", day))
    assert found == known


def test_every_difference_is_of_a_place_that_is_compared_and_says_why() -> None:
    assert {one["place"] for one in TABLE} <= set(SECOND)
    assert all(len(one["why"]) > 20 and one["only"] in ("holidays", "workalendar") for one in TABLE)


@pytest.mark.parametrize(
    ("place", "day", "works"),
    [
        ("IE", date(2026, 11, 28), False),  # a Saturday
        ("IE", date(2026, 11, 29), False),  # a Sunday
        ("IE", date(2026, 11, 30), True),
        ("IE", date(2026, 8, 31), True),  # the late summer bank holiday is England's
        ("GB", date(2026, 8, 31), False),
        ("GB-SCT", date(2026, 8, 31), True),
        ("GB-SCT", date(2026, 8, 3), False),
        ("GB-NIR", date(2026, 7, 13), False),  # 12 July is a Sunday
        ("DE", date(2026, 6, 4), True),  # Corpus Christi
        ("DE-BY", date(2026, 6, 4), False),
        ("ie", date(2026, 3, 17), False),
        ("", date(2026, 12, 25), True),
        ("XX", date(2026, 12, 25), True),
    ],
)
def test_which_days_are_worked(place: str, day: date, works: bool) -> None:
    assert workplace(place).works(day) is works


@pytest.mark.parametrize(
    ("place", "day", "says"),
    [
        ("IE", date(2026, 1, 1), "public holidays: those of IE"),
        ("DE", date(2026, 1, 1), "public holidays: those of all DE, not of single parts of it"),
        ("DE-BY", date(2026, 1, 1), "public holidays: those of DE-BY"),
        ("DE-XX", date(2026, 1, 1), "public holidays: those of DE; those of DE-XX are not known"),
        ("GB", date(2026, 1, 1), "public holidays: those of GB-ENG, as GB has no list of its own"),
        ("XX", date(2026, 1, 1), "public holidays of XX are not known: only weekends"),
        ("", date(2026, 1, 1), "public holidays of the place are not known: only weekends"),
        ("IE", date(2150, 1, 1), "public holidays of IE in 2150 are not known: only weekends"),
        ("DE", date(1980, 1, 1), "public holidays of DE in 1980 are not known: only weekends"),
    ],
)
def test_what_is_said_of_the_holidays(place: str, day: date, says: str) -> None:
    assert in_words(workplace(place).said(day), WORDS)["en"] == says


@pytest.mark.parametrize(
    "place", ["Ireland", "I", "IE-", "IE\nX", "../x", "DE-BAYERN", "1E", "é" * 9000]
)
def test_what_is_no_place_is_refused_in_one_line(place: str) -> None:
    with pytest.raises(BadInput) as why:
        workplace(place)
    assert "\n" not in why.value.message
    assert "DE-BY" in why.value.tip


def test_a_day_says_why_it_is_not_worked() -> None:
    days = workplace("IE")
    for day, says in (
        (date(2026, 12, 25), "a public holiday (Christmas Day)"),
        (date(2026, 11, 28), "a Saturday"),
        (date(2026, 11, 29), "a Sunday"),
    ):
        why = days.why_not(day)
        assert why is not None
        assert in_words(why, WORDS)["en"] == says
    assert days.why_not(date(2026, 11, 30)) is None


def test_a_day_that_a_rule_takes_out_is_worked_but_for_another_name_on_it() -> None:
    days = workplace("US-CA", ("Susan B. Anthony Day",))
    assert days.works(date(2028, 2, 15))
    assert not workplace("US-CA").works(date(2028, 2, 15))
    assert not days.works(date(2027, 2, 15))  # Presidents' Day is on it, too


@given(DAYS, st.sampled_from(sorted(SECOND)), st.integers(1, 30))
def test_so_many_working_days_later_lie_just_so_many_working_days(
    day: date, place: str, number: int
) -> None:
    days = workplace(place)
    end, passed = days.after(day, number)
    assert days.works(end)
    assert days.between(day, end) == number
    assert all(day < one < end and one.weekday() < 5 and not days.works(one) for one in passed)


@given(DAYS, st.sampled_from(sorted(SECOND)))
def test_the_next_working_day_leaves_none_out(day: date, place: str) -> None:
    days = workplace(place)
    on = days.from_on(day)
    assert on >= day
    assert days.works(on)
    assert not any(days.works(day + timedelta(n)) for n in range((on - day).days))


def test_neither_large_library_is_loaded_before_a_date_is_asked_for() -> None:
    program = (
        "import sys, withhold.rights.calendar; "
        "print(sorted({'holidays', 'icalendar'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
