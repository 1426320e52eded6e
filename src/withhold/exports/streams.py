"""Bytes under limits: no stream of an archive grows beyond what its packed size allows.

What goes wrong while bytes are read is an OSError with ``why``, a word of ``notes.Why``, whatever
the packing: callers need to catch one thing only.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from gzip import BadGzipFile
from typing import IO
from zipfile import BadZipFile

from msgspec import Struct

from withhold.exports.notes import Why

RATIO_AT_MOST = 400
"""A packed file that becomes so many times larger is a bomb, once RATIO_FROM bytes were read.
JSON of real archives becomes 10 to 25 times smaller when packed."""
RATIO_FROM = 64 * 1024 * 1024
READ_AT_MOST = 16 * 1024**3
"""Bytes of one file."""
IN_ALL_FROM = 4 * 1024**3
IN_ALL_RATIO = 200
"""An archive from which IN_ALL_FROM bytes were read and so many times its own size is a bomb of
many small files. Files that are read twice count twice."""
BUFFER = 256 * 1024


class Entry(Struct, frozen=True, kw_only=True):
    """A file of an archive: its path there (``/`` between folders), its bytes, its part."""

    path: str
    size: int
    part: str
    packed: int = 0
    crc: int | None = None
    """Of the bytes, as the zip has it; None = nothing says it."""


class Unreadable(OSError):
    """Bytes that cannot be had; ``why`` is a word of ``Why``."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class TooLarge(Unreadable):
    """A stream that would become larger than its limit."""


class Allowance:
    """How many bytes may be read from one archive in all. None = as many as there are."""

    def __init__(self, at_most: int | None) -> None:
        self.at_most, self.read = at_most, 0

    def spend(self, size: int) -> None:
        """Raises TooLarge once more was read than is allowed."""
        self.read += size
        if self.at_most is not None and self.read > self.at_most:
            raise TooLarge("ratio")


class Bounded(io.RawIOBase):
    """A stream that ends with TooLarge where it grows out of proportion.

    ``packed`` = 0: not packed. ``crc`` is what the bytes should add up to; ``differs`` is called
    at the end where they do not, and what was read stays read.
    """

    def __init__(
        self,
        stream: IO[bytes],
        allowance: Allowance,
        packed: int = 0,
        crc: int | None = None,
        differs: Callable[[], None] | None = None,
    ) -> None:
        self._stream, self._allowance = stream, allowance
        self._packed, self._crc, self._differs = packed, crc, differs
        self._read = self._sum = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except (BadZipFile, zlib.error) as why:
            raise Unreadable("damaged") from why
        except EOFError as why:
            raise Unreadable("cut-off") from why
        except Unreadable:
            raise
        except BadGzipFile as why:
            raise Unreadable("damaged") from why
        except (OSError, RuntimeError, NotImplementedError, ValueError) as why:
            raise Unreadable("unreadable") from why
        size = len(chunk)
        buffer[:size] = chunk
        self._read += size
        self._allowance.spend(size)
        if self._read > READ_AT_MOST:
            raise TooLarge("too-large")
        if self._packed and self._read > max(RATIO_FROM, RATIO_AT_MOST * self._packed):
            raise TooLarge("ratio")
        if self._crc is not None:
            if size:
                self._sum = zlib.crc32(chunk, self._sum)
            elif self._sum != self._crc and self._differs:
                self._differs()
                self._crc = None
        return size

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
