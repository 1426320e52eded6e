"""Whether a folder can take a filter run: it is new, or holds a run that was begun there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from withhold.reach.finished_parts import FOLDER, start_over
from withhold.reach.out_folder import OutFolder
from withhold.reach.remote import is_address
from withhold.verbs.filter_manifest import CARD, FILE

Trouble = Literal["", "there_already", "into_itself"]


def ready(
    out: str, given: Iterable[str], beside: Iterable[str], force: bool, below: str = ""
) -> Trouble:
    """Empty where it can; else why not.

    The parts come into the folder ``below`` it. ``given`` is read and ``beside`` the other folder
    that is written: neither may hold ``out`` or lie in it. ``force`` takes a run's own files away,
    and nothing else.
    """
    if any(_touches(out, one) for one in (*given, *beside)):
        return "into_itself"
    if not is_address(out) and Path(out).exists() and not Path(out).is_dir():
        return "there_already"
    folder, parts = OutFolder(out), f"{out}/{below}" if below else out
    if force:
        start_over(parts)
        for name in (CARD, FILE):
            folder.remove(name)
    begun = bool(OutFolder(parts).names(FOLDER))
    foreign = [one for one in folder.names() if one != FOLDER]
    return "there_already" if foreign and not begun else ""


def _touches(out: str, other: str) -> bool:
    """Whether one holds the other, or they are the same."""
    if is_address(out) or is_address(other):
        ours, theirs = out.rstrip("/") + "/", other.rstrip("/") + "/"
        return ours.startswith(theirs) or theirs.startswith(ours)
    here, there = Path(out).resolve(), Path(other).resolve()
    return here == there or here in there.parents or (there.is_dir() and there in here.parents)
