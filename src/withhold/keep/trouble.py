"""What went wrong with the store, in one line, with the way back.

Only trouble of the world is told so: a lock, a damaged file, a folder that may not be written, a
full disk. Any other error of SQLite is an error of this program and crashes, loudly.
"""

from __future__ import annotations

import errno
import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from withhold.errors import StoreTrouble
from withhold.keep import drivers

_HAND_MADE = ("no such table", "no such column", "Could not decode to UTF-8")
"""Errors without a code of their own that only a file changed by another hand can give."""


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Inside, an error of SQLite or of the file system that a user can act upon is StoreTrouble."""
    try:
        yield
    except Exception as why:
        told = None
        if isinstance(why, OSError):
            told = _from_files(why, path)
        elif isinstance(why, drivers.errors()):
            told = _from_sqlite(why, path)
        if told is None:
            raise
        raise told from why


def damaged(path: Path, what: str) -> StoreTrouble:
    """The file, or a part of it, does not read as a store of withhold."""
    return StoreTrouble(
        f"the store is damaged: {path} ({what})",
        "nothing was deleted; withhold doctor says more, or move it aside and start a new one: "
        + move_aside(path),
    )


def orphaned(path: Path) -> StoreTrouble:
    """The log holds rows that were not yet folded into a database which is gone or empty."""
    return StoreTrouble(
        f"the store {path} is gone or empty, but its log {path.name}-wal is still there",
        f"put the right {path.name} back beside it, or move the rest aside (nothing is deleted): "
        + move_aside(path),
    )


def anothers(folder: Path, owner: int) -> StoreTrouble:
    """The folder is not of the user who runs this; ``owner``: the number of the one whose it is."""
    said = _name_of(owner)
    tip = "set WITHHOLD_HOME to a folder of your own"
    if os.geteuid() == 0:
        tip = f"run it as {said}, without sudo; or " + tip
    elif owner == 0:
        tip += (
            f"; if you made it with sudo: sudo chown -R {os.geteuid()} {shlex.quote(str(folder))}"
        )
    return StoreTrouble(
        f"the folder {folder} belongs to another user ({said}), and nothing is written into it", tip
    )


def newer(path: Path, schema: int, known: int) -> StoreTrouble:
    """The file was written by a later version of this program."""
    return StoreTrouble(
        f"{path} was written by a newer withhold (schema {schema}, this one knows {known})",
        "pip install -U withhold; or set WITHHOLD_HOME to another folder",
    )


def move_aside(path: Path) -> str:
    """The line that moves a store out of the way: its log must never meet a new database."""
    aside = shlex.quote(str(path.parent / "aside"))
    return f"mkdir {aside} && mv {shlex.quote(str(path))}* {aside}"


def _name_of(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # a folder of another machine, or of a container's
        return f"number {user}"


def _unwritable(path: Path, what: str) -> StoreTrouble:
    folder = shlex.quote(str(path.parent))
    return StoreTrouble(
        f"the store {path} cannot be opened or written ({what})",
        f"give yourself the right: chmod -R u+rwX {folder}; "
        "or set WITHHOLD_HOME to a folder of your own",
    )


def _full(path: Path) -> StoreTrouble:
    return StoreTrouble(
        f"no room left on the disk of {path}", "make room and run it again; nothing was lost"
    )


def _from_files(why: OSError, path: Path) -> StoreTrouble:
    if why.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    name = f"{why.filename}: " if why.filename and str(why.filename) != str(path) else ""
    return _unwritable(path, f"{name}{why.strerror or why}")


def _from_sqlite(why: sqlite3.Error, path: Path) -> StoreTrouble | None:
    code = getattr(why, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreTrouble(
                f"the store is locked: another program is writing to {path}",
                "wait until it is done, or close the program that has the file open, "
                "and run it again",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return damaged(path, str(why))
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case (
            sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_AUTH
            | sqlite3.SQLITE_IOERR
        ):
            return _unwritable(path, str(why))
    if isinstance(why, drivers.operational_errors()) and str(why).startswith(_HAND_MADE):
        return damaged(path, str(why))
    return None
