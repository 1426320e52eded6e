"""The folder of runs that can be undone: one process at a time changes it, and tidies it first.

The lock is on the folder itself, so nothing is made for it, and it ends with the process. Where
the system knows no such lock (Windows) two at once are not kept apart.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from withhold.errors import WithholdError

FOLDER = "runs"


@contextlib.contextmanager
def alone_in(home: Path, *, make: bool = False) -> Iterator[Path]:
    """The folder, with nobody else in it until the block ends, and what was left half gone.

    ``make``: it is made where it is not there. WithholdError where it cannot be.
    """
    base = home / FOLDER
    try:
        if make:
            for folder_of_ours in (home, base):
                folder_of_ours.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = _locked(base) if base.is_dir() else None
    except OSError as why:
        raise unregistered(base, why) from why
    try:
        for one in left_in(home):
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):  # on a disk that may not be written it stays
                    one.unlink()
        yield base
    finally:
        if handle is not None:
            os.close(handle)


def left_in(home: Path) -> list[Path]:
    """Registrations that were stopped before they had their name, and notes that were not whole."""
    base = home / FOLDER
    if not base.is_dir():
        return []
    return sorted((*base.glob(".*.new"), *base.glob("*/manifest.new")))


def unregistered(base: Path, why: OSError) -> WithholdError:
    """That nothing was changed, as nothing could be undone."""
    return WithholdError(
        f"the undo cannot be registered ({why.strerror}); nothing was written", f"look at {base}"
    )


def free_name(base: Path, now: datetime) -> str:
    """A name for a run that none has yet."""
    name = now.strftime("%Y%m%d-%H%M%S")
    number = 1
    while (base / name).exists():
        number += 1
        name = f"{now:%Y%m%d-%H%M%S}-{number}"
    return name


def forget_all(home: Path) -> int:
    """Deletes every run with its copies, damaged ones too; how many there were.

    Raises WithholdError where one resists: what is told to be forgotten is gone.
    """
    base = home / FOLDER
    number = sum(one.is_dir() for one in base.iterdir()) if base.is_dir() else 0
    try:
        if base.is_dir():
            shutil.rmtree(base)
    except OSError as why:
        raise WithholdError(
            f"{base} cannot be deleted ({why.strerror})", "look at its rights, and forget again"
        ) from why
    return number


def _locked(base: Path) -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(base, os.O_RDONLY)
    with contextlib.suppress(OSError):  # a file system without locks
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle
