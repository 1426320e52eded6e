"""The open database: transactions, what is set on it, and its cost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

import withhold
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.keep.opened import APPLICATION, SCHEMA, Opened
from withhold.words import Account, Observation

Seen = Callable[..., Observation]
SRC = Path(withhold.__file__).parent.parent


def python(code: str, *args: str | Path) -> str:
    """What a fresh interpreter prints; its standard error must stay empty."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(SRC), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def opened(store: Store) -> Opened:
    return store._opened


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("query_only", 0),
        ("busy_timeout", 5000),
        ("synchronous", 2),
        ("application_id", APPLICATION),
        ("user_version", SCHEMA),
    ],
)
def test_how_the_store_is_opened(opened: Opened, pragma: str, value: object) -> None:
    assert opened.rows(f"PRAGMA {pragma}") == [(value,)]


def test_all_tables_are_strict(opened: Opened) -> None:
    tables = opened.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite_"))}
    assert set(ours) == {
        "setting",
        "account",
        "audience_change",
        "site",
        "confirmation",
        "observation",
        "payload",
        "tombstone",
        "evidence",
        "unfinished",
        "warc",
        "response",
        "case_record",
        "policy_round",
        "policy_record",
        "archive",
        "post",
        "media",
        "reveal",
        "searched",
        "said_audience",
    }
    assert set(ours.values()) == {1}


def test_a_failed_piece_leaves_nothing(opened: Opened, store: Store) -> None:
    class Stop(Exception):
        pass

    def half() -> None:
        with opened.writing():
            store.own.set("place", "DE")
            raise Stop

    with pytest.raises(Stop):
        half()
    assert store.own.settings() == {}
    store.own.set("place", "GB")  # and the lock is free again
    assert store.own.settings() == {"place": "GB"}


def test_a_piece_inside_a_piece_is_part_of_it(opened: Opened, store: Store, home: Path) -> None:
    with opened.writing():
        store.own.set("place", "DE")
        with Store.read(home) as other:
            assert other.own.settings() == {}
        store.own.set("lang", "de")
    with Store.read(home) as other:
        assert other.own.settings() == {"place": "DE", "lang": "de"}


def test_the_lock_is_taken_at_the_start(opened: Opened, home: Path) -> None:
    with closing(sqlite3.connect(home / "withhold.db", timeout=0, isolation_level=None)) as other:
        with opened.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_a_snapshot_is_of_one_moment(opened: Opened, home: Path) -> None:
    with Store.open(home) as other, opened.snapshot():
        before = opened.rows("SELECT count(*) FROM setting")
        other.own.set("place", "DE")
        assert opened.rows("SELECT count(*) FROM setting") == before
    assert opened.rows("SELECT count(*) FROM setting") == [(1,)]


def test_a_store_for_reading_refuses_to_write(home: Path, now: datetime, store: Store) -> None:
    with Store.read(home) as reader:
        with pytest.raises(RuntimeError, match="opened for reading"):
            reader.own.set("place", "DE")
        with pytest.raises(StoreTrouble):
            reader._opened.rows("DELETE FROM setting")


def test_an_sqlite_without_strict_tables_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreTrouble, match="too old") as told:
        Store.open(home)
    assert "3.37" in told.value.tip


# The switch to the write-ahead log ---------------------------------------------------------------


@pytest.fixture
def writer_without_log(home: Path) -> Iterator[sqlite3.Connection]:
    """Another connection that is writing to a store which lost its write-ahead log."""
    with Store.open(home):
        pass
    with closing(
        sqlite3.connect(home / "withhold.db", isolation_level=None, check_same_thread=False)
    ) as other:
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_the_switch_to_the_log_waits_for_a_writer(
    home: Path, writer_without_log: sqlite3.Connection
) -> None:
    done = threading.Timer(0.2, lambda: writer_without_log.execute("ROLLBACK"))
    done.start()
    with Store.open(home) as store:
        assert store._opened.rows("PRAGMA journal_mode") == [("wal",)]
    done.join()


