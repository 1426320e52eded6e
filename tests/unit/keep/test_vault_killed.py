"""The vault is killed before each of its steps, and changed beside a program that writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.unit.keep.vault_made import (
    is_plain,
    is_tidy,
    is_whole,
    quiet,
)

from withhold.errors import StoreTrouble
from withhold.keep import Store, key_place, vault

WRITER = """
import sys, time
from datetime import UTC, date, datetime
from pathlib import Path
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.words import Observation
number = 0
while not Path(sys.argv[1], "..", "enough").exists():
    number += 1
    time.sleep(0.005)  # who writes without a pause lets nobody else in
    seen = Observation(control="reddit/none", value=f"n{number}", on=date(2026, 8, 22), how="told")
    try:
        with Store.open(Path(sys.argv[1])) as store:
            store.observations.record(seen, datetime.now(UTC))
    except StoreTrouble:
        continue
    print(f"n{number}", flush=True)
print("end", flush=True)
"""


@pytest.mark.long
def test_what_others_were_told_is_saved_is_there_whatever_the_vault_does(filled: Path) -> None:
    """A program writes all the time; the vault goes on, to another key and off beside it."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(filled)], stdout=subprocess.PIPE, text=True
    ) as writer:
        changes, works = 0, (vault.turn_on, vault.rotate, vault.turn_off)
        try:
            for _ in range(400):
                with suppress(StoreTrouble):  # the other one was faster
                    works[changes % 3](filled, quiet)
                    changes += 1
                if changes == 6:
                    break
        finally:
            (filled.parent / "enough").touch()
        out, _ = writer.communicate(timeout=300)
    told = out.split()
    assert told.pop() == "end"
    with Store.open(filled) as store:
        seen = [one.value for one in store.observations.all()]
        assert store.faults() == []
    assert seen[2:] == told
    assert changes >= 3
    print(f"{len(told)} written beside {changes} changes")


STEPS = {"execute", "fsync", "replace", "link", "unlink", "write", "open", "close", "fchmod"}
"""C functions before which a process is killed: all that reaches the disk goes through them."""


def killed(at: int, work: Callable[[], object]) -> bool:
    """Runs it in a fork that dies by SIGKILL before its step ``at``; False: it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    left = at

    def look(frame: object, event: str, function: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(function, "__name__", "") in STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)

    try:
        sys.setprofile(look)
        work()
        sys.setprofile(None)
        os._exit(0)
    except BaseException:
        os._exit(1)


@pytest.fixture(params=["on", "off", "rotate"])
def going(
    request: pytest.FixtureRequest, filled: Path, key_file: Path, tmp_path: Path
) -> tuple[Path, Callable[[], object]]:
    """A home of before, and what is to be done to it again and again."""
    if request.param != "on":
        vault.turn_on(filled, quiet)
    work = {"on": vault.turn_on, "off": vault.turn_off, "rotate": vault.rotate}[request.param]
    return filled, lambda: work(filled, quiet)


def kill_at_each(
    home: Path, work: Callable[[], object], key_file: Path, tmp_path: Path, steps: range
) -> tuple[int, set[bool]]:
    """Kills at these steps, each time from the same beginning; how often, and what came of it."""
    import shutil

    before, key = tmp_path / "before", key_file.read_bytes() if key_file.exists() else b""
    home.rename(before)
    kills, kinds = 0, set()
    for at in steps:
        shutil.copytree(before, home)
        key_file.parent.mkdir(exist_ok=True)
        key_file.unlink(missing_ok=True)
        if key:
            key_file.write_bytes(key)
            key_file.chmod(0o600)
        key_place._have.clear()
        ended = not killed(at, work)
        is_whole(home)
        is_tidy(home)
        kinds.add(is_plain(home))
        lines = key_file.read_text().splitlines() if key_file.exists() else []
        names = [line.split()[0] for line in lines]
        kept = json.loads((home / "vault.json").read_text())["keys"] if not is_plain(home) else []
        assert names == kept
        shutil.rmtree(home)
        if ended:
            return kills, kinds
        kills += 1
    return kills, kinds


def test_killed_at_some_steps_it_still_opens(
    going: tuple[Path, Callable[[], object]], key_file: Path, tmp_path: Path
) -> None:
    kills, _ = kill_at_each(*going, key_file, tmp_path, range(3, 2000, 29))
    assert kills >= 4


@pytest.mark.long
def test_killed_at_every_step_it_still_opens(
    going: tuple[Path, Callable[[], object]], key_file: Path, tmp_path: Path
) -> None:
    kills, _ = kill_at_each(*going, key_file, tmp_path, range(2000))
    assert 100 < kills < 2000
    print(f"{kills} kills, none lost")
