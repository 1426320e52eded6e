"""Files that are dropped on the dashboard: private, in the owner's home, and not for long.

What they are called there is random; what the browser calls them never becomes a path.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

FOLDER = "uploads"


class Dropped:
    """One file while it arrives. Raises OSError where it cannot be made or written."""

    def __init__(self, home: Path, ending: str = "") -> None:
        folder = home / FOLDER
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # by ``parents`` it were open to all
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        self.path = folder / f"{secrets.token_hex(16)}{ending}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file: BinaryIO = os.fdopen(os.open(self.path, flags, 0o600), "wb", buffering=0)
        self.size = 0

    def write(self, data: bytes) -> None:
        """More of it."""
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        self.size += len(data)

    def close(self) -> None:
        """All of it has arrived."""
        self._file.close()

    def delete(self) -> None:
        """It is gone, also when only a part of it has arrived."""
        with contextlib.suppress(OSError):
            self._file.close()
        delete(self.path)


def delete(path: Path) -> None:
    """One file; one that is gone already, or that is held open on Windows, is left as it is."""
    with contextlib.suppress(OSError):
        path.unlink()


def room(home: Path) -> int:
    """Octets that can still be written there."""
    while not home.exists() and home != home.parent:
        home = home.parent
    return shutil.disk_usage(home).free


def sweep(home: Path) -> int:
    """Deletes what was left in the folder by a server that is gone; how many files."""
    folder, gone = home / FOLDER, 0
    if folder.is_symlink() or not folder.is_dir():
        return 0
    for one in list(folder.iterdir()):
        if one.is_symlink() or one.is_file():
            delete(one)
            gone += 1
        elif one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
            gone += 1
    return gone
