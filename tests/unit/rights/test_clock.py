"""Due dates against a table made without this code, and what holds for every date."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadInput, NotFound
from withhold.law_facts import Clock, Law
from withhold.rights import Deadline, due_on
from withhold.rights.clock import months_later
from withhold.rights.working_days import workplace

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("clock_cases.toml").read_text(encoding="utf-8")
)["case"]
GDPR, UK = "gdpr-art-12", "uk-gdpr-art-12"
RECEIVED = date(2026, 1, 31)
DAYS = st.dates(date(2018, 6, 1), date(2040, 12, 31))
PLACES = st.sampled_from(["IE", "DE", "DE-BY", "GB-ENG", "FR", "LU", "SE", "US-CA", "XX", ""])
RULES = st.sampled_from(
    [
        (GDPR, "answer"),
        (GDPR, "authority-news"),
        (UK, "answer"),
        (UK, "authority-news"),
        ("ccpa", "answer"),
        ("ccpa", "acknowledge"),
        ("ccpa", "opt-out"),
        ("lgpd-art-18", "answer"),
        ("ch-fadp", "answer"),
        ("kr-pipa", "answer"),
        ("ca-pipeda", "answer"),
    ]
)
LAWS = {
    one: read(default_root() / "laws" / f"{one}.toml", Law, one)
    for one in ids_in(default_root(), "laws")
}
CLOCKS = [(law, clock) for law in LAWS.values() for clock in law.clock]


def made(**fields: Any) -> dict[str, Law]:
    """One law of a made-up rule."""
    clock = Clock(
        **{
            "id": "answer",
            "rule": {"en": "A rule.", "de": "Eine Regel."},
            "counts": "eu-1182-71",
            "sources": [],
            **fields,
        }
    )
    law = Law(
        id="made",
        name={"en": "Made"},
        cite="Made",
        places=["IE"],
        what={"en": "made up"},
        clock=[clock],
        source={},
    )
    return {"made": law}


class NoOffset(tzinfo):
    """A zone that does not know its offset; Python then takes the machine's."""

    def utcoffset(self, at: datetime | None) -> None:
        return None


def said(found: Deadline, lang: str = "en") -> tuple[str, ...]:
    """The steps in one language."""
    return tuple(one[lang] for one in found.steps)


# The table ----------------------------------------------------------------------------------------


def asked(case: dict[str, Any]) -> Deadline:
    facts = {name: value for name, value in case.items() if name != "due"}
    if "received_at" in facts:
        facts["received_at"] = datetime.fromisoformat(facts["received_at"])
    return due_on(facts.pop("law"), facts.pop("received"), facts.pop("place"), **facts)


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{n}-{one['law']}-{one['received']}" for n, one in enumerate(CASES)]
)
def test_the_table(case: dict[str, Any]) -> None:
    found = asked(case)
    assert found.date == case["due"], found.steps
    assert (found.law, found.clock) == (case["law"], case.get("clock", "answer"))


def test_the_table_is_large_and_holds_every_kind() -> None:
    assert len(CASES) >= 200
    assert len({tuple(map(str, one.items())) for one in CASES}) == len(CASES)
    assert sum("extended" in one for one in CASES) >= 20
    assert sum("identity_asked" in one for one in CASES) >= 15
    assert sum("timezone" in one for one in CASES) >= 15
    assert {one["place"] for one in CASES} >= {"IE", "DE", "DE-BY", "GB-ENG", "GB-SCT", "US-CA"}


# What holds for every date ------------------------------------------------------------------------


@given(RULES, DAYS, PLACES)
def test_never_earlier_than_received(rule: tuple[str, str], day: date, place: str) -> None:
    assert due_on(rule[0], day, place, clock=rule[1]).date > day


@given(RULES, DAYS, PLACES)
def test_received_a_day_later_is_never_due_earlier(
    rule: tuple[str, str], day: date, place: str
) -> None:
    law, clock = rule
    first = due_on(law, day, place, clock=clock).date
    assert due_on(law, day + timedelta(1), place, clock=clock).date >= first


