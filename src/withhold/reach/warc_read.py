"""What a WARC file of ours holds, read back record by record, in its order.

A file of a run that was killed ends in a record that is cut: what stands before it counts. Nothing
is fetched, and nothing is believed beyond what a record says of itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from withhold.reach.fetched import Headers, Limits
from withhold.reach.recall import as_sent, pairs

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 256 * 1024
_AT_MOST = Limits().body + 4 * Limits().head
"""Octets of a record that are held; of a longer one, such as a book, its head alone."""


class Recorded(Struct, frozen=True, kw_only=True):
    """One record: its kind, what it is about, when, and the HTTP response or fields in it.

    ``cut`` says how a body was cut (WARC-Truncated). ``record`` is its id, ``refers`` that of the
    record that a revisit confirms. ``whole`` is False where it was longer than what is held.
    """

    kind: str
    url: str
    date: datetime | None
    line: str = ""
    headers: Headers = ()
    body: bytes = b""
    cut: str = ""
    record: str = ""
    refers: str = ""
    whole: bool = True

    @property
    def status(self) -> int:
        """The status of the response; 0 where there is none."""
        said = self.line.split(" ", 2)[1:2]
        return int(said[0]) if said and said[0].isdecimal() else 0

    def header(self, name: str) -> str:
        """The first value of a header or field; empty if it is not there."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


def records_in(path: Path) -> Iterator[Recorded]:
    """Every record but requests; none of a file that is gone or cannot be read."""
    try:
        with path.open("rb") as file:
            for whole, data in _members(file):
                found = _read(data, whole)
                if found is not None:
                    yield found
    except OSError:
        return


def _members(file: BinaryIO) -> Iterator[tuple[bool, bytes]]:
    """The octets of each gzip member, and whether they are all of it."""
    unpack, held, size, rest = zlib.decompressobj(_GZIP), list[bytes](), 0, b""
    while data := rest or file.read(_PIECE):
        try:
            out = unpack.decompress(data, _PIECE)
        except zlib.error:
            return
        size += len(out)
        if size <= _AT_MOST or not held:
            held.append(out)
        rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
        if unpack.eof:
            yield size <= _AT_MOST, b"".join(held)
            unpack, held, size = zlib.decompressobj(_GZIP), [], 0


def _read(data: bytes, whole: bool) -> Recorded | None:
    top, _, block = data.partition(b"\r\n\r\n")
    named = dict(pairs(top.decode("utf-8", "replace")))
    kind = named.get("WARC-Type", "")
    if kind not in ("response", "revisit", "metadata"):
        return None
    block = block.removesuffix(b"\r\n\r\n") if whole else block
    line, headers, body = "", block, b""
    if kind != "metadata":
        head, _, body = block.partition(b"\r\n\r\n")
        first, _, headers = head.partition(b"\r\n")
        line = first.decode("latin-1")
    said = pairs(headers.decode("utf-8" if kind == "metadata" else "latin-1", "replace"))
    return Recorded(
        kind=kind,
        url=named.get("WARC-Target-URI", ""),
        date=_moment(named.get("WARC-Date", "")),
        line=line,
        headers=said if kind == "metadata" else as_sent(said),
        body=body,
        cut=named.get("WARC-Truncated", ""),
        record=named.get("WARC-Record-ID", ""),
        refers=named.get("WARC-Refers-To", ""),
        whole=whole,
    )


def _moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
