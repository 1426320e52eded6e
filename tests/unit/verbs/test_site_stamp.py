"""Whether a folder is as it was when it was last read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from withhold.verbs.site_folder import stamp_of

SPEAKING = ("robots.txt", "index.html", ".htaccess", "site.conf", "_headers", "Caddyfile")


@pytest.mark.parametrize("name", [*SPEAKING, ".well-known/tdmrep.json"])
def test_a_file_that_speaks_changes_it(tmp_path: Path, name: str) -> None:
    empty = stamp_of(tmp_path)
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"one")
    os.utime(file, ns=(1, 1))
    first = stamp_of(tmp_path)
    os.utime(file, ns=(2, 2))
    second = stamp_of(tmp_path)
    file.unlink()
    assert len({empty, first, second}) == 3
    assert stamp_of(tmp_path) == empty


def test_a_link_to_nothing_hides_no_other_file(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.html").write_bytes(b"x")
        (tmp_path / f"{number}.txt").symlink_to(tmp_path / "nowhere")
    assert len(stamp_of(tmp_path)) == 20


def test_pictures_and_pages_below_are_not_asked(tmp_path: Path) -> None:
    before = stamp_of(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "index.html").write_bytes(b"x")
    assert stamp_of(tmp_path) == before


def test_of_a_folder_that_is_gone_nothing_is_known(tmp_path: Path) -> None:
    assert stamp_of(tmp_path / "nowhere") == ()