@given(RULES, DAYS, PLACES)
def test_where_a_rule_moves_the_last_day_it_is_worked(
    rule: tuple[str, str], day: date, place: str
) -> None:
    law, clock = rule
    one = next(
        one
        for one in LAWS[law].clock
        if one.id == clock
        and (not one.until or day < one.until)
        and (not one.since or one.since <= day)
    )
    found = due_on(law, day, place, clock=clock).date
    days = workplace(LAWS[law].places[0] if one.holidays == "law" else place)
    if one.rolls or one.counts == "business-days":
        assert days.works(found) or "Susan B. Anthony Day" in days.holiday(found)


@given(DAYS, st.integers(1, 24))
def test_the_month_rule_never_skips_a_month(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or found.day == monthrange(found.year, found.month)[1] < day.day


@given(DAYS)
def test_a_month_is_due_in_the_next_month_or_on_the_first_working_days_after(day: date) -> None:
    found = due_on(GDPR, day, "IE").date
    assert 28 <= (found - day).days <= 31 + 4


@given(st.sampled_from([GDPR, UK, "ccpa"]), DAYS, PLACES, st.integers(0, 70))
def test_an_extension_never_makes_it_earlier(law: str, day: date, place: str, said: int) -> None:
    first = due_on(law, day, place).date
    longer = due_on(law, day, place, extended=day + timedelta(said)).date
    assert longer >= first
    assert (longer > first) is (day + timedelta(said) <= first)


@given(DAYS, PLACES, st.integers(0, 70), st.integers(0, 90))
def test_a_pause_never_makes_it_earlier(day: date, place: str, asked: int, took: int) -> None:
    first = due_on(GDPR, day, place).date
    when = day + timedelta(asked)
    paused = due_on(
        GDPR, day, place, identity_asked=when, identity_given=when + timedelta(took)
    ).date
    assert paused >= first
    assert paused >= first + timedelta(took - 4) or when > first


@given(DAYS, st.times(), st.integers(-14, 14))
def test_the_time_of_day_counts_only_through_the_zone(day: date, at: time, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    moment = datetime.combine(day, at, zone)
    found = due_on(GDPR, day, "IE", received_at=moment, timezone="Etc/UTC").date
    assert found == due_on(GDPR, moment.astimezone(UTC).date(), "IE").date


@given(DAYS, st.times())
def test_a_moment_may_stand_for_the_day(day: date, at: time) -> None:
    moment = datetime.combine(day, at, UTC)
    assert due_on(GDPR, moment, "IE", timezone="Etc/UTC").date == due_on(GDPR, day, "IE").date


# Steps and rules ----------------------------------------------------------------------------------


def test_each_step_is_said_and_the_rule_named() -> None:
    found = due_on(GDPR, RECEIVED, "IE")
    assert said(found) == (
        "received 2026-01-31, not counted",
        "one month later: 2026-02-28, that month's last day",
        "2026-02-28 is a Saturday: next working day 2026-03-02",
        "public holidays: those of IE (of the side that must act: our reading)",
    )
    assert "Art. 12(3) GDPR" in found.rule["en"]
    assert "1182/71" in found.rule["de"]


def test_an_extension_says_what_it_needed_and_one_that_came_late_that_it_does_not_count() -> None:
    found = due_on(GDPR, RECEIVED, "IE", extended=date(2026, 3, 2))
    assert "extended on 2026-03-02, in time: the last day to say so was 2026-03-02" in said(found)
    assert "two further months" in found.rule["en"]
    late = due_on(GDPR, RECEIVED, "IE", extended=date(2026, 3, 3))
    assert "an extension was said on 2026-03-03, after 2026-03-02: does not count" in said(late)
    assert late.date == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("until", "due", "says"),
    [
        (date(2026, 4, 10), date(2026, 4, 10), "earlier than the rule's last day"),
        (date(2026, 4, 30), date(2026, 4, 30), "they named 2026-04-30, the rule's last day"),
        (date(2026, 6, 1), date(2026, 4, 30), "no more than 2026-04-30"),
        (date(2026, 2, 25), date(2026, 3, 2), "2026-03-02 stays"),
        (date(2026, 3, 2), date(2026, 3, 2), "they named 2026-03-02 themselves, earlier"),
    ],
)
def test_a_date_that_they_named(until: date, due: date, says: str) -> None:
    found = due_on(GDPR, RECEIVED, "IE", extended=date(2026, 2, 20), until=until)
    assert found.date == due
    assert any(says in step for step in said(found))


def test_a_date_named_with_an_extension_that_came_late_is_none() -> None:
    late = due_on(GDPR, RECEIVED, "IE", extended=date(2026, 3, 3), until=date(2026, 4, 10))
    assert late.date == date(2026, 3, 2)
    assert not any("named" in step for step in said(late))


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2026, 2, 28), "one month later: 2026-03-28"),
        (date(2026, 3, 30), "one month later: 2026-04-30"),
        (date(2026, 3, 31), "one month later: 2026-04-30, that month's last day"),
    ],
)
def test_only_a_day_that_the_month_lacks_is_said_to_be_its_last(day: date, step: str) -> None:
    assert step in said(due_on(GDPR, day, "IE"))


