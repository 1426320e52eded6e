"""What an undisturbed run does: the rows and files before and after it, its time and its writes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
    octets = _octets(second.folder) - size
    begin(verb.run(second, port), second.home, second.work, second.streams / "third").wait()
    again = oracle.rows_of(second.home)
    second.gone()
    return Plan(
        verb=verb,
        seconds=ran.seconds,
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
    return list((more - fewer).elements())
