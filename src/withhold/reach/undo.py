"""Changing files of the owner's so that it can be undone: the undo is registered first.

A run lies in ``runs/RUN/`` of the home: the bytes of before (``0.before`` ...) and
``manifest.json``, which names every file with the digests of before and after. Both are on the
disk before the first file is touched, and each file is changed whole or not at all: whenever a run
is stopped, each is as it was or as it was meant to be. All is its owner's alone (0700, 0600).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from withhold.errors import BadInput, NotFound, WithholdError
from withhold.reach.undo_folder import FOLDER as FOLDER
from withhold.reach.undo_folder import alone_in, free_name, unregistered
from withhold.reach.undo_folder import forget_all as forget_all
from withhold.reach.whole_files import (
    beside,
    content,
    digest,
    flush_folder,
    inside,
    mode_of,
    put,
    put_folder,
    put_private,
)

MANIFEST = "manifest.json"
State = Literal["registered", "done", "rolled-back"]
_ID = re.compile(r"[0-9]{8}-[0-9]{6}(-[0-9]+)?", re.ASCII)


class Wanted(Struct, frozen=True, kw_only=True):
    """One file to change: its name below the folder, its bytes now and then; None = not there."""

    name: str
    before: bytes | None
    after: bytes | None


class Kept(Struct, frozen=True, kw_only=True):
    """One file of a run: digests (SHA-256) of before and after; empty = not there."""

    path: str
    before: str
    after: str
    mode: int
    copy: str = ""


class Folder(Struct, frozen=True, kw_only=True):
    """A folder that a run takes away, as nothing is left in it, and its rights before."""

    path: str
    mode: int


class Run(Struct, frozen=True, kw_only=True):
    """A run as its manifest has it. ``made`` are folders that did not exist before, ``emptied``
    those that it leaves nothing in and so takes away."""

    schema: str = "withhold/run/1"
    id: str
    at: datetime
    what: str
    folder: str
    state: State
    files: tuple[Kept, ...]
    made: tuple[str, ...] = ()
    emptied: tuple[Folder, ...] = ()


class Undone(Struct, frozen=True, kw_only=True):
    """What a rollback did: files put back, files taken away, and those that were so already."""

    restored: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    already: tuple[str, ...] = ()


def change(
    home: Path, folder: Path, wanted: Sequence[Wanted], what: str, now: datetime
) -> Run | None:
    """Registers the undo, then makes the changes; None where there is nothing to change.

    Raises BadInput when a file is no longer as ``before`` says, when a link leads out of the
    folder, and when a file cannot be written; the run is registered by then and can be undone.
    """
    wanted = [one for one in wanted if one.before != one.after]
    _must_be_as_before(folder, wanted)
    with alone_in(home, make=bool(wanted)) as base:
        if not wanted:
            return None
        _must_be_as_before(folder, wanted)  # somebody else may have been in there before
        run = _register(base, folder, wanted, what, now)
        return _made(home, run, folder, wanted)


def _must_be_as_before(folder: Path, wanted: Iterable[Wanted]) -> None:
    for one in wanted:
        path = inside(folder, one.name)
        if content(path) != one.before:
            raise BadInput(f"{path} has changed in the meantime; nothing was written", "run again")


def _made(home: Path, run: Run, folder: Path, wanted: Iterable[Wanted]) -> Run:
    for one in wanted:
        put(folder / one.name, one.after, mode_of(folder / one.name))
    for emptied in sorted(run.emptied, key=_depth, reverse=True):
        with contextlib.suppress(OSError):  # somebody has put a file into it: it stays
            Path(emptied.path).rmdir()
    return _note(home, run, "done")


def rollback(home: Path, run_id: str, force: bool = False) -> Undone:
    """Puts every file of a run back, byte for byte; one that was not there is taken away.

    Run again after it was stopped it goes on. Raises NotFound for a run that is not there, and
    BadInput, before anything is touched, when somebody has changed a file since (unless
    ``force``) or when a copy is not what the manifest says.
    """
    run = read(home, run_id)
    with alone_in(home):
        return _rolled_back(home, run, force)


def _rolled_back(home: Path, run: Run, force: bool) -> Undone:
    todo: list[tuple[Kept, bytes | None]] = []
    already: list[str] = []
    for kept in run.files:
        path = Path(kept.path)
        there = digest(content(path))
        if there == kept.before:
            already.append(kept.path)
            continue
        if there != kept.after and not force:
            raise BadInput(
                f"{path} was changed since by somebody else; nothing was put back",
                "roll back later runs first, or add --force to lose that change",
            )
        todo.append((kept, _copy(home, run, kept)))
    restored: list[str] = []
    removed: list[str] = []
    for emptied in sorted(run.emptied, key=_depth):
        put_folder(Path(emptied.path), emptied.mode)
    for kept, body in reversed(todo):
        put(Path(kept.path), body, kept.mode)
        (removed if body is None else restored).append(kept.path)
    for kept in run.files:
        beside(Path(kept.path)).unlink(missing_ok=True)  # of a change that was killed
    for made in sorted(run.made, key=len, reverse=True):
        with contextlib.suppress(OSError):  # somebody else's file lies in it: it stays
            Path(made).rmdir()
    _note(home, run, "rolled-back")
    return Undone(restored=tuple(restored), removed=tuple(removed), already=tuple(already))


def runs(home: Path) -> list[Run]:
    """Every run, newest first; one whose registration was stopped changed nothing and is none."""
    base = home / FOLDER
    names = [one.name for one in base.iterdir()] if base.is_dir() else []
    found = [name for name in names if _ID.fullmatch(name) and (base / name / MANIFEST).is_file()]
    return sorted(
        (read(home, one) for one in found), key=lambda run: (run.at, run.id), reverse=True
    )


def standing(run: Run) -> Literal["before", "after", "between", "other"]:
    """How its files lie there: all as before, all as after, some of each; or somebody's change."""
    there = [(digest(content(Path(one.path))), one.before, one.after) for one in run.files]
    if any(found not in (before, after) for found, before, after in there):
        return "other"
    done = {found == after for found, _, after in there}
    return "between" if len(done) > 1 else "after" if True in done else "before"


