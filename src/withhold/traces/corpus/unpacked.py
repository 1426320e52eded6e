"""Packed octets as they were before, in pieces of bounded size: gzip, Zstandard, LZ4, bzip2, xz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal

from withhold.errors import MissingExtra
from withhold.traces.corpus.trouble import Broken

Packing = Literal["", "gz", "zst", "lz4", "bz2", "xz"]
PIECE = 1 << 20
"""Octets of a piece at most; Zstandard's may be 32 times that."""
_READ = 1 << 16
_ZSTD_READ = 1 << 10  # a block of four octets may stand for 128 KiB, and no end can be set to it
_ZSTD_WINDOW = 1 << 27  # as zstd --long=27, the widest that is opened without being asked to
_XZ_MEMORY = 1 << 27
_MAGIC: tuple[tuple[bytes, Packing], ...] = (
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\x5d\x2a\x4d\x18", "zst"),  # the dictionary of a .warc.zst lies before the first record
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
)


def packing(head: bytes) -> Packing:
    """How a file is packed, by its first octets."""
    return next((packed for magic, packed in _MAGIC if head.startswith(magic)), "")


def pieces(stream: BinaryIO, packed: Packing) -> Iterator[bytes]:
    """From where the stream stands: what was packed, piece by piece.

    Raises Broken after the last good piece; MissingExtra where its library is not installed.
    """
    if not packed:
        while piece := stream.read(PIECE):
            yield piece
    elif packed == "lz4":
        yield from _lz4(stream)
    else:
        yield from _members(stream, _opener(packed), _ZSTD_READ if packed == "zst" else _READ)


def _members(
    stream: BinaryIO, opener: tuple[Callable[[], Any], type[Exception], bool], step: int
) -> Iterator[bytes]:
    """One member (frame, stream) after the other; each has its own sums."""
    fresh, error, bounded = opener
    at, rest, one = stream.tell(), b"", None  # at: behind what was read
    start, barren = at, True
    while True:
        read = rest or stream.read(step)
        at, rest = at + (0 if rest else len(read)), b""
        if not read:
            if one is not None:
                raise Broken("cut", start, barren=barren)
            return
        if one is None:
            read = read.lstrip(b"\0")  # some programs fill a file up to a block
            if not read:
                continue
            one, start, barren = fresh(), at - len(read), True
        try:
            piece = one.decompress(read, PIECE) if bounded else one.decompress(read)
            while piece:
                barren = False
                yield piece
                piece = b""
                if bounded and not one.eof:
                    tail = getattr(one, "unconsumed_tail", b"")
                    if tail or not getattr(one, "needs_input", True):
                        piece = one.decompress(tail, PIECE)
        except error as why:
            raise Broken("damaged", start, barren=barren) from why
        if one.eof:
            rest, one = one.unused_data, None


def _opener(packed: Packing) -> tuple[Callable[[], Any], type[Exception], bool]:
    """What unpacks one member, the error it raises, and whether its output can be bounded."""
    if packed == "gz":
        import zlib

        return (lambda: zlib.decompressobj(31)), zlib.error, True
    if packed == "bz2":
        import bz2

        return bz2.BZ2Decompressor, OSError, True
    if packed == "xz":
        import lzma

        return (lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)), lzma.LZMAError, True
    try:
        import zstandard
    except ImportError as why:
        raise _missing("Zstandard") from why
    return (
        (lambda: zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()),
        zstandard.ZstdError,
        False,
    )


def _lz4(stream: BinaryIO) -> Iterator[bytes]:
    try:
        from fastwarc.stream_io import Lz4Reader
    except ImportError as why:
        raise _missing("LZ4") from why
    unpacked = Lz4Reader(stream)
    try:
        while piece := unpacked.read(PIECE):
            yield piece
    except OSError as why:
        raise Broken("damaged", stream.tell()) from why


def _missing(what: str) -> MissingExtra:
    return MissingExtra(f"unpacking {what} needs an extra", 'pip install "withhold[scale]"')