def test_the_uks_period_counts_from_the_day_of_receipt() -> None:
    assert said(due_on(UK, date(2026, 3, 2), "GB"))[0] == "received 2026-03-02, counted from"


def test_holidays_of_the_laws_own_place_are_said_and_are_no_reading_of_ours() -> None:
    found = due_on("ccpa", RECEIVED, "IE", clock="opt-out")
    assert said(found)[-1] == "public holidays: those of US-CA"


def test_a_last_day_that_stays_says_that_it_does() -> None:
    found = due_on("ccpa", date(2026, 1, 14), "US-CA")
    assert found.date == date(2026, 2, 28)
    assert said(found)[-1] == "2026-02-28 is a Saturday; this rule does not move it"


def test_an_extension_of_days_is_named_in_the_rule_too() -> None:
    (clock,) = [one for one in LAWS["ccpa"].clock if one.id == "answer"]
    found = due_on("ccpa", RECEIVED, "US-CA", extended=date(2026, 2, 3))
    for lang in ("en", "de"):
        assert found.rule[lang].startswith(clock.rule[lang].rstrip("."))
        assert found.rule[lang].endswith(clock.extension_says[lang][1:])


def test_an_extension_where_the_rule_knows_none() -> None:
    found = due_on("ccpa", RECEIVED, "US-CA", clock="opt-out", extended=date(2026, 2, 3))
    assert found.date == due_on("ccpa", RECEIVED, "US-CA", clock="opt-out").date
    assert "an extension was said on 2026-02-03: this rule knows none" in said(found)


@pytest.mark.parametrize(
    ("law", "says"), [(GDPR, "it stands still until then"), (UK, "it starts only then")]
)
def test_identity_asked_and_not_answered_is_said_and_the_date_is_without(
    law: str, says: str
) -> None:
    day = date(2026, 3, 2)
    found = due_on(law, day, "IE", identity_asked=date(2026, 3, 5))
    assert found.date == due_on(law, day, "IE").date
    assert any(says in step and "without that" in step for step in said(found))


@pytest.mark.parametrize("law", [GDPR, UK])
def test_while_identity_is_open_an_extension_is_not_late(law: str) -> None:
    found = due_on(
        law, date(2026, 3, 2), "IE", identity_asked=date(2026, 3, 5), extended=date(2026, 4, 20)
    )
    assert found.date == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 6, 2), date(2026, 6, 9)),  # the last day of the extension
        (date(2026, 6, 3), date(2026, 6, 2)),  # the day after: too late
    ],
)
def test_they_may_ask_up_to_the_last_day_of_an_extension(asked: date, due: date) -> None:
    found = due_on(
        GDPR,
        date(2026, 3, 2),
        "IE",
        extended=date(2026, 3, 30),
        identity_asked=asked,
        identity_given=asked + timedelta(7),
    )
    assert found.date == due


def test_an_extension_after_a_pause_is_in_time_up_to_the_day_that_the_pause_gives() -> None:
    facts = {"identity_asked": date(2026, 3, 5), "identity_given": date(2026, 3, 12)}
    for extended, due in (
        (date(2026, 4, 9), date(2026, 6, 9)),
        (date(2026, 4, 10), date(2026, 4, 9)),
    ):
        found = due_on(GDPR, date(2026, 3, 2), "IE", extended=extended, **facts)
        assert found.date == due


