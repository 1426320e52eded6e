"""Oracles beside the pages: what the command line and the file of the store say of a home."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from tests.journeys.run import command


def said(home: Path, *args: str | Path) -> Any:
    """What a command answers as JSON, in a process of its own."""
    ran = command(*args, "--format", "json", env={"WITHHOLD_HOME": str(home)})
    assert ran.raw, ran.err
    return json.loads(ran.out)


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the file of the store; nothing of ours lies between."""
    store = sqlite3.connect(f"file:{home / 'withhold.db'}?mode=ro", uri=True)
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


def count(home: Path, table: str) -> int:
    """How many rows a table has."""
    return int(rows(home, f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - of the test
