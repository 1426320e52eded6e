"""The example owner's answers of 25 September 2024, compared with a table made by hand.

``three_platforms.toml`` was written by reading ``knowledge/platforms/`` and ``history/``, not by
running the program. It is compared cell by cell, a kind of content for an audience at a time: how
the answers are merged into groups is not its matter, but no cell may be answered twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import withhold

HERE = Path(__file__).parent
REPO = HERE.parents[1]
PLATFORMS = ("linkedin", "reddit", "tumblr")
Cell = tuple[str, str, str, str, str]
Answer = tuple[str, str | None]


def table() -> dict[Cell, Answer]:
    """The table: every cell with its answer and strength."""
    text = (HERE / "three_platforms.toml").read_text(encoding="utf-8")
    cells: dict[Cell, Answer] = {}
    for row in tomllib.loads(text)["row"]:
        for account in row["accounts"]:
            for kind in row["kinds"]:
                for audience in row["audience"]:
                    cell = (account, row["actor"], row["use"], kind, audience)
                    assert cell not in cells, f"twice in the table: {cell}"
                    cells[cell] = (row["answer"], row.get("strength"))
    return cells


def answered() -> dict[Cell, Answer]:
    """What the real command answers, cell by cell."""
    said = ["check", "--owner", "examples/owner.toml", "--when", "2024-09-25", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "withhold", *said],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(Path(withhold.__file__).parents[1])},
        capture_output=True,
        check=True,
        timeout=60,
    )
    cells: dict[Cell, Answer] = {}
    for one in json.loads(done.stdout)["verdicts"]:
        content = one["content"]
        if content.get("platform") not in PLATFORMS:
            continue
        for kind in content["kinds"]:
            for audience in content["audience"]:
                cell = (content["account"], one["actor"], one["use"], kind, audience)
                assert cell not in cells, f"answered twice: {cell}"
                cells[cell] = (one["answer"], one["strength"])
    return cells


@pytest.fixture(scope="module")
def found() -> dict[Cell, Answer]:
    """The answers, asked for once."""
    return answered()


def test_every_cell_of_the_table_is_answered_so(found: dict[Cell, Answer]) -> None:
    wrong = {
        cell: {"table": answer, "answered": found.get(cell)}
        for cell, answer in table().items()
        if found.get(cell) != answer
    }
    assert wrong == {}


def test_nothing_is_answered_that_the_table_does_not_know(found: dict[Cell, Answer]) -> None:
    assert sorted(found.keys() - table().keys()) == []


def test_the_table_has_every_answer_and_each_platform() -> None:
    cells = table()
    assert {answer for answer, _ in cells.values()} == {"allowed", "disallowed", "unknown"}
    assert {account.partition(":")[0] for account, *_ in cells} == set(PLATFORMS)
