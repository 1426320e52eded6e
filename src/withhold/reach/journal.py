"""The journal of a run in a browser: each step is on the disk before it is taken.

A run lies in ``runs/RUN/steps.jsonl`` of the home, beside those of changed files, one JSON object
a line: first what the run is, then ``{"at", "said"}`` each. Nothing is ever rewritten, so a run
that breaks off at any moment is known up to its last step. No page, cookie or address with a
query is in it. Private to its owner (0700, 0600).
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from withhold.errors import BadInput, NotFound, WithholdError
from withhold.reach.undo import FOLDER
from withhold.reach.whole_files import flush_folder
from withhold.steps import State

STEPS = "steps.jsonl"
_LONGEST = 4 * 1024 * 1024
What = Literal["apply", "check", "undo"]
_READ = ("already-no ", "verified-no ", "on ")
"""Ends at which the setting was read."""


class Head(Struct, frozen=True, kw_only=True):
    """What a run is for: the first line of its journal."""

    schema: str = "withhold/setting-run/1"
    id: str
    at: datetime
    control: str
    account: str
    what: What
    of: str = ""
    """Of an undo: the run that it puts back."""


class Line(Struct, frozen=True, kw_only=True):
    """One step that was about to be taken, or what it found."""

    at: str
    said: str = ""


class Told(Struct, frozen=True, kw_only=True):
    """What a journal tells of its run, and nothing beyond it.

    ``pressed``: a press that could write was about to be made. ``write_seen``: the page's write
    was answered with 2xx. ``end`` is ``outcome reason``, empty for a run that broke off.
    """

    head: Head
    lines: tuple[Line, ...]
    before: State = "unknown"
    pressed: bool = False
    write_seen: bool = False
    end: str = ""

    @property
    def last(self) -> str:
        """The last step that is known of."""
        return self.lines[-1].at if self.lines else ""


class RunJournal:
    """An open journal. ``note`` returns when the line is on the disk."""

    def __init__(self, head: Head, handle: int) -> None:
        self.head = head
        self._handle = handle
        self._write(msgspec.json.encode(head))

    def note(self, at: str, said: str = "") -> None:
        """``at`` is the step, ``said`` what it found or is about to do."""
        self._write(msgspec.json.encode(Line(at=at, said=said)))

    def close(self) -> None:
        """No more lines."""
        os.close(self._handle)

    def _write(self, line: bytes) -> None:
        """All of it or, where the disk is full, nothing: the next line would go on with a half."""
        before = os.fstat(self._handle).st_size
        rest = memoryview(line + b"\n")
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
            os.fsync(self._handle)
        except OSError:
            os.ftruncate(self._handle, before)
            raise


def begin(
    home: Path, now: datetime, control: str, account: str, what: What, of: str = ""
) -> RunJournal:
    """A new journal. Raises WithholdError where it cannot be kept: then no run begins."""
    base = home / FOLDER
    name = now.strftime("%Y%m%d-%H%M%S")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        base.mkdir(mode=0o700, exist_ok=True)
        run, number = name, 1
        while True:
            try:
                (base / run).mkdir(mode=0o700)
                break
            except FileExistsError:
                number += 1
                run = f"{name}-{number}"
        head = Head(id=run, at=now, control=control, account=account, what=what, of=of)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        made = RunJournal(head, os.open(base / run / STEPS, flags, 0o600))
        flush_folder(base / run)
        flush_folder(base)
        return made
    except OSError as why:
        raise WithholdError(
            f"the journal cannot be kept ({why.strerror}); nothing was done", f"look at {base}"
        ) from why


def is_run(home: Path, run: str) -> bool:
    """Whether a run is one of a setting, not of files."""
    return bool(run) and Path(run).name == run and (home / FOLDER / run / STEPS).is_file()


def runs(home: Path) -> list[Told]:
    """All runs of settings, oldest first; those whose journal cannot be read are left out."""
    base = home / FOLDER
    found = []
    for path in sorted(base.glob(f"*/{STEPS}")) if base.is_dir() else ():
        try:
            found.append(read(home, path.parent.name))
        except BadInput:
            continue
    return found


def read(home: Path, run: str) -> Told:
    """What is known of one run. A half line at the end is a step that was not taken."""
    if not is_run(home, run):
        raise NotFound(f"no run {run} of a setting", "withhold rollback lists the runs")
    path = home / FOLDER / run / STEPS
    try:
        with path.open("rb") as file:
            body = file.read(_LONGEST)
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its rights") from why
    whole = body[: body.rfind(b"\n") + 1].splitlines()
    try:
        head = msgspec.json.decode(whole[0], type=Head)
        lines = tuple(msgspec.json.decode(one, type=Line) for one in whole[1:])
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError) as why:
        raise BadInput(f"{path}: is not a journal of ours", "look at the file") from why
    return _told(head, lines)


def unfinished(home: Path, control: str, account: str) -> list[Told]:
    """Runs that pressed, of this control and account, and broke off; oldest first.

    One after which a later run read the setting is not among them: what it left is known by then.
    """
    found: list[Told] = []
    for one in runs(home):
        if (one.head.control, one.head.account) != (control, account):
            continue
        if one.end.startswith(_READ):
            found = []
        elif one.pressed and not one.end:
            found.append(one)
    return found


def _told(head: Head, lines: tuple[Line, ...]) -> Told:
    before: State = "unknown"
    for one in lines:
        if one.at.startswith("read.") and one.said in ("read on", "read off"):
            before = "on" if one.said == "read on" else "off"
    acts = [one for one in lines if one.at.startswith(("set.", "undo."))]
    return Told(
        head=head,
        lines=lines,
        before=before,
        pressed=any(one.said.startswith(("press ", "choose ")) for one in acts),
        write_seen=any(one.said == "write seen" for one in acts),
        end=next((one.said for one in lines if one.at == "end"), ""),
    )
