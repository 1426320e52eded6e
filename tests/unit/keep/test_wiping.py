"""Of a large file the wiping may be put off: it stays due until somebody has done it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from withhold.keep import Store, opened
from withhold.verbs import forgetting
from withhold.words import Account, Observation

Seen = Callable[..., Observation]


def all_bytes(home: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file())


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one."""
    monkeypatch.setattr(opened, "LARGE", 1)


@pytest.mark.usefixtures("large")
def test_a_large_file_is_wiped_when_it_is_asked_for(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home, puts_off=True) as store:
        store.observations.record(seen(value="SECRET"), now)
        assert not store.wipe_is_due
        store.forget.observation("obs-1", now)
        assert (store.observations.all(), store.wipe_is_due) == ([], True)
        assert b"SECRET" in all_bytes(home)
    with Store.open(home, puts_off=True) as store:  # opened once more it is put off once more
        assert store.wipe_is_due
        store.wipe()
        assert not store.wipe_is_due
        assert b"SECRET" not in all_bytes(home)
        assert store.faults() == []


@pytest.mark.usefixtures("large")
def test_who_opens_it_without_putting_off_wipes_it(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home, puts_off=True) as store:
        store.observations.record(seen(value="SECRET"), now)
        store.forget.observation("obs-1", now)
    with Store.read(home) as store:  # who only reads sees that it is due, and changes nothing
        assert store.wipe_is_due
    with Store.open(home) as store:
        assert not store.wipe_is_due
    assert b"SECRET" not in all_bytes(home)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("what", ["account", "responses", "everything"])
def test_whatever_is_forgotten_is_put_off_alike(home: Path, now: datetime, what: str) -> None:
    with Store.open(home, puts_off=True) as store:
        store.own.add_account(Account(platform="linkedin", name="SECRET"), now)
        if what == "account":
            store.forget.account("linkedin:SECRET", now)
    if what == "responses":
        forgetting.responses(home, puts_off=True)
    if what == "everything":
        forgetting.everything(home, now, puts_off=True)
    with Store.read(home) as store:
        assert store.wipe_is_due


def test_a_small_file_is_wiped_at_once(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home, puts_off=True) as store:
        store.observations.record(seen(value="SECRET"), now)
        store.forget.observation("obs-1", now)
        assert not store.wipe_is_due
        assert b"SECRET" not in all_bytes(home)


def test_patience_outlasts_a_reader(
    home: Path, now: datetime, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "WAIT", 0.01)
    with Store.open(home) as store:
        store.observations.record(seen(value="SECRET"), now)
    with (
        Store.open(home, puts_off=True) as store,
        closing(sqlite3.connect(home / "withhold.db", check_same_thread=False)) as reader,
    ):
        monkeypatch.setattr(opened, "LARGE", 1)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM payload").fetchall()
        store.forget.observation("obs-1", now)
        leaves = threading.Timer(0.2, reader.rollback)
        leaves.start()
        store.wipe(patience=60)
        leaves.join()
        assert not store.wipe_is_due
    assert b"SECRET" not in all_bytes(home)
