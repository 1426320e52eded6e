"""Deleting a file so that its octets are not simply left lying: as far as a file system goes."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from withhold.keep.private import EVIDENCE, FILE

_ZEROS = bytes(1024 * 1024)


def wipe(path: Path) -> None:
    """Zeros over all of it, on the disk, and then it is deleted; what is not there is no trouble.

    A disk of flash, a file system that writes elsewhere (btrfs, ZFS, APFS), a snapshot or a backup
    may keep old blocks all the same. A file that has another name too (a backup by hard links) is
    only deleted here: its other name is somebody's copy. Raises OSError.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            left = found.st_size
            while left > 0:
                left -= os.write(handle, _ZEROS[:left])
            os.fsync(handle)
        finally:
            os.close(handle)
    with suppress(FileNotFoundError):
        path.unlink()


def second_names(home: Path) -> int:
    """How many files of the store have another name too, wherever: ``wipe`` leaves those readable.

    Looked at are the database and the evidence; it is asked before they are wiped. Raises OSError.
    """
    folder = home / EVIDENCE
    files = [home / FILE, *(folder.iterdir() if folder.is_dir() else ())]
    return sum(map(has_second_name, files))


def has_second_name(path: Path) -> bool:
    """Whether it is a file with a hard link to it elsewhere; False where nothing is. OSError."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_nlink > 1
