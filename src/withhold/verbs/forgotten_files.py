"""The files of a home as octets, packed ones unpacked as well; and which of them are to stay.

Links are not followed. A file that holds others (gzip, zip) is read as it lies and unpacked, up to
a limit that is told where it is reached.
"""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.keep.never_closed import handle_of, octets_at

PIECE = 1024 * 1024
UNPACKED_AT_MOST = 4 * 1024 * 1024 * 1024
"""Octets that are unpacked of one file."""
SQLITE = b"SQLite format 3\0"
DATABASE = ("withhold.db", "withhold.db-wal", "withhold.db-shm", "withhold.db-journal")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # encrypted, or packed in a way that is not known
    ValueError,
)
Part = Literal["store", "evidence", "responses", "runs", "window", "serving", "else"]


class File(Struct, frozen=True):
    """One file; ``name`` is its path below the home."""

    name: str
    path: Path
    part: Part
    size: int


class Unread(Exception):
    """What of a file could not be read, in words."""


def files(home: Path) -> Iterator[File]:
    """Every file below the home, in order. A link, socket or pipe is none."""
    for folder, folders, names in os.walk(home):
        folders[:] = sorted(one for one in folders if not Path(folder, one).is_symlink())
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_symlink() or not path.is_file():
                continue
            below = path.relative_to(home).as_posix()
            yield File(below, path, _part(below), path.stat().st_size)


def _part(name: str) -> Part:
    first, deeper, _ = name.partition("/")
    if not deeper:
        if name in DATABASE:
            return "store"
        return "serving" if name in ("serving.lock", "serving.txt") else "else"
    for part in ("evidence", "responses", "runs", "window"):
        if first == part:
            return part
    return "else"


def is_sealed(home: Path) -> bool:
    """Whether the database is encrypted: it has octets, and not the first ones of SQLite."""
    path = home / DATABASE[0]
    if not path.is_file() or not path.stat().st_size:
        return False
    return next(_octets_of_database(path), b"")[: len(SQLITE)] != SQLITE


def streams(file: File) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The octets of a file as they lie, then of all that is packed in it, by the member's name.

    Raises OSError, and Unread for what is damaged or beyond the limit.
    """
    if file.part == "store":
        yield "", _octets_of_database(file.path)
        return
    yield "", _octets(file.path)
    with file.path.open("rb") as first:
        magic = first.read(4)
    if magic[:2] == b"\x1f\x8b":
        yield "unpacked", _gunzipped(_octets(file.path))
    elif magic == b"PK\x03\x04":
        yield from _members(file.path)


def _octets(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while data := file.read(PIECE):
            yield data


def _octets_of_database(path: Path) -> Iterator[bytes]:
    at = 0
    with handle_of(path) as handle:
        while data := octets_at(handle, PIECE, at):
            at += len(data)
            yield data


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """All members, one after the other (RFC 1952, 2.2); what is cut is read as far as it goes."""
    total, one = 0, zlib.decompressobj(31)
    for piece in pieces:
        while piece:
            try:
                data = one.decompress(piece, PIECE)
            except zlib.error as why:
                raise Unread(f"damaged: {why}") from why
            total += len(data)
            if total > UNPACKED_AT_MOST:
                raise Unread("unpacked to its limit")
            if data:
                yield data
            piece = one.unconsumed_tail
            if one.eof:
                piece, one = one.unused_data.lstrip(b"\0"), zlib.decompressobj(31)
            elif not data and not piece:
                break
    yield one.flush()


def _members(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Of an archive that lies there; encrypted members cannot be read."""
    left = [UNPACKED_AT_MOST]
    try:
        with zipfile.ZipFile(path) as archive:
            for one in archive.infolist():
                yield one.filename, _member(archive, one, left)
    except _DAMAGED as why:
        raise Unread(f"damaged or encrypted: {why}") from why


def _member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, left: list[int]) -> Iterator[bytes]:
    """Its octets; ``left`` is how many may still be unpacked of the whole archive."""
    try:
        with archive.open(one) as file:
            while data := file.read(PIECE):
                left[0] -= len(data)
                if left[0] < 0:
                    raise Unread("unpacked to its limit")
                yield data
    except _DAMAGED as why:  # it is read by whoever asked for it, out of reach of ``_members``
        raise Unread(f"damaged or encrypted: {why}") from why
