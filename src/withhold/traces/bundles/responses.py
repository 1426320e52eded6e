"""WARC files in a bundle: the records of some sites out of one, and whether digests hold.

A file of ours is one gzip member a record (WARC 1.1, annex D), so that records are taken out as
they are, octet by octet.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from msgspec import Struct

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 64 * 1024
_HELD = 32 * 1024 * 1024
"""Octets of a record that are held, packed or not; of a longer one nothing is checked."""
_TOP = 64 * 1024
_MOST_UNPACKED = 4 * 1024**3
"""Octets of one file: what unpacks to more is meant to keep somebody busy."""


class Member(Struct, frozen=True):
    """One record: its octets in the file (empty where it is too long) and what they unpack to."""

    packed: bytes
    data: bytes
    whole: bool


class WarcSeen(Struct, frozen=True, kw_only=True):
    """Records of one file: how many have a block digest that fits, or do not; the rest were not
    looked at, as they are too long or bring none. ``readable``: it is one gzip member a record."""

    name: str
    records: int
    fits: int
    not_fits: int
    not_looked_at: int
    readable: bool

    @property
    def ok(self) -> bool:
        """Whether nothing contradicts itself."""
        return not self.not_fits


def members(file: BinaryIO, size: int) -> Iterator[Member]:
    """The gzip members in the next ``size`` octets. Raises ValueError where they are none."""
    rest, unpacked = b"", 0
    while size > 0 or rest:
        unpack = zlib.decompressobj(_GZIP)
        packed, data, whole = bytearray(), bytearray(), True
        while not unpack.eof:
            if not rest:
                rest = file.read(min(_PIECE, size))
                size -= len(rest)
                if not rest:
                    raise ValueError("a record is cut")
            try:
                out = unpack.decompress(rest, _PIECE)
            except zlib.error as why:
                raise ValueError("not gzip") from why
            unpacked += len(out)
            if unpacked > _MOST_UNPACKED:
                raise ValueError("too much")
            left = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
            packed += rest[: len(rest) - len(left)]
            data += out
            if len(data) > _HELD or len(packed) > _HELD:
                whole = False
                del data[_TOP:]
                packed.clear()
            rest = left
        yield Member(bytes(packed) if whole else b"", bytes(data), whole)


def named(data: bytes) -> dict[str, str]:
    """The named fields of a record, in lower case (WARC 1.1, 4)."""
    top = data[:_TOP].partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    pairs = (line.partition(":") for line in top.split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def taken_out(file: BinaryIO, size: int, wanted: Callable[[str, str], bool]) -> tuple[bytes, int]:
    """The records that are wanted, by WARC-Target-URI and WARC-Date, as a WARC file, and how many.

    The record that says who wrote the file comes with them. What is cut at the end, as by a kill,
    and what is too long to be held is left out.
    """
    head, found = b"", list[bytes]()
    try:
        for one in members(file, size):
            fields = named(one.data)
            if fields.get("warc-type") == "warcinfo":
                head = head or one.packed
            elif one.whole and wanted(
                fields.get("warc-target-uri", ""), fields.get("warc-date", "")
            ):
                found.append(one.packed)
    except ValueError:
        pass
    return (head + b"".join(found) if found else b""), len(found)


def warc_in(file: BinaryIO, name: str, size: int) -> WarcSeen:
    """Whether each record is what its WARC-Block-Digest says (WARC 1.1, 5.8)."""
    records = fits = not_fits = 0
    readable = True
    try:
        for one in members(file, size):
            records += 1
            said = named(one.data).get("warc-block-digest", "")
            if one.whole and said.startswith("sha1:"):
                good = said == _digest(one.data)
                fits, not_fits = fits + good, not_fits + (not good)
    except ValueError:
        readable = False
    return WarcSeen(
        name=name,
        records=records,
        fits=fits,
        not_fits=not_fits,
        not_looked_at=records - fits - not_fits,
        readable=readable,
    )


def _digest(data: bytes) -> str:
    block = data.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n")
    sha1 = hashlib.sha1(block, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(sha1).decode()
