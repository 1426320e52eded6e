"""The oracle itself: a chain made by hand from the documented format, and every way to break it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import oracle, worker
from tests.faults.plan import Plan
from tests.faults.world import World

SALT = b"s" * 32


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three links, the second forgotten."""
    with closing(sqlite3.connect(tmp_path / "withhold.db")) as db, db:
        db.executescript(
            """
            CREATE TABLE observation
                (seq INTEGER PRIMARY KEY AUTOINCREMENT, recorded_at, prev, salted, digest);
            CREATE TABLE payload (seq, salt, body);
            CREATE TABLE tombstone (seq, "on", why);
            """
        )
        before = "0" * 64
        for seq in (1, 2, 3):
            salted = hashlib.sha256(SALT + b'{"n":%d}' % seq).hexdigest()
            text = f"withhold-chain-1\n{before}\n{seq}\n2026-01-0{seq}\n{salted}\n"
            digest = hashlib.sha256(text.encode()).hexdigest()
            row = (seq, f"2026-01-0{seq}", before, salted, digest)
            db.execute("INSERT INTO observation VALUES (?, ?, ?, ?, ?)", row)
            if seq == 2:
                db.execute("INSERT INTO tombstone VALUES (2, '2026-02-01', 'owner')")
            else:
                db.execute("INSERT INTO payload VALUES (?, ?, ?)", (seq, SALT, f'{{"n":{seq}}}'))
            before = digest
    return tmp_path


def test_a_sound_chain_has_no_fault(home: Path) -> None:
    assert oracle.chain_faults(home) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE observation SET recorded_at = '2020-01-01' WHERE seq = 1",
        "UPDATE observation SET digest = prev WHERE seq = 3",
        "UPDATE payload SET body = '{\"n\":7}' WHERE seq = 3",
        "UPDATE payload SET salt = zeroblob(32) WHERE seq = 1",
        "DELETE FROM payload WHERE seq = 3",
        "DELETE FROM tombstone",
        "DELETE FROM observation WHERE seq = 3",
        "DELETE FROM observation WHERE seq = 1",
        "INSERT INTO payload VALUES (2, zeroblob(32), 'x')",
    ],
)
def test_every_change_is_a_fault(home: Path, change: str) -> None:
    with closing(sqlite3.connect(home / "withhold.db")) as db, db:
        db.execute(change)
    assert oracle.chain_faults(home)


def test_a_damaged_file_is_told(home: Path) -> None:
    path = home / "withhold.db"
    path.write_bytes(path.read_bytes()[:4_096] + b"\xff" * 4_096)
    with pytest.raises(oracle.Broken):
        oracle.chain_faults(home)


def test_what_differs_from_run_to_run_is_left_out() -> None:
    said = "at 2026-11-26T22:10:00.123456+00:00 in WH-7K3Q9D, obs-12, 20261126-221000-2"
    assert oracle.plain(f"{said} on 127.0.0.1:8080") == "at MOMENT in CASE, OBS, RUN on HOST"


def test_modes_and_temporary_files(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for name, mode in (("a", 0o600), ("b", 0o644), (".c.half", 0o600)):
        (home / name).write_bytes(b"")
        (home / name).chmod(mode)
    assert oracle.too_open(home) == ["home/b 644"]
    assert oracle.temporary(home) == [".c.half"]


def test_a_database_that_cannot_be_read_is_counted_and_ends_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise oracle.Broken("non-TEXT value in warc.digest")

    world = World(tmp_path / "world")
    world.work.mkdir(parents=True)
    monkeypatch.setitem(worker.KINDS, "two at once", broken)  # type: ignore[arg-type]
    plan: Plan = None  # type: ignore[assignment]
    found, missed = worker.job("two at once", plan, world, tmp_path, 0, "7")
    assert found is not None
    assert found.chain == ["the store cannot be read: non-TEXT value in warc.digest"]
    assert missed == 0
