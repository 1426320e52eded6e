"""Dropped files get names again, and none of them leads anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.exports.part_names import grouped
from withhold.reach.dropped import Dropped, sweep
from withhold.reach.dropped_together import gather, release, safe_name


def _dropped(home: Path, body: bytes = b"x") -> Path:
    one = Dropped(home)
    one.write(body)
    one.close()
    return one.path


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("takeout-2026-001.zip", "takeout-2026-001.zip"),
        ("my archive (1).zip", "my archive (1).zip"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\x.zip", "x.zip"),
        ("..", "file"),
        ("", "file"),
        (".hidden", "hidden"),
        ("a\0b\n<c>.zip", "a_b__c_.zip"),
        ("ארכיון.zip", "ארכיון.zip"),
        ("CON.zip", "_CON.zip"),
        ("x" * 400 + ".tar.gz", "x" * 113 + ".tar.gz"[4:]),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    if len(name) > 200:
        assert len(safe_name(name)) <= 120
        assert safe_name(name).endswith(".gz")
    else:
        assert safe_name(name) == safe


def test_files_are_moved_together_and_parts_are_told_again(tmp_path: Path) -> None:
    names = ["t-001.zip", "other.csv", "t-002.zip"]
    found = gather(tmp_path, [(_dropped(tmp_path, one.encode()), one) for one in names])
    assert [one.read_bytes().decode() for one in found] == names
    assert {one.parent for one in found} == {found[0].parent}
    assert found[0].parent.parent == tmp_path / "uploads"
    assert found[0].parent.stat().st_mode & 0o077 == 0
    assert grouped(list(found)) == [(found[0], found[2]), (found[1],)]
    release(found[0].parent)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_one_name_twice_is_two_files(tmp_path: Path) -> None:
    found = gather(tmp_path, [(_dropped(tmp_path, b"1"), "a.zip"), (_dropped(tmp_path), "A.ZIP")])
    assert [one.name for one in found] == ["a.zip", "A (1).ZIP"]
    assert found[0].read_bytes() == b"1"


def test_what_cannot_be_moved_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        gather(tmp_path, [(_dropped(tmp_path), "a.zip"), (tmp_path / "gone", "b.zip")])
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_a_server_left_is_swept_away(tmp_path: Path) -> None:
    gather(tmp_path, [(_dropped(tmp_path), "a.zip")])
    _dropped(tmp_path)
    assert sweep(tmp_path) == 2
    assert list((tmp_path / "uploads").iterdir()) == []


def test_releasing_twice_is_no_trouble(tmp_path: Path) -> None:
    (one,) = gather(tmp_path, [(_dropped(tmp_path), "a.zip")])
    release(one.parent)
    release(one.parent)
    assert not one.exists()
