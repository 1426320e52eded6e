"""Handles by which the files of a database are looked at, and no lock of this process is dropped.

POSIX drops all locks that a process has on a file when it closes any handle of that file
(https://www.sqlite.org/howtocorrupt.html, 2.2). So what was opened here for a look stays open: one
handle for each file, by device and inode, which stay the file's as long as one is open.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HANDLES: dict[tuple[int, int], int] = {}


@contextmanager
def handle_of(path: Path) -> Iterator[int]:
    """A handle to read the file by, with ``octets_at``: it has no place of its own in the file.

    Raises OSError where the file cannot be opened.
    """
    if not hasattr(os, "pread"):  # Windows: a lock is its handle's
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            yield handle
        finally:
            os.close(handle)
        return
    found = path.stat()
    which = found.st_dev, found.st_ino
    if which not in _HANDLES:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        opened = os.fstat(handle)  # another may have taken the name meanwhile
        which = opened.st_dev, opened.st_ino
        _HANDLES.setdefault(which, handle)
    yield _HANDLES[which]


def octets_at(handle: int, size: int, at: int) -> bytes:
    """As many octets from this place on; fewer, or none, where the file ends. Raises OSError."""
    if hasattr(os, "pread"):
        return os.pread(handle, size, at)
    os.lseek(handle, at, os.SEEK_SET)
    return os.read(handle, size)
