"""Recipes over replicas, beside the policy of click, look and close; and the time of a check.

Both sides run over every recipe with every variant and over 300 mutants, and the server of the
replicas judges both: ``verified-no`` is false where it has not stored the wanted state after
exactly one write. The naive side is given the address of the setting, the recipe's words in all
languages, frames and shadow roots. What it is not given is time: pages send their save between 0
and 0.6 s after the press, as the replicas' files say, and it closes the tab at once.

The time of a read-only check of ten controls in one window stands against ten bare loads of the
same pages (``goto`` until the network is idle) in the same tab, turn by turn, the best of each.

    python bench/recipes.py [--workers 2] [--every 1] [--turns 3]

``--every 5`` takes each fifth run. Ends with 3 where ours said or pressed anything false, where
under 70 % of the mutants were handled, or where a check takes more than 1.5 times the loads.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.recipes import runs
from tests.recipes.field import Field, Own, Played, Willing, field
from tests.recipes.figures import Figures, figures, misses, table
from tests.recipes.naive import Naive, naive
from tests.recipes.runs import Planned
from tests.replicas import described, mutate
from tests.replicas.variants import BY_ID

import measured
from withhold.recipes.run import Run

AT_LEAST = 70.0
AT_MOST = 1.5
CONTROLS = 10
_SETS = {
    "matrix": runs.matrix,
    "mutants": runs.mutants,
    "mutants with a look-alike": runs.twins,
}


class Sides:
    """Both sides, in one process."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        for name in ("ours", "naive"):
            (folder / name).mkdir()
        self.ours: Field = self.stack.enter_context(field(folder / "ours"))
        self.naive: Naive = self.stack.enter_context(naive(folder / "naive"))


_SIDES: list[Sides] = []


def _start() -> None:
    sides = Sides()
    _SIDES.append(sides)
    # before the process waits for its threads: the servers' would never end
    Finalize(sides, sides.stack.close, exitpriority=10)


def _both(planned: Planned) -> list[Played]:
    sides = _SIDES[0]
    played, _, _ = sides.ours.ours(planned)
    return [played, sides.naive.run(planned)]


def compared(every: int, workers: int) -> bool:
    """Prints both tables; whether ours is harmless and handles enough."""
    good = True
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)
    with pool:
        for title, planned in _SETS.items():
            played = [one for both in pool.map(_both, planned()[::every]) for one in both]
            ours = [one for one in played if one.policy == "withhold"]
            sides = {"withhold": figures(ours)}
            sides["click, look, close"] = figures(one for one in played if one.policy == "naive")
            print("\n".join(table(title, sides)))
            print(f"  {_too_soon(played)} of the false ones at the right: saved, had it waited")
            print("\n".join(misses(ours)) or "  no run of withhold with a fault")
            good = good and sides["withhold"].harmless
            _told(title, sides)
            if title == "mutants":
                print("\n".join([*_by_kind(ours), *_left_alone(ours)]))
                good = good and sides["withhold"].rate >= AT_LEAST
            print()
    return good


def _told(title: str, sides: dict[str, Figures]) -> None:
    """What was false, and of mutants the share that was handled."""
    false = {
        name: one.false_no + one.false_already + one.false_on + one.outside
        for name, one in sides.items()
    }
    size, key = f"{sides['withhold'].runs} runs", title.split()[-1]
    measured.told(
        f"recipes/false-{key}",
        f"recipes over replicas, {title}: false claims and presses outside",
        false["withhold"],
        "",
        theirs=false["click, look, close"],
        yardstick="click, look, close",
        by="ours",
        most=0,
        size=size,
    )
    measured.told(
        f"recipes/handled-{key}",
        f"recipes over replicas, {title}: handled of those that can be",
        sides["withhold"].rate,
        "%",
        theirs=sides["click, look, close"].rate,
        yardstick="click, look, close",
        by="ours",
        least=AT_LEAST if title == "mutants" else None,
        size=size,
    )


def _too_soon(played: list[Played]) -> int:
    """False claims of the naive side on pages that save what they are told."""
    return sum(
        bool(one.judged.false_no) and one.planned.variant.saving == "stored"
        for one in played
        if one.policy == "naive" and one.planned.reachable
    )


def _by_kind(played: list[Played]) -> list[str]:
    lines = []
    for kind in mutate.KINDS:
        some = figures(one for one in played if kind in mutate.kinds(one.planned.seed))
        lines.append(f"  with {kind:12} handled {some.handled} of {some.runs}, {some.rate:.0f} %")
    return lines


def _left_alone(played: list[Played]) -> list[str]:
    """Mutants that were not handled, by cause: words that the recipe does not know, and others."""
    left = [one for one in played if one.outcome != "verified-no"]
    known = [one for one in left if one.planned.variant.lang in one.planned.replica.knows]
    lines = [
        f"  not handled: {len(left)}, of them in a language not known: {len(left) - len(known)}"
    ]
    for one in known:
        changes = ", ".join(mutate.kinds(one.planned.seed))
        lines.append(f"    {one.planned.name}: {one.outcome} ({one.reason}) with {changes}")
    return lines


def timed(turns: int) -> bool:
    """Prints the time of ten checks beside ten bare loads; whether it is short enough."""
    chosen = [
        Planned(one, BY_ID["base"]) for one in described.ids() if not described.replica(one).through
    ][:CONTROLS]
    with tempfile.TemporaryDirectory() as folder, field(Path(folder)) as one:
        checks: list[float] = []
        loads: list[float] = []
        for _ in range(turns):
            began = time.perf_counter()
            for planned in chosen:
                _check(one, planned)
            checks.append(time.perf_counter() - began)
            loads.append(sum(_load(one, planned) for planned in chosen))
    ratio = min(checks) / min(loads)
    print(
        f"read-only check of {len(chosen)} controls in one window: {min(checks):.1f} s; bare loads "
        f"of the same pages: {min(loads):.1f} s; {ratio:.2f} times (to reach: at most {AT_MOST})"
    )
    measured.told(
        "recipes/check",
        f"read-only check of {len(chosen)} controls in one window",
        min(checks),
        "s",
        theirs=min(loads),
        yardstick="bare loads of the same pages",
        most=AT_MOST,
    )
    return ratio <= AT_MOST and len(chosen) == CONTROLS


def _check(one: Field, planned: Planned) -> None:
    one.begun(planned)
    page = one.driven.page()
    _, notes = one.run_of(planned, page, Own(page))
    run = Run(one.recipes[planned.recipe], page, one.words, Willing(lambda: False), notes)
    result = run.check()
    assert result.outcome == "on", (planned.recipe, result)


def _load(one: Field, planned: Planned) -> float:
    one.begun(planned)
    own = Own(one.driven.page())
    began = time.perf_counter()
    own.bare(f"https://{planned.replica.host}{planned.replica.path}")
    return time.perf_counter() - began


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    quick = timed(asked.turns)
    good = compared(asked.every, asked.workers)
    return 0 if good and quick else measured.MISSED


if __name__ == "__main__":
    sys.exit(main())
