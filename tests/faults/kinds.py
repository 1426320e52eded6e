"""The kinds of faults: what happens to a run, and how it is judged after."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from tests.faults import oracle
from tests.faults.children import Child, begin, command_line
from tests.faults.clock import jumping
from tests.faults.judge import (
    Found,
    at_once,
    doctor,
    failures_are_told,
    goes_on,
    is_done,
    told_in_one_line,
)
from tests.faults.plan import Plan, Watching, comparable, first_of, less, same, too_slow
from tests.faults.world import World


class NotMet(Exception):
    """The run ended before the fault met it: it does not count."""


def killed(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """SIGKILL at a random moment of its time, or right after one of its writes."""
    child = begin(plan.verb.run(world, port), world.home, world.work, world.streams / "killed")
    _wait(child, world, plan, chance)
    child.kill(group=chance.random() < 0.5)
    ran = child.wait()
    if not ran.killed:
        raise NotMet
    found = Found()
    done = at_once(world, plan, ran, found)
    goes_on(world, plan, port, done, found)
    return found


def _wait(child: Child, world: World, plan: Plan, chance: random.Random) -> None:
    if plan.writes and chance.random() < 0.5:
        watching, left = Watching(world.folder), chance.randint(1, plan.writes)
        watching.changed()
        while left and not child.over():
            left -= watching.changed()
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.003)
    else:
        until = child.begun + chance.random() * plan.seconds
        while time.monotonic() < until and not child.over():
            time.sleep(0.0005)


def limited(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """No file may grow over so many octets (RLIMIT_FSIZE): a disk that is full in one file."""
    largest = max((one.stat().st_size for one in world.folder.rglob("*")), default=0)
    room = chance.randint(1, max(2, plan.octets)) if chance.random() < 0.5 else 0
    size = chance.choice((16_384, 40_000, 40_000, largest)) + room  # what it says fits in
    child = begin(
        plan.verb.run(world, port), world.home, world.work, world.streams / "full", file_size=size
    )
    found = Found()
    ran = child.wait()
    told_in_one_line(ran, plan, found)
    done = at_once(world, plan, ran, found)
    goes_on(world, plan, port, done, found)
    return found


def jumped(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """The clock jumps by ten years, back or forward, at a random look at it."""
    years, at = chance.choice((-10, 10)), chance.randint(0, 6)
    child = begin(
        plan.verb.run(world, port),
        world.home,
        world.work,
        world.streams / "clock",
        first=lambda: jumping(years, at),
    )
    ran = child.wait()
    found = Found()
    told_in_one_line(ran, plan, found)
    if ran.code not in plan.verb.codes:  # it may refuse what lies in the future, and say so
        done = at_once(world, plan, ran, found)
        goes_on(world, plan, port, done, found)
        return found
    found.chain += oracle.chain_faults(world.home) + oracle.search_faults(world.home)
    failures_are_told(world, ran.out, found)
    kinds = oracle.by_table
    end, now = comparable(plan.end, oracle.rows_of(world.home))
    found.lost += oracle.evidence_faults(world.home)
    if missing := less(kinds(end), kinds(now)):
        found.lost.append(f"after {years} years: {first_of(missing)}")
    if more := less(kinds(now), kinds(end)):
        found.doubled.append(f"after {years} years: {first_of(more)}")
    if plan.names - set(oracle.files_of(*plan.verb.written(world))):
        found.lost.append("files were not written")
    begin(plan.verb.run(world, port), world.home, world.work, world.streams / "later").wait()
    later = oracle.rows_of(world.home)
    if missing := less(kinds(now), kinds(later)):
        found.lost.append(f"by the right clock: {first_of(missing)}")
    found.chain += oracle.chain_faults(world.home)
    said = doctor(world)
    if said.code or "the chain verifies" not in said.out:
        found.doctor.append(said.out[-300:])
    return found


def together(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """The same command twice at once: both end, in their work or in a line that says why not."""
    verb, found = plan.verb, Found()
    both = []
    for number in range(2):
        both.append(
            begin(verb.run(world, port), world.home, world.work, world.streams / f"at{number}")
        )
        time.sleep(chance.random() * plan.seconds * 0.5)
    ended = [one.wait() for one in both]
    for ran in ended:
        told_in_one_line(ran, plan, found)
    if not any(ran.code in verb.codes for ran in ended):
        found.lost.append(f"none of two did it: {ended[0].err[-200:]} {ended[1].err[-200:]}")
    failures_are_told(world, "".join(ran.out for ran in ended if ran.code in verb.codes), found)
    now = oracle.rows_of(world.home)
    found.chain += oracle.chain_faults(world.home) + oracle.search_faults(world.home)
    most = plan.end | plan.again if verb.repeats else plan.end
    if missing := less(plan.end, now):
        found.lost.append(f"of two at once: {first_of(missing)}")
    if more := less(now, most):
        found.doubled.append(f"of two at once: {first_of(more)}")
    done = is_done(world, plan, now)
    goes_on(world, plan, port, done, found, twice=verb.repeats and not same(now, plan.end))
    return found


def beside_another(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """Another command writes into the same store meanwhile: both have done their work after."""
    found = Found()
    child = begin(plan.verb.run(world, port), world.home, world.work, world.streams / "one")
    time.sleep(chance.random() * plan.seconds)
    other = begin(command_line(_OTHER), world.home, world.work, world.streams / "other").wait()
    ran = child.wait()
    told_in_one_line(ran, plan, found)
    if ran.code not in plan.verb.codes or other.code:
        found.lost.append(f"{ran.code} {ran.err[-200:]} and {other.code} {other.err[-200:]}")
    now = oracle.rows_of(world.home)
    found.chain += oracle.chain_faults(world.home) + oracle.search_faults(world.home)
    found.lost += oracle.evidence_faults(world.home)
    failures_are_told(world, ran.out, found)
    if missing := less(plan.end, now):
        found.lost.append(f"beside another command: {first_of(missing)}")
    more = sorted(one for one in less(now, plan.end))
    if len(more) != 2 or more[0] != "observation {}" or _OTHER_DAY not in more[1]:
        found.doubled.append(f"beside another command: {first_of(more, 4)}")
    said = doctor(world)
    if said.code or "the chain verifies" not in said.out:
        found.doctor.append(said.out[-300:])
    return found


_OTHER_DAY = "2026-02-03"
_OTHER = ("done", "linkedin/ai-training-toggle", "--on", _OTHER_DAY)


def copied(world: World, plan: Plan, port: int, chance: random.Random) -> Found:
    """The database is copied while it is written, and opened elsewhere: sound, or told damaged."""
    found = Found()
    names = chance.choice((
        (oracle.DATABASE,),
        (oracle.DATABASE, f"{oracle.DATABASE}-wal"),
        (f"{oracle.DATABASE}-wal", oracle.DATABASE),
        (oracle.DATABASE, f"{oracle.DATABASE}-wal", f"{oracle.DATABASE}-shm"),
    ))  # fmt: skip
    child = begin(plan.verb.run(world, port), world.home, world.work, world.streams / "copied")
    _wait(child, world, plan, chance)
    if child.over():
        child.wait()
        raise NotMet
    elsewhere = World(world.folder.parent / f"{world.folder.name}-copy")
    elsewhere.work.mkdir(parents=True)
    elsewhere.home.mkdir(mode=0o700)
    try:
        for name in names:
            if (world.home / name).exists():
                shutil.copyfile(world.home / name, elsewhere.home / name)
                (elsewhere.home / name).chmod(0o600)
            time.sleep(chance.random() * 0.01)
        for name in ("evidence", "responses"):
            if (world.home / name).is_dir():
                shutil.copytree(world.home / name, elsewhere.home / name, copy_function=_as_it_goes)
        told_in_one_line(child.wait(), plan, found)
        said = doctor(elsewhere)
        if said.code == 0:
            _sound(elsewhere, plan, found, said.out)
        elif said.code != 1 or "Traceback" in said.err or "FAIL store" not in said.out:
            found.doctor.append(f"of a copy: {said.code} {said.out[-200:]}{said.err[-300:]}")
    finally:
        child.kill(group=True)
        elsewhere.gone()
    return found


def _as_it_goes(one: str, to: str) -> None:
    """A file that is renamed meanwhile is not there any more, as for whoever copies a folder.

    The rows were copied before: what they name was whole by then, under its last name.
    """
    with suppress(FileNotFoundError):
        shutil.copy2(one, to)


def _sound(elsewhere: World, plan: Plan, found: Found, said: str) -> None:
    """A copy that was told to be in order is: its rows are of one moment of the run."""
    try:
        now = oracle.rows_of(elsewhere.home)
        found.chain += oracle.chain_faults(elsewhere.home)
        found.chain += oracle.search_faults(elsewhere.home)
    except oracle.Broken as why:
        found.doctor.append(f"takes a broken copy for sound ({why}): {said[-200:]}")
        return
    found.too_slow |= too_slow(now)
    stays = plan.before - (plan.before - plan.end)
    if missing := less(stays, now):
        found.lost.append(f"of a copy told to be sound: {first_of(missing)}")
    if more := less(now, plan.before | plan.end):
        found.doubled.append(f"of a copy told to be sound: {first_of(more)}")


KINDS: Mapping[str, Callable[[World, Plan, int, random.Random], Found]] = {
    "kill -9": killed,
    "no room in a file": limited,
    "clock jumps": jumped,
    "two at once": together,
    "another at once": beside_another,
    "copied meanwhile": copied,
}
"""What needs nothing but a process; ``disks.py`` has those that need a disk of their own."""
