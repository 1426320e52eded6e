"""What ``watch`` keeps: rows of its own beside the settings, replaced as a whole, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from withhold.keep import Store
from withhold.words import Account

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture
def kept(home: Path) -> Path:
    """A home with a setting, an account, a site, and a row of each."""
    with Store.open(home) as store:
        store.own.set("place", "DE")
        store.own.add_account(Account(platform="acme", name="ada"), NOW)
        store.own.add_site("https://ada.example")
        store.watched.replace(
            {
                "": "rest",
                "acme:ada": "one",
                "https://ada.example": "disk",
                "https://ada.example (served)": "web",
            }
        )
    return home


def test_no_setting_is_shown_that_nobody_set(kept: Path) -> None:
    with Store.read(kept) as store:
        assert store.own.settings() == {"place": "DE"}
        assert store.watched.all()["acme:ada"] == "one"
        assert len(store.watched.all()) == 4


def test_the_next_look_replaces_all_of_the_last(kept: Path) -> None:
    with Store.open(kept) as store:
        store.watched.replace({"": "new"})
        assert store.watched.all() == {"": "new"}
        assert store.own.settings() == {"place": "DE"}


def test_half_a_look_is_none(kept: Path) -> None:
    def stopped(store: Store) -> None:
        with store.together():
            store.watched.replace({"": "new"})
            raise ZeroDivisionError

    with Store.open(kept) as store:
        with pytest.raises(ZeroDivisionError):
            stopped(store)
        assert store.watched.all()[""] == "rest"


def test_an_account_or_site_takes_its_rows_along(kept: Path) -> None:
    with Store.open(kept) as store:
        store.own.remove_account("acme:ada")
        assert set(store.watched.all()) == {
            "",
            "https://ada.example",
            "https://ada.example (served)",
        }
        store.own.remove_site("https://ada.example")
        assert set(store.watched.all()) == {""}


def test_of_all_that_is_forgotten_not_a_byte_stays(kept: Path) -> None:
    with Store.open(kept) as store:
        store.watched.replace({"": "a-word-found-nowhere-else"})
        store.forget.everything(NOW)
    assert b"a-word-found-nowhere-else" not in (kept / "withhold.db").read_bytes()


def test_what_was_told_goes_with_anything_of_it_that_is_forgotten(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        assert store.watched.told() == ""
        for forget in (
            lambda: store.watched.forget("acme"),
            lambda: store.watched.forget("never-kept"),
            lambda: store.watched.forget_naming("obs-1"),
            lambda: store.watched.replace({"": "new"}),
            store.watched.forget,
        ):
            store.watched.replace({"acme": "a", "bolt": "b"}, "it was told")
            assert store.watched.told() == "it was told"
            assert set(store.watched.all()) == {"acme", "bolt"}
            forget()
            assert store.watched.told() == ""


def test_what_was_told_is_no_setting_of_the_owner(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.watched.replace({}, "it was told")
        assert store.own.settings() == {}
