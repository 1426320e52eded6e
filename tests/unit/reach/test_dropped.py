"""Files that are dropped: private, whole or gone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from withhold.reach.dropped import FOLDER, Dropped, delete, room, sweep


def test_a_file_is_private_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(mode=0o755)
    one, other = Dropped(tmp_path), Dropped(tmp_path, ".html")
    one.write(b"a" * 70_000)
    one.write(b"")
    one.write(b"b")
    one.close()
    assert one.path.read_bytes() == b"a" * 70_000 + b"b"
    assert one.size == 70_001
    assert one.path.name != other.path.name
    assert other.path.suffix == ".html"
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(one.path.parent.stat().st_mode) == 0o700
    other.delete()
    assert list((tmp_path / FOLDER).iterdir()) == [one.path]


def test_what_is_deleted_is_gone_also_twice_and_half_way(tmp_path: Path) -> None:
    file = Dropped(tmp_path)
    file.write(b"half")
    file.delete()
    file.delete()
    delete(file.path)
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_sweep_takes_files_and_follows_no_link(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "mine"
    elsewhere.write_text("stays")
    Dropped(home).close()
    (home / FOLDER / "link").symlink_to(elsewhere)
    assert sweep(home) == 2
    assert list((home / FOLDER).iterdir()) == []
    assert elsewhere.read_text() == "stays"
    assert sweep(tmp_path / "none") == 0


def test_a_folder_that_is_a_link_is_not_swept(tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("stays")
    home = tmp_path / "home"
    home.mkdir()
    (home / FOLDER).symlink_to(elsewhere)
    assert sweep(home) == 0
    assert (elsewhere / "file").exists()


def test_the_room_of_a_home_that_is_not_there_yet(tmp_path: Path) -> None:
    assert room(tmp_path / "a" / "b") == pytest.approx(room(tmp_path), rel=0.2)
    assert room(tmp_path) > 0
