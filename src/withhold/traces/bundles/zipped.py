"""The octets of a ZIP file that are not content: the same names and contents give the same file.

PKWARE APPNOTE 6.3.10: local headers (4.3.7), the central directory (4.3.12), the end record
(4.3.16). Everything is stored, nothing compressed, so that an octet of a file is an octet of the
bundle; times are the first that ZIP knows; no extra fields, no comments, no ZIP64: a bundle is
smaller than 4 GiB and holds at most 65,000 files.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from msgspec import Struct

MOST_FILES = 65_000
MOST_OCTETS = 0xFFFF_FFFE
"""Of the whole file: what a field of four octets can say, but for the mark of ZIP64."""
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
LOCAL_SIZE, CENTRAL_SIZE, END_SIZE = _LOCAL.size, _CENTRAL.size, _END.size
_CENTRAL_MARK = 0x02014B50
_NEEDS, _MADE_BY = 20, 3 << 8 | 20
"""Version 2.0; made under Unix, so that the mode of a file is read."""
_UTF8 = 1 << 11
_NOON_OF_ZIP = (0, 1 << 5 | 1)
"""1980-01-01 00:00:00."""
_MODE = 0o100600 << 16


class Entry(Struct, frozen=True):
    """One file: its name, octets and CRC-32."""

    name: str
    size: int
    crc: int


class Octets(Struct, frozen=True):
    """A stretch of structure: what it is, of which file, and what it must be."""

    part: str
    file: str
    octets: bytes


def local(entry: Entry) -> bytes:
    """What stands before the content of a file."""
    name = entry.name.encode()
    return (
        _LOCAL.pack(
            0x04034B50,
            _NEEDS,
            _UTF8,
            0,
            *_NOON_OF_ZIP,
            entry.crc,
            entry.size,
            entry.size,
            len(name),
            0,
        )
        + name
    )


def central(entry: Entry, offset: int) -> bytes:
    """Its record in the directory at the end."""
    name = entry.name.encode()
    return (
        _CENTRAL.pack(
            _CENTRAL_MARK,
            _MADE_BY,
            _NEEDS,
            _UTF8,
            0,
            *_NOON_OF_ZIP,
            entry.crc,
            entry.size,
            entry.size,
            len(name),
            0,
            0,
            0,
            0,
            _MODE,
            offset,
        )
        + name
    )


def ending(entries: Sequence[Entry]) -> Iterator[Octets]:
    """The directory, record by record, and the end record."""
    at = size = 0
    for one in entries:
        record = central(one, at)
        yield Octets("directory", one.name, record)
        at += LOCAL_SIZE + len(one.name.encode()) + one.size
        size += len(record)
    count = len(entries)
    yield Octets("end", "", _END.pack(0x06054B50, 0, 0, count, count, size, at, 0))


def whole_size(entries: Sequence[Entry]) -> int:
    """Octets of the whole file."""
    return END_SIZE + sum(
        LOCAL_SIZE + CENTRAL_SIZE + 2 * len(one.name.encode()) + one.size for one in entries
    )


# What a file says of itself, believed by nobody -------------------------------------------------


class Claims(Struct, frozen=True):
    """A header's CRC-32 and its two sizes."""

    crc: int
    sizes: tuple[int, int]


def local_claims(data: bytes) -> Claims | None:
    """Of the first octets of a local header; None where they are too few."""
    if len(data) < LOCAL_SIZE:
        return None
    said = _LOCAL.unpack_from(data)
    return Claims(said[6], (said[7], said[8]))


def central_claims(data: bytes) -> tuple[Claims, int] | None:
    """Of a record of the directory, with where its file begins; None for what is none."""
    if len(data) < CENTRAL_SIZE:
        return None
    said = _CENTRAL.unpack_from(data)
    if said[0] != _CENTRAL_MARK:
        return None
    return Claims(said[7], (said[8], said[9])), said[16]


def directory_at(data: bytes) -> int:
    """Where the end record says that the directory begins."""
    return int(_END.unpack_from(data)[6])
