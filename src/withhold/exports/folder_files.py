"""A folder as the files in it, and a single file as an archive of one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from withhold.exports.notes import Notes
from withhold.exports.safe_path import safe, shown
from withhold.exports.streams import Entry

DEEPEST = 64
"""Folders inside each other."""


class FolderPart:
    """One folder. Links are not followed: they may lead anywhere."""

    def __init__(self, name: Path, notes: Notes) -> None:
        self._name, self._notes = name, notes
        self._where: dict[str, Path] = {}

    def list(self) -> Iterator[Entry]:
        """Its files, folder by folder; pipes, sockets and devices are no files."""
        waiting = [(self._name, 0)]
        while waiting:
            folder, depth = waiting.pop()
            try:
                inside = sorted(folder.iterdir())
            except OSError:
                self._notes.trouble(self._said(folder), "unreadable")
                continue
            folders = []
            for one in inside:
                try:
                    found = one.lstat()
                except OSError:
                    self._notes.trouble(self._said(one), "unreadable")
                    continue
                if stat.S_ISLNK(found.st_mode):
                    self._notes.trouble(self._said(one), "symlink")
                elif stat.S_ISDIR(found.st_mode):
                    if depth < DEEPEST:
                        folders.append((one, depth + 1))
                    else:
                        self._notes.trouble(self._said(one), "nested-too-deep")
                elif stat.S_ISREG(found.st_mode):
                    path = safe(_utf8(one.relative_to(self._name).as_posix()))
                    if not path:
                        self._notes.trouble(self._said(one), "unsafe-path")
                        continue
                    self._where[path] = one
                    yield Entry(path=path, size=found.st_size, part="")
            waiting += reversed(folders)

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file."""
        return self._where[path].open("rb", buffering=0)

    def near(self, _path: str) -> bool:
        """Whether its first bytes are had at once: they lie on the disk."""
        return True

    def close(self) -> None:
        """Nothing is open."""

    def _said(self, one: Path) -> str:
        return shown(one.relative_to(self._name).as_posix())


class FilePart:
    """A single file."""

    def __init__(self, name: Path) -> None:
        self._name = name

    def list(self) -> Iterator[Entry]:
        """The file."""
        yield Entry(
            path=safe(_utf8(self._name.name)) or "file", size=self._name.stat().st_size, part=""
        )

    def open(self, _path: str) -> IO[bytes]:
        """Its bytes, whatever the path."""
        return self._name.open("rb", buffering=0)

    def near(self, _path: str) -> bool:
        """Whether its first bytes are had at once: they lie on the disk."""
        return True

    def close(self) -> None:
        """Nothing is open."""


def _utf8(name: str) -> str:
    """A name as text that can be stored, also where a disk holds one that is not UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()
