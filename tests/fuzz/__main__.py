"""The command line of the fuzzing: ``python -m tests.fuzz`` lists what there is.

``--seconds 600`` runs every target two at a time, ``--only robots`` some; ``--repeat FILE`` one
input with its traceback. Exit code 1 where anything crashed, 2 where nothing was chosen.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

import msgspec

from tests.fuzz import corpora, table
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
    if not said.seconds:
        for _, target in chosen:
            print(f"{target.name:20} {target.law}")
        return 0
    return _run(chosen, said)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=0, help="run each target for so long")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="some targets")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="processes (2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results as JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="the results as a table")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="one input, with its traceback")
    parser.add_argument("--seeds", action="store_true", help="write the corpora's seeds again")
    parser.add_argument("--keep", action="store_true", help="take small inputs that were found in")
    return parser.parse_args(words)


def _run(chosen: list[tuple[str, Target]], said: argparse.Namespace) -> int:
    began = time.monotonic()
    running: dict[str, str] = {}
    ended: list[Outcome] = []
    shows = sys.stderr.isatty()

    def told(name: str, seen: dict[str, str]) -> None:
        running[name] = f"{name} {int(seen['runs']):,} runs, {seen.get('edges', 0)} edges"
        if shows:
            left = f"{len(ended)} of {len(chosen)} done, {time.monotonic() - began:.0f} s; "
            print(f"\r\033[K{(left + '; '.join(running.values()))[:110]}", end="", file=sys.stderr)

    print(table.HEAD)
    for one in run_all(chosen, said.seconds, said.at_once, told):
        running.pop(one.name, None)
        ended.append(one)
        if shows:
            print("\r\033[K", end="", file=sys.stderr)
        print(table.line(one), flush=True)
    ended.sort(key=lambda one: one.name)
    if said.json:
        said.json.write_bytes(msgspec.json.format(msgspec.json.encode(ended), indent=1) + b"\n")
    if said.markdown:
        said.markdown.write_text(table.markdown(ended), "utf-8")
    bad = [one for one in ended if one.crashes or one.trouble]
    for one in bad:
        print(table.told(one))
    spent = time.monotonic() - began
    print(f"{len(ended)} targets, {len(bad)} with something wrong, {spent:.0f} s")
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
