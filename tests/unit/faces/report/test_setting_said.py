"""How a look at a setting ended, in sentences: of a saved page its own, of a flip both days."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from tests.unit import made
from tests.unit.recipes.pages import recipe
from withhold.faces.report.setting_said import said_of, step_of, words_of
from withhold.recipes.result import Reason, Result
from withhold.steps import Outcome
from withhold.verbs.settings import Chosen
from withhold.words import LANGS, Account, Observation

EN = words_of("en")


def chosen(name: str = "") -> Chosen:
    control = made.control("training", want="off")
    return Chosen(
        platform=made.platform("example", name="Example", control=[control]),
        control=control,
        account=Account(platform="example", name=name),
        recipe=recipe(),
    )


def result(outcome: Any, reason: Any = "read", after: Any = "off") -> Result:
    return Result(outcome=outcome, reason=reason, after=after, words="Train AI")


BEFORE = Observation(
    control="example/training", value="off", on=date(2026, 11, 2), how="observed", account="example"
)


@pytest.mark.parametrize(
    ("name", "step"), [("", "example/training"), ("a b", "example/training@a b")]
)
def test_a_step_names_its_account_where_it_has_a_name(name: str, step: str) -> None:
    assert step_of(chosen(name)) == step


def test_what_a_window_read_and_what_a_saved_page_shows_are_two_sentences() -> None:
    read = said_of(chosen(), result("already-no"), EN)
    shown = said_of(chosen(), result("already-no"), EN, saved_page=True)
    assert read.outcome == "already no: “Train AI” reads OFF; nothing was pressed"
    assert shown.outcome == "no, as the saved page shows it: “Train AI” reads OFF"
    assert (read.why, shown.why) == ("", "")


def test_of_what_flipped_back_both_states_and_the_day_of_the_first_are_said() -> None:
    found = said_of(chosen(), result("on", after="on"), EN, since=BEFORE)
    assert found.outcome == "flipped back: it read OFF on 2026-11-02, and “Train AI” reads ON today"
    page = said_of(chosen(), result("on", after="on"), EN, since=BEFORE, saved_page=True)
    assert page.outcome.endswith("and the saved page shows “Train AI” as ON")


def test_why_it_was_not_read_is_said_and_of_a_saved_page_what_to_do_with_it() -> None:
    window = said_of(chosen(), result("needs-you", "login", "unknown"), EN)
    page = said_of(chosen(), result("needs-you", "login", "unknown"), EN, saved_page=True)
    assert window.why
    assert "save it again" in page.why
    assert "save it again" not in window.why


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("saved_page", [True, False])
def test_no_outcome_and_no_reason_is_without_words(lang: str, saved_page: bool) -> None:
    words = words_of(lang)
    for outcome in get_args(Outcome):
        for reason in get_args(Reason):
            one = result(outcome, reason)
            said = said_of(chosen("ada"), one, words, saved_page=saved_page)
            assert said.outcome
            assert "{" not in said.outcome + said.why
