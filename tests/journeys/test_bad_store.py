"""A store that is locked, damaged or may not be written: nothing lost, the way back printed."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.run import command, complains, files, here

DONE = ("done", "linkedin/ai-training-toggle")
ASKING = (("check",), ("plan",), ("status",), ("own", "list"), ())
WRITING = (DONE, ("own", "set", "place", "DE"), ("own", "forget", "--all", "--yes"))


def _random(file: Path) -> None:
    file.write_bytes(os.urandom(8192))


def _text(file: Path) -> None:
    file.write_text("this was never a database\n" * 9)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _head_gone(file: Path) -> None:
    file.write_bytes(os.urandom(100) + file.read_bytes()[100:])


DAMAGE: list[Callable[[Path], None]] = [_random, _text, _cut, _head_gone]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_nothing_is_deleted_and_the_way_back_works(
    begun: Path, damage: Callable[[Path], None]
) -> None:
    damage(begun / "withhold.db")
    before = files(begun)
    for said in (*ASKING, *WRITING):
        complains(here(*said), 1, "damaged", str(begun / "withhold.db"), "mv ")
    assert files(begun) == before
    doctor = here("doctor")
    assert doctor.code == 1
    assert "FAIL store: " in doctor.out
    # the line that is printed is the way back: it moves all of it aside, and one can start anew
    line = re.search(r"mkdir .* && mv .*$", here("check").err, re.MULTILINE)
    assert line
    subprocess.run(["sh", "-c", line[0]], check=True)
    assert (begun / "aside" / "withhold.db").read_bytes() == before["withhold.db"][1]
    here("start", "--in", "DE", "--platforms", "x", "--audience", "public").ok()


def test_locked_by_another_process(begun: Path) -> None:
    before = files(begun)["withhold.db"]
    other = sqlite3.connect(begun / "withhold.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        complains(command(*DONE), 1, "locked", str(begun / "withhold.db"), "again")
        assert "LinkedIn" in command("status").ok().out  # who only reads need not wait
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert files(begun)["withhold.db"] == before
    here(*DONE).ok()
    assert "obs-1: linkedin/ai-training-toggle" in here("own", "list").ok().out


def test_a_home_that_may_not_be_written(begun: Path) -> None:
    before = files(begun)
    modes = {one: one.stat().st_mode for one in (begun, *begun.rglob("*"))}
    for one in modes:
        one.chmod(0o500 if one.is_dir() else 0o400)
    try:
        complains(command(*DONE, as_if_not_root=True), 1, str(begun), "WITHHOLD_HOME")
        assert "LinkedIn" in command("status", as_if_not_root=True).ok().out
    finally:
        for one, mode in modes.items():
            one.chmod(mode)
    assert files(begun) == before


def test_a_home_that_may_not_be_made(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    env = {"WITHHOLD_HOME": str(closed / "home")}
    closed.chmod(0o500)
    try:
        ran = command(*DONE, env=env, as_if_not_root=True)
        complains(ran, 1, str(closed / "home"), "WITHHOLD_HOME")
    finally:
        closed.chmod(0o700)
    assert list(closed.iterdir()) == []


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    for home in (file, file / "home"):
        complains(command(*DONE, env={"WITHHOLD_HOME": str(home)}), 1, str(home), "WITHHOLD_HOME")
    assert file.read_text() == "not a folder"


def test_a_home_with_a_strange_name(tmp_path: Path) -> None:
    home = tmp_path / "a 'strange' $name"
    env = {"WITHHOLD_HOME": str(home)}
    command("own", "set", "place", "DE", env=env).ok()
    (home / "withhold.db").write_bytes(b"x" * 5000)
    ran = command("own", "list", env=env)
    complains(ran, 1, "damaged")
    words = shlex.split(ran.err.split("start a new one: ")[1])
    assert words[:3] == ["mkdir", str(home / "aside"), "&&"]


def test_evidence_that_cannot_be_read_leaves_no_observation(begun: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text("x")
    letter.chmod(0)
    before = files(begun)["evidence"]
    ran = command(*DONE, "--evidence", letter, as_if_not_root=True)
    complains(ran, 2, str(letter))
    assert files(begun)["evidence"] == before
    assert "obs-" not in here("own", "list").ok().out
