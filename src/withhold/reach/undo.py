"""Changing files of the owner's so that it can be undone: the undo is registered first.

A run lies in ``runs/RUN/`` of the home: the bytes of before (``0.before`` ...) and
``manifest.json``, which names every file with the digests of before and after. Both are on the
disk before the first file is touched, and each file is changed whole or not at all. So whenever a
run is stopped, every file is as it was or as it was meant to be, and ``rollback`` tells them by
their digests. All of it can be read by its owner alone (0700, 0600).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from withhold.errors import BadInput, NotFound, WithholdError

FOLDER = "runs"
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


class Run(Struct, frozen=True, kw_only=True):
    """A run as its manifest has it. ``made`` are folders that did not exist before."""

    schema: str = "withhold/run/1"
    id: str
    at: datetime
    what: str
    folder: str
    state: State
    files: tuple[Kept, ...]
    made: tuple[str, ...] = ()


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
    if not wanted:
        return None
    for one in wanted:
        path = _inside(folder, one.name)
        if _bytes(path) != one.before:
            raise BadInput(f"{path} has changed in the meantime; nothing was written", "run again")
    run = _register(home, folder, wanted, what, now)
    for one in wanted:
        _put(folder / one.name, one.after, _mode(folder / one.name))
    return _note(home, run, "done")


def rollback(home: Path, run_id: str, force: bool = False) -> Undone:
    """Puts every file of a run back, byte for byte; one that was not there is taken away.

    Run again after it was stopped it goes on. Raises NotFound for a run that is not there, and
    BadInput, before anything is touched, when somebody has changed a file since (unless
    ``force``) or when a copy is not what the manifest says.
    """
    run = read(home, run_id)
    todo: list[tuple[Kept, bytes | None]] = []
    already: list[str] = []
    for kept in run.files:
        path = Path(kept.path)
        there = _digest(_bytes(path))
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
    for kept, body in reversed(todo):
        _put(Path(kept.path), body, kept.mode)
        (removed if body is None else restored).append(kept.path)
    for kept in run.files:
        _beside(Path(kept.path)).unlink(missing_ok=True)  # of a change that was killed
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


def read(home: Path, run_id: str) -> Run:
    """One run; NotFound where there is none of this name, WithholdError for a damaged one."""
    path = home / FOLDER / run_id / MANIFEST
    if not _ID.fullmatch(run_id) or not path.is_file():
        raise NotFound(f"there is no run {run_id}", "withhold rollback lists them")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError) as why:
        raise WithholdError(f"{path}: cannot be read ({why})", "the copies lie beside it") from why


# Registering --------------------------------------------------------------------------------------


def _register(home: Path, folder: Path, wanted: Sequence[Wanted], what: str, now: datetime) -> Run:
    """Copies and manifest, all on the disk, under the run's name: there as a whole or not."""
    base = home / FOLDER
    try:
        for folder_of_ours in (home, base):
            folder_of_ours.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(base)
        run_id = _free(base, now)
        new = base / f".{run_id}.new"
        new.mkdir(mode=0o700)
        files = []
        for number, one in enumerate(wanted):
            copy = f"{number}.before" if one.before is not None else ""
            if one.before is not None:
                _private(new / copy, one.before)
            path = folder / one.name
            files.append(
                Kept(
                    path=str(path.resolve()),
                    before=_digest(one.before),
                    after=_digest(one.after),
                    mode=_mode(path),
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
        )
        _private(new / MANIFEST, msgspec.json.format(msgspec.json.encode(run), indent=1))
        _flush_folder(new)
        new.rename(base / run_id)
        _flush_folder(base)
    except OSError as why:
        raise WithholdError(
            f"the undo cannot be registered ({why.strerror}); nothing was written",
            f"look at {base}",
        ) from why
    return run


def _clear(base: Path) -> None:
    """Takes away registrations that were stopped before they had their name."""
    for one in base.glob(".*.new"):
        shutil.rmtree(one, ignore_errors=True)


def _free(base: Path, now: datetime) -> str:
    name = now.strftime("%Y%m%d-%H%M%S")
    number = 1
    while (base / name).exists():
        number += 1
        name = f"{now:%Y%m%d-%H%M%S}-{number}"
    return name


def _missing_folders(folder: Path, wanted: Iterable[Wanted]) -> list[str]:
    missing: dict[str, None] = {}
    for one in wanted:
        here = (folder / one.name).parent
        while one.after is not None and not here.exists():
            missing[str(here.resolve())] = None
            here = here.parent
    return list(missing)


def _note(home: Path, run: Run, state: State) -> Run:
    """The manifest with another state; there is always a whole one."""
    noted = msgspec.structs.replace(run, state=state)
    path = home / FOLDER / run.id / MANIFEST
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    _private(new, msgspec.json.format(msgspec.json.encode(noted), indent=1))
    new.replace(path)
    return noted


def _copy(home: Path, run: Run, kept: Kept) -> bytes | None:
    if not kept.before:
        return None
    path = home / FOLDER / run.id / Path(kept.copy).name
    body = _bytes(path)
    if _digest(body) != kept.before:
        raise BadInput(
            f"{path} is not the copy that was made of {kept.path}; nothing was put back",
            "look at both files",
        )
    return body


# Files --------------------------------------------------------------------------------------------


def _inside(folder: Path, name: str) -> Path:
    """A file below the folder; BadInput where its name or a link leads elsewhere."""
    path = folder / name
    if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
        raise BadInput(f"{path} leads elsewhere", "name the folder where the file itself lies")
    return path


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its rights") from why


def _digest(body: bytes | None) -> str:
    return "" if body is None else hashlib.sha256(body).hexdigest()


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o644


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.withhold")


def _put(path: Path, body: bytes | None, mode: int) -> None:
    """The whole file, or none where there is to be none; in one step either way."""
    try:
        if body is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = _beside(path)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except OSError as why:
        raise BadInput(
            f"{path}: cannot be written ({why.strerror})",
            "withhold rollback puts back what was changed before it",
        ) from why


def _private(path: Path, body: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(path: Path) -> None:
    """Its names too are on the disk; a system that cannot says so, and nothing is lost by it."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_all(home: Path) -> int:
    """Deletes every run with its copies, damaged ones too; answers how many there were."""
    base = home / FOLDER
    found = [one for one in base.iterdir() if one.is_dir()] if base.is_dir() else []
    shutil.rmtree(base, ignore_errors=True)
    return len(found)
