"""The files of an archive, wherever they lie: zips (also several), a tar, a folder, a single file.

Nothing is extracted. Every file is read through a bounded stream, and only files whose names stay
inside the archive are there at all. Archives come from a platform, through mail and download
folders, and may be anything: names, sizes and contents are hostile until read under these limits.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO
from zipfile import is_zipfile

from withhold.errors import BadInput
from withhold.exports.folder_files import FilePart, FolderPart
from withhold.exports.notes import Notes
from withhold.exports.part_names import missing
from withhold.exports.safe_path import is_litter
from withhold.exports.streams import (
    BUFFER,
    IN_ALL_FROM,
    IN_ALL_RATIO,
    Allowance,
    Bounded,
    Entry,
    TooLarge,
    Unreadable,
)
from withhold.exports.tar_files import TarPart
from withhold.exports.zip_files import AGAIN, ZipPart

__all__ = ["FILES_AT_MOST", "HEAD", "Entry", "Files", "TooLarge", "Unreadable"]

HEAD = 4096
"""Bytes that are looked at to tell what a file is."""
FILES_AT_MOST = 1_000_000
COMPARED_AT_MOST = 64 * 1024 * 1024
"""Bytes up to which two files of one path are compared."""
GLANCE = 8 * 1024
"""Bytes that are read at a time of a file that is only glanced at."""
SAME_NAMES = 1_000
"""Files of one name, in whatever folders, among which the one that is meant is looked for."""
NESTED = (".zip", ".tgz", ".tar", ".tar.gz", ".7z", ".rar")
"""Archives inside an archive are not opened: they are named, to be given by themselves."""
_OTHER_PACKINGS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"PK\7\x08": "a zip in volumes",
}

_Part = ZipPart | TarPart | FolderPart | FilePart


class Files:
    """All files of one archive, by path. Close it, or use it in a ``with``.

    Raises BadInput where nothing of what was named can be listed; of several parts a damaged one
    is noted, and the others are read.
    """

    def __init__(self, names: Sequence[Path], notes: Notes) -> None:
        self._notes = notes
        self._parts: list[_Part] = []
        self._part_of: dict[str, _Part] = {}
        self.entries: dict[str, Entry] = {}
        self.parts = tuple(name.name for name in names)
        self._allowance = Allowance(_allowed(names))
        self._glanced = Allowance(_allowed(names))
        try:
            for name in names:
                self._add(name, alone=len(names) == 1)
            if not self._parts:
                raise BadInput(f"{', '.join(self.parts[:5])}: no part can be read", AGAIN)
        except BaseException:
            self.close()
            raise
        for stem, number, of in missing(self.parts):
            notes.trouble(stem, "part-missing", part=number, of=of or "?")

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All paths, sorted."""
        return tuple(sorted(self.entries))

    def ending(self, *tails: str) -> list[str]:
        """The paths that end in one of these (``posts/posts_1.json``), whole names only, sorted."""
        found: set[str] = set()
        for tail in tails:
            for path in self._by_name.get(tail.rsplit("/", 1)[-1], ()):
                if path == tail or path.endswith(f"/{tail}"):
                    found.add(path)
        return sorted(found)

    def head(self, path: str, size: int = HEAD) -> bytes:
        """The first bytes of a file; empty where it cannot be read."""
        try:
            with self.open(path) as stream:
                return stream.read(size)
        except (OSError, KeyError):
            return b""

    def body(self, path: str, at_most: int = 64 * 1024 * 1024) -> bytes:
        """A whole file. Raises TooLarge (an OSError) for one of more than ``at_most`` bytes."""
        with self.open(path) as stream:
            found = stream.read(at_most + 1)
        if len(found) > at_most:
            raise TooLarge("too-large")
        return found

    def open(self, path: str) -> IO[bytes]:
        """A file as a stream of bytes under the limits. Raises KeyError, OSError.

        Its sum is looked at when it was read to the end; what differs is noted once.
        """
        entry = self.entries[path]
        stream = self._part_of[path].open(path)
        if entry.crc is None:
            return io.BufferedReader(Bounded(stream, self._allowance), BUFFER)
        bounded = Bounded(
            stream, self._allowance, entry.packed, entry.crc, lambda: self._differs(path)
        )
        return io.BufferedReader(bounded, BUFFER)

    def only(self, tail: str) -> str:
        """The path that is this, else the one that ends in it; empty for none, and for several."""
        if tail in self.entries:
            return tail
        named = self._by_name.get(tail.rsplit("/", 1)[-1], ())
        found = self.ending(tail) if len(named) <= SAME_NAMES else ()
        return found[0] if len(found) == 1 else ""

    def glance(self, path: str) -> IO[bytes] | None:
        """A file whose first bytes are wanted; None where much else has to be read for them.

        Its sum is not looked at. What is read counts by itself, so that glances take nothing of
        what reading may take. Raises KeyError, OSError.
        """
        part = self._part_of[path]
        if not part.near(path):
            return None
        stream = Bounded(part.open(path), self._glanced, self.entries[path].packed)
        return io.BufferedReader(stream, GLANCE)

    def close(self) -> None:
        """Closes the parts."""
        for one in self._parts:
            one.close()

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ----------------------------------------------------------------------------------------------

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.entries:
            found.setdefault(path.rsplit("/", 1)[-1], []).append(path)
        return found

    @cached_property
    def _noted(self) -> set[str]:
        return set()

    def _differs(self, path: str) -> None:
        if path not in self._noted:
            self._noted.add(path)
            self._notes.trouble(path, "damaged", "end of file", sum="differs")

    def _add(self, name: Path, alone: bool) -> None:
        try:
            part = _opened(name, self._notes)
            self._parts.append(part)
            self._take(part.list(), part)
        except BadInput:
            if alone:
                raise
            self._notes.trouble(name.name, "damaged" if name.exists() else "part-missing")
        except OSError as why:
            if alone:
                raise BadInput(
                    f"{name.name}: cannot be read", "look at who may read it, and at the disk"
                ) from why
            self._notes.trouble(name.name, "unreadable")

    def _take(self, found: Iterable[Entry], part: _Part) -> None:
        for one in found:
            if is_litter(one.path):
                self._notes.ignore(one.path, "no-content")
            elif len(self.entries) >= FILES_AT_MOST:
                self._notes.trouble(one.part, "too-many-files", limit=FILES_AT_MOST)
                return
            elif one.path in self.entries:
                if not self._same(one, part):
                    self._notes.trouble(one.path, "twice", part=one.part)
            else:
                self.entries[one.path] = one
                self._part_of[one.path] = part

    def _same(self, one: Entry, part: _Part) -> bool:
        """Whether a file is there already with the same bytes, in another part."""
        first = self.entries[one.path]
        if first.size != one.size:
            return False
        if first.crc is not None and one.crc is not None:
            return first.crc == one.crc
        if one.size > COMPARED_AT_MOST:
            return False
        try:
            sums = [_sum(self._part_of[one.path].open(one.path)), _sum(part.open(one.path))]
        except (OSError, EOFError, zlib.error):
            return False
        return sums[0] == sums[1]


