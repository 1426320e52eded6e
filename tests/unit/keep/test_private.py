"""Modes of folders and files, under any umask, and the files of others left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from withhold.errors import StoreTrouble
from withhold.keep import Store, private
from withhold.words import Account


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_all_that_is_made_is_private(home: Path, now: datetime) -> None:
    with Store.open(home) as store:
        store.own.add_account(Account(platform="x"), now)
        store.evidence.keep(b"page", "page.html")
        made = {one.relative_to(home).as_posix(): mode(one) for one in home.rglob("*")}
    assert mode(home) == 0o700
    assert made.pop("evidence") == 0o700
    assert {"withhold.db", "withhold.db-wal", "withhold.db-shm"} < made.keys()
    assert len(made) == 4
    assert set(made.values()) == {0o600}


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_the_database_is_private_from_its_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    monkeypatch.setattr(private, "_close_to_others", lambda *_: None)  # no repair afterwards
    before = os.umask(umask)
    try:
        private.make_database(tmp_path / "withhold.db")
        private.write(tmp_path / "file", b"page")
    finally:
        os.umask(before)
    assert mode(tmp_path / "withhold.db") == mode(tmp_path / "file") == 0o600


def test_folders_above_are_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a" / "b" / "home"):
        assert Store.exists(tmp_path / "a" / "b" / "home")


def test_an_empty_folder_is_closed_to_others(home: Path) -> None:
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    with Store.open(home):
        assert mode(home) == 0o700


def test_what_was_opened_to_others_is_closed_again(home: Path) -> None:
    with Store.open(home):
        pass
    for path, loose in ((home, 0o755), (home / "evidence", 0o777), (home / "withhold.db", 0o644)):
        path.chmod(loose)
    with Store.open(home):
        assert mode(home) == mode(home / "evidence") == 0o700
        assert mode(home / "withhold.db") == 0o600


def test_a_folder_with_files_of_others_keeps_its_mode(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    (home / "letters.txt").write_text("hello")
    with Store.open(home):
        assert mode(home) == 0o755
        assert mode(home / "withhold.db") == 0o600
        assert mode(home / "evidence") == 0o700
    assert (home / "letters.txt").read_text() == "hello"


def test_a_home_that_is_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "disk")
    with Store.open(tmp_path / "home"):
        assert (tmp_path / "disk" / "withhold.db").is_file()


def test_a_log_without_its_database_is_never_replayed_into_a_new_one(home: Path) -> None:
    with Store.open(home) as store:
        store.own.set("place", "DE")
        log = (home / "withhold.db-wal").read_bytes()
    assert log
    (home / "withhold.db").unlink()
    (home / "withhold.db-wal").write_bytes(log)
    with pytest.raises(StoreTrouble, match=r"withhold\.db-wal is still there") as told:
        Store.open(home)
    assert "mv" in told.value.tip
    assert not Store.exists(home)
    assert (home / "withhold.db-wal").read_bytes() == log
    (home / "withhold.db").touch()
    for open_ in (Store.open, Store.read):
        with pytest.raises(StoreTrouble, match="gone or empty"):
            open_(home)
    assert (home / "withhold.db-wal").read_bytes() == log


def test_a_private_file_replaces_an_old_one_whole(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old, and longer than the new")
    file.chmod(0o644)
    private.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert mode(file) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    private.write(file, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("withhold.keep.private.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        private.write(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_half_a_file_of_a_crash_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".file.{os.getpid()}.new").write_bytes(b"half")
    private.write(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert len(list(tmp_path.iterdir())) == 1
