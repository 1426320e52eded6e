"""Single files out of a ZIP archive, found by its directory, with nothing else of it unpacked.

PKWARE's APPNOTE 6.3.10: the end of central directory record (4.3.16), the central directory
(4.3.12), the local header in front of each file (4.3.7). Stored and deflated files are read, which
is all that EPUB allows (EPUB 3.3, OCF ZIP container). The 64-bit form is not read: an archive that
needs it has more files or bytes than are read here.

Names are looked up in the directory and nowhere else, so that one that leads out of the archive
leads nowhere. Time is linear in the bytes that are there; what is unpacked has a limit that is
known before, whatever the headers say.
"""

from __future__ import annotations

import struct
import zlib
from typing import Literal

from msgspec import Struct

MEMBERS_LIMIT = 65_535
"""Files in an archive; the field of the 32-bit form has no room for more."""

Trouble = Literal[
    "not-zip", "damaged", "too-many-members", "encrypted", "unknown-compression", "too-big"
]

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_COMMENT = 65_535
_ENCRYPTED = 0x2041  # bits 0, 6, 13: encrypted, strongly encrypted, headers masked (4.4.4)


class Entry(Struct, frozen=True):
    """One file as the directory has it."""

    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    at: int


class Directory(Struct, frozen=True):
    """The files of an archive by name; ``doubled``: names of which there are several files."""

    entries: dict[bytes, Entry]
    doubled: frozenset[bytes] = frozenset()


def directory(data: bytes) -> Directory | Trouble:
    """What files an archive has, or why that cannot be told. Any bytes will do."""
    if not data.startswith(b"PK"):
        return "not-zip"
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _COMMENT))
    if at < 0 or at + _END.size > len(data):
        return "damaged"
    _, disk, first, _, count, size, start, _ = _END.unpack_from(data, at)
    if count == 0xFFFF or size == 0xFFFFFFFF or start == 0xFFFFFFFF:
        return "too-many-members"
    if disk or first or start + size > at:
        return "damaged"
    return _listed(data, start, start + size)


def _listed(data: bytes, at: int, end: int) -> Directory | Trouble:
    entries: dict[bytes, Entry] = {}
    doubled: set[bytes] = set()
    for _ in range(MEMBERS_LIMIT):
        if at == end:
            return Directory(entries, frozenset(doubled))
        if at + _CENTRAL.size > end or not data.startswith(b"PK\1\2", at):
            return "damaged"
        field = _CENTRAL.unpack_from(data, at)
        named = at + _CENTRAL.size
        at = named + field[10] + field[11] + field[12]
        if at > end:
            return "damaged"
        name = data[named : named + field[10]]
        if name in entries:
            doubled.add(name)
        entries[name] = Entry(field[3], field[4], field[7], field[8], field[9], field[16])
    return "too-many-members"


def content(data: bytes, name: bytes, entry: Entry, most: int) -> bytes | Trouble:
    """The bytes of one file, at most ``most`` of them, or why they cannot be had."""
    if entry.flags & _ENCRYPTED:
        return "encrypted"
    if entry.method not in (0, 8):
        return "unknown-compression"
    if entry.size > most:
        return "too-big"
    if entry.at + _LOCAL.size > len(data) or not data.startswith(b"PK\3\4", entry.at):
        return "damaged"
    field = _LOCAL.unpack_from(data, entry.at)
    named = entry.at + _LOCAL.size
    begin = named + field[9] + field[10]
    if data[named : named + field[9]] != name or begin + entry.packed > len(data):
        return "damaged"
    packed = data[begin : begin + entry.packed]
    plain = packed if entry.method == 0 else _inflated(packed, most)
    if isinstance(plain, str):
        return plain
    whole = len(plain) == entry.size and zlib.crc32(plain) == entry.checksum
    return plain if whole else "damaged"


def _inflated(packed: bytes, most: int) -> bytes | Trouble:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = unpack.decompress(packed, most + 1)
    except zlib.error:
        return "damaged"
    if len(plain) > most:
        return "too-big"
    return plain if unpack.eof else "damaged"
