"""Whole lines of a stream, a block at a time, in bounded memory whatever the lines are.

A piece of a file is ``[start, end)``: the lines that begin in it, wherever they end. So a file cut
anywhere gives each line once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from withhold.traces.logs.line import LONGEST

BLOCK = 64 * 1024
"""Octets read at once: so few that rows of a block stay in the processor's cache."""
_TOO_LONG = b"\0" * (LONGEST + 1)


def pieces(size: int, each: int) -> list[tuple[int, int]]:
    """A file of a size cut into pieces of about the same size; one piece for an empty file."""
    number = max(1, -(-size // each))
    cuts = [size * place // number for place in range(number + 1)]
    return list(pairwise(cuts))


def blocks(stream: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Lines, each with its end; only the last line of all may be without one.

    A line that is longer than LONGEST comes as ``\\0`` octets, as many as make it too long. ``end``
    None: to the end of the stream, which then need not be able to seek.
    """
    held, at = b"", start  # what is read and not given, and where in the file it begins
    if start:
        stream.seek(start - 1)
        _, held, at = _one(stream, b"", start - 1)  # began in the piece before
    while end is None or at < end:
        got = stream.read(BLOCK)
        held += got
        over = end is not None and at + len(held) >= end
        cut = held.rfind(b"\n", 0, end - at if over and end is not None else len(held)) + 1
        yield from _short(held[:cut])
        held, at = held[cut:], at + cut
        if over or not got or len(held) > LONGEST:
            if not held and not got:
                return
            if end is None or at < end:
                line, held, at = _one(stream, held, at)
                yield line


def _one(stream: BinaryIO, held: bytes, at: int) -> tuple[bytes, bytes, int]:
    """One line, however long; what was read behind it, and where that begins."""
    before = 0  # octets that were let go
    while True:
        end = held.find(b"\n") + 1
        if end:
            long = before + end > LONGEST + 1
            return _TOO_LONG + b"\n" if long else held[:end], held[end:], at + before + end
        if len(held) > LONGEST or before:
            before, held = before + len(held), b""
        got = stream.read(BLOCK)
        if not got:
            whole = before + len(held)
            return _TOO_LONG if whole > LONGEST else held, b"", at + whole
        held += got


def _short(lines: bytes) -> Iterator[bytes]:
    """The same without lines that are too long."""
    at, clean = 0, 0
    while len(lines) - at > LONGEST:
        found = lines.rfind(b"\n", at, at + LONGEST + 1)
        if found >= 0:
            at = found + 1
            continue
        if at > clean:
            yield lines[clean:at]
        over = lines.find(b"\n", at)
        yield _TOO_LONG + (b"\n" if over >= 0 else b"")
        at = clean = over + 1 if over >= 0 else len(lines)
    if len(lines) > clean:
        yield lines[clean:]
