"""The steps in both languages, and words that lack one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from withhold.catalog.clock_gaps import CLOCK_GAPS
from withhold.catalog.rights_words import ClockWords, clock_words
from withhold.errors import BadKnowledge
from withhold.rights import due_on
from withhold.rights.clock_words import in_words, step
from withhold.rights.working_days import workplace

GDPR, UK = "gdpr-art-12", "uk-gdpr-art-12"
WORDS = clock_words()


def german(law: str, received: date, place: str, **facts: Any) -> tuple[str, ...]:
    """The steps in German."""
    return tuple(one["de"] for one in due_on(law, received, place, **facts).steps)


def test_the_steps_in_german() -> None:
    assert german(GDPR, date(2026, 1, 31), "IE") == (
        "eingegangen am 2026-01-31, zählt nicht mit",
        "einen Monat später: 2026-02-28, der letzte Tag jenes Monats",
        "2026-02-28 ist ein Samstag: nächster Arbeitstag 2026-03-02",
        "Feiertage: die von IE (am Ort der Seite, die handeln muss: unsere Lesart)",
    )


def test_a_count_of_business_days_in_german() -> None:
    assert german("ccpa", date(2026, 12, 24), "US-CA", clock="acknowledge") == (
        "eingegangen am 2026-12-24, zählt nicht mit",
        "10 Arbeitstage später: 2027-01-11",
        "2026-12-25 ist ein Feiertag (Christmas Day), zählt nicht mit",
        "2027-01-01 ist ein Feiertag (New Year's Day), zählt nicht mit",
        "Feiertage: die von US-CA",
    )


def test_identity_an_extension_and_a_named_date_in_german() -> None:
    said = german(
        GDPR,
        date(2026, 3, 2),
        "IE",
        identity_asked=date(2026, 3, 5),
        identity_given=date(2026, 3, 6),
        extended=date(2026, 3, 30),
        until=date(2026, 5, 11),
    )
    assert said == (
        "eingegangen am 2026-03-02, zählt nicht mit",
        "am 2026-03-05 gefragt, wer Sie sind, beantwortet am 2026-03-06: "
        "dazwischen stand die Frist still",
        "am 2026-03-30 verlängert, rechtzeitig: der letzte Tag dafür war der 2026-04-03",
        "3 Monate später: 2026-06-02",
        "einen Tag dazu, an dem die Frist stillstand: 2026-06-03",
        "sie selbst nannten den 2026-05-11, früher als der letzte Tag der Regel",
        "Feiertage: die von IE (am Ort der Seite, die handeln muss: unsere Lesart)",
    )


def test_the_time_there_and_the_uks_first_day_in_german() -> None:
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    said = german(UK, at.date(), "GB", received_at=at, timezone="Europe/London")
    assert said[:3] == (
        "in Europe/London war es in diesem Moment 2026-07-01 00:30",
        "eingegangen am 2026-07-01, von da an gezählt",
        "einen Monat später: 2026-08-01",
    )


def test_every_way_to_count_says_its_steps_in_both_languages() -> None:
    day, asked = date(2026, 3, 2), date(2026, 3, 5)
    for law in (GDPR, UK, "ccpa"):
        for facts in (
            {"identity_asked": asked},
            {"identity_asked": date(2026, 7, 1)},
            {"extended": date(2026, 7, 1)},
            {"extended": asked, "until": date(2026, 3, 6)},
            {"extended": asked, "until": date(2029, 3, 6)},
        ):
            for one in due_on(law, day, "DE", **facts).steps:
                assert set(one) == {"en", "de"}
                assert one["en"] != one["de"]
                assert not set("{}") & set(one["en"] + one["de"])


@pytest.mark.parametrize(
    ("place", "day", "names"),
    [
        ("DE", date(2026, 4, 6), {"en": "Easter Monday", "de": "Ostermontag"}),
        ("CH", date(2026, 8, 1), {"en": "National Day", "de": "Nationalfeiertag"}),
        ("IE", date(2026, 4, 6), {"en": "Easter Monday"}),
        ("DE", date(2026, 4, 7), {"en": ""}),
    ],
)
def test_the_names_of_a_holiday(place: str, day: date, names: dict[str, str]) -> None:
    assert workplace(place).names(day) == names


def test_where_a_name_is_left_out_the_others_are_said_in_english() -> None:
    days = workplace("DE", ("Easter Monday",))
    assert days.works(date(2026, 4, 6))
    assert days.names(date(2026, 12, 25)) == {"en": "Christmas Day"}


@pytest.mark.parametrize("name", CLOCK_GAPS)
def test_each_sentence_is_said_with_its_facts(name: str) -> None:
    facts = {gap: f"<{gap}>" for gap in CLOCK_GAPS[name]}
    found = in_words(step(name, **facts), WORDS)
    for lang, text in found.items():
        assert text == WORDS.say[name][lang].replace("{", "<").replace("}", ">")


@pytest.mark.parametrize(
    "text", [{}, {"en": "x"}, {"en": "x", "de": "{date}"}, {"en": "", "de": ""}]
)
def test_words_that_lack_a_step_are_refused_in_one_line(text: dict[str, str]) -> None:
    words = replace(WORDS, say={**WORDS.say, "saturday": text})
    with pytest.raises(BadKnowledge, match=r"^clock-words\.toml: saturday: ") as why:
        due_on(GDPR, date(2026, 1, 31), "IE", words=words)
    assert "\n" not in why.value.message


def test_words_may_be_given() -> None:
    words = replace(WORDS, say={**WORDS.say, "saturday": {"en": "one", "de": "eins"}})
    found = due_on(GDPR, date(2026, 1, 31), "IE", words=words)
    assert found.steps[2]["en"] == "2026-02-28 is one: next working day 2026-03-02"
    assert found.steps[2]["de"] == "2026-02-28 ist eins: nächster Arbeitstag 2026-03-02"


@given(st.text(), st.text())
def test_what_fills_a_gap_is_never_read_as_a_gap(name: str, other: str) -> None:
    said: Mapping[str, str] = {"en": name, "de": other}
    words = ClockWords(say={"holiday": {"en": "({name})", "de": "[{name}]"}})
    found = in_words(step("holiday", name=said), words)
    assert found == {"en": f"({name})", "de": f"[{other or name}]"}
