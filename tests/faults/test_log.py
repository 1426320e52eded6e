"""Folding the log into the database is stopped after its first page: nothing is damaged by that."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import oracle
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.words import Observation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
COUNT = 60


def seen(number: int) -> Observation:
    """Long enough that each needs a page of its own, or nearly."""
    return Observation(
        control="acme/switch",
        account=f"acme:{number} {'x' * 3_000}",
        value="off",
        on=NOW.date(),
        how="told",
    )


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A home as a kill leaves it: of the log only the first page is in the database."""
    home, left = tmp_path / "lives", tmp_path / "home"
    with Store.open(home) as store:
        store.observations.record(seen(0), NOW)
    with Store.open(home) as store:
        store.observations.record_all(map(seen, range(1, COUNT)), NOW)
        shutil.copytree(home, left)
    wal = (left / "withhold.db-wal").read_bytes()
    size = int.from_bytes(wal[8:12], "big")
    frames = [wal[at : at + 24 + size] for at in range(32, len(wal), 24 + size)]
    first = [one[24:] for one in frames if one[:4] == b"\0\0\0\1" and one[8:16] == wal[16:24]]
    with (left / "withhold.db").open("r+b") as file:
        file.write(first[-1])
    (left / "withhold.db-shm").unlink(missing_ok=True)
    return left


def test_without_its_log_sqlite_takes_the_file_for_damaged(stopped: Path) -> None:
    """So that the others test what they say."""
    address = f"{(stopped / 'withhold.db').as_uri()}?mode=ro&immutable=1"
    with (
        closing(sqlite3.connect(address, uri=True)) as db,
        pytest.raises(sqlite3.DatabaseError, match="malformed"),
    ):
        db.execute("PRAGMA application_id").fetchall()


@pytest.mark.parametrize("opened", [Store.read, Store.open])
def test_nothing_is_lost(stopped: Path, opened: object) -> None:
    with opened(stopped) as store:  # type: ignore[operator]
        assert store.observations.length() == COUNT
        assert store.faults() == []
    assert oracle.chain_faults(stopped) == []
    assert sum(oracle.by_table(oracle.rows_of(stopped)).values()) >= 2 * COUNT


@pytest.mark.parametrize("whole", [0, 40, 2_000])
def test_a_log_that_does_not_explain_it_is_not_folded_in(stopped: Path, whole: int) -> None:
    wal = stopped / "withhold.db-wal"
    wal.write_bytes(wal.read_bytes()[:whole] or b"something else")
    before = wal.read_bytes()
    with pytest.raises(StoreTrouble, match="damaged"):
        Store.read(stopped)
    assert wal.read_bytes() == before