def test_they_may_ask_on_the_last_day_and_say_the_extension_while_it_is_open() -> None:
    found = due_on(
        GDPR, date(2026, 3, 2), "IE", identity_asked=date(2026, 4, 2), extended=date(2026, 4, 20)
    )
    assert found.date == date(2026, 6, 2)


def test_identity_asked_in_the_months_of_an_extension_stops_it_too() -> None:
    found = due_on(
        GDPR,
        date(2026, 3, 2),
        "IE",
        extended=date(2026, 3, 30),
        identity_asked=date(2026, 5, 4),
        identity_given=date(2026, 5, 11),
    )
    assert found.date == date(2026, 6, 9)  # 2 June and the seven days


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 4, 1), date(2026, 4, 3)),  # a Thursday and Good Friday, worked in Ireland
        (date(2026, 4, 3), date(2026, 4, 8)),  # Easter Monday is off: Tuesday and Wednesday
        (date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 12, 1)),  # a Friday: Monday and Tuesday
        (date(2026, 11, 28), date(2026, 12, 1)),  # a Saturday: Monday alone is one too few
    ],
)
def test_a_period_of_days_has_two_working_days_at_least(received: date, due: date) -> None:
    laws = made(days=2, rolls=True)
    assert due_on("made", received, "IE", laws=laws).date == due


def test_a_rule_of_days_without_it_would_end_before() -> None:
    laws = made(days=2, rolls=True, counts="calendar-days")
    assert due_on("made", date(2026, 4, 3), "IE", laws=laws).date == date(2026, 4, 7)


def test_one_working_day_suffices_for_a_period_of_one_day() -> None:
    laws = made(days=1, rolls=True)
    assert due_on("made", date(2026, 4, 3), "IE", laws=laws).date == date(2026, 4, 7)


def test_holidays_that_are_not_known_are_said_and_no_error() -> None:
    found = due_on(GDPR, date(2026, 11, 25), "XX")
    assert found.date == date(2026, 12, 25)
    assert any("XX are not known: only weekends" in step for step in said(found))
    assert any("2150 are not known" in one for one in said(due_on(GDPR, date(2150, 1, 2), "IE")))


def test_the_words_of_an_act_may_stand_for_law_and_clock() -> None:
    found = due_on("gdpr-art-21", RECEIVED, "IE", clock="gdpr-art-12#answer")
    assert found == due_on(GDPR, RECEIVED, "IE")


def test_a_rule_that_changed_is_the_one_of_its_day() -> None:
    before = due_on(UK, date(2026, 2, 4), "GB")
    after = due_on(UK, date(2026, 2, 5), "GB")
    assert "as it was until 5 February 2026" in before.rule["en"]
    assert "12A" in after.rule["en"]


def test_a_rule_ends_before_its_last_day() -> None:
    laws = made(months=1, until=date(2026, 2, 5))
    assert due_on("made", date(2026, 2, 4), "IE", laws=laws)
    with pytest.raises(BadInput) as why:
        due_on("made", date(2026, 2, 5), "IE", laws=laws)
    assert "2026-02-05" in why.value.tip


