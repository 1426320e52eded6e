"""Letters: what they close, for whom, how strong, and over which days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit import made
from withhold import by_letter, refusals
from withhold.words import Observation, Span


def _day(number: int) -> date:
    return date(2024, 6, number)


def _letter(value: str = "sent", day: int = 3, **more: Any) -> Observation:
    usual = {
        "control": "acme/right:object-training",
        "on": _day(day),
        "how": "told",
        "account": "acme",
        "id": "9",
        "practices": ("acme/train",),
    }
    return Observation(value=value, **(usual | more))


def _found(*seen: Observation, **more: Any) -> list[tuple[str, Span, str]]:
    ask = made.asked(*seen, knows=more.pop("knows", made.knowledge()), **more)
    found = refusals.refusals(ask.owner.practice[0], ask)
    return [(one.strength, one.span, one.reason.code) for one in found]


@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        ("sent", "told", ("asked", "letter-sent")),
        ("sent", "shown", ("asked", "letter-sent")),
        ("confirmed", "told", ("told", "letter-granted-told")),
        ("confirmed", "clicked", ("told", "letter-granted-told")),
        ("confirmed", "shown", ("promised", "letter-granted")),
        ("refused", "shown", None),
        ("anything", "shown", None),
    ],
)
def test_a_letter_is_asked_until_the_actor_grants_it(
    value: str, how: str, said: tuple[str, str] | None
) -> None:
    found = _found(_letter(value, how=how))
    assert [(strength, code) for strength, _, code in found] == ([said] if said else [])


def test_a_grant_after_the_sending_is_one_span_and_the_stronger_word() -> None:
    seen = (_letter("sent", 3), _letter("confirmed", 9, how="shown"))
    assert _found(*seen, when=_day(20)) == [("promised", Span(_day(3), None), "letter-granted")]


def test_a_refusal_ends_it_and_a_later_grant_begins_anew() -> None:
    seen = (_letter("sent", 3), _letter("refused", 9), _letter("confirmed", 12, how="shown"))
    assert _found(*seen, when=_day(20)) == [
        ("asked", Span(_day(3), _day(9)), "letter-sent"),
        ("promised", Span(_day(12), None), "letter-granted"),
    ]


def test_two_acts_stand_side_by_side() -> None:
    other = _letter("refused", 9, control="acme/right:restrict")
    assert [one[0] for one in _found(_letter(), other, when=_day(20))] == ["asked"]


@pytest.mark.parametrize(
    ("account", "said_of", "counts"),
    [
        ("", "acme", True),
        ("", "", True),
        ("", "acme:one", False),
        ("one", "acme:one", True),
        ("one", "acme", True),
        ("one", "acme:two", False),
        ("one", "a.example", False),
    ],
)
def test_a_letter_counts_for_the_account_it_names(account: str, said_of: str, counts: bool) -> None:
    about = made.content(account=made.account(name=account))
    assert bool(_found(_letter(account=said_of), about=about)) is counts


@pytest.mark.parametrize(
    ("authored", "counts"),
    [("own", True), ("own-over-others", True), ("others", False), ("about-me", False)],
)
def test_a_letter_reaches_what_is_ones_own(authored: Any, counts: bool) -> None:
    assert bool(_found(_letter(), about=made.content(authored=authored))) is counts


def test_a_letter_after_the_day_asked_or_about_another_practice_counts_for_nothing() -> None:
    assert _found(_letter(day=21), when=_day(20)) == []
    assert _found(_letter(practices=("acme/other", "beta/train")), when=_day(20)) == []


def test_a_letter_about_a_site_counts_for_that_site_alone() -> None:
    knows = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice()])])
    letter = _letter(account="a.example", practices=("scrapeco/scrape",))
    of = {"knows": knows, "owner": "scrapeco"}
    assert [one[0] for one in _found(letter, about=made.content(site="a.example"), **of)] == [
        "asked"
    ]
    assert _found(letter, about=made.content(site="b.example"), **of) == []


def test_the_reason_names_the_letter_and_is_due_after_90_days() -> None:
    ask = made.asked(_letter("confirmed", how="shown"), knows=made.knowledge())
    ((letter),) = by_letter.letters(ask.owner.practice[0], ask)
    said = by_letter.letter_reason(letter.last.states[0], ask.owner.practice[0], ask)
    assert said.rests_on == "observation 9 (acme/right:object-training)"
    assert (said.checked, said.due) == (_day(3), date(2024, 9, 1))
    assert said.facts["date"] == "2024-06-03"


def test_a_letter_takes_nothing_back_though_a_control_does() -> None:
    """A control that reaches back beside a letter that does not: the past stays open."""
    both = made.knowledge(
        made.platform(
            practice=[made.practice(), made.practice("more")],
            control=[made.control(effect="also-past")],
        )
    )
    switch = made.observation(on=_day(3))
    letter = _letter(day=5, practices=("acme/more",))
    assert "past-stays-open" in made.codes(made.ask(both, switch, letter).limits)
    assert "also-past" in made.codes(
        made.ask(
            made.knowledge(made.platform(control=[made.control(effect="also-past")])), switch
        ).limits
    )
