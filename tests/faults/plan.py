"""What an undisturbed run does: the rows and files before and after it, its time and its writes."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import oracle
from tests.faults.children import begin, load, modules_of
from tests.faults.oracle import Rows
from tests.faults.verbs import Verb
from tests.faults.world import World


@dataclass
class Plan:
    """A verb, measured. ``again``: the rows after a second call; ``stable``: the files that two
    runs write alike, with their digests; ``names``: all files that are there in the end."""

    verb: Verb
    seconds: float
    writes: int
    before: Rows
    end: Rows
    again: Rows
    stable: dict[str, str]
    names: set[str]
    before_files: dict[str, str]
    octets: int
    """How much larger the folder is in the end."""


@dataclass
class Watching:
    """Sees when a file appears or grows below a folder."""

    folder: Path
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def changed(self) -> bool:
        """Whether something is new since the last look."""
        now: dict[str, tuple[int, int]] = {}
        stack = [str(self.folder)]
        import os

        while stack:
            try:
                with os.scandir(stack.pop()) as found:
                    for one in found:
                        if one.is_dir(follow_symlinks=False):
                            stack.append(one.path)
                        else:
                            known = one.stat(follow_symlinks=False)
                            now[one.path] = (known.st_size, known.st_mtime_ns)
            except OSError:
                continue
        other = now != self.seen
        self.seen = now
        return other


class TooSlow(Exception):
    """The machine has no time for an undisturbed run: nothing can be compared with it."""


def measured(verb: Verb, world: World, scratch: Path, port: int) -> Plan:
    """Runs it twice in homes of its own, and once more in the last: what a good run leaves."""
    first = world.copied(scratch / "first")
    ran, modules = modules_of(
        verb.run(first, port), first.home, first.work, first.streams / "first"
    )
    _must(verb, ran.code, ran.err)
    load(modules)
    files_first = oracle.files_of(*verb.written(first))
    first.gone()
    second = world.copied(scratch / "second")
    before_files = oracle.files_of(*verb.written(second))
    size = _octets(second.folder)
    watching = Watching(second.folder)
    watching.changed()
    child = begin(verb.run(second, port), second.home, second.work, second.streams / "second")
    writes = 0
    while not child.over():
        writes += watching.changed()
        time.sleep(0.001)
    ran = child.wait()
    _must(verb, ran.code, ran.err)
    end = oracle.rows_of(second.home)
    files = oracle.files_of(*verb.written(second))
    octets, seconds = _octets(second.folder) - size, ran.seconds
    ran = begin(verb.run(second, port), second.home, second.work, second.streams / "third").wait()
    if verb.repeats:
        _must(verb, ran.code, ran.err)
    again = oracle.rows_of(second.home)
    second.gone()
    if too_slow(again):
        raise TooSlow(f"{verb.name}, undisturbed: a policy could not be fetched")
    return Plan(
        verb=verb,
        seconds=seconds,
        writes=writes,
        before=oracle.rows_of(world.home),
        end=end,
        again=again,
        stable={name: sum_ for name, sum_ in files.items() if files_first.get(name) == sum_},
        names=set(files),
        before_files=before_files,
        octets=max(octets, 0),
    )


def _octets(folder: Path) -> int:
    return sum(one.stat().st_blocks * 512 for one in folder.rglob("*") if one.is_file())


def _must(verb: Verb, code: int, err: str) -> None:
    if code not in verb.codes:
        raise RuntimeError(f"{verb.name}, undisturbed, ended with {code}: {err}")


def first_of(rows: Iterable[str], most: int = 2) -> str:
    """Some rows, short, to be told."""
    return "; ".join(one[:160] for one in list(rows)[:most])


def less(more: Rows, fewer: Rows) -> Sequence[str]:
    """What is in the first more often than in the second."""
    more, fewer = comparable(more, fewer)
    return list((more - fewer).elements())


def comparable(one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Both as they are; where a policy could not be fetched in time, that each was looked at.

    Such a look is no loss: it is an observation with its reason, told to the owner (which is
    judged apart). It has no evidence, and the look after it is another. How often each document
    was looked at stays in, so a look that is lost or doubled is still found.
    """
    if not (too_slow(one) or too_slow(other)):
        return one, other
    return _that_it_was_looked_at(one), _that_it_was_looked_at(other)


def same(one: Rows, other: Rows) -> bool:
    """Whether neither has a row that the other has not."""
    one, other = comparable(one, other)
    return one == other


def too_slow(rows: Rows) -> bool:
    """Whether a fetch of a policy ran out of time, as on a machine that has much else to do."""
    return any(look.get("reason") in _OUT_OF_TIME for look in map(_look_of, rows))


_OUT_OF_TIME = ("timeout", "unreachable", "robots-unreachable")
"""All that a server that does answer, as ours, can come to when nobody lets it; what else is
wrong with an answer is a fault."""


def _that_it_was_looked_at(rows: Rows) -> Rows:
    found: Rows = Counter()
    for row, times in rows.items():
        look = _look_of(row)
        if look:
            found[f"payload look at {look['document']}"] += times
        elif not (row.startswith("evidence ") and '"name": "acme/d"' in row):
            found[row] += times
    return found


def _look_of(row: str) -> dict[str, Any]:
    """The look at a policy that a row is the text of; empty for any other row."""
    table, _, said = row.partition(" ")
    if table != "payload" or '"outcome' not in said.replace("\\", ""):
        return {}
    body: dict[str, Any] = json.loads(json.loads(said)["body"])
    return body if {"document", "outcome"} <= body.keys() else {}
