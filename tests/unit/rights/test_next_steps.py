"""One next step for each state of a case; dates move it, and only they."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from withhold.catalog.load import default_root, load
from withhold.catalog.rights_words import next_steps
from withhold.rights.case import Case, Deadline, Event, EventKind
from withhold.rights.case_dates import dates_of
from withhold.rights.matching import Doubt
from withhold.rights.next_steps import STEPS, may_ask_again, next_step
from withhold.rights.replies import Trouble
from withhold.rights_facts import OUTCOMES, Outcome

WORDS = next_steps(default_root())
DUE = date(2026, 11, 3)
CASE = Case(
    id="WH-AAAAAA",
    act="object-training",
    law="gdpr-art-21",
    controller="acme-ireland",
    subject="acme",
    place="DE-BY",
)


def deadline(on: date) -> Deadline:
    return Deadline(date=on, rule={"en": "a rule"}, steps=())


def happened(kind: EventKind, on: str, outcome: str = "", until: str = "") -> Event:
    return Event(
        kind=kind,
        on=date.fromisoformat(on),
        outcome=outcome,  # type: ignore[arg-type]
        until=date.fromisoformat(until) if until else None,
    )


SENT = happened("sent", "2026-10-02")


def step(today: str, *events: Event, case: Case = CASE, **dates: date) -> tuple[str, str, str]:
    running = {"answer": DUE, **{name.replace("_", "-"): day for name, day in dates.items()}}
    got = next_step(
        replace(case, events=events),
        date.fromisoformat(today),
        {name: deadline(day) for name, day in running.items()},
        WORDS,
    )
    return got.kind, got.letter, got.by.isoformat() if got.by else ""


def test_what_is_not_sent_is_to_be_sent() -> None:
    want = ("send", "object-training", "")
    assert step("2026-10-02") == want
    assert step("2026-12-02", happened("drafted", "2026-10-02")) == want


@pytest.mark.parametrize(
    ("today", "kind"), [("2026-10-02", "wait"), ("2026-11-03", "wait"), ("2026-11-04", "remind")]
)
def test_the_last_day_is_still_in_time(today: str, kind: str) -> None:
    assert step(today, SENT)[0] == kind


def test_silence_leads_from_reminder_to_complaint() -> None:
    assert step("2026-11-04", SENT) == ("remind", "reminder", "2026-11-03")
    reminded = happened("reminded", "2026-11-04")
    assert step("2026-11-11", SENT, reminded) == ("wait-after-letter", "", "2026-11-11")
    assert step("2026-11-12", SENT, reminded) == ("warn", "warning", "2026-11-26")
    warned = happened("warned", "2026-11-12", until="2026-11-26")
    assert step("2026-11-26", SENT, reminded, warned)[0] == "wait-after-letter"
    assert step("2026-11-27", SENT, reminded, warned) == ("complain", "complaint", "")
    complained = happened("complained", "2026-11-27")
    later = {"authority_news": date(2027, 2, 27)}
    assert step("2027-02-27", SENT, warned, complained, **later) == (
        "wait-authority",
        "",
        "2027-02-27",
    )
    assert step("2027-02-28", SENT, warned, complained, **later)[0] == "ask-authority"
    assert step("2027-02-28", SENT, warned, complained)[0] == "wait-authority-without-term"
    closed = happened("closed", "2027-03-01")
    assert step("2027-03-02", SENT, warned, complained, closed)[0] == "done"


def test_in_britain_the_company_hears_the_complaint_first() -> None:
    warned = happened("warned", "2026-11-12", until="2026-11-26")
    first = {"complaint_to_controller": date(2026, 12, 27)}
    assert step("2026-11-27", SENT, warned, **first)[:2] == (
        "complain-to-controller",
        "complaint-to-controller",
    )
    own = happened("complained-to-controller", "2026-11-27")
    known = {**first, "complaint_acknowledge": date(2026, 12, 28)}
    assert step("2026-12-28", SENT, warned, own, **known) == ("wait-controller", "", "2026-12-28")
    assert step("2026-12-29", SENT, warned, own, **known)[:2] == ("complain", "complaint")
    no = happened("reply", "2026-12-02", "refuses-other")
    assert step("2026-12-03", SENT, warned, own, no, **known)[0] == "complain"
    auto = happened("reply", "2026-12-02", "automatic")
    assert step("2026-12-03", SENT, warned, own, auto, **known)[0] == "wait-controller"
    yes = happened("reply", "2026-12-02", "granted")
    assert step("2026-12-03", SENT, warned, own, yes, auto, **known)[0] == "watch"


@pytest.mark.parametrize(
    ("outcome", "want", "letter"),
    [
        ("granted", "watch", ""),
        ("granted-future-only", "ask-past", "erase"),
        ("wants-identity", "answer-identity", "identity-answer"),
        ("wants-form", "answer-form", "form-answer"),
        ("wrong-address", "other-door", "wrong-address"),
        ("refuses-compelling-grounds", "answer-refusal", "refusal-answer"),
        ("refuses-not-your-data", "answer-refusal", "refusal-answer"),
        ("refuses-no-such-law", "answer-refusal", "refusal-answer"),
        ("refuses-other", "answer-refusal", "refusal-answer"),
        ("no-training-claimed", "watch-claim", ""),
        ("extension", "wait", ""),
        ("automatic", "wait", ""),
        ("bounce", "bounced", ""),
    ],
)
def test_each_outcome_leads_to_one_step(outcome: Outcome, want: str, letter: str) -> None:
    assert step("2026-10-20", SENT, happened("reply", "2026-10-19", outcome))[:2] == (want, letter)
    # what a program says afterwards takes nothing away
    after = happened("reply", "2026-10-20", "automatic")
    assert step("2026-10-20", SENT, happened("reply", "2026-10-19", outcome), after)[0] == want


def test_an_automatic_reply_does_not_stop_the_clock() -> None:
    auto = happened("reply", "2026-10-03", "automatic")
    assert step("2026-11-04", SENT, auto)[0] == "remind"


def test_a_refusal_is_answered_once_and_then_complained_of() -> None:
    no = happened("reply", "2026-10-19", "refuses-other")
    answered = happened("sent", "2026-10-20")
    assert step("2026-11-03", SENT, no, answered) == ("wait-after-letter", "", "2026-11-03")
    assert step("2026-11-04", SENT, no, answered)[0] == "complain"
    author = replace(CASE, act="reserve", law="de-urhg-44b")
    assert step("2026-11-04", SENT, no, answered, case=author)[0] == "no-authority"
    no_law = replace(CASE, act="voluntary-form", law="")
    assert step("2026-10-20", SENT, no, case=no_law)[0] == "nothing-more"


def test_what_was_asked_and_given_leads_back_to_waiting() -> None:
    who = happened("reply", "2026-10-09", "wants-identity")
    given = happened("identity-given", "2026-10-12")
    assert step("2026-10-20", SENT, who, given)[0] == "wait"
    assert step("2026-11-04", SENT, who, given)[0] == "remind"
    form = happened("reply", "2026-10-09", "wants-form")
    assert step("2026-10-20", SENT, form, happened("sent", "2026-10-12"))[0] == "wait"
    lost = happened("reply", "2026-10-03", "bounce")
    assert step("2026-10-20", SENT, lost, happened("sent", "2026-10-04"))[0] == "wait"


def test_an_extension_counts_only_where_it_moves_the_day() -> None:
    longer = happened("reply", "2026-10-19", "extension")
    moved = {"answer": date(2027, 1, 4), "answer_not_extended": DUE}
    assert step("2026-11-20", SENT, longer, **moved) == (
        "wait-extended",
        "extension-noted",
        "2027-01-04",
    )
    assert step("2027-01-05", SENT, longer, **moved)[0] == "remind"
    late = happened("reply", "2026-11-10", "extension")
    assert step("2026-11-20", SENT, late, answer_not_extended=DUE)[0] == "remind"


def test_without_a_term_a_reminder_is_advice() -> None:
    case = replace(CASE, law="", act="voluntary-form", events=(SENT,))
    got = next_step(case, date(2026, 10, 20), {}, WORDS)
    assert (got.kind, got.by) == ("wait-without-term", date(2026, 11, 1))
    assert "not a legal date" in got.text["en"]
    later = next_step(case, date(2026, 11, 2), {}, WORDS)
    assert (later.kind, later.letter) == ("remind-without-term", "reminder")
    assert "due" not in later.text["en"]
    reminded = replace(case, events=(SENT, happened("reminded", "2026-11-02")))
    assert next_step(reminded, date(2026, 12, 2), {}, WORDS).kind == "nothing-more"


def test_the_past_is_not_asked_for_twice() -> None:
    part = happened("reply", "2026-10-19", "granted-future-only")
    assert step("2026-10-20", SENT, part, case=replace(CASE, act="erase"))[0] == "watch"


def test_every_step_doubt_trouble_and_outcome_has_its_sentences() -> None:
    assert set(WORDS.step) == set(STEPS)
    assert set(WORDS.outcome) == set(OUTCOMES)
    assert set(WORDS.doubt) == set(Doubt.__args__) - {""}  # type: ignore[attr-defined]
    assert set(WORDS.trouble) == set(Trouble.__args__)  # type: ignore[attr-defined]
    got = next_step(
        replace(CASE, events=(SENT,)), date(2026, 10, 3), {"answer": deadline(DUE)}, WORDS
    )
    assert "2026-11-03" in got.text["en"]
    assert "2026-11-03" in got.text["de"]
    assert "{" not in got.text["en"] + got.text["de"]


def test_a_letter_that_is_named_is_there() -> None:
    letters = {one.stem for one in Path(default_root() / "letters" / "en").glob("*.toml")}
    outcomes = [happened("reply", "2026-10-19", one) for one in OUTCOMES]
    named = {step("2026-10-20", SENT, one)[1] for one in outcomes} - {""}
    assert named
    assert named <= letters


# Dates by the laws as they are


@pytest.fixture(scope="module")
def laws() -> dict[str, object]:
    return dict(load(default_root()).laws)


def test_dates_of_a_case_in_germany(laws: dict) -> None:  # type: ignore[type-arg]
    case = replace(CASE, events=(SENT,))
    got = dates_of(case, date(2026, 10, 20), "IE", laws)
    # sent and so received on Friday 2 October; 2 November is a Monday, and no holiday in Ireland
    assert {name: one.date for name, one in got.items()} == {"answer": date(2026, 11, 2)}
    longer = replace(case, events=(SENT, happened("reply", "2026-10-20", "extension")))
    got = dates_of(longer, date(2026, 10, 20), "IE", laws)
    # two months more: Saturday 2 January 2027, so Monday 4 January
    assert got["answer"].date == date(2027, 1, 4)
    assert got["answer-not-extended"].date == date(2026, 11, 2)


def test_what_nobody_saw_arrive_is_counted_from_its_sending_and_called_so(laws: dict) -> None:  # type: ignore[type-arg]
    case = replace(CASE, events=(SENT,))
    assert dates_of(case, SENT.on, "IE", laws)["answer"].steps[0] == {
        "en": "sent 2026-10-02, not counted",
        "de": "abgesendet am 2026-10-02, zählt nicht mit",
    }
    case = replace(case, events=(SENT, happened("received", "2026-10-05")))
    got = dates_of(case, SENT.on, "IE", laws)["answer"]
    assert (got.steps[0]["en"], got.date) == ("received 2026-10-05, not counted", date(2026, 11, 5))


def test_asked_twice_before_the_answer_it_stood_still_from_the_first_time(laws: dict) -> None:  # type: ignore[type-arg]
    asked = [happened("identity-asked", f"2026-10-{day}") for day in ("06", "09", "20", "21")]
    given = [happened("identity-given", f"2026-10-{day}") for day in ("12", "26")]
    case = replace(CASE, events=(SENT, *asked[:2], given[0]))
    # 2 November and six days: Sunday, so Monday 9 November
    assert dates_of(case, SENT.on, "IE", laws)["answer"].date == date(2026, 11, 9)
    again = replace(case, events=(*case.events, *asked[2:]))
    assert "2026-10-20" in dates_of(again, SENT.on, "IE", laws)["answer"].steps[1]["en"]
    again = replace(again, events=(*again.events, given[1]))
    assert dates_of(again, SENT.on, "IE", laws)["answer"].date == date(2026, 11, 9)


def test_in_britain_the_law_of_the_day_decides_who_hears_first(laws: dict) -> None:  # type: ignore[type-arg]
    case = replace(CASE, law="uk-gdpr-art-21", place="GB", events=(SENT,))
    assert "complaint-to-controller" in dates_of(case, date(2026, 6, 19), "GB", laws)
    assert "complaint-to-controller" not in dates_of(case, date(2026, 6, 18), "GB", laws)
    assert "complaint-to-controller" not in dates_of(
        replace(case, law="gdpr-art-21"), date(2026, 11, 1), "IE", laws
    )


def test_no_rule_no_date(laws: dict) -> None:  # type: ignore[type-arg]
    case = replace(CASE, law="", act="voluntary-form", events=(SENT,))
    assert dates_of(case, date(2026, 10, 20), "US-CA", laws) == {}
    assert dates_of(replace(CASE, events=()), date(2026, 10, 20), "IE", laws) == {}


# Once in twelve months


def test_one_letter_in_twelve_months() -> None:
    sent = replace(CASE, events=(SENT,))

    def ask(today: str, *cases: Case, controller: str = "acme-ireland", act: str = CASE.act):  # type: ignore[no-untyped-def]
        return may_ask_again(cases, controller, act, date.fromisoformat(today))  # type: ignore[arg-type]

    got = ask("2027-10-01", sent)
    assert (got.allowed, got.earlier, got.free_on) == (False, "WH-AAAAAA", date(2027, 10, 2))
    assert ask("2027-10-02", sent).allowed
    assert ask("2026-12-01", sent, act="access").allowed
    assert ask("2026-12-01", sent, controller="bloom").allowed
    assert ask("2026-12-01", replace(CASE, events=())).allowed
    bounced = replace(sent, events=(SENT, happened("reply", "2026-10-03", "bounce")))
    assert ask("2026-12-01", bounced).allowed
    again = replace(bounced, events=(*bounced.events, happened("sent", "2026-10-05")))
    assert ask("2026-12-01", again).free_on == date(2027, 10, 5)


def test_the_leap_day_has_a_year_as_well() -> None:
    leap = replace(CASE, events=(happened("sent", "2028-02-29"),))
    got = may_ask_again([leap], "acme-ireland", "object-training", date(2028, 3, 1))
    assert got.free_on == date(2029, 2, 28)
    assert timedelta(days=365) == date(2029, 2, 28) - date(2028, 2, 29)