def _opened(name: Path, notes: Notes) -> _Part:
    """The part that this name is, by its first bytes. Raises BadInput, OSError."""
    if name.is_dir():
        return FolderPart(name, notes)
    if not name.is_file():
        raise BadInput(f"{name.name}: there is no such file", "look at its name")
    with name.open("rb") as stream:
        head = stream.read(512)
    ending = name.name.lower()
    if head[:4] in (b"PK\3\4", b"PK\5\6") or (ending.endswith(".zip") and is_zipfile(name)):
        return ZipPart(name, notes)
    for magic, packing in _OTHER_PACKINGS.items():
        if head.startswith(magic) and not ending.endswith((".json", ".csv", ".txt", ".html")):
            raise BadInput(
                f"{name.name}: packed as {packing}, which is not read",
                "unpack it, and give the folder",
            )
    if head[:2] == b"\x1f\x8b" or head[257:262] == b"ustar":
        return TarPart(name, notes)
    if ending.endswith((".zip", ".tgz", ".tar", ".gz")):
        raise BadInput(f"{name.name}: {'not what its name says' if head else 'empty'}", AGAIN)
    return FilePart(name)


def _allowed(names: Sequence[Path]) -> int | None:
    """Bytes that may be read from these in all; folders are on the disk already, so any number."""
    if any(name.is_dir() for name in names):
        return None
    size = sum(name.stat().st_size for name in names if name.is_file())
    return max(IN_ALL_FROM, IN_ALL_RATIO * size)


def _sum(stream: IO[bytes]) -> int:
    found = 0
    with stream:
        while chunk := stream.read(BUFFER):
            found = zlib.crc32(chunk, found)
    return found
