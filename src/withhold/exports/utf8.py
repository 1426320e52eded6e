"""Bytes of a text file as UTF-8, whatever they are: what is broken is replaced, and noted once."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

from withhold.exports.notes import Notes

STEP = 64 * 1024
BOM = codecs.BOM_UTF8


def utf8(stream: IO[bytes], path: str, notes: Notes) -> Iterator[bytes]:
    """Pieces of valid UTF-8 without a byte order mark, never cut inside a character.

    UTF-16 is told by its mark or by the zeros that its ASCII has. Raises OSError.
    """
    piece = stream.read(STEP)
    wide = _wide(piece)
    if wide:
        notes.trouble(path, "not-utf-8", encoding=wide)
        decoder = codecs.getincrementaldecoder(wide)(errors="replace")
        while piece:
            yield decoder.decode(piece).encode("utf-8", "replace")
            piece = stream.read(STEP)
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
        return
    at, rest, noted = 0, b"", False
    if piece.startswith(BOM):
        at, piece = len(BOM), piece[len(BOM) :]
    while piece:
        if rest:
            piece, rest = rest + piece, b""
        size = len(piece)
        if not piece.isascii():
            try:
                _, used = codecs.utf_8_decode(piece, "strict", False)
                piece, rest = piece[:used], piece[used:]
            except UnicodeDecodeError as why:
                if not noted:
                    noted = True
                    notes.trouble(path, "not-utf-8", f"byte {at + why.start}")
                text, used = codecs.utf_8_decode(piece, "replace", False)
                piece, rest = text.encode(), piece[used:]
        yield piece
        at += size - len(rest)
        piece = stream.read(STEP)
    if rest:
        if not noted:
            notes.trouble(path, "not-utf-8", f"byte {at}")
        yield "\ufffd".encode()


def in_steps(texts: Iterator[bytes]) -> Iterator[bytes]:
    """Texts of at most STEP bytes each, cut between characters."""
    for text in texts:
        at = 0
        while len(text) - at > STEP:
            end = at + STEP
            while text[end] & 0xC0 == 0x80:
                end -= 1
            yield text[at:end]
            at = end
        yield text[at:] if at else text


class Pieces(io.RawIOBase):
    """Pieces as one stream, for what reads streams."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            found = next(self._pieces, None)
            if found is None:
                return 0
            self._left = found
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _wide(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = head[:64]
    if len(start) >= 4 and start[0] and not start[1] and not start[3]:
        return "utf-16-le"
    if len(start) >= 4 and start[1] and not start[0] and not start[2]:
        return "utf-16-be"
    return ""
