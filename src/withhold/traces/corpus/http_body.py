"""The payload of an HTTP response as it was before it was sent: chunks joined, packing undone.

Common Crawl has undone both already and keeps the headers; what the headers say and the octets do
not show is then left as it is.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from withhold.traces.corpus.trouble import Why

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1024})?\r?\n")
"""RFC 9112, section 7.1: a size in hex, and extensions that nobody uses."""


def payload(body: bytes, chunked: bool, coding: str, at_most: int) -> tuple[bytes, Why | None]:
    """The payload, at most so many octets, and what was wrong with it."""
    trouble: Why | None = None
    if chunked and (joined := _joined(body)) is not None:
        body = joined
    for name in reversed([one.strip().lower() for one in coding.split(",") if one.strip()]):
        body, found = _decoded(body, name, at_most)
        trouble = trouble or found
    return body, trouble


def _joined(body: bytes) -> bytes | None:
    """The chunks without their sizes; None where there are none: the crawler joined them."""
    parts, at = list[bytes](), 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    return b"".join(parts) if parts and at >= len(body) else None


def _decoded(body: bytes, name: str, at_most: int) -> tuple[bytes, Why | None]:
    if name in ("identity", "none", "utf-8", "8bit", "binary"):
        return body, None
    if name in ("gzip", "x-gzip"):
        if not body.startswith(b"\x1f\x8b"):
            return body, None
        return _inflated(body, 31, at_most)
    if name == "deflate":  # with or without the zlib header: servers do both
        inflated, trouble = _inflated(body, 15, at_most)
        if trouble == "damaged" and not inflated:
            raw, trouble = _inflated(body, -15, at_most)
            return (raw, trouble) if raw else (body, None)
        return inflated, trouble
    if name == "zstd" and not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body, None
    if name in ("br", "zstd"):
        return _read(body, name, at_most)
    return body, "not-decoded"


def _inflated(body: bytes, bits: int, at_most: int) -> tuple[bytes, Why | None]:
    one = zlib.decompressobj(bits)
    parts: list[bytes] = []
    left, rest = at_most, body
    try:
        while rest and left > 0 and not one.eof:
            piece = one.decompress(rest, min(left, 1 << 20))
            if not piece and not one.unconsumed_tail:
                break
            parts.append(piece)
            left, rest = left - len(piece), one.unconsumed_tail
    except zlib.error:
        return b"".join(parts), "damaged"
    if one.eof:
        return b"".join(parts), None
    return b"".join(parts), "too-long" if left <= 0 else "cut"


def _read(body: bytes, name: str, at_most: int) -> tuple[bytes, Why | None]:
    """Brotli and Zstandard through the readers that come with FastWARC."""
    import io

    from fastwarc import stream_io

    if name == "br" and _is_text(body):
        return body, None
    inner = io.BytesIO(body)
    reader: Any = (stream_io.BrotliReader if name == "br" else stream_io.ZstdReader)(inner)
    parts: list[bytes] = []
    left = at_most
    try:
        while left > 0 and (piece := reader.read(min(left, 1 << 20))):
            parts.append(piece)
            left -= len(piece)
    except OSError:
        return b"".join(parts), "damaged"
    return b"".join(parts), "too-long" if left <= 0 else None


def _is_text(body: bytes) -> bool:
    """Whether these octets were unpacked before: Brotli has no mark of its own to tell it by."""
    return body.lstrip()[:1] in (b"<", b"{", b"[")
