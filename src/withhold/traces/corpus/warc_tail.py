"""Whether a WARC file ends where its last record ends, and where the next record begins.

These are the two questions that FastWARC does not answer: it stops where it can read no more.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

from withhold.traces.corpus.trouble import Broken, Trouble
from withhold.traces.corpus.unpacked import Packing, pieces

_STARTS: dict[Packing, bytes] = {
    "gz": b"\x1f\x8b\x08",
    "zst": b"\x28\xb5\x2f\xfd",
    "lz4": b"\x04\x22\x4d\x18",
    "": b"WARC/1.",
}
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.M | re.I)
_MARK = b"WARC/"
_HEADERS = 1 << 16
_ENDS = 4
"""Octets of the two line ends behind a record."""
_LOOKED = 1 << 12
_FALSE = 10_000
"""False starts after which no further one is tried: a hostile file has nothing else."""
_FIRST = 8 << 20
"""Octets of a first record up to which is looked whether it has a gzip member of its own."""


def in_one_stream(stream: BinaryIO) -> bool:
    """Whether the first gzip member goes on behind the first record: then all are in it."""
    stream.seek(0)
    unpacked, one = b"", zlib.decompressobj(31)
    try:
        while len(unpacked) < _FIRST and not one.eof and (read := stream.read(1 << 16)):
            unpacked += one.decompress(read, _FIRST)
    except zlib.error:
        return False
    end = _end_of_record(unpacked)
    return 0 < end < len(unpacked) and unpacked.startswith(b"WARC/", end)


def next_record(stream: BinaryIO, start: int, packed: Packing) -> int | None:
    """Where the next record begins, from this octet of the file on; None where there is none."""
    mark = _STARTS.get(packed)
    if mark is None:
        return None
    at, kept, tried = start, b"", 0
    stream.seek(start)
    while read := stream.read(1 << 20):
        window, base = kept + read, at - len(kept)
        found = window.find(mark)
        while found >= 0:
            if _begins_here(stream, base + found, packed):
                return base + found
            tried += 1
            if tried == _FALSE:
                return None
            found = window.find(mark, found + 1)
        at += len(read)
        kept = window[-(len(mark) - 1) :]
        stream.seek(at)
    return None


def trouble_after(stream: BinaryIO, last: int, packed: Packing) -> Trouble | None:
    """The first thing that is wrong from the record at ``last`` on to the end of the file."""
    stream.seek(last)
    buffer, need = b"", 0  # need: octets of the record's block and its two line ends, still to come
    begun = False
    try:
        for piece in pieces(stream, packed):
            if need >= len(piece):
                need -= len(piece)
                continue
            buffer, need = buffer + piece[need:], 0
            while buffer := buffer.lstrip(b"\r\n\0"):
                if not buffer.startswith(_MARK[: len(buffer)]):
                    return Trouble(why="damaged", offset=last)
                end = _end_of_record(buffer)
                if not end:
                    if len(buffer) > _HEADERS:
                        return Trouble(why="damaged", offset=last)
                    break
                begun = True
                if end > len(buffer):
                    buffer, need = b"", end - len(buffer)
                    break
                buffer = buffer[end:]
    except Broken as why:
        if why.why == "cut" and not why.barren and begun and need <= _ENDS and not buffer:
            return None  # only the sums behind the last record are missing, and nothing of it
        return Trouble(why=why.why, offset=why.offset)
    if need > _ENDS or buffer.strip() or not begun:
        return Trouble(why="cut", offset=last)
    return None


def _end_of_record(unpacked: bytes) -> int:
    """Where the first record ends, without the line ends behind it; 0 = its headers do not."""
    head, gap = unpacked.find(b"\r\n\r\n"), 4
    if head < 0:
        head, gap = unpacked.find(b"\n\n"), 2
    if head < 0:
        return 0
    said = _LENGTH.search(unpacked, 0, head + 2)
    return head + gap + int(said[1]) + 2 * (gap // 2) if said else 0


def _begins_here(stream: BinaryIO, at: int, packed: Packing) -> bool:
    """Whether a record can be read at this place: its first octets at least."""
    stream.seek(at)
    try:
        first = next(pieces(stream, packed), b"") if packed != "gz" else _first(stream)
    except Broken:
        return False
    return first.startswith(b"WARC/1.")


def _first(stream: BinaryIO) -> bytes:
    """The first octets of a gzip member; not more: there may be a thousand false starts."""
    try:
        return zlib.decompressobj(31).decompress(stream.read(_LOOKED), 64)
    except zlib.error:
        return b""
