"""The command line of the fuzzing: ``python -m tests.fuzz`` lists what there is.

``--seconds 600`` runs every target two at a time, ``--only robots`` some; ``--ci`` all of them
shortly; ``--json FILE --until 600`` each for what it lacks of so much; ``--repeat FILE`` one input
with its traceback. Exit code 1 where anything crashed, 2 where nothing was chosen.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
import time
from pathlib import Path

from tests.fuzz import ci, corpora, kept, table
from tests.fuzz.judging import in_time
from tests.fuzz.running import Outcome, run_all
from tests.fuzz.target import Target
from tests.fuzz.targets import every


def main(words: list[str]) -> int:
    """The exit code."""
    said = _asked(words)
    known = every()
    if said.repeat:
        return _repeat(said.repeat, said.only, known)
    chosen = [
        known[name]
        for name in known
        if not said.only or any(name == one or name.startswith(f"{one}-") for one in said.only)
    ]
    if not chosen:
        print(f"no target is called {' '.join(said.only)}; there are {', '.join(known)}")
        return 2
    if said.seeds:
        for _, target in chosen:
            print(f"{target.name}: {corpora.seed(target)} seeds")
        return 0
    if said.keep:
        for module, target in chosen:
            print(f"{target.name}: {corpora.keep(module, target)} inputs kept", flush=True)
        return 0
    try:
        before = kept.read(said.json)
    except kept.NotResults as why:
        print(why, file=sys.stderr)
        return 2
    if turns := _turns(chosen, said, before):
        return _run(turns, said, before)
    if said.json and said.markdown:
        said.markdown.write_text(table.markdown(before.values()), "utf-8")
    elif said.until:
        print(f"every target has its {said.until} seconds")
    else:
        for _, target in chosen:
            print(f"{target.name:20} {target.law}")
    return 0


def _turns(
    chosen: list[tuple[str, Target]], said: argparse.Namespace, before: dict[str, kept.Kept]
) -> list[ci.Turn]:
    """Who runs, and how long; what has most to do first."""
    if said.ci:
        return ci.turns(chosen)
    found = []
    for module, target in chosen:
        seconds = said.seconds
        if said.until:
            had = before[target.name].quiet if target.name in before else 0
            missing = math.ceil(said.until - had)
            seconds = min(missing, seconds or missing)
        if seconds > 0:
            found.append((module, target, seconds))
    return sorted(found, key=lambda one: -one[2])


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=0, help="run each target for so long")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="some targets")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="processes (2)")
    parser.add_argument("--ci", action="store_true", help="the riskiest 10 s, the others shortly")
    parser.add_argument("--json", type=Path, metavar="FILE", help="adds the results to a file")
    parser.add_argument(
        "--until", type=int, default=0, metavar="N",
        help="run each for what the file of --json lacks of N seconds without a crash; with"
        " --seconds at most so long now",
    )  # fmt: skip
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="all results as a table")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="one input, with its traceback")
    parser.add_argument("--seeds", action="store_true", help="write the corpora's seeds again")
    parser.add_argument("--keep", action="store_true", help="take small inputs that were found in")
    said = parser.parse_args(words)
    if said.until and not said.json:
        parser.error("--until needs --json FILE")
    return said


def _run(turns: list[ci.Turn], said: argparse.Namespace, before: dict[str, kept.Kept]) -> int:
    began, commit = time.monotonic(), kept.commit()
    running: dict[str, str] = {}
    ended: list[Outcome] = []
    shows = sys.stderr.isatty()

    def told(name: str, seen: dict[str, str]) -> None:
        running[name] = f"{name} {int(seen['runs']):,} runs, {seen.get('edges', 0)} edges"
        if shows:
            left = f"{len(ended)} of {len(turns)} done, {time.monotonic() - began:.0f} s; "
            print(f"\r\033[K{(left + '; '.join(running.values()))[:110]}", end="", file=sys.stderr)

    print(table.HEAD)
    for one in run_all(turns, said.at_once, told, *((ci.PATIENCE, ci.SEED) if said.ci else ())):
        running.pop(one.name, None)
        ended.append(one)
        before[one.name] = kept.added(before.get(one.name), one, commit)
        if said.json:
            kept.write(said.json, before.values())
        if shows:
            print("\r\033[K", end="", file=sys.stderr)
        print(table.line(one), flush=True)
    if said.markdown:
        ordered = sorted(before.values(), key=lambda one: one.name)
        said.markdown.write_text(table.markdown(ordered), "utf-8")
    bad = [one for one in ended if one.crashes or one.trouble]
    for one in bad:
        print(table.told(one))
    spent, runs = time.monotonic() - began, sum(one.executions for one in ended)
    print(
        f"{len(ended)} targets, {runs:,} executions, {len(bad)} with something wrong, {spent:.0f} s"
    )
    return 1 if bad else 0


def _repeat(file: Path, only: list[str], known: dict[str, tuple[str, Target]]) -> int:
    name = (
        only[0] if only else next((one for one in file.absolute().parts[::-1] if one in known), "")
    )
    if name not in known:
        print(f"{file}: of which target? --only NAME")
        return 2
    target = known[name][1]
    with in_time(target.seconds):
        target.once(file.read_bytes())
    print(f"{file}: {name} keeps its law")
    return 0


def _ended(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _ended)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
