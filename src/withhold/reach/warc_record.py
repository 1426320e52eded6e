"""One record of WARC 1.1 (ISO 28500:2017) as octets, gzipped by itself.

Written here, since every answer of a site is kept (``bench/hosts.py`` measures it); warcio and
FastWARC read them back in the tests. Digests are SHA-1 in base 32, as readers of WARC expect them:
they show damage. Against forging stands the SHA-256 of the whole file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import uuid
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

Kind = Literal["warcinfo", "response", "revisit", "request", "metadata"]
Pairs = Sequence[tuple[str, str]]
_TYPES: dict[Kind, str] = {
    "warcinfo": "application/warc-fields",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
    "metadata": "application/warc-fields",
}
_LEVEL = 1
"""Of zlib: files of text shrink to nearly the same at any level, and this one is quickest."""
_GZIP = 16 + zlib.MAX_WBITS
_SMALL = 1024
"""Octets up to which compressing, for whose tables zlib needs a quarter of a MiB each time, costs
more than all else, and saves some 200: half of all records are requests."""
_STORED = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01"
"""The head of a member without name and time, of an unknown system; then the last block, stored."""
_SIZES, _END = struct.Struct("<HH").pack, struct.Struct("<II").pack
_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TWO = [one + other for one in _BASE32 for other in _BASE32]
_TENS = range(150, -1, -10)
_VARIANT = {one: "89ab"[int(one, 16) & 3] for one in "0123456789abcdef"}
_NAMED = hashlib.sha1(uuid.NAMESPACE_URL.bytes + b"withhold ", usedforsecurity=False)


class Record(Struct, frozen=True):
    """A record that is ready to be appended; ``data`` is one gzip member."""

    kind: Kind
    id: str
    data: bytes


def record(
    kind: Kind, record_id: str, date: str, named: str, head: bytes, body: bytes = b""
) -> Record:
    """The record whose block is a head, and behind it the payload, where there is one.

    ``named``: more of its fields, as ``lines`` makes them.
    """
    block = hashlib.sha1(head, usedforsecurity=False)
    if body:
        block.update(body)
    top = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {date}\r\n"
        f"{named}WARC-Block-Digest: {_spelled(block.digest())}\r\n"
        f"Content-Type: {_TYPES[kind]}\r\nContent-Length: {len(head) + len(body)}\r\n\r\n"
    )
    whole = b"".join((top.encode("utf-8"), head, body, b"\r\n\r\n"))
    return Record(kind, record_id, _gzipped(whole))


def _gzipped(data: bytes) -> bytes:
    """One member (RFC 1952). A small one holds its octets as they are (RFC 1951, 3.2.4)."""
    size = len(data)
    if size > _SMALL:
        return zlib.compress(data, _LEVEL, _GZIP)
    return b"".join((_STORED, _SIZES(size, size ^ 0xFFFF), data, _END(zlib.crc32(data), size)))


def lines(pairs: Pairs) -> str:
    """Named fields, a line each, without those that are empty."""
    return "".join([f"{name}: {one_line(value)}\r\n" for name, value in pairs if value])


def fields(pairs: Pairs) -> bytes:
    """A block of application/warc-fields."""
    return lines(pairs).encode("utf-8", "replace")


def digest(data: bytes) -> str:
    """As WARC-Payload-Digest spells it."""
    return _spelled(hashlib.sha1(data, usedforsecurity=False).digest())


def _spelled(found: bytes) -> str:
    """RFC 4648, 6, of the 160 bits at hand; the standard library takes twice as long."""
    number = int.from_bytes(found, "big")
    return "sha1:" + "".join([_TWO[number >> shift & 1023] for shift in _TENS])


def one_line(value: str) -> str:
    """A value without its line breaks: a folded header is one line (RFC 9112, 5.2)."""
    return _BREAK.sub(" ", value) if "\n" in value or "\r" in value else value


def id_of(kind: Kind, seed: str) -> str:
    """A UUID, the same for the same seed (RFC 9562, 5.5): the same fetch gives the same records."""
    named = _NAMED.copy()
    named.update(f"{kind} {seed}".encode("utf-8", "replace"))
    text = named.hexdigest()
    variant = _VARIANT[text[16]]
    return f"<urn:uuid:{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}>"


def date_of(on: datetime) -> str:
    """WARC-Date, in UTC to the microsecond."""
    return on.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
