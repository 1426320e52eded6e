"""A file that is written beside its place: whole when it gets its name, and nothing else stays.

A process that is killed leaves its half. Each holds a lock on its own while it lives, so the next
one that writes there can tell the halves of the dead and takes them away. Where the system knows
no such lock (Windows) a half stays until somebody deletes it.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

ENDING = ".half"
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and a pipe that another put there is not waited for."""
_LONGEST = 100
"""Octets of the name that are taken over: names have a limit."""


@contextlib.contextmanager
def half_written(path: Path, mode: int) -> Iterator[BinaryIO]:
    """A stream for what is to be ``path``; at the end of the block it is there, on the disk.

    Before, or after an error, what was there stays. The folder must be there. Raises OSError.
    """
    begin = f".{os.fsencode(path.name)[:_LONGEST].decode('utf-8', 'ignore')}."
    _sweep(path.parent, begin)
    handle, half = _made(path.parent, begin)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            Path(half).chmod(mode)
            os.fsync(stream.fileno())
            if os.name == "nt":  # there an open file keeps its name
                stream.close()
            Path(half).replace(path)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise


def left_in(folder: Path) -> list[Path]:
    """Halves of processes that are no more."""
    try:
        found = sorted(folder.glob(f".*{ENDING}"))
    except OSError:
        return []
    return [one for one in found if _is_nobodys(one)]


def _sweep(folder: Path, begin: str) -> None:
    for one in left_in(folder):
        if one.name.startswith(begin):
            one.unlink(missing_ok=True)


def _made(folder: Path, begin: str) -> tuple[int, str]:
    """A new file under its lock: between its making and the lock another may have swept it."""
    while True:
        handle, half = tempfile.mkstemp(dir=folder, prefix=begin, suffix=ENDING)
        _lock(handle)
        if os.path.lexists(half):
            return handle, half
        os.close(handle)


def _is_nobodys(half: Path) -> bool:
    try:
        handle = os.open(half, _READ)
    except OSError:
        return False
    try:
        return stat.S_ISREG(os.fstat(handle).st_mode) and _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Whether it is ours now; never where the system has no such lock."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