def test_the_switch_to_the_log_does_not_wait_for_ever(
    home: Path, writer_without_log: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.keep.opened.WAIT", 0.1)
    started = time.monotonic()
    with pytest.raises(StoreTrouble, match="locked"):
        Store.open(home)
    assert 0.1 <= time.monotonic() - started < 3


# What is loaded and made by whom ----------------------------------------------------------------


def test_reading_loads_no_sqlite_utils_and_writing_does(home: Path, now: datetime) -> None:
    with Store.open(home) as store:
        store.own.add_account(Account(platform="x"), now)
    code = """
import sys
from pathlib import Path
from withhold.keep import Store
home = Path(sys.argv[1])
with Store.read(home) as store:
    store.own.accounts(), store.observations.all(), store.observations.verify()
print("sqlite_utils" in sys.modules)
with Store.open(home) as store:
    print("sqlite_utils" in sys.modules)  # nothing to bring up to date
    store.own.set("place", "DE")
print("sqlite_utils" in sys.modules)
"""
    assert python(code, home).split() == ["False", "False", "True"]


def test_asking_whether_a_store_exists_makes_nothing(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from withhold.keep import Store
print(Store.exists(Path(sys.argv[1])), "sqlite_utils" in sys.modules)
"""
    assert python(code, tmp_path / "home").split() == ["False", "False"]
    assert list(tmp_path.iterdir()) == []


def test_reading_leaves_no_files_behind(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home) as store:
        store.observations.record(seen(), now)
    before = {one.name: one.read_bytes() for one in home.iterdir() if one.is_file()}
    with Store.read(home) as store:
        store.observations.all()
    assert {one.name: one.read_bytes() for one in home.iterdir() if one.is_file()} == before
    assert set(before) == {"withhold.db"}


# Two at once ------------------------------------------------------------------------------------

APPEND = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from withhold.keep import Store
from withhold.words import Observation

with Store.open(Path(sys.argv[1])) as store:
    for n in range(int(sys.argv[3])):
        store.observations.record(
            Observation(control="x/y", value=f"{sys.argv[2]}{n}", on=date(2026, 1, 1), how="told"),
            datetime.now(UTC),
        )
"""


@pytest.mark.parametrize("prepared", [True, False])
def test_two_processes_append_to_one_chain(home: Path, prepared: bool) -> None:
    if prepared:
        with Store.open(home):
            pass
    both = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", APPEND, str(home), name, "50"],
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(SRC), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        for name in "ab"
    ]
    told = [one.communicate(timeout=60)[1] for one in both]
    assert told == ["", ""]
    with Store.read(home) as store:
        report = store.observations.verify()
        values = [one.value for one in store.observations.all()]
    assert (report.ok, report.length) == (True, 100)
    for name in "ab":  # each one's own, in its own order, none lost and none twice
        assert [v for v in values if v[0] == name] == [f"{name}{n}" for n in range(50)]


def test_two_processes_that_make_the_store_at_once_make_one(tmp_path: Path) -> None:
    for trial in range(5):
        home = tmp_path / str(trial)
        both = [
            subprocess.Popen(
                [sys.executable, "-c", APPEND, str(home), name, "1"],
                stderr=subprocess.PIPE,
                text=True,
                env={"PYTHONPATH": str(SRC), "PYTHONDONTWRITEBYTECODE": "1"},
            )
            for name in "abc"
        ]
        assert [one.communicate(timeout=60)[1] for one in both] == ["", "", ""]
        with Store.read(home) as store:
            assert (store.observations.verify().length, store.faults()) == (3, [])


def test_a_process_killed_while_writing_loses_only_what_was_not_done(
    home: Path, now: datetime, seen: Seen
) -> None:
    with Store.open(home) as store:
        store.observations.record(seen(), now)
    code = """
import os, sys
from pathlib import Path
from withhold.keep import Store
store = Store.open(Path(sys.argv[1]))
store.own.set("place", "DE")
with store._opened.writing():
    store.own.set("place", "GB")
    store.own.set("lang", "de")
    print("ready", flush=True)
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(SRC)},
    )
    assert (done.returncode, done.stdout) == (-9, "ready\n")
    with Store.read(home) as store:
        assert store.own.settings() == {"place": "DE"}
        assert store.faults() == []


def test_a_look_at_a_page_that_is_just_being_written_is_taken_again(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several processes one may look while another folds its log into the file."""
    path = home / "withhold.db"
    store.own.set("place", "DE")
    assert Path(f"{path}-wal").stat().st_size, "else there is no look at all"
    whole = path.read_bytes()
    path.write_bytes(b"half of a page" + whole[14:])
    monkeypatch.setattr(time, "sleep", lambda _: path.write_bytes(whole))
    with Store.read(home) as other:
        assert other.own.settings() == {"place": "DE"}
