"""The file for a calendar: ids that stay, updates that replace, reminders, and hostile names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.rights import Deadline, due_on
from withhold.rights.calendar import Dated, as_ics
from withhold.rights.case import Case, Event

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DRAFTED = Event(kind="drafted", on=date(2026, 11, 20))
SENT = Event(kind="sent", on=date(2026, 11, 21))
CLOSED = Event(kind="closed", on=date(2026, 12, 1))
CASE = Case(
    id="WH-7K3Q9D",
    act="object-training",
    law="gdpr-art-21",
    controller="meta-ie",
    subject="facebook",
    events=(DRAFTED,),
)
ANSWER = due_on("gdpr-art-12", date(2026, 11, 21), "IE")


def entries(ics: bytes) -> dict[str, Any]:
    """The entries of a file, by id, as another program reads them."""
    found = Calendar.from_ical(ics).walk("VEVENT")
    by_id = {str(one["UID"]): one for one in found}
    assert len(by_id) == len(found)
    return by_id


def after(*events: Event) -> Case:
    return replace(CASE, events=events)


def test_a_drafted_letter_is_reminded_of_until_it_is_sent() -> None:
    send = entries(as_ics([Dated(case=CASE)], NOW))["WH-7K3Q9D-send@withhold"]
    assert send["DTSTART"].dt == date(2026, 11, 22)
    assert str(send["SUMMARY"]) == "Send your letter: facebook (WH-7K3Q9D)"
    assert send["STATUS"] == "CONFIRMED"
    (alarm,) = send.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9)
    done = entries(as_ics([Dated(case=after(DRAFTED, SENT))], NOW))["WH-7K3Q9D-send@withhold"]
    assert done["STATUS"] == "CANCELLED"
    assert not done.walk("VALARM")


def test_another_day_to_send_may_be_given() -> None:
    dated = Dated(case=CASE, send_on=date(2026, 12, 24))
    send = entries(as_ics([dated], NOW))["WH-7K3Q9D-send@withhold"]
    assert send["DTSTART"].dt == date(2026, 12, 24)


def test_a_due_date_is_an_all_day_entry_with_its_rule_its_steps_and_a_reminder_the_day_after() -> (
    None
):
    dated = Dated(case=after(DRAFTED, SENT), deadlines=(ANSWER,), name="Meta Platforms Ireland")
    due = entries(as_ics([dated], NOW))["WH-7K3Q9D-gdpr-art-12-answer@withhold"]
    assert due["DTSTART"].dt == date(2026, 12, 21)
    assert due["DTSTART"].params["VALUE"] == "DATE"
    assert "DTEND" not in due
    assert str(due["SUMMARY"]) == "Answer due: Meta Platforms Ireland (WH-7K3Q9D)"
    text = str(due["DESCRIPTION"])
    assert "Art. 12(3) GDPR" in text
    assert "- received 2026-11-21, not counted" in text
    assert text.endswith("Information, not legal advice.")
    (alarm,) = due.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=1, hours=9)
    assert alarm["ACTION"] == "DISPLAY"


def test_the_steps_are_in_the_language_of_the_file_or_in_english() -> None:
    plain = Deadline(date=date(2027, 1, 4), rule={"en": "A rule."}, steps=({"en": "one"},), law="x")
    dated = Dated(case=after(DRAFTED, SENT), deadlines=(ANSWER, plain))
    found = entries(as_ics([dated], NOW, "de"))
    text = str(found["WH-7K3Q9D-gdpr-art-12-answer@withhold"]["DESCRIPTION"])
    assert "So wurde gezählt:\n- eingegangen am 2026-11-21, zählt nicht mit\n" in text
    assert "not counted" not in text
    assert "- one\n" in str(found["WH-7K3Q9D-x-answer@withhold"]["DESCRIPTION"])


def test_an_update_keeps_the_ids_and_raises_the_sequence() -> None:
    before = Dated(case=after(DRAFTED, SENT), deadlines=(ANSWER,))
    longer = due_on("gdpr-art-12", date(2026, 11, 21), "IE", extended=date(2026, 12, 10))
    extension = Event(kind="reply", on=date(2026, 12, 10), outcome="extension")
    now = Dated(case=after(DRAFTED, SENT, extension), deadlines=(longer,))
    old = entries(as_ics([before], NOW))
    new = entries(as_ics([now], NOW + timedelta(days=14)))
    assert old.keys() == new.keys()
    for uid in old:
        assert new[uid]["SEQUENCE"] > old[uid]["SEQUENCE"]
        assert new[uid]["DTSTAMP"].dt > old[uid]["DTSTAMP"].dt
    assert new["WH-7K3Q9D-gdpr-art-12-answer@withhold"]["DTSTART"].dt == date(2027, 2, 22)


def test_the_same_case_and_time_give_the_same_bytes() -> None:
    dated = Dated(case=CASE, deadlines=(ANSWER,))
    assert as_ics([dated], NOW) == as_ics([dated], NOW)


def test_what_was_answered_or_closed_stays_as_cancelled_so_that_it_leaves_the_calendar() -> None:
    answered = Dated(case=after(DRAFTED, SENT), deadlines=(ANSWER,), over=("answer",))
    closed = Dated(case=after(DRAFTED, SENT, CLOSED), deadlines=(ANSWER,))
    for dated in (answered, closed):
        for one in entries(as_ics([dated], NOW)).values():
            assert one["STATUS"] == "CANCELLED"
            assert not one.walk("VALARM")


def test_two_clocks_and_two_cases_have_ids_of_their_own() -> None:
    news = due_on("gdpr-art-12", date(2027, 1, 4), "IE", clock="authority-news")
    other = replace(CASE, id="WH-AAAAAA")
    found = entries(as_ics([Dated(case=CASE, deadlines=(ANSWER, news)), Dated(case=other)], NOW))
    assert set(found) == {
        "WH-7K3Q9D-send@withhold",
        "WH-7K3Q9D-gdpr-art-12-answer@withhold",
        "WH-7K3Q9D-gdpr-art-12-authority-news@withhold",
        "WH-AAAAAA-send@withhold",
    }
    news_entry = found["WH-7K3Q9D-gdpr-art-12-authority-news@withhold"]
    assert str(news_entry["SUMMARY"]).startswith("News of the authority due")


def test_in_german() -> None:
    found = entries(as_ics([Dated(case=CASE, deadlines=(ANSWER,))], NOW, "de"))
    assert str(found["WH-7K3Q9D-send@withhold"]["SUMMARY"]).startswith("Ihren Brief absenden")
    text = str(found["WH-7K3Q9D-gdpr-art-12-answer@withhold"]["DESCRIPTION"])
    assert "Art. 12 Abs. 3 DSGVO" in text
    assert text.endswith("Information, keine Rechtsberatung.")


def test_the_time_is_written_in_utc_and_needs_a_zone() -> None:
    there = datetime(2026, 11, 26, 1, 0, tzinfo=timezone(timedelta(hours=-8)))
    assert b"DTSTAMP:20261126T090000Z" in as_ics([Dated(case=CASE)], there)
    with pytest.raises(BadInput):
        as_ics([Dated(case=CASE)], datetime(2026, 11, 26))  # noqa: DTZ001


def test_no_case_gives_an_empty_calendar_that_can_be_read() -> None:
    assert entries(as_ics([], NOW)) == {}


@pytest.mark.parametrize(
    "name",
    [
        "x\r\nATTENDEE:mailto:eve@example.org",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "semi;colon, comma \\ backslash {name} {0}",
        "\u202eevil\u2028line\x00",
        "ü" * 5000,
        "\ud800",
    ],
)
def test_a_hostile_name_stays_one_property(name: str) -> None:
    dated = Dated(case=replace(CASE, subject=name), deadlines=(ANSWER,), name=name)
    ics = as_ics([dated], NOW)
    found = entries(ics)
    assert len(found) == 2
    for one in found.values():
        assert "ATTENDEE" not in one
        assert "\n" not in str(one["SUMMARY"])
        assert len(str(one["SUMMARY"])) < 300
    assert max(map(len, ics.split(b"\r\n"))) <= 75


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_is_read_back_as_one_calendar(name: str, ident: str, steps: list[str]) -> None:
    made = Deadline(
        date=date(2026, 12, 1),
        rule={"en": name},
        steps=tuple({"en": one} for one in steps),
        law="x",
    )
    dated = Dated(case=replace(CASE, id=ident), deadlines=(made,), name=name)
    assert len(Calendar.from_ical(as_ics([dated], NOW)).walk("VEVENT")) == 2
