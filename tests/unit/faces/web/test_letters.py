"""Letters: the list with its dates, the acts with law and reason, a letter from form to case."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.unit.faces.web.letters_made import (
    GROUNDS,
    NOW,
    get,
    home_of,
    objection,
    post,
    text,
)
from withhold.errors import NotFound
from withhold.faces.web import letters, letters_dates, letters_forget, letters_new
from withhold.faces.web.desk import Desk
from withhold.faces.web.views import Go, Page
from withhold.keep import Store
from withhold.rights.case import Event

FORM = {
    "of": "linkedin",
    "act": "object-training",
    "name": "Ada Example",
    "email": "ada@example.org",
    "account": "ada",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return home_of(tmp_path)


def cases(desk: Desk) -> list[str]:
    with Store.read(desk.home) as store:
        return [one.case.id for one in store.cases.all()]


# The list ---------------------------------------------------------------------------------------


def test_nothing_yet_is_said_with_the_one_next_step(tmp_path: Path) -> None:
    ask = get(Desk(tmp_path / "nothing"))
    shown = text(ask, letters.show(ask))
    assert "You have no letters yet" in shown
    assert 'href="/letters/new"' in shown
    assert "It sends nothing" in shown


def test_a_case_with_its_late_date_its_rule_and_its_commands(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    ask = get(desk, when="2026-11-20")
    shown = text(ask, letters.show(ask))
    assert "One letter is open. One answer is late." in shown
    assert "50 days late" in shown  # due on 1 October 2026
    assert "Art. 12(3) GDPR" in shown
    assert f"withhold done {case.id} --state reminded" in shown
    assert letters.show(ask).command == "withhold plan"


def test_a_case_that_is_closed_is_not_counted_as_open_for_a_reply_to_read(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    with Store.open(desk.home) as store:
        store.cases.add(case.id, Event(kind="reply", on=date(2026, 9, 9)), NOW)
        store.cases.add(case.id, Event(kind="closed", on=date(2026, 9, 9)), NOW)
    shown = text(ask := get(desk, when="2026-11-20"), letters.show(ask))
    assert "No letter is open. Of one reply nobody said yet what it says." in shown
    assert f"/letters/case?id={case.id}" in shown
    objection_to_x(desk)
    shown = text(ask := get(desk), letters.show(ask))
    assert "One letter is open. Of one reply nobody said yet what it says." in shown


def test_the_dates_stand_in_a_table_by_month(desk: Desk) -> None:
    objection(desk, sent="2026-09-01")
    other = objection_to_x(desk)
    ask = get(desk, when="2026-11-20")
    months = letters.show(ask).values["months"]
    assert months[0].title == "October 2026"
    first = months[0].entries[0]
    assert (str(first.on), first.what, first.past) == ("2026-10-01", "answer due", True)
    assert other not in {one.id for month in months for one in month.entries}  # begun later


def objection_to_x(desk: Desk) -> str:
    """A letter to another company, drafted today."""
    form = FORM | {"of": "x", "to": "x-ireland", "ground__voice": GROUNDS}
    went = letters_new.write(post(desk, **form))
    assert isinstance(went, Go), getattr(went, "values", "")
    word = went.to.partition("typed=")[2].partition("#")[0]
    letters_new.write(post(desk, do="make", typed=word))
    return cases(desk)[-1]


def test_what_waits_to_be_sent_has_a_date_that_no_law_sets(desk: Desk) -> None:
    objection(desk)
    (month,) = letters.show(get(desk)).values["months"]
    (one,) = month.entries
    assert one.what == "send your letter"
    assert "no law sets it" in one.rule


def test_the_same_dates_for_a_calendar(desk: Desk) -> None:
    case = objection(desk, sent="2026-09-01")
    file = letters_dates.calendar(get(desk, when="2026-11-20"))
    assert (file.type, file.name) == ("text/calendar", "withhold-letters.ics")
    assert b"DTSTART;VALUE=DATE:20261001" in file.body
    assert case.id.encode() in file.body


def test_in_german_nothing_stands_in_english(desk: Desk) -> None:
    objection(desk, sent="2026-09-01")
    ask = get(desk, when="2026-11-20", lang="de")
    shown = text(ask, letters.show(ask))
    assert "Ein Brief ist offen. Eine Antwort ist überfällig." in shown
    assert "Oktober 2026" in shown
    assert "answer due" not in shown


# Which acts -------------------------------------------------------------------------------------


def test_whom_to_write_to_begins_with_ones_own(desk: Desk) -> None:
    ask = get(desk)
    shown = text(ask, letters_new.show(ask))
    assert "/letters/new?key=linkedin%3Aada" in shown
    assert '<option value="openai">OpenAI</option>' in shown


def test_whom_to_write_to_is_named_in_the_language_of_the_page(desk: Desk) -> None:
    ask = get(desk, lang="de")
    shown = text(ask, letters_new.show(ask))
    assert "others who scrape what is public" not in shown
    assert '<option value="openai">OpenAI</option>' in shown


@pytest.mark.parametrize("query", [{}, {"of": "linkedin"}, {"key": "x:ada"}])
def test_without_a_place_it_is_asked_first(tmp_path: Path, query: dict[str, str]) -> None:
    ask = get(Desk(tmp_path / "nothing"), **query)
    shown = text(ask, letters_new.show(ask))
    assert "depends on where you live, and that was not said yet" in shown
    assert 'href="/first"' in shown
    assert "<select" not in shown


def test_the_acts_with_law_reach_and_why_others_are_not_there(desk: Desk) -> None:
    ask = get(desk, key="linkedin:ada")
    page = letters_new.show(ask)
    shown = text(ask, page)
    acts = [one.act for one in page.values["offers"]]
    assert acts[0] == "object-training"
    assert "Art. 21(1) GDPR" in shown
    assert "Does not reach: what a model has already learned" in shown
    assert "That is not proof that there is none" in shown
    assert "opt out of sale or sharing" in page.values["not_found"]
    assert "reserve your works against text and data mining" in page.values["of_works"]
    assert "account=ada" in shown  # the account is carried into the form


def test_as_an_author_works_can_be_reserved(desk: Desk) -> None:
    page = letters_new.show(get(desk, of="openai", party="author"))
    assert "reserve" in [one.act for one in page.values["offers"]]
    assert page.command == "withhold apply openai --letter --as author"


def test_an_unknown_name_is_not_guessed(desk: Desk) -> None:
    with pytest.raises(NotFound, match="linkedim"):
        letters_new.show(get(desk, of="linkedim"))


# The form ---------------------------------------------------------------------------------------


def test_the_form_asks_only_for_what_is_missing(desk: Desk) -> None:
    ask = get(desk, of="linkedin", act="object-training")
    shown = text(ask, letters_new.show(ask))
    assert 'value="Ada Example"' in shown  # saved
    assert 'name="works"' not in shown  # this letter is not about works
    assert shown.count("<textarea") == 2 + 6  # address, addresses; five questions, and freely


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(desk: Desk) -> None:
    ask = post(desk, **(FORM | {"account": "", "name": "", "ground__voice": GROUNDS}))
    page = letters_new.write(ask)
    assert isinstance(page, Page)
    shown = text(ask, page)
    assert page.status == 400
    assert set(page.values["errors"]) == {"name", "account"}  # emptied is empty, though saved
    field = re.search(r'<input type="text" id="account"[^>]*>', shown)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert "account-error" in field[0]
    assert GROUNDS in shown
    assert cases(desk) == []


def test_an_answer_that_is_too_long_is_refused_at_its_field(desk: Desk) -> None:
    page = letters_new.write(post(desk, **(FORM | {"ground__free": "a" * 1300})))
    assert isinstance(page, Page)
    assert list(page.values["errors"]) == ["ground-free"]


def test_the_letter_is_shown_as_it_is_noted(desk: Desk) -> None:
    went = letters_new.write(post(desk, **(FORM | {"ground__voice": GROUNDS})))
    assert isinstance(went, Go)
    word = went.to.partition("typed=")[2].partition("#")[0]
    ask = get(desk, typed=word)
    page = letters_new.show(ask)
    shown = text(ask, page)
    draft = page.values["draft"]
    assert GROUNDS in shown
    assert cases(desk) == []  # looking notes nothing
    made = letters_new.write(post(desk, do="make", typed=word))
    assert isinstance(made, Go)
    assert cases(desk) == [draft.reference]
    assert "Nothing was sent" in made.said
    with Store.read(desk.home) as store:
        event = store.cases.of(draft.reference).case.events[0]
        kept = store.evidence.read(event.evidence).decode()
    assert kept.endswith(draft.theirs.text)


def test_a_second_press_makes_no_second_case(desk: Desk) -> None:
    went = letters_new.write(post(desk, **(FORM | {"ground__voice": GROUNDS})))
    assert isinstance(went, Go)
    word = went.to.partition("typed=")[2].partition("#")[0]
    letters_new.write(post(desk, do="make", typed=word))
    again = letters_new.write(post(desk, do="make", typed=word))
    assert isinstance(again, Go)
    (case,) = cases(desk)
    assert again.to == f"/letters/case?id={case}"


def test_the_same_once_more_needs_a_word_of_its_own(desk: Desk) -> None:
    objection(desk)
    form = FORM | {"ground__voice": GROUNDS}
    page = letters_new.write(post(desk, **form))
    assert isinstance(page, Page)
    assert list(page.values["errors"]) == ["again"]
    assert 'name="again"' in text(post(desk, **form), page)
    assert isinstance(letters_new.write(post(desk, **form, again="yes")), Go)


def test_an_unfinished_form_of_another_start_is_gone_and_says_so(desk: Desk) -> None:
    ask = get(desk, typed="of-yesterday")
    assert "the server was started anew" in text(ask, letters_new.show(ask))


# Forgetting -------------------------------------------------------------------------------------


def test_a_case_is_forgotten_only_when_that_is_sure(desk: Desk) -> None:
    case = objection(desk)
    ask = get(desk, id=case.id)
    assert "cannot be undone" in text(ask, letters_forget.ask_first(ask))
    unsure = letters_forget.forget(post(desk, id=case.id))
    assert isinstance(unsure, Go)
    assert unsure.bad
    assert cases(desk) == [case.id]
    letters_forget.forget(post(desk, id=case.id, sure="yes"))
    assert cases(desk) == []
    with pytest.raises(NotFound, match="There is no letter"):
        letters_forget.ask_first(get(desk, id=case.id))
