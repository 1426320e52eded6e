"""What a bench measured, as rows beside what it prints: one small module for all of them.

Each row is appended as a line of JSON to the file that the variable WITHHOLD_MEASURED names; where
it names none, nothing is written and a script prints what it always printed. ``python -m bench``
names one for each script, and keeps and shows the rows (``bench/kept.py``, ``bench/page.py``).
A script that misses an aim ends with MISSED, so that nobody takes a miss for a crash.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec

FILE = "WITHHOLD_MEASURED"
MISSED = 3
Judged = Literal["ratio", "speed", "more", "ours"]
"""What an aim is about: ours / theirs, theirs / ours, ours - theirs, or ours alone."""


class Row(msgspec.Struct, frozen=True, kw_only=True, tag="row", omit_defaults=True):
    """One thing that was measured. ``key`` is the same at every size; ``ours`` and ``theirs`` are
    in ``unit``; ``work`` is the ratio by the processors' time, where it was taken; ``memory`` is
    MiB at most; ``value`` is what ``by`` says of both sides, and is held against the aim."""

    key: str
    what: str
    unit: str
    ours: float
    by: Judged
    value: float
    theirs: float | None = None
    yardstick: str = ""
    work: float | None = None
    most: float | None = None
    least: float | None = None
    size: str = ""
    memory: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        if self.most is not None:
            return self.value <= self.most
        return None if self.least is None else self.value >= self.least


class Growth(msgspec.Struct, frozen=True, kw_only=True, tag="growth", omit_defaults=True):
    """What ``number`` things (``of``: posts, lines) cost: seconds, and MiB at most."""

    key: str
    what: str
    of: str
    number: int
    seconds: float
    memory: float | None = None


class Projection(msgspec.Struct, frozen=True, kw_only=True, tag="projection"):
    """What was not measured but reckoned from what was, and what is supposed in it."""

    key: str
    what: str
    value: float
    unit: str
    supposed: str


Measured = Row | Growth | Projection


def told(
    key: str,
    what: str,
    ours: float,
    unit: str,
    *,
    theirs: float | None = None,
    yardstick: str = "",
    by: Judged | None = None,
    work: float | None = None,
    most: float | None = None,
    least: float | None = None,
    size: str = "",
    memory: float | None = None,
) -> Row:
    """Notes a row and answers it. Without ``by`` the ratio counts where there is another side."""
    by = by or ("ours" if theirs is None else "ratio")
    other = 0.0 if theirs is None else theirs
    value = {
        "ours": lambda: ours,
        "more": lambda: ours - other,
        "ratio": lambda: ours / other,
        "speed": lambda: other / ours,
    }[by]()
    row = Row(
        key=key, what=what, unit=unit, ours=ours, by=by, value=value, theirs=theirs,
        yardstick=yardstick, work=work, most=most, least=least, size=size, memory=memory,
    )  # fmt: skip
    _note(row)
    return row


def grew(
    key: str, what: str, of: str, number: int, seconds: float, memory: float | None = None
) -> None:
    """Notes what so many things cost."""
    _note(Growth(key=key, what=what, of=of, number=number, seconds=seconds, memory=memory))


def projected(key: str, what: str, value: float, unit: str, supposed: str) -> None:
    """Notes what was reckoned."""
    _note(Projection(key=key, what=what, value=value, unit=unit, supposed=supposed))


def _note(one: Measured) -> None:
    if name := os.environ.get(FILE):
        with Path(name).open("ab") as file:
            file.write(msgspec.json.encode(one) + b"\n")


def noted(file: Path) -> list[Measured]:
    """The rows of a file, in the order in which they were written."""
    if not file.is_file():
        return []
    lines = file.read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Measured) for line in lines]  # type: ignore[arg-type]
