"""Every trouble of the store is one line and a tip with the way back, and nothing is deleted."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path

import pytest

from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.keep.trouble import troubles
from withhold.words import Account, Observation

Unprivileged = Callable[[], AbstractContextManager[None]]
Seen = Callable[..., Observation]


def is_told_well(trouble: StoreTrouble, path: Path) -> None:
    """One line that names the file, and one line that names the next step."""
    assert str(path) in trouble.message
    assert trouble.tip
    assert "\n" not in trouble.message + trouble.tip
    assert trouble.exit_code == 1


# Damaged ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("open_", [Store.open, Store.read])
@pytest.mark.parametrize(
    "content", [b"not a database", b"x" * 5000, b"SQLite format 3\0" + b"x" * 5000]
)
def test_what_is_no_database_is_left_alone(
    home: Path, open_: Callable[[Path], Store], content: bytes
) -> None:
    home.mkdir()
    path = home / "withhold.db"
    path.write_bytes(content)
    with pytest.raises(StoreTrouble, match="damaged") as told:
        open_(home)
    is_told_well(told.value, path)
    assert "withhold doctor" in told.value.tip
    assert "nothing was deleted" in told.value.tip
    assert path.read_bytes() == content


def test_the_tip_moves_the_file_and_its_log_and_then_a_new_store_starts(home: Path) -> None:
    home.mkdir()
    for name in ("withhold.db", "withhold.db-wal"):
        (home / name).write_bytes(b"not a database")
    with pytest.raises(StoreTrouble) as told:
        Store.open(home)
    line = told.value.tip.rpartition(": ")[2]
    assert os.system(line) == 0  # noqa: S605 - the tip is run as its reader would
    assert {one.name for one in (home / "aside").iterdir()} == {"withhold.db", "withhold.db-wal"}
    with Store.open(home) as store:
        assert store.own.settings() == {}


@pytest.mark.parametrize("open_", [Store.open, Store.read])
def test_somebody_elses_database_is_not_touched(home: Path, open_: Callable[[Path], Store]) -> None:
    home.mkdir()
    path = home / "withhold.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (soup TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreTrouble, match="not one of withhold") as told:
        open_(home)
    is_told_well(told.value, path)
    assert path.read_bytes() == before


def test_a_file_cut_in_half_is_damaged(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home) as store:
        store.observations.record_all([seen(value="z" * 3000) for _ in range(50)], now)
    path = home / "withhold.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreTrouble, match="damaged") as told, Store.read(home) as store:
        store.observations.all()
    is_told_well(told.value, path)
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_pages_of_garbage_are_damage_not_a_crash(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home) as store:
        store.observations.record_all([seen(value="z" * 3000) for _ in range(50)], now)
    path = home / "withhold.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    with pytest.raises(StoreTrouble, match="damaged"), Store.read(home) as store:
        store.observations.verify()


def test_a_missing_table_is_damage(store: Store, tamper: Callable[..., int]) -> None:
    tamper("DROP TABLE confirmation")
    with pytest.raises(StoreTrouble, match="no such table: confirmation") as told:
        store.confirmations.all()
    is_told_well(told.value, store.path)


def test_a_folder_in_its_place_is_told(home: Path) -> None:
    (home / "withhold.db").mkdir(parents=True)
    for open_ in (Store.open, Store.read):
        with pytest.raises(StoreTrouble) as told:
            open_(home)
        is_told_well(told.value, home / "withhold.db")


# Newer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("open_", [Store.open, Store.read])
def test_a_store_of_a_newer_version_is_not_touched(
    home: Path, open_: Callable[[Path], Store]
) -> None:
    with Store.open(home) as store:
        store.own.set("place", "DE")
    path = home / "withhold.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 7")
    before = path.read_bytes()
    with pytest.raises(StoreTrouble, match="schema 7, this one knows 5") as told:
        open_(home)
    is_told_well(told.value, path)
    assert "pip install -U withhold" in told.value.tip
    assert path.read_bytes() == before


# Locked -----------------------------------------------------------------------------------------


def test_a_locked_store_is_told_after_waiting(
    home: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.keep.opened.WAIT", 0.1)
    with (
        Store.open(home) as store,
        closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble, match="locked") as told:
            store.own.add_account(Account(platform="x"), now)
        is_told_well(told.value, store.path)
        assert store.own.accounts() == []  # reading goes on meanwhile
        other.execute("ROLLBACK")
        store.own.add_account(Account(platform="x"), now)
        assert len(store.own.accounts()) == 1


# Not to be written ------------------------------------------------------------------------------


def test_a_read_only_folder_can_be_read_and_not_written(
    nobodys_home: Path, now: datetime, unprivileged: Unprivileged
) -> None:
    home = nobodys_home
    with unprivileged():
        with Store.open(home) as store:
            store.own.add_account(Account(platform="x"), now)
        (home / "withhold.db").chmod(0o400)
        home.chmod(0o500)
        with Store.read(home) as store:
            assert [one.key for one in store.own.accounts()] == ["x"]
            assert store.faults() == []
        with (
            pytest.raises(StoreTrouble, match="cannot be opened or written") as told,
            Store.open(home) as store,
        ):
            store.own.set("place", "DE")
        is_told_well(told.value, home / "withhold.db")
        assert "chmod" in told.value.tip
        assert "WITHHOLD_HOME" in told.value.tip
        assert {one.name for one in home.iterdir()} == {"withhold.db", "evidence"}


def test_a_read_only_folder_with_newer_rows_in_the_log_is_not_read_without_them(
    nobodys_home: Path, unprivileged: Unprivileged
) -> None:
    home = nobodys_home
    with unprivileged():
        with Store.open(home) as store:
            store.own.set("place", "DE")
            log = (home / "withhold.db-wal").read_bytes()
        (home / "withhold.db-wal").write_bytes(log)
        (home / "withhold.db").chmod(0o400)
        home.chmod(0o500)
        with pytest.raises(StoreTrouble, match="cannot be opened"):
            Store.read(home)


def test_a_folder_that_may_not_be_entered_is_told_not_taken_for_empty(
    nobodys_home: Path, unprivileged: Unprivileged
) -> None:
    home = nobodys_home
    home.chmod(0o000)
    with unprivileged():
        for open_ in (Store.exists, Store.read, Store.open):
            with pytest.raises(StoreTrouble, match="Permission denied") as told:
                open_(home)
            is_told_well(told.value, home / "withhold.db")


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "home"):
        assert not Store.exists(home)
        with pytest.raises(StoreTrouble) as told:
            Store.open(home)
        is_told_well(told.value, home / "withhold.db")


def test_a_full_disk_is_told_and_nothing_is_half_written(
    store: Store, now: datetime, seen: Seen
) -> None:
    store.observations.record(seen(), now)
    pages = store._opened.rows("PRAGMA page_count")[0][0]
    store._opened.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreTrouble, match="no room left") as told:
        store.observations.record_all([seen(value="z" * 4000) for _ in range(99)], now)
    is_told_well(told.value, store.path)
    store._opened.rows("PRAGMA max_page_count = 4294967294")
    assert len(store.observations.all()) == 1
    assert store.observations.verify().ok


# What is told, and what crashes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no room left"),
        (
            OSError(errno.EROFS, "Read-only file system", "/h/evidence/x"),
            "/h/evidence/x: Read-only",
        ),
        (PermissionError(errno.EACCES, "Permission denied"), "(Permission denied)"),
    ],
)
def test_trouble_of_the_file_system(why: OSError, told: str) -> None:
    with pytest.raises(StoreTrouble) as raised, troubles(Path("/h/withhold.db")):
        raise why
    assert told in raised.value.message
    is_told_well(raised.value, Path("/h/withhold.db"))
    assert raised.value.__cause__ is why


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_BUSY, "locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "locked"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_NOTADB, "damaged"),
        (sqlite3.SQLITE_FULL, "no room left"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "cannot be opened or written"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened or written"),
        (sqlite3.SQLITE_IOERR_WRITE, "cannot be opened or written"),
    ],
)
def test_trouble_of_sqlite(code: int, told: str) -> None:
    why = sqlite3.OperationalError("as SQLite says")
    why.sqlite_errorcode = code
    with pytest.raises(StoreTrouble, match=told) as raised, troubles(Path("/h/withhold.db")):
        raise why
    is_told_well(raised.value, Path("/h/withhold.db"))


@pytest.mark.parametrize("sql", ["SELEKT 1", "SELECT nosuchfunction()"])
def test_an_error_of_this_program_crashes(store: Store, sql: str) -> None:
    with pytest.raises(sqlite3.OperationalError):
        store._opened.rows(sql)


def test_other_errors_pass_as_they_are() -> None:
    for why in (ValueError("x"), StoreTrouble("x"), KeyError("x")):
        with pytest.raises(type(why)) as raised, troubles(Path("/h")):
            raise why
        assert raised.value is why


def test_paths_with_blanks_are_quoted_in_tips(tmp_path: Path) -> None:
    home = tmp_path / "my home"
    home.mkdir()
    (home / "withhold.db").write_bytes(b"not a database")
    with pytest.raises(StoreTrouble) as told:
        Store.open(home)
    assert f"'{home}/withhold.db'* '{home}/aside'" in told.value.tip
