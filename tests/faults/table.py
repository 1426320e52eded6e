"""The table: kind x verb, with runs, and how often something was lost, doubled, broken, left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.faults.judge import COLUMNS

HEADS = ("runs", *COLUMNS)
_WORDS = {"chain": "broken chain", "doctor": "doctor wrong", "left": "left over"}


@dataclass
class Cell:
    """One kind and verb: runs, and in how many of them each thing was wrong."""

    runs: int = 0
    missed: int = 0
    wrong: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))

    def add(self, wrong: Iterable[str]) -> None:
        """One run more, with the columns that were wrong in it."""
        self.runs += 1
        for name in set(wrong):
            self.wrong[name] += 1

    @property
    def clean(self) -> bool:
        """Whether nothing was wrong."""
        return not any(self.wrong.values())


Table = Mapping[tuple[str, str], Cell]


def rows(table: Table) -> list[tuple[str, ...]]:
    """The head, a row per cell, and the sums."""
    found = [("fault", "command", *(_WORDS.get(name, name) for name in HEADS))]
    total = Cell()
    for (kind, verb), cell in table.items():
        found.append((kind, verb, str(cell.runs), *(str(cell.wrong[name]) for name in COLUMNS)))
        total.runs += cell.runs
        for name in COLUMNS:
            total.wrong[name] += cell.wrong[name]
    found.append(("all", "all", str(total.runs), *(str(total.wrong[name]) for name in COLUMNS)))
    return found


def text(table: Table) -> str:
    """For a terminal."""
    made = rows(table)
    wide = [max(len(row[at]) for row in made) for at in range(len(made[0]))]
    return "\n".join(
        "  ".join(
            one.ljust(width) if at < 2 else one.rjust(width)
            for at, (one, width) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in made
    )


def markdown(table: Table, about: str) -> str:
    """For a page: a line about the run, then the table."""
    head, *rest = rows(table)
    lines = [about, "", f"| {' | '.join(head)} |", f"|{'---|' * 2}{'---:|' * (len(head) - 2)}"]
    return "\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rest))) + "\n"
