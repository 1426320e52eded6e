"""The lines of a log that may be packed: told by its first octets, not by its name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from withhold.traces.corpus.trouble import Broken
from withhold.traces.corpus.unpacked import Packing, pieces

_ODD = {"cut": "cut-off"}


def unpacked(stream: BinaryIO, packed: Packing) -> BinaryIO:
    """The lines of a stream; several members or frames are one log (RFC 1952, 2.2; RFC 8878, 3).

    Raises MissingExtra where what unpacks it is not installed. What is damaged is told by reading;
    see ``damage``.
    """
    return cast("BinaryIO", _Unpacked(pieces(stream, packed))) if packed else stream


def damage(why: Exception) -> str:
    """What an error of reading says: ``cut-off`` (its end is missing), ``damaged`` (what stands
    there cannot be unpacked), or ``unreadable`` with the system's reason. Others are raised."""
    if isinstance(why, Broken):
        return _ODD.get(why.why, why.why)
    if isinstance(why, OSError):
        return f"unreadable: {why.strerror or why}"
    raise why


class _Unpacked(io.RawIOBase):
    """Pieces as a stream that is read forwards."""

    def __init__(self, from_: Iterator[bytes]) -> None:
        self._pieces, self._held, self._at = from_, b"", 0

    def read(self, size: int = -1) -> bytes:
        """At most so many octets, none at the end."""
        while self._at >= len(self._held):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held, self._at = piece, 0
        end = len(self._held) if size < 0 else self._at + size
        got, self._at = self._held[self._at : end], min(end, len(self._held))
        return got


class Ahead(io.RawIOBase):
    """A stream whose beginning was read already; it is read forwards."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest, self._at = head, rest, 0

    def tell(self) -> int:
        """How many octets were read."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """What comes next."""
        if self._head:
            cut = len(self._head) if size < 0 else size
            got, self._head = self._head[:cut], self._head[cut:]
        else:
            got = self._rest.read(size)
        self._at += len(got)
        return got
