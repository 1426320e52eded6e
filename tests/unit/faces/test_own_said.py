"""What an owner says of themselves: understood, or refused with what would do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.unit import made
from withhold.errors import BadInput, NotFound
from withhold.faces.own_said import (
    add_account,
    folder_said,
    one_of,
    place_named,
    places_named,
    plan_said,
    restore_account,
    setting_said,
    site_said,
)
from withhold.keep import Store
from withhold.words import Account

PLACES = made.places()
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ACME = Account(platform="acme", audience="followers")


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("de", ["DE"]),
        ("Germany", ["DE"]),
        ("deutschland ", ["DE"]),
        ("Pennsylvania (US-PA)", ["US-PA"]),
        ("anything (fr)", ["FR"]),
        ("EU", []),
        ("European Union", []),
        ("everywhere", []),
        ("", []),
        ("Ger", []),
    ],
)
def test_a_place_is_called_by_code_or_name_and_never_guessed(said: str, codes: list[str]) -> None:
    assert places_named(PLACES, said) == codes


def test_two_places_of_one_name_are_both_named() -> None:
    PLACES.names["US-DE"] = {"en": "Germany"}
    try:
        assert places_named(PLACES, "germany") == ["DE", "US-DE"]
        with pytest.raises(NotFound) as why:
            place_named(PLACES, "germany")
        assert why.value.tip == "DE or US-DE"
    finally:
        del PLACES.names["US-DE"]


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("ada.example", "https://ada.example"),
        (" http://ada.example/ ", "http://ada.example"),
        ("https://ada.example/blog//", "https://ada.example/blog"),
        ("https://مثال.إختبار", "https://مثال.إختبار"),
    ],
)
def test_a_site_is_an_address(said: str, url: str) -> None:
    assert site_said(said) == url


@pytest.mark.parametrize("said", ["", "https://", "ada", "a b.example", "ada.example\x07"])
def test_what_is_no_address_of_a_site_is_refused(said: str) -> None:
    with pytest.raises(BadInput):
        site_said(said)


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("place", "uk", "GB"),
        ("lang", "de", "de"),
        ("contact", "https://ada.example/me", "https://ada.example/me"),
        ("name", " Ada  Example ", "Ada Example"),
        ("email", "ada@example.org", "ada@example.org"),
        ("address", "Am Weg 1, 10115 Berlin", "Am Weg 1\n10115 Berlin"),
        ("address", "Am Weg 1\r\n\r\n10115 Berlin", "Am Weg 1\n10115 Berlin"),
    ],
)
def test_settings_are_stored_as_letters_and_questions_take_them(
    name: str, said: str, value: str
) -> None:
    assert setting_said(name, said, PLACES) == value


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("place", "EU"),
        ("lang", "fr"),
        ("contact", "call me"),
        ("contact", "me@example.org\nBcc: x"),
        ("name", ""),
        ("email", "a@b\r\nTo: c"),
        ("address", " , "),
    ],
)
def test_settings_that_cannot_be_used_are_refused(name: str, said: str) -> None:
    with pytest.raises(BadInput):
        setting_said(name, said, PLACES)


def test_a_plan_is_one_of_those_that_matter_where_some_do() -> None:
    paid = made.platform(practice=[made.practice(plans=["free", "team"])])
    assert plan_said(paid, "team") == "team"
    assert plan_said(paid, "") == ""
    with pytest.raises(NotFound) as why:
        plan_said(paid, "gold")
    assert why.value.tip == "free, team"
    assert plan_said(made.platform(), "gold") == "gold"


def test_a_folder_is_one_that_is_there(tmp_path: Path) -> None:
    assert folder_said("") == ""
    assert folder_said(f"{tmp_path}/.") == str(tmp_path.resolve())
    with pytest.raises(BadInput):
        folder_said(str(tmp_path / "none"))


def test_one_of_a_closed_list() -> None:
    assert one_of("b", ("a", "b"), "letter") == "b"
    with pytest.raises(BadInput, match="c is no letter"):
        one_of("c", ("a", "b"), "letter")


@pytest.mark.parametrize(
    ("since", "public_from"),
    [(None, "2025-05-01"), (date(2020, 1, 1), "2020-01-01"), (date(2026, 1, 1), "2025-05-01")],
)
def test_what_was_public_before_stays_in_the_history(
    tmp_path: Path, since: date | None, public_from: str
) -> None:
    account = Account(platform="acme", audience="followers", since=since)
    with Store.open(tmp_path) as store:
        add_account(store, account, NOW, date(2025, 5, 2), was_public=True)
        found = [(str(day), audience) for day, audience in store.own.audience_history("acme")]
        assert found == [(public_from, "public"), ("2025-05-02", "followers")]
        assert store.own.accounts() == [account]


def test_was_public_needs_the_day(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, pytest.raises(BadInput):
        add_account(store, ACME, NOW, was_public=True)


def test_an_account_is_restored_with_exactly_its_history(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.own.add_account(Account(platform="acme", audience="public"), NOW, date(2024, 1, 1))
        store.own.add_account(ACME, NOW, date(2025, 1, 1))
        history = store.own.audience_history("acme")
        assert len(history) == 2
        add_account(store, Account(platform="acme", audience="private"), NOW, date(2023, 1, 1))
        restore_account(store, ACME, history, NOW)
        assert store.own.audience_history("acme") == history
        assert store.own.accounts() == [ACME]
        store.own.remove_account("acme")
        restore_account(store, ACME, history, NOW)
        assert (store.own.accounts(), store.own.audience_history("acme")) == ([ACME], history)
