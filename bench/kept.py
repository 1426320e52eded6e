"""The figures that are kept: docs/reference/performance.json, small and full apart.

Each script's result says by itself when, where and at which commit it was measured, so that one
script can be measured anew (``--only``) and the others stay what they were.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from bench.machine import Machine
from bench.measured import Growth, Measured, Projection, Row

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "reference" / "performance.json"
PAGE = ROOT / "docs" / "reference" / "performance.md"
IDLE = 0.2
"""Cores that other work may take on a machine that counts as idle."""
SCHEMA = "withhold/performance/1"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Of one script. ``ended``: ``done``, ``missed`` (an aim), ``failed``, or ``budget``.

    ``others``: cores that other work took, on average; ``seconds``: of the whole script.
    """

    ended: str
    date: str
    commit: str
    machine: int
    options: str
    seconds: float
    others: float
    rows: list[Measured] = []

    @property
    def disturbed(self) -> bool:
        """Whether other work took so much that a missed aim says little."""
        return self.others > IDLE

    @property
    def figures(self) -> list[Row]:
        """What was measured against an aim or another side, or alone."""
        return [one for one in self.rows if isinstance(one, Row)]

    @property
    def growths(self) -> list[Growth]:
        """How cost grew."""
        return [one for one in self.rows if isinstance(one, Growth)]

    @property
    def projections(self) -> list[Projection]:
        """What was reckoned."""
        return [one for one in self.rows if isinstance(one, Projection)]


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """All results of a size, by script, and why others are not there."""

    scripts: dict[str, Result] = {}
    left_out: dict[str, str] = {}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file; ``machines`` are those that results point to, by their place."""

    schema: str = SCHEMA
    machines: list[Machine] = []
    small: Size = Size()
    full: Size = Size()

    def rows(self) -> dict[str, Row]:
        """Every row by its key: of the full run where it was measured there."""
        return {
            row.key: row
            for size in (self.small, self.full)
            for one in size.scripts.values()
            for row in one.figures
        }

    def place(self, machine: Machine) -> tuple[Kept, int]:
        """With that machine among its own, and where."""
        if machine in self.machines:
            return self, self.machines.index(machine)
        return msgspec.structs.replace(self, machines=[*self.machines, machine]), len(self.machines)

    def with_result(self, name: str, result: Result, *, full: bool) -> Kept:
        """With a script's result in place of its older one at that size; no other is touched."""
        size = self.full if full else self.small
        left = {script: why for script, why in size.left_out.items() if script != name}
        new = Size(scripts={**size.scripts, name: result}, left_out=left)
        return msgspec.structs.replace(self, **{"full" if full else "small": new})

    def without(self, name: str, why: str, *, full: bool) -> Kept:
        """Says why a script was not run; what was measured of it before stays."""
        size = self.full if full else self.small
        if name in size.scripts:
            return self
        new = Size(scripts=size.scripts, left_out={**size.left_out, name: why})
        return msgspec.structs.replace(self, **{"full" if full else "small": new})

    def tidied(self) -> Kept:
        """Without machines that no result points to."""
        used = sorted(
            {one.machine for size in (self.small, self.full) for one in size.scripts.values()}
        )
        places = {old: new for new, old in enumerate(used)}

        def moved(size: Size) -> Size:
            scripts = {
                name: msgspec.structs.replace(one, machine=places[one.machine])
                for name, one in size.scripts.items()
            }
            return Size(scripts=scripts, left_out=size.left_out)

        machines = [self.machines[one] for one in used]
        return Kept(machines=machines, small=moved(self.small), full=moved(self.full))


def read(path: Path = KEPT) -> Kept:
    """What is kept; nothing where there is no file."""
    return msgspec.json.decode(path.read_bytes(), type=Kept) if path.is_file() else Kept()


def write(kept: Kept, path: Path = KEPT) -> None:
    """Writes it, in one step; figures with as many digits as anybody reads."""
    text = msgspec.json.format(msgspec.json.encode(_rounded(msgspec.to_builtins(kept))), indent=1)
    beside = path.with_suffix(".new")
    beside.write_bytes(text + b"\n")
    beside.replace(path)


def _rounded(thing: object) -> object:
    match thing:
        case float():
            return float(f"{thing:.4g}")
        case dict():
            return {key: _rounded(one) for key, one in thing.items()}
        case list():
            return [_rounded(one) for one in thing]
    return thing
