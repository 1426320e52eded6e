"""Disks of their own: a small tmpfs that is really full, or really read-only. For root alone.

Elsewhere a full disk is ``limited`` in ``kinds.py``, and a folder is closed by its modes.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.faults import oracle
from tests.faults.children import begin
from tests.faults.judge import Found, at_once, goes_on, told_in_one_line
from tests.faults.plan import Plan, first_of, less
from tests.faults.world import World

_SIZE = 64 * 1024 * 1024
_FILLER = "filler"


def mounted(folder: Path) -> bool:
    """Mounts a tmpfs there; whether that could be done."""
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=700", "tmpfs", str(folder)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@cache
def can_mount(scratch: Path) -> bool:
    """Whether this process may mount a disk."""
    if os.geteuid():
        return False
    with disk(scratch) as there:
        return there is not None


@contextmanager
def disk(scratch: Path) -> Iterator[Path | None]:
    """A disk of its own, gone at the end; None where none can be had."""
    folder = scratch / f"disk-{os.getpid()}"
    there = mounted(folder)
    try:
        yield folder if there else None
    finally:
        if there:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
        folder.rmdir()


def full(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """So many octets are left on the disk: none, or some of what the run needs."""
    found = Found()
    with disk(world.folder.parent) as there:
        if there is None:
            raise RuntimeError("no disk can be mounted")
        here = world.copied(there / "w")
        known = os.statvfs(there)
        left = chance.choice((0, 0, 1, 2)) * 4096 + chance.randrange(0, plan.octets + 65536, 4096)
        fill = max(0, known.f_bavail * known.f_bsize - left)
        with (there / _FILLER).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, fill)
        ran = begin(plan.verb.run(here, port), here.home, here.work, world.streams / "full").wait()
        (there / _FILLER).unlink()
        told_in_one_line(ran, plan, found)
        done = at_once(here, plan, ran, found)
        goes_on(here, plan, port, done, found)
    return found


def read_only(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """Nothing can be written at all: nothing is changed, and it is said so."""
    del chance
    found = Found()
    with disk(world.folder.parent) as there:
        if there is None:
            raise RuntimeError("no disk can be mounted")
        here = world.copied(there / "w")
        _remount(there, "ro")
        streams = world.streams / "ro"
        ran = begin(plan.verb.run(here, port), here.home, here.work, streams).wait()
        _remount(there, "rw")
        told_in_one_line(ran, plan, found)
        if ran.code in plan.verb.codes:
            found.lost.append(f"ended with {ran.code}, as if it were written: {ran.out[-200:]}")
        other = less(plan.before, oracle.rows_of(here.home))
        if other or less(oracle.rows_of(here.home), plan.before):
            found.lost.append(f"changed: {first_of(other)}")
        goes_on(here, plan, port, False, found)
    return found


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], capture_output=True, check=True)


KINDS: Mapping[str, Callable[[World, Plan, int, random.Random], Found]] = {
    "disk full": full,
    "disk read-only": read_only,
}