# What cannot be counted ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"received_at": datetime(2026, 1, 31, 23, 30)}, "no time zone"),  # noqa: DTZ001
        ({"received_at": datetime(2026, 1, 31, tzinfo=UTC)}, "time zone of the controller"),
        (
            {"received_at": datetime(2026, 1, 31, tzinfo=UTC), "timezone": "Dublin"},
            "no time zone",
        ),
        (
            {"received_at": datetime(2026, 1, 31, tzinfo=UTC), "timezone": "../../etc/passwd"},
            "no time zone",
        ),
        ({"received_at": datetime(2026, 1, 31, tzinfo=UTC), "timezone": "\0"}, "no time zone"),
        ({"extended": date(2026, 1, 30)}, "before 2026-01-31"),
        ({"identity_asked": date(2026, 1, 30)}, "before 2026-01-31"),
        (
            {"identity_asked": date(2026, 2, 3), "identity_given": date(2026, 2, 2)},
            "before 2026-02-03",
        ),
        ({"identity_given": date(2026, 2, 2)}, "not asked"),
        ({"until": date(2026, 4, 2)}, "belongs to an extension"),
        ({"until": date(9999, 12, 31), "extended": date(2026, 2, 2)}, "9999"),
        ({"extended": date(9999, 12, 31)}, "9999"),
        ({"identity_asked": date(9999, 12, 31)}, "9999"),
        ({"identity_asked": date(2026, 2, 2), "identity_given": date(9999, 12, 31)}, "9999"),
        ({"received_at": datetime(2026, 1, 31, tzinfo=NoOffset()), "timezone": "UTC"}, "no time"),
    ],
)
def test_facts_that_do_not_fit_are_one_line_and_a_way_on(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as why:
        due_on(GDPR, RECEIVED, "IE", **facts)
    assert says in why.value.message
    assert "\n" not in why.value.message
    assert why.value.tip


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_the_first_and_the_last_day_within_reason(day: date) -> None:
    found = due_on("made", day, "IE", laws=made(days=1, counts="calendar-days"))
    assert found.date == day + timedelta(1)


@pytest.mark.parametrize("day", [date.min, date.max, date(1899, 12, 31), date(2201, 1, 1)])
def test_a_day_out_of_all_reason(day: date) -> None:
    with pytest.raises(BadInput, match="lies in the year"):
        due_on(GDPR, day, "IE")


def test_a_moment_at_the_edge_of_the_calendar() -> None:
    at = datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))
    with pytest.raises(BadInput):
        due_on(GDPR, RECEIVED, "IE", received_at=at, timezone="Pacific/Auckland")


@pytest.mark.parametrize("law", ["gdpr-art-99", "", "../platforms/x", "GDPR", "x" * 5000, "a\nb"])
def test_an_unknown_law(law: str) -> None:
    with pytest.raises(NotFound) as why:
        due_on(law, RECEIVED, "IE")
    assert "\n" not in why.value.message


def test_an_unknown_clock_names_those_that_are_there() -> None:
    with pytest.raises(NotFound) as why:
        due_on(GDPR, RECEIVED, "IE", clock="zzz")
    assert "authority-news" in why.value.tip


def test_a_rule_that_did_not_hold_yet() -> None:
    with pytest.raises(BadInput) as why:
        due_on(UK, date(2026, 6, 18), "GB", clock="complaint-acknowledge")
    assert "2026-06-19" in why.value.tip
    assert due_on(UK, date(2026, 6, 19), "GB", clock="complaint-acknowledge")


# The rules in the knowledge -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "clock"), CLOCKS, ids=[f"{law.id}-{clock.id}" for law, clock in CLOCKS]
)
def test_every_rule_says_where_it_stands_in_both_languages(law: Law, clock: Clock) -> None:
    assert set(clock.rule) >= {"en", "de"}
    assert clock.sources
    assert set(clock.sources) <= set(law.source)
    assert bool(clock.months or clock.days)
    extends = bool(clock.extension_months or clock.extension_days)
    assert (set(clock.extension_says) >= {"en", "de"}) is extends
    if clock.counts in ("eu-1182-71", "corresponding-date"):
        assert not clock.extension_days


def test_every_act_that_names_a_clock_names_one_that_is_there() -> None:
    for law in LAWS.values():
        for act in law.act:
            if act.clock:
                of, _, name = act.clock.rpartition("#")
                there = {one.id for one in LAWS[of or law.id].clock}
                assert name in there, f"{law.id}: {act.act}: {act.clock}"


@settings(max_examples=30)
@given(DAYS)
def test_a_rule_without_extension_text_says_its_rule_alone(day: date) -> None:
    laws = made(months=1, extension_months=1)
    clock = replace(laws["made"].clock[0], extension_says={"en": "said in time."})
    laws = {"made": replace(laws["made"], clock=[clock])}
    found = due_on("made", day, "IE", extended=day, laws=laws)
    assert found.rule == {"en": "A rule. Said in time.", "de": "Eine Regel."}