def read(home: Path, run_id: str) -> Run:
    """One run; NotFound where there is none of this name, WithholdError for a damaged one."""
    path = home / FOLDER / run_id / MANIFEST
    if not _ID.fullmatch(run_id) or not path.is_file():
        raise NotFound(f"there is no run {run_id}", "withhold rollback lists them")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as why:
        raise WithholdError(f"{path}: cannot be read ({why})", "the copies lie beside it") from why


# Registering --------------------------------------------------------------------------------------


def _register(base: Path, folder: Path, wanted: Sequence[Wanted], what: str, now: datetime) -> Run:
    """Copies and manifest, all on the disk, under the run's name: there as a whole or not."""
    try:
        run_id = free_name(base, now)
        new = base / f".{run_id}.new"
        new.mkdir(mode=0o700)
        files = []
        for number, one in enumerate(wanted):
            copy = f"{number}.before" if one.before is not None else ""
            if one.before is not None:
                put_private(new / copy, one.before)
            path = folder / one.name
            files.append(
                Kept(
                    path=str(path.resolve()),
                    before=digest(one.before),
                    after=digest(one.after),
                    mode=mode_of(path),
                    copy=copy,
                )
            )
        run = Run(
            id=run_id,
            at=now,
            what=what,
            folder=str(folder.resolve()),
            state="registered",
            files=tuple(files),
            made=tuple(_missing_folders(folder, wanted)),
            emptied=tuple(_emptied_folders(folder, wanted)),
        )
        put_private(new / MANIFEST, msgspec.json.format(msgspec.json.encode(run), indent=1))
        flush_folder(new)
        new.rename(base / run_id)
        flush_folder(base)
    except OSError as why:
        raise unregistered(base, why) from why
    return run


def _missing_folders(folder: Path, wanted: Iterable[Wanted]) -> list[str]:
    missing: dict[str, None] = {}
    for one in wanted:
        here = (folder / one.name).parent
        while one.after is not None and not here.exists():
            missing[str(here.resolve())] = None
            here = here.parent
    return list(missing)


def _emptied_folders(folder: Path, wanted: Iterable[Wanted]) -> list[Folder]:
    """Folders below the site's in which nothing is left; a link to a folder is none of ours."""
    wanted = list(wanted)
    gone = {folder / one.name for one in wanted if one.after is None}
    used = {up for one in wanted if one.after is not None for up in (folder / one.name).parents}
    found: list[Folder] = []
    for one in sorted(gone):
        here = one.parent
        while here != folder and here not in gone and not here.is_symlink():
            if here in used or not set(here.iterdir()) <= gone:
                break
            found.append(Folder(path=str(here.resolve()), mode=mode_of(here)))
            gone.add(here)
            here = here.parent
    return found


def _depth(one: Folder) -> int:
    return len(Path(one.path).parts)


def _note(home: Path, run: Run, state: State) -> Run:
    """The manifest with another state; there is always a whole one."""
    noted = msgspec.structs.replace(run, state=state)
    path = home / FOLDER / run.id / MANIFEST
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    put_private(new, msgspec.json.format(msgspec.json.encode(noted), indent=1))
    new.replace(path)
    return noted


def _copy(home: Path, run: Run, kept: Kept) -> bytes | None:
    if not kept.before:
        return None
    path = home / FOLDER / run.id / Path(kept.copy).name
    body = content(path)
    if digest(body) != kept.before:
        raise BadInput(
            f"{path} is not the copy that was made of {kept.path}; nothing was put back",
            "look at both files",
        )
    return body
