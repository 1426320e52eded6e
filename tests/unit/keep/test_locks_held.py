"""A look at a store drops no lock that the same process has on it.

POSIX drops every lock that a process has on a file when it closes any handle of that file
(https://www.sqlite.org/howtocorrupt.html, 2.2). Another process would then take itself for the last
one that has the database open, fold the log in and delete it under the hands of the first. That is
asked of another process, by the standard library's sqlite3: who is the last deletes the log.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from withhold.keep import Store
from withhold.keep.private import FILE
from withhold.keep.vault_card import first_octets
from withhold.verbs.forgotten_files import files, is_sealed, streams

OTHER = """
import sqlite3, sys
from pathlib import Path
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
db.close()
print("it was the last" if not Path(sys.argv[1] + "-wal").exists() else "others have it open")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Store.open(tmp_path):
        pass
    return tmp_path


def another_process(home: Path) -> str:
    """What it finds out when it opens and closes the database."""
    ran = subprocess.run(
        [sys.executable, "-c", OTHER, str(home / FILE)], capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def test_where_nobody_has_it_open_another_process_is_the_last(home: Path) -> None:
    assert another_process(home) == "it was the last"


def test_an_open_store_is_known_to_others(home: Path) -> None:
    with Store.open(home):
        assert another_process(home) == "others have it open"


def test_also_after_it_was_read_meanwhile(home: Path) -> None:
    with Store.open(home):
        with Store.read(home):
            pass
        assert another_process(home) == "others have it open"


def test_also_after_it_was_opened_a_second_time(home: Path) -> None:
    with Store.open(home):
        with Store.open(home):
            pass
        assert another_process(home) == "others have it open"


def test_also_after_a_look_at_its_first_octets(home: Path) -> None:
    with Store.open(home):
        for _ in range(3):
            assert first_octets(home / FILE) == b"SQLite format 3\0"
        assert another_process(home) == "others have it open"


def test_also_after_all_its_files_were_searched(home: Path) -> None:
    with Store.open(home):
        for one in files(home):
            for _, octets in streams(one):
                assert sum(map(len, octets)) == one.size
        assert another_process(home) == "others have it open"


def test_looks_at_one_file_hold_one_handle(home: Path) -> None:
    handles = Path("/dev/fd")
    if not handles.is_dir():
        pytest.skip("no folder of open handles")
    looks = (is_sealed, lambda home: first_octets(home / FILE))
    after = []
    for look in looks * 3:
        look(home)
        after.append(len(list(handles.iterdir())))
    assert set(after) == {after[0]}


def test_a_file_that_took_its_place_is_looked_at_anew(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert first_octets(path) == b""
    path.write_bytes(b"0123456789abcdef and more")
    assert first_octets(path) == b"0123456789abcdef"
    (tmp_path / "b").write_bytes(b"fedcba9876543210")
    (tmp_path / "b").replace(path)
    assert first_octets(path) == b"fedcba9876543210"
