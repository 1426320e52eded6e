"""Whoever has the disk, or a copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.unit.keep.posts_made import archive, post, take
from withhold.keep import Store
from withhold.words import Account

NOW = datetime(2026, 8, 22, 10, 0, tzinfo=UTC)


def test_a_plain_store_is_read_by_anybody(tmp_path: Path) -> None:
    """The page says that it is not protected; where this fails, the page is to be mended."""
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(Account(platform="reddit", name="ada"), NOW)
        take(store, [post("1", text="of my illness")], "reddit:ada", of=archive("a"))
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy" / "withhold.db")) as stolen:
        assert stolen.execute("SELECT text FROM post").fetchall() == [("of my illness",)]
