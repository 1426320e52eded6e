"""One process of the harness: takes jobs on standard input, answers each with a line of JSON.

A process, not a thread: it forks, and only a process without threads may do that safely.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.faults import disks, kinds, oracle
from tests.faults.broken import BROKEN
from tests.faults.children import end_all, warm
from tests.faults.judge import COLUMNS, Found
from tests.faults.plan import Plan, TooSlow, measured
from tests.faults.verbs import VERBS
from tests.faults.world import World

KINDS = {**kinds.KINDS, **disks.KINDS}
BY_NAME = {one.name: one for one in (*VERBS, *BROKEN.values())}
_TRIES = 20
_PLANS = 5


def job(
    kind: str, plan: Plan, world: World, scratch: Path, port: int, seed: str
) -> tuple[Found | None, int]:
    """One fault that met its run, and how many runs ended before; None where all of them did."""
    fault: Callable[..., Found] = KINDS[kind]
    chance = random.Random(seed)  # noqa: S311 - a plan that can be repeated
    for missed in range(_TRIES):
        here = world.copied(scratch / "run")
        try:
            return fault(here, plan, port, chance), missed
        except kinds.NotMet:
            continue
        except oracle.Broken as why:  # a count of the table, and no end of the harness
            return Found(chain=[f"the store cannot be read: {why}"]), missed
        finally:
            here.gone()
    return None, _TRIES


def work(world: World, port: int) -> None:
    """Until the jobs end. Each answer is a line on what was standard output at the start."""
    plans: dict[tuple[str, date], Plan] = {}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        scratch = Path(folder)
        try:
            for line in sys.stdin:
                asked: dict[str, Any] = json.loads(line)
                name = asked["verb"]
                key = name, datetime.now(UTC).date()  # many a row has the day that it was made
                if key not in plans:
                    plans[key] = _measured(name, world, scratch, port)
                found, missed = job(asked["kind"], plans[key], world, scratch, port, asked["seed"])
                said = {
                    **asked,
                    "met": found is not None,
                    "missed": missed,
                    "wrong": [one for one in COLUMNS if found and getattr(found, one)],
                    "lines": found.lines() if found else [],
                    "too_slow": bool(found and found.too_slow),
                }
                print(json.dumps(said), flush=True)
        finally:
            end_all()  # what is stopped leaves nobody who writes into a folder that goes


def _measured(name: str, world: World, scratch: Path, port: int) -> Plan:
    """Undisturbed: of a machine that has no time just now the next try is asked, some times."""
    for _ in range(_PLANS - 1):
        with suppress(TooSlow):
            return measured(BY_NAME[name], world, scratch, port)
    return measured(BY_NAME[name], world, scratch, port)


def _stopped(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
    sys.exit(130)


def main(words: list[str]) -> int:
    """Works until the jobs end, or the one who gave them does: then nobody reads a traceback."""
    try:
        work(World(Path(words[0])), int(words[1]))
    except BrokenPipeError:
        with Path(os.devnull).open("wb") as nowhere:  # what the interpreter flushes at its end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return 130
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the harness says who ends
    signal.signal(signal.SIGTERM, _stopped)
    if "--cold" not in sys.argv:
        warm()
    sys.exit(main(sys.argv[1:]))
