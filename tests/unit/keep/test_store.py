"""The store as its callers see it: there or not, opened, closed, sound or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from withhold import keep
from withhold.errors import BadInput, StoreTrouble
from withhold.keep import Store
from withhold.words import Account, Observation

Seen = Callable[..., Observation]


def test_a_store_is_not_there_until_it_is_opened(home: Path) -> None:
    assert not Store.exists(home)
    assert not home.exists()
    with Store.open(home):
        pass
    assert Store.exists(home)
    assert {one.name for one in home.iterdir()} == {"withhold.db", "evidence"}


def test_reading_a_store_that_is_not_there_makes_none(home: Path) -> None:
    with pytest.raises(StoreTrouble, match="no store") as told:
        Store.read(home)
    assert "withhold start" in told.value.tip
    assert not home.exists()


def test_a_dangling_link_is_something_in_its_place(home: Path) -> None:
    home.mkdir()
    (home / "withhold.db").symlink_to(home / "elsewhere")
    assert Store.exists(home)
    with pytest.raises(StoreTrouble):
        Store.read(home)


def test_all_parts_see_one_store(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home) as store:
        store.own.add_account(Account(platform="linkedin"), now)
        digest = store.evidence.keep(b"page", "page.html")
        recorded = store.observations.record(seen(evidence=digest), now)
        assert store.path == home / "withhold.db"
    with Store.open(home) as store:
        assert store.observations.all() == [recorded]
        assert store.evidence.read(recorded.evidence) == b"page"
        assert store.faults() == []


def test_a_closed_store_is_closed(home: Path) -> None:
    with Store.open(home) as store:
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.own.settings()
    store.close()


def test_a_store_is_closed_when_what_is_inside_fails(home: Path) -> None:
    with pytest.raises(KeyError), Store.open(home) as store:
        raise KeyError
    with pytest.raises(sqlite3.ProgrammingError):
        store.own.settings()
    assert not (home / "withhold.db-wal").exists()


def test_faults_name_each_thing_that_is_wrong(
    home: Path, store: Store, now: datetime, seen: Seen, tamper: Callable[..., int]
) -> None:
    digest = store.evidence.keep(b"page", "page.html")
    store.own.add_account(Account(platform="x"), now)
    store.observations.record_all([seen(), seen()], now)
    assert store.faults() == []
    tamper("DELETE FROM account")
    tamper("UPDATE payload SET body = '{}' WHERE seq = 2")
    (home / "evidence" / digest).unlink()
    faults = store.faults()
    assert len(faults) == 3
    assert "audience_change names no account" in faults[0]
    assert faults[1] == "the chain breaks at obs-2: its text or salt was changed"
    assert "page.html" in faults[2]


def test_a_store_that_is_read_can_be_examined(home: Path, store: Store) -> None:
    with Store.read(home) as reader:
        assert reader.faults() == []


def test_the_public_surface_is_what_is_exported() -> None:
    assert sorted(keep.__all__) == keep.__all__
    assert all(hasattr(keep, name) for name in keep.__all__)


@pytest.mark.parametrize("name", ["größe", "a b", "50%", "what?", "#1", "it's", "a&b=c"])
def test_homes_of_any_name(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / name) as store:
        store.own.set("place", "DE")
    assert [one.name for one in tmp_path.iterdir()] == [name]
    with Store.read(tmp_path / name) as store:
        assert store.own.setting("place") == "DE"


def test_a_relative_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(Path("home")) as store:
        store.own.set("place", "DE")
    with Store.read(Path("home")) as store:
        assert store.own.setting("place") == "DE"
    assert (tmp_path / "home" / "withhold.db").is_file()


def _half(store: Store, now: datetime) -> None:
    with store.together():
        store.own.set("place", "DE")
        store.own.add_account(Account(platform="acme"), now)
        raise BadInput("stopped in the middle")


def test_what_is_written_together_is_written_whole_or_not_at_all(home: Path, now: datetime) -> None:
    with Store.open(home) as store:
        with pytest.raises(BadInput):
            _half(store, now)
        assert store.own.accounts() == []
        with store.together():
            store.own.set("place", "DE")
            store.own.add_account(Account(platform="acme"), now)
        assert [one.key for one in store.own.accounts()] == ["acme"]
