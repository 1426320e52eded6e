"""Counts over many runs, side by side by policy: what was true, false, and handled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tests.recipes.field import Played
from tests.replicas import mutate


class Figures(Struct, frozen=True):
    """Of one policy over one set of runs."""

    runs: int
    true: int
    false_no: int
    false_already: int
    false_on: int
    outside: int
    reachable: int
    handled: int
    """Of the reachable ones: ``verified-no``, and so it is."""
    outcomes: dict[str, int]
    troubled: int = 0
    """``unknown``, since the browser or the network of the tests gave no answer in time."""

    @property
    def rate(self) -> float:
        """Handled, in percent of what could be reached."""
        return 100 * self.handled / self.reachable if self.reachable else 0.0

    @property
    def harmless(self) -> bool:
        """Nothing false was said, nothing else was pressed."""
        return not (self.false_no or self.false_already or self.false_on or self.outside)


def figures(played: Iterable[Played]) -> Figures:
    """Counts the runs."""
    runs = list(played)
    reachable = [one for one in runs if one.planned.reachable]
    return Figures(
        runs=len(runs),
        true=sum(not one.judged.faults for one in runs),
        false_no=sum(bool(one.judged.false_no) for one in runs),
        false_already=sum(bool(one.judged.false_already) for one in runs),
        false_on=sum(bool(one.judged.false_on) for one in runs),
        outside=sum(bool(one.judged.outside) for one in runs),
        reachable=len(reachable),
        handled=sum(one.outcome == "verified-no" and not one.judged.false_no for one in reachable),
        outcomes=dict(Counter(one.outcome for one in runs).most_common()),
        troubled=sum(bool(one.judged.trouble) for one in runs),
    )


def parts(played: Sequence[Played]) -> dict[str, list[Played]]:
    """The matrix, the mutants, and those with a look-alike, each by itself."""
    return {
        "matrix": [one for one in played if one.planned.seed < 0],
        "mutants": [one for one in played if 0 <= one.planned.seed < mutate.TWINS_FROM],
        "mutants with a look-alike": [
            one for one in played if one.planned.seed >= mutate.TWINS_FROM
        ],
    }


def table(title: str, sides: dict[str, Figures]) -> list[str]:
    """Lines of a table with a column for each policy."""
    rows: list[tuple[str, list[str]]] = [
        ("runs", [str(one.runs) for one in sides.values()]),
        ("outcome true", [str(one.true) for one in sides.values()]),
        ("  of them: the machine was too slow", [str(one.troubled) for one in sides.values()]),
        ("false verified-no", [str(one.false_no) for one in sides.values()]),
        ("false already-no", [str(one.false_already) for one in sides.values()]),
        ("false on", [str(one.false_on) for one in sides.values()]),
        ("pressed or wrote something else", [str(one.outside) for one in sides.values()]),
        (
            "handled, of those that can be",
            [f"{one.handled} of {one.reachable}, {one.rate:.0f} %" for one in sides.values()],
        ),
    ]
    kinds = dict.fromkeys(kind for one in sides.values() for kind in one.outcomes)
    rows += [
        (f"  said {kind}", [str(one.outcomes.get(kind, 0)) for one in sides.values()])
        for kind in kinds
    ]
    head = [f"{title:36}" + "".join(f"{name:>20}" for name in sides)]
    return head + [f"{name:36}" + "".join(f"{one:>20}" for one in values) for name, values in rows]


def misses(played: Sequence[Played], *, at_most: int = 40) -> list[str]:
    """The runs with a fault, one line each; and of mutants what was not handled, by cause."""
    found = [
        f"  {one.planned.name}: {'; '.join(one.judged.faults) or one.judged.trouble}"
        for one in played
        if one.judged.faults or one.judged.trouble
    ]
    more = [f"  and {len(found) - at_most} more"] if len(found) > at_most else []
    return found[:at_most] + more
