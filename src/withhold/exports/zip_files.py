"""A zip as the files in it. Nothing is extracted; names, sizes and sums are not trusted."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from withhold.errors import BadInput
from withhold.exports.notes import Notes
from withhold.exports.safe_path import safe, shown
from withhold.exports.streams import Entry, Unreadable

DIRECTORY_AT_MOST = 256 * 1024 * 1024
"""Bytes of the list of files in a zip: it is read in one piece. 1,000,000 files take 150 MB."""
_METHODS = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2)
"""LZMA is left out: the zip says how much memory it takes. No platform uses it."""
_LOCAL = 30
"""Bytes in front of each packed file, beside its name."""
AGAIN = "download it again, and give it as it was downloaded"


class ZipPart:
    """One zip. Raises BadInput for what is none, or none that can be listed."""

    def __init__(self, name: Path, notes: Notes) -> None:
        self._name, self._notes = name, notes
        self._infos: dict[str, ZipInfo] = {}
        try:
            with name.open("rb") as stream:
                if _directory_size(stream) > DIRECTORY_AT_MOST:
                    raise BadInput(
                        f"{name.name}: a zip with a list of files of more than "
                        f"{DIRECTORY_AT_MOST // 1024**2} MiB is not opened",
                        "unpack it, and give the folder",
                    )
            self._zip = ZipFile(name)
        except (BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as why:
            raise BadInput(
                f"{name.name}: the zip is damaged or was cut off; its list of files is at its end,"
                " and cannot be read",
                AGAIN,
            ) from why

    def list(self) -> Iterator[Entry]:
        """Its files; what is refused is noted."""
        part = self._name.name
        overlapping = _overlapping(self._zip.infolist())
        for info in self._zip.infolist():
            said = _name(info)
            if said.endswith(("/", "\\")):
                continue
            path = safe(said)
            trouble = self._notes.trouble
            if not path or "\0" in info.orig_filename:
                trouble(shown(info.orig_filename), "unsafe-path", part=part)
            elif info.flag_bits & 1:
                trouble(path, "encrypted", part=part)
            elif stat.S_ISLNK(info.external_attr >> 16):
                trouble(path, "symlink", part=part)
            elif info.compress_type not in _METHODS:
                trouble(path, "unreadable", part=part, method=info.compress_type)
            elif info.header_offset in overlapping:
                trouble(path, "damaged", part=part, overlaps="another file of the zip")
            elif path in self._infos:
                first = self._infos[path]
                if (first.CRC, first.file_size) != (info.CRC, info.file_size):
                    trouble(path, "twice", part=part)
            else:
                self._infos[path] = info
                yield Entry(
                    path=path,
                    size=info.file_size,
                    part=part,
                    packed=max(info.compress_size, 1),
                    crc=info.CRC,
                )

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file. Its sum is checked by whoever reads: see ``streams.Bounded``."""
        info = copy(self._infos[path])
        del info.CRC  # zipfile would raise at the end, and keep the last piece to itself
        try:
            return self._zip.open(info)
        except (BadZipFile, struct.error, EOFError, OSError) as why:
            raise Unreadable("damaged") from why
        except (RuntimeError, NotImplementedError, ValueError) as why:
            raise Unreadable("unreadable") from why

    def near(self, path: str) -> bool:
        """Whether its first bytes are had by unpacking few: bzip2 unpacks 900 kB at a time."""
        return self._infos[path].compress_type != ZIP_BZIP2

    def close(self) -> None:
        """Closes the zip."""
        self._zip.close()


def _name(info: ZipInfo) -> str:
    """The name in UTF-8 also where the zip does not say that it is: macOS never does."""
    name = info.filename
    if info.flag_bits & 0x800 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _overlapping(infos: list[ZipInfo]) -> set[int]:
    """Where files begin that lie inside another one: a bomb is made of them, nothing else is."""
    found: set[int] = set()
    end: float = float("-inf")  # a zip that lost its beginning has places before 0
    seen: set[int] = set()
    for start, size in sorted(
        (info.header_offset, _LOCAL + len(info.orig_filename) + info.compress_size)
        for info in infos
    ):
        if start < end or start in seen:
            found.add(start)
        seen.add(start)
        end = max(end, start + size)
    return found


def _directory_size(stream: IO[bytes]) -> int:
    """Bytes of the zip's list of files, by its own word; 0 where it says nothing."""
    size = stream.seek(0, 2)
    from_ = max(0, size - 65_557 - 20)
    stream.seek(from_)
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        return 0
    found: int = struct.unpack_from("<L", tail, at + 12)[0]
    if tail[at - 20 : at - 16] == b"PK\6\7" and at >= 20:
        where: int = struct.unpack_from("<Q", tail, at - 12)[0]
        if where + 56 <= size:
            stream.seek(where)
            record = stream.read(56)
            if record[:4] == b"PK\6\6":
                found = struct.unpack_from("<Q", record, 40)[0]
    return found
