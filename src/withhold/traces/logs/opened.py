"""The lines of a log that may be packed: gzip and Zstandard by their first octets, not by name."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO, Literal, cast

from withhold.errors import MissingExtra

Packing = Literal["", "gzip", "zstd"]
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_WINDOW = 128 * 1024 * 1024
"""Octets of memory that a Zstandard stream may ask for, as the tool ``zstd`` allows by itself."""


def packing(head: bytes) -> Packing:
    """How what begins so is packed."""
    if head.startswith(_GZIP):
        return "gzip"
    return "zstd" if head.startswith(_ZSTD) else ""


def unpacked(stream: BinaryIO, packed: Packing) -> BinaryIO:
    """The lines of a stream; several members or frames are one log (RFC 1952, 2.2; RFC 8878, 3).

    Raises MissingExtra where Zstandard is not installed. What is damaged is told by reading; see
    ``damage``.
    """
    if packed == "gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    if packed == "zstd":
        try:
            import zstandard
        except ImportError:
            raise MissingExtra(
                "to read .zst the package zstandard is needed",
                'pip install "withhold[scale]"',
            ) from None
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        return cast("BinaryIO", unpacker.stream_reader(stream, read_across_frames=True))
    return stream


def damage(why: Exception) -> str:
    """What an error of reading says: ``cut-off`` (its end is missing), ``damaged`` (what stands
    there cannot be unpacked), or ``unreadable`` with the system's reason. Others are raised."""
    if isinstance(why, EOFError):
        return "cut-off"
    if isinstance(why, (gzip.BadGzipFile, zlib.error)) or type(why).__name__ == "ZstdError":
        return "damaged"
    if isinstance(why, OSError):
        return f"unreadable: {why.strerror or why}"
    raise why


class Ahead(io.RawIOBase):
    """A stream whose beginning was read already; it cannot seek."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """What comes next."""
        if self._head:
            cut = len(self._head) if size < 0 else size
            got, self._head = self._head[:cut], self._head[cut:]
            return got
        return self._rest.read(size)
