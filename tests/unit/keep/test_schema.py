"""The migrations: all or nothing, once, and noted both in the table and in the header."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from withhold.keep import Store
from withhold.keep.opened import APPLICATION, SCHEMA
from withhold.keep.schema import bring_up_to_date, migrations


@pytest.fixture
def empty(tmp_path: Path) -> Callable[[], closing[sqlite3.Connection]]:
    return lambda: closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None))


def test_the_schema_number_counts_the_migrations() -> None:
    with closing(sqlite3.connect(":memory:")) as raw:
        assert len(migrations.pending(Database(raw))) == SCHEMA


def test_all_migrations_are_noted_and_none_runs_twice(home: Path) -> None:
    with Store.open(home) as store:
        applied = store._opened.rows("SELECT migration_set, name FROM _sqlite_migrations")
    assert applied == [
        ("withhold", "m001_accounts_observations_evidence"),
        ("withhold", "m002_responses_of_sites"),
        ("withhold", "m003_cases"),
        ("withhold", "m004_posts"),
        ("withhold", "m005_policies"),
    ]
    with Store.open(home) as store:
        assert store._opened.rows("SELECT count(*) FROM _sqlite_migrations") == [(SCHEMA,)]


def test_the_header_says_whose_and_which(empty: Callable[[], closing[sqlite3.Connection]]) -> None:
    with empty() as raw:
        bring_up_to_date(Database(raw), APPLICATION, 3)
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert raw.execute("PRAGMA user_version").fetchone() == (3,)
    assert APPLICATION.to_bytes(4, "big") == b"WHLD"


def test_half_a_migration_is_none(empty: Callable[[], closing[sqlite3.Connection]]) -> None:
    with empty() as raw:
        tables = Database(raw)
        raw.execute("BEGIN IMMEDIATE")
        bring_up_to_date(tables, APPLICATION, SCHEMA)
        tables.rollback()
    with empty() as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        assert raw.execute("PRAGMA user_version").fetchone() == (0,)


def test_an_empty_file_is_filled_also_when_opened_for_reading(home: Path) -> None:
    home.mkdir()
    (home / "withhold.db").touch()
    with Store.read(home) as store:
        assert store.own.accounts() == []
    with Store.read(home) as store:
        assert store._opened.schema == SCHEMA


def test_an_older_store_is_brought_up_to_date_and_keeps_its_rows(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(home) as store:
        store.own.set("place", "DE")

    @migrations()
    def m006_mood(db: Database) -> None:
        db.execute("ALTER TABLE account ADD COLUMN mood TEXT NOT NULL DEFAULT ''")

    try:
        monkeypatch.setattr("withhold.keep.opened.SCHEMA", SCHEMA + 1)
        monkeypatch.setattr("withhold.keep.store.SCHEMA", SCHEMA + 1)
        with Store.read(home) as store:
            assert store.own.settings() == {"place": "DE"}
            assert store._opened.rows("SELECT mood FROM account") == []
            assert store._opened.rows("PRAGMA user_version") == [(SCHEMA + 1,)]
    finally:
        migrations._migrations.pop()
    assert len(migrations._migrations) == SCHEMA
