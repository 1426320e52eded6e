"""Packed files by hand: zips and tars that no library would write, byte by byte."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple


class Member(NamedTuple):
    """A file of a zip as its two headers tell it; what is None is told truly."""

    name: bytes
    body: bytes
    flags: int = 0
    method: int = 0
    """0 stored, 8 deflated."""
    attributes: int = 0
    crc: int | None = None
    packed: bytes | None = None
    size: int | None = None
    at: int | None = None
    """Where the list says that it stands."""


def zip_of(*members: Member, lead: bytes = b"") -> bytes:
    """A zip with these files. ``lead`` stands in front of it."""
    out, listed = bytearray(lead), bytearray()
    for one in members:
        data = one.body
        if one.method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = packer.compress(one.body) + packer.flush()
        if one.packed is not None:
            data = one.packed
        crc = zlib.crc32(one.body) if one.crc is None else one.crc
        size = len(one.body) if one.size is None else one.size
        facts = struct.pack(
            "<HHHHHLLLHH", 20, one.flags, one.method, 0, 33, crc, len(data), size, len(one.name), 0
        )
        at = len(out) if one.at is None else one.at
        listed += b"PK\1\2" + struct.pack("<H", 0x0314) + facts
        listed += struct.pack("<HHHLL", 0, 0, 0, one.attributes, at) + one.name
        if one.at is None:
            out += b"PK\3\4" + facts + one.name + data
    start = len(out)
    count = len(members)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(listed), start, 0)
    return bytes(out + listed + b"PK\5\6" + end)


def written(name: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """An ordinary zip of these files."""
    with zipfile.ZipFile(name, "w", method) as out:
        for path, body in files.items():
            out.writestr(path, body)
    return name
