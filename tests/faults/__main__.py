"""``python -m tests.faults``: the fault table. Ends with 1 if any cell of it is not zero."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import queue
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults import disks, kinds
from tests.faults.broken import BROKEN
from tests.faults.children import end_all, warm
from tests.faults.table import Cell, markdown, text
from tests.faults.verbs import VERBS
from tests.faults.world import World, made, served

REPO = Path(__file__).resolve().parents[2]
KILLS = 1_034
"""94 a command."""
_SECONDS = 15
"""Between two lines on how far it is, where they do not replace one another."""
OTHERS = 6
"""Runs of each other kind and command."""


def jobs(
    kills: int,
    only: Sequence[str],
    seed: str,
    *,
    can_mount: bool,
    kills_only: bool = False,
    broken: bool = False,
) -> Iterator[dict[str, Any]]:
    """What is asked of the workers: of each command all its kills, then the other kinds."""
    every = BROKEN.values() if broken else VERBS
    verbs = [one.name for one in every if not only or any(it in one.name for it in only)]
    if not verbs:
        raise SystemExit(
            f"no command is called so; there are: {', '.join(one.name for one in every)}"
        )
    per = -(-kills // len(verbs))
    others = [one for one in kinds.KINDS if one != "kill -9"]
    others += list(disks.KINDS) if can_mount else []
    others = [] if broken or kills_only else others
    for name in verbs:  # a worker measures a command once: they come one after the other
        for number in range(per):
            yield {"kind": "kill -9", "verb": name, "seed": f"{seed} {name} kill -9 {number}"}
        for kind in others:
            for number in range(min(OTHERS, -(-per // 4))):
                yield {"kind": kind, "verb": name, "seed": f"{seed} {name} {kind} {number}"}


class Harness:
    """Workers, and what they answered."""

    def __init__(
        self, world: World, port: int, todo: list[dict[str, Any]], *, cold: bool = False
    ) -> None:
        self._world, self._port, self._cold = world, port, cold
        self._todo: queue.Queue[dict[str, Any]] = queue.Queue()
        for one in todo:
            self._todo.put(one)
        self.number = len(todo)
        self.done = 0
        self.table: dict[tuple[str, str], Cell] = {}
        for one in sorted(todo, key=lambda it: (it["kind"] != "kill -9", it["kind"])):
            self.table.setdefault((one["kind"], one["verb"]), Cell())
        self.wrong: list[dict[str, Any]] = []
        self.trouble: list[str] = []
        self.too_slow = 0
        self._lock = threading.Lock()
        self._workers: list[subprocess.Popen[str]] = []

    def run(self, processes: int) -> None:
        """All jobs, by so many processes."""
        threads = [threading.Thread(target=self._feed) for _ in range(processes)]
        for one in threads:
            one.start()
        try:
            self._wait_for(threads)
        except KeyboardInterrupt:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._todo.get_nowait()
            for worker in self._workers:  # each ends what it began, and takes its folder away
                worker.terminate()
            for one in threads:
                one.join()
            raise

    def _wait_for(self, threads: list[threading.Thread]) -> None:
        begun = told = time.monotonic()
        while any(one.is_alive() for one in threads):
            for one in threads:
                one.join(0.5)
            bad = sum(not cell.clean for cell in self.table.values())
            said = f"{self.done} of {self.number} faults, {time.monotonic() - begun:.0f} s"
            end = "\r" if sys.stderr.isatty() else ""
            if end or time.monotonic() - told > _SECONDS:
                told = time.monotonic()
                print(f"{said}, {bad} cells are not zero", end=end or "\n", file=sys.stderr)
        print(file=sys.stderr)

    def _feed(self) -> None:
        asked = [sys.executable, "-m", "tests.faults.worker"]
        with subprocess.Popen(
            [*asked, str(self._world.folder), str(self._port), *["--cold"] * self._cold],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPO,
            env={
                **os.environ,
                "OPENBLAS_NUM_THREADS": "1",
                "PYTHONPATH": os.pathsep.join([str(REPO), *filter(None, sys.path)]),
            },
        ) as worker:
            self._workers.append(worker)
            assert worker.stdin
            assert worker.stdout
            while True:
                try:
                    one = self._todo.get_nowait()
                except queue.Empty:
                    break
                try:
                    worker.stdin.write(json.dumps(one) + "\n")
                    worker.stdin.flush()
                    line = worker.stdout.readline()
                except BrokenPipeError:
                    line = ""
                if not line:
                    self.trouble.append(f"a worker ended at {one}")
                    break
                self._note(json.loads(line))
            with contextlib.suppress(BrokenPipeError):
                worker.stdin.close()

    def _note(self, said: dict[str, Any]) -> None:
        with self._lock:
            self.done += 1
            cell = self.table[said["kind"], said["verb"]]
            cell.missed += said["missed"]
            if not said["met"]:
                return
            cell.add(said["wrong"])
            self.too_slow += said["too_slow"]
            if said["lines"]:
                self.wrong.append(said)
                where = f"{said['kind']}, {said['verb']} (--seed of it: {said['seed']!r})"
                print(f"\n{where}", *said["lines"], sep="\n  ", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """The table on standard output, how far it is and what was wrong on standard error."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--kills", type=int, default=KILLS, help=f"in all; {KILLS}")
    asked.add_argument("--only", action="append", default=[], help="commands whose name has this")
    asked.add_argument("--seed", default="1", help="the same seed draws the same moments")
    asked.add_argument("--jobs", type=int, default=2, help="processes; 2")
    asked.add_argument("--markdown", default="", metavar="FILE", help="puts the table into a page")
    asked.add_argument(
        "--small", action="store_true", help="a home with little in it; `done` alone"
    )
    asked.add_argument("--broken", action="store_true", help="commands that are wrong on purpose")
    said = asked.parse_args(argv)
    small = said.small or said.broken
    only = ["done"] if said.small else said.only
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    begun = time.monotonic()
    try:
        with served() as server:
            if not small:
                warm()
            world = made(folder / "world", REPO, server.server_port, small=small)
            mounts = not small and disks.can_mount(folder)
            todo = list(
                jobs(
                    said.kills,
                    only,
                    said.seed,
                    can_mount=mounts,
                    kills_only=small,
                    broken=said.broken,
                )
            )
            harness = Harness(world, server.server_port, todo, cold=small)
            harness.run(said.jobs)
    finally:
        end_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(text(harness.table))
    kills = sum(cell.runs for (kind, _), cell in harness.table.items() if kind == "kill -9")
    minutes = (time.monotonic() - begun) / 60
    about = (
        f"{kills} kills among {harness.done} faults, seed {said.seed}, "
        f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()}, {minutes:.0f} minutes, "
        f"{said.jobs} processes."
    )
    print(f"\n{about}")
    if harness.too_slow:
        print(
            f"In {harness.too_slow} runs a policy could not be fetched in time, and that was told: "
            "there it is compared that it was looked at, not what was seen."
        )
    if not mounts and not small:
        print("No disk could be mounted: full and read-only disks were not tried.")
    if said.markdown:
        put_into(Path(said.markdown), markdown(harness.table, about))
    for one in harness.trouble:
        print(one, file=sys.stderr)
    clean = all(cell.clean for cell in harness.table.values())
    return 0 if clean and not harness.trouble and harness.done == harness.number else 1


def put_into(page: Path, made_: str) -> None:
    """Between the two marks of a page; a page that has none becomes the table alone."""
    begin, end = "<!-- faults: begin -->\n", "<!-- faults: end -->\n"
    there = page.read_text(encoding="utf-8") if page.exists() else ""
    if begin in there and end in there:
        before, _, rest = there.partition(begin)
        made_ = before + begin + made_ + end + rest.partition(end)[2]
    page.write_text(made_, encoding="utf-8")


def _commit() -> str:
    asked = ["git", "-C", str(REPO), "rev-parse", "--short", "HEAD"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _stopped(*_: object) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # once is enough: what was begun is taken away
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stopped)
    signal.signal(signal.SIGINT, _stopped)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nstopped: nothing is counted", file=sys.stderr)
        sys.exit(130)
