"""Rounds of looks at policies, as the harness judges them: what is no loss and what is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.journeys.run import PACKAGE, REPO

Said = dict[str, tuple[list[str], bool]]


@pytest.fixture(scope="module")
def said() -> Said:
    """The lines of each pair of calls, and whether a fetch ran out of time."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.rounds"],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(REPO), str(PACKAGE.parent)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: (lines, slow) for name, (lines, slow) in json.loads(done.stdout).items()}


def test_a_kill_between_the_last_look_and_the_end_of_its_round_loses_nothing(said: Said) -> None:
    """The second call goes on with that round, in which nothing is left to be looked at."""
    assert said["killed"] == ([], False)
    assert said["undisturbed"] == ([], False)


def test_a_look_that_the_second_round_drops_is_lost(said: Said) -> None:
    ((line,), _) = said["drops"]
    assert line.startswith("lost: after the same command: observation {}")


def test_a_round_that_never_ends_is_lost(said: Said) -> None:
    assert said["never ends"] == (["lost: round 1 is not ended"], False)


@pytest.mark.parametrize("name", ["late", "late, killed"])
def test_a_fetch_that_ran_out_of_time_and_was_told_is_no_loss(said: Said, name: str) -> None:
    assert said[name] == ([], True)


def test_one_that_was_not_told_is_lost(said: Said) -> None:
    assert said["late, silent"] == (["lost: acme/d1 was not seen, and that was not told"], True)


def test_a_look_that_is_dropped_beside_it_is_lost(said: Said) -> None:
    lines, slow = said["late, drops"]
    assert slow
    assert [one for one in lines if one.startswith("lost: after the same command: observation {}")]


def test_a_failure_that_is_not_of_time_is_a_fault(said: Said) -> None:
    lines, slow = said["another reason"]
    assert not slow
    assert [one for one in lines if one.startswith("lost: ") and "acme/d1" in one]


def test_a_server_that_was_asked_twice_makes_no_other_row(said: Said) -> None:
    assert said["asked twice"] == ([], False)


def test_a_run_that_was_too_slow_is_nothing_to_compare_with(said: Said) -> None:
    assert said["late, undisturbed"] == (["nothing to compare with"], True)
