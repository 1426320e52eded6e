"""A response of an earlier run, read back from where it is kept, for a conditional request.

The SHA-256 of its bytes was noted when it was kept. What is gone, cut or changed is not recalled;
then it is asked for in full.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

from withhold.reach.fetched import Headers, Known, Limits, Spot
from withhold.reach.warc import RENAMED

_GZIP = 16 + zlib.MAX_WBITS
_LIMITS = Limits()
_AT_MOST = _LIMITS.body + 4 * _LIMITS.head
"""Bytes of a record, decompressed: what was fetched under our limits, with its heads."""


def recall(folder: Path, spot: Spot, known: Known) -> Known | None:
    """The known marks with the response they were given for; None where it cannot be had."""
    data = _bytes(folder / spot.file, spot)
    if hashlib.sha256(data).hexdigest() != spot.digest:
        return None
    try:
        whole = zlib.decompressobj(_GZIP).decompress(data, _AT_MOST)
    except zlib.error:
        return None
    top, _, block = whole.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    head, _, body = block.partition(b"\r\n\r\n")
    named = dict(pairs(top.decode("utf-8", "replace")))
    line, _, headers = head.decode("latin-1").partition("\r\n")
    if named.get("WARC-Type") != "response" or named.get("Content-Length") != str(len(block)):
        return None
    return Known(
        url=known.url,
        etag=known.etag,
        last_modified=known.last_modified,
        line=line,
        headers=as_sent(pairs(headers)),
        body=body,
        record=named.get("WARC-Record-ID", ""),
        date=named.get("WARC-Date", ""),
        file=spot.file,
    )


def _bytes(path: Path, spot: Spot) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(spot.offset)
            return file.read(spot.size)
    except (OSError, ValueError):
        return b""


def pairs(text: str) -> Headers:
    """Fields or headers, a line each."""
    lines = [line.partition(": ") for line in text.split("\r\n")]
    return tuple((name, value) for name, _, value in lines if name)


def as_sent(headers: Headers) -> Headers:
    """Headers as the server sent them: those of the wire have their names again."""
    renamed = any(name.startswith(RENAMED) for name, _ in headers)
    ours = ("Content-Length",) if renamed else ()
    return tuple((name.removeprefix(RENAMED), value) for name, value in headers if name not in ours)
