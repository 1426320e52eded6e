"""Which letter of a case is next, and that it is the one that was written down, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.errors import BadInput, NotFound
from withhold.keep import Filed, Store
from withhold.rights.case import About, Event, Person
from withhold.verbs.request_letter import Wanted, add_letter, first_letter, open_case
from withhold.verbs.request_next import Having, NextLetter, Said, next_letter
from withhold.verbs.requests import offers

ID = "WH-22222A"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BEGAN, SENT = date(2026, 3, 2), date(2026, 3, 3)
SOON, LATE, LATER = date(2026, 3, 9), date(2026, 4, 20), date(2026, 4, 25)
PERSON = Person(name="Ada Example", email="ada@example.org", place="DE-BY")
ABOUT = About(subject="facebook", account="ada", own_words="I paint for a living.")


@pytest.fixture(scope="module")
def rights(root: Path) -> RightsKnown:
    """Controllers and authorities."""
    return load_rights(root)


@pytest.fixture
def store(tmp_path: Path, knowledge: Knowledge, rights: RightsKnown, root: Path) -> Iterator[Store]:
    """An objection to Meta, written on 2 March and not sent yet."""
    found = offers("facebook", PERSON, BEGAN, knowledge, rights)
    (offer,) = found.of("object-training")
    wanted = Wanted(reference=ID, today=BEGAN, service=found.service, root=root)
    with Store.open(tmp_path / "home") as opened:
        open_case(opened, first_letter(offer, PERSON, ABOUT, wanted), BEGAN, NOW)
        yield opened


@pytest.fixture
def have(store: Store, knowledge: Knowledge, rights: RightsKnown, root: Path) -> Having:
    return Having(
        knowledge=knowledge, rights=rights, kept=store.evidence.all(), root=root, own_lang="en"
    )


def filed(store: Store) -> Filed:
    return store.cases.of(ID)


def happens(store: Store, kind: Any, on: date, **more: Any) -> None:
    store.cases.add(ID, Event(kind=kind, on=on, **more), NOW)


def asked(store: Store, have: Having, on: date, **said: Any) -> NextLetter:
    return next_letter(filed(store), on, have, Said(**said))


def kept_of(store: Store) -> list[str]:
    """The letters as they were written down."""
    events = filed(store).case.events
    return [store.evidence.read(one.evidence).decode() for one in events if one.kind == "drafted"]


def test_before_it_is_sent_the_first_letter_is_next_as_it_was_kept(
    store: Store, have: Having
) -> None:
    found = asked(store, have, LATE)
    assert found.draft is not None
    assert (found.draft.letter, found.noted) == ("object-training", True)
    assert kept_of(store)[0].endswith(found.draft.theirs.text)
    assert found.draft.message_id == filed(store).case.events[0].message_id
    assert len(filed(store).case.events) == 1  # showing a letter writes nothing


def test_while_their_time_runs_none_is_next_unless_it_is_asked_for(
    store: Store, have: Having
) -> None:
    happens(store, "sent", SENT)
    found = asked(store, have, SOON)
    assert (found.draft, found.noted, found.on) == (None, False, SOON)
    assert found.standing.step.kind == "wait"
    again = asked(store, have, SOON, letter="reminder")
    assert again.draft is not None
    assert again.draft.letter == "reminder"


def test_after_it_the_reminder_is_and_it_goes_where_the_first_one_went(
    store: Store, have: Having
) -> None:
    happens(store, "sent", SENT)
    found = asked(store, have, LATE)
    assert found.draft is not None
    assert found.draft.to is not None
    assert (found.draft.letter, found.noted, found.on) == ("reminder", False, LATE)
    assert found.draft.door is not None
    assert found.draft.door.to == filed(store).case.to
    assert found.draft.yours.day == "20 April 2026"
    assert "On 3 March 2026 I sent you" in found.draft.yours.text


def test_a_letter_that_waits_is_shown_as_of_its_own_day(store: Store, have: Having) -> None:
    happens(store, "sent", SENT)
    first = asked(store, have, LATE)
    assert first.draft is not None
    add_letter(store, first.draft, LATE, NOW)
    again = asked(store, have, LATER)
    assert again.draft is not None
    assert (again.noted, again.on) == (True, LATE)
    assert again.draft.theirs.text == first.draft.theirs.text
    assert kept_of(store)[1].endswith(again.draft.theirs.text)


def test_what_was_sent_waits_no_longer(store: Store, have: Having) -> None:
    happens(store, "sent", SENT)
    first = asked(store, have, LATE)
    assert first.draft is not None
    add_letter(store, first.draft, LATE, NOW)
    happens(store, "reminded", LATE)
    again = asked(store, have, LATER, letter="reminder")
    assert again.draft is not None
    assert (again.noted, again.on) == (False, LATER)


def test_in_another_language_it_is_another_letter_and_not_noted_yet(
    store: Store, have: Having
) -> None:
    happens(store, "sent", SENT)
    first = asked(store, have, LATE)
    assert first.draft is not None
    add_letter(store, first.draft, LATE, NOW)
    french = asked(store, have, LATER, lang="fr")
    assert french.draft is not None
    assert (french.draft.theirs.lang, french.noted, french.on) == ("fr", False, LATER)


def test_a_complaint_goes_to_an_authority_and_to_the_one_that_is_named(
    store: Store, have: Having
) -> None:
    happens(store, "sent", SENT)
    home, other = (
        asked(store, have, LATE, letter="complaint", to=to).draft for to in ("", "ie-dpc")
    )
    assert home is not None
    assert other is not None
    assert (home.theirs.lang, other.theirs.lang) == ("de", "en")
    assert home.to is not None
    assert home.to.name == have.rights.authorities["de-by-baylda"].name
    assert home.answers == ""  # it is no answer to the company


@pytest.mark.parametrize(
    ("said", "error", "says"),
    [
        ({"letter": "poem"}, NotFound, "unknown letter"),
        ({"by": "pigeon", "letter": "reminder"}, BadInput, "no way by pigeon"),
        ({"by": "pigeon"}, BadInput, "no way by pigeon"),
    ],
)
def test_what_is_not_there_is_not_made_up(
    store: Store, have: Having, said: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        asked(store, have, SOON, **said)


def test_of_a_day_before_the_case_there_is_no_letter(store: Store, have: Having) -> None:
    with pytest.raises(BadInput, match=f"{ID} was begun after 2026-03-01") as why:
        asked(store, have, date(2026, 3, 1))
    assert why.value.tip == "look at --on"


def test_a_company_that_is_not_known_any_more_is_said(store: Store, have: Having) -> None:
    with pytest.raises(BadInput, match="meta-ireland is not known any more"):
        asked(store, replace(have, rights=replace(have.rights, controllers={})), LATE)
