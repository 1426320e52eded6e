"""A tar or tar.gz as the files in it (Mastodon, Google Takeout). Nothing is extracted.

A packed tar has no list: it is read through once for one. What is small is kept from that pass; a
larger file is read again from the beginning of the packed stream up to where it stands.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from withhold.errors import BadInput
from withhold.exports.notes import Notes, Why
from withhold.exports.safe_path import safe, shown
from withhold.exports.streams import RATIO_AT_MOST, RATIO_FROM, Entry, TooLarge, Unreadable

KEPT_EACH, KEPT_IN_ALL = 512 * 1024, 32 * 1024 * 1024
"""Bytes of small files that are kept from the first pass."""
_TEXTS = (".json", ".html", ".csv", ".txt", ".js", ".xml", ".jsonl")
_STEP = 1024 * 1024
_BROKEN = (
    *(tarfile.TarError, OSError, EOFError, zlib.error),
    *(ValueError, OverflowError, RecursionError),
)


class TarPart:
    """One tar, packed with gzip or not. Raises BadInput for what is none."""

    def __init__(self, name: Path, notes: Notes) -> None:
        self._name, self._notes = name, notes
        self._where: dict[str, tuple[int, int]] = {}
        self._kept: dict[str, bytes] = {}
        with name.open("rb") as stream:
            self._packed = stream.read(2) == b"\x1f\x8b"
        self._limit = max(RATIO_FROM, RATIO_AT_MOST * name.stat().st_size)

    def list(self) -> Iterator[Entry]:
        """Its files; links, devices and names that lead out are refused and noted."""
        number, kept = 0, 0
        with self._stream() as raw:
            forward = _Forward(raw, self._limit if self._packed else None)
            try:
                tar = tarfile.TarFile(fileobj=forward, mode="r", encoding="utf-8")  # type: ignore[arg-type]
                while (one := tar.next()) is not None:
                    number += 1
                    tar.members = []  # type: ignore[attr-defined]  # it would keep them all
                    if not one.isreg() or one.issparse():
                        if not one.isdir():
                            kind: Why = "symlink" if one.issym() or one.islnk() else "unsafe-path"
                            self._notes.trouble(shown(one.name), kind, part=self._name.name)
                        continue
                    path = safe(one.name)
                    if not path:
                        self._notes.trouble(shown(one.name), "unsafe-path", part=self._name.name)
                    elif path in self._where:
                        self._notes.trouble(path, "twice", part=self._name.name)
                    else:
                        self._where[path] = (one.offset_data, one.size)
                        if self._packed and path.endswith(_TEXTS) and one.size <= KEPT_EACH:
                            kept += one.size
                            if kept <= KEPT_IN_ALL:
                                forward.seek(one.offset_data)
                                self._kept[path] = forward.read(one.size)
                        yield Entry(path=path, size=one.size, part=self._name.name)
            except _BROKEN as why:
                if not number:
                    raise BadInput(
                        f"{self._name.name}: not a tar, or one that is damaged from the beginning",
                        "download it again; unpack it if it is packed in another way",
                    ) from why
                self._notes.trouble(
                    self._name.name, getattr(why, "why", "cut-off"), f"file {number + 1}"
                )
            else:
                if number and any(forward.last[:512]):
                    self._notes.trouble(self._name.name, "cut-off", f"file {number + 1}")
            if not number:
                raise BadInput(f"{self._name.name}: the tar is empty", "download it again")

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file."""
        if path in self._kept:
            return io.BytesIO(self._kept[path])
        start, size = self._where[path]
        raw = self._stream()
        try:
            _Forward(raw, None).seek(start) if self._packed else raw.seek(start)
        except _BROKEN as why:
            raw.close()
            raise Unreadable("damaged") from why
        return _Piece(raw, size)  # type: ignore[return-value]

    def near(self, path: str) -> bool:
        """Whether its first bytes are had at once: a packed tar is unpacked from its beginning."""
        return not self._packed or path in self._kept

    def close(self) -> None:
        """Lets go of what was kept."""
        self._kept.clear()

    def _stream(self) -> IO[bytes]:
        return cast(IO[bytes], gzip.open(self._name)) if self._packed else self._name.open("rb")


class _Forward:
    """A stream that goes forward only, in steps, and ends where it grows out of proportion.

    tarfile reads headers of any length into memory, and follows their numbers to wherever they
    point: both end here. One byte back is possible: tarfile looks at the byte before a header.
    """

    def __init__(self, stream: IO[bytes], limit: int | None) -> None:
        self._stream, self._limit, self._at = stream, limit, 0
        self._back = False
        self.last = b""
        """What was read last: zeros at the end of a whole tar."""

    def tell(self) -> int:
        return self._at - self._back

    def seek(self, at: int, _: int = 0) -> int:
        self._back = at == self._at - 1 and bool(self.last)
        if at < self.tell():
            raise Unreadable("damaged")
        while self._at < at:
            self._take(min(_STEP, at - self._at))
        return at

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _STEP:
            raise Unreadable("damaged")
        old = self.last[-1:] if self._back and size else b""
        self._back = False
        left = size - len(old)
        return old + self._take(left, whole=False) if left else old

    def _take(self, size: int, whole: bool = True) -> bytes:
        found = self._stream.read(size)
        if not found and whole:
            raise EOFError
        self._at += len(found)
        if self._limit is not None and self._at > self._limit:
            raise TooLarge("ratio")
        self.last = found or self.last
        return found


class _Piece(io.RawIOBase):
    """So many bytes of a stream from where it stands."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._left = stream, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > self._left:
            size = self._left
        found = self._stream.read(size)
        if len(found) < size and not found:
            raise EOFError
        self._left -= len(found)
        return found

    def close(self) -> None:
        self._stream.close()
        super().close()
