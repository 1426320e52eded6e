"""The harness finds what is wrong on purpose, and nothing in a few kills of each command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import jobs, put_into
from tests.faults.broken import BROKEN
from tests.faults.table import Cell, markdown, text
from tests.faults.verbs import VERBS
from tests.journeys.run import PACKAGE, REPO

COLUMNS = ("runs", "lost", "doubled", "chain", "doctor", "left")


def harness(*args: str) -> tuple[int, dict[tuple[str, str], dict[str, int]], str]:
    """Its exit code, the cells of the table that it printed, and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", *args],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(REPO), str(PACKAGE.parent)))},
        capture_output=True,
        text=True,
        check=False,
    )
    cells = {}
    for line in done.stdout.splitlines():
        found = re.fullmatch(r"(.+?)  +(.+?)" + r"  +(\d+)" * 6, line)
        if found:
            kind, verb, *counts = found.groups()
            cells[kind, verb] = dict(zip(COLUMNS, map(int, counts), strict=True))
    return done.returncode, cells, done.stderr


def test_a_kill_of_one_command() -> None:
    code, cells, said = harness("--small", "--kills", "1", "--jobs", "1")
    killed = cells["kill -9", "done"]
    assert (code, killed) == (0, {**dict.fromkeys(COLUMNS, 0), "runs": 1}), said


@pytest.mark.long
def test_what_is_wrong_on_purpose_is_found_out() -> None:
    code, cells, said = harness("--broken", "--kills", "24", "--jobs", "1", "--seed", "3")
    assert code == 1, said
    found = {verb: counts for (_, verb), counts in cells.items()}
    assert found[BROKEN["lost"].name]["lost"] > 0
    assert found[BROKEN["doubled"].name]["doubled"] > 0
    assert found[BROKEN["half"].name]["lost"] + found[BROKEN["half"].name]["left"] > 0
    assert found[BROKEN["chain"].name]["chain"] > 0
    assert "(--seed of it: " in said


@pytest.mark.long
def test_two_kills_of_each_command_and_one_of_each_other_fault() -> None:
    code, cells, said = harness("--kills", "22", "--jobs", "2", "--seed", "4")
    assert code == 0, said
    for verb in VERBS:
        assert cells["kill -9", verb.name] == {**dict.fromkeys(COLUMNS, 0), "runs": 2}
    assert cells["all", "all"]["runs"] >= 22 + 5 * len(VERBS)


def test_a_thousand_kills_are_asked_for_and_every_command_has_its_share() -> None:
    asked = list(jobs(1_000, (), "1", can_mount=True))
    kills = [one for one in asked if one["kind"] == "kill -9"]
    assert len(kills) >= 1_000
    assert {one["verb"] for one in kills} == {one.name for one in VERBS}
    assert len({one["seed"] for one in asked}) == len(asked)
    assert {one["kind"] for one in asked} == {
        *("kill -9", "no room in a file", "clock jumps", "two at once", "another at once"),
        "copied meanwhile",
        *("disk full", "disk read-only"),
    }
    with pytest.raises(SystemExit, match="no command is called so"):
        list(jobs(1, ("nonsense",), "1", can_mount=False))


def test_the_table_counts_runs_and_not_lines() -> None:
    cell = Cell()
    cell.add(())
    cell.add(("lost", "lost", "left"))
    table = {("kill -9", "import"): cell}
    assert text(table).splitlines()[1].split() == ["kill", "-9", "import", *"210001"]
    assert (
        markdown(table, "About.").splitlines()[4] == "| kill -9 | import | 2 | 1 | 0 | 0 | 0 | 1 |"
    )
    assert not cell.clean


def test_the_table_is_put_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "faults.md"
    page.write_text("before\n<!-- faults: begin -->\nold\n<!-- faults: end -->\nafter\n")
    put_into(page, "new\n")
    put_into(page, "newer\n")
    assert page.read_text() == (
        "before\n<!-- faults: begin -->\nnewer\n<!-- faults: end -->\nafter\n"
    )
