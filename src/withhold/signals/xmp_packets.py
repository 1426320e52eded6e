"""Where an image keeps its XMP packet, found by the structure of the file, never by a search alone.

Adobe's XMP specification, part 3: in a JPEG an APP1 segment with a name of its own (1.1.3), in a
PNG an ``iTXt`` chunk with the keyword ``XML:com.adobe.xmp`` (1.1.5); in a WebP the ``XMP `` chunk
(Google's WebP container specification; RFC 9649, 2.7.1.5). What lies after the end of the image, or
inside something else such as a preview, speaks of something else: it is noted and not read.

Linear time in at most ``LIMIT`` bytes; a packet of more than ``PACKET_LIMIT`` is not read, however
small it was packed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

LIMIT = 64 * 1024 * 1024
PACKET_LIMIT = 4 * 1024 * 1024
PARTS_LIMIT = 100_000
"""Segments or chunks that are walked over; the tallest real files have a few thousand."""

Format = Literal["jpeg", "png", "webp", "unknown"]
Note = Literal[
    "empty",
    "not-jpeg-png-webp",
    "limit-64-mib",
    "truncated",
    "too-many-parts",
    "checksum-wrong",
    "packet-too-big",
    "extended-xmp",
    "several-packets",
    "packet-outside-structure",
]

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"XML:com.adobe.xmp\0"
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])  # JPEG markers without a length
_FILL = re.compile(rb"\xff+(?=\xff)")
_SCAN_FOR = (b"<x:xmpmeta", b"<x:xapmeta", b"<?xpacket begin")


class Found(Struct, frozen=True):
    """The packets of an image, in the order of the file, and the traps that were met.

    ``c2pa``: the file carries a C2PA store, whose signature any change of the file breaks.
    """

    format: Format
    packets: tuple[bytes, ...] = ()
    notes: tuple[Note, ...] = ()
    c2pa: bool = False


class _Walk(Struct):
    """What is gathered on the way through a file."""

    packets: list[bytes]
    notes: dict[Note, None]
    c2pa: bool = False

    def keep(self, packet: bytes) -> None:
        if len(packet) > PACKET_LIMIT:
            self.notes["packet-too-big"] = None
        else:
            self.packets.append(packet)


def find(data: bytes) -> Found:
    """The XMP packets of a JPEG, PNG or WebP. Any bytes will do."""
    walk = _Walk([], {})
    if len(data) > LIMIT:
        data = data[:LIMIT]
        walk.notes["limit-64-mib"] = None
    known: Format = "unknown"
    if data.startswith(b"\xff\xd8\xff"):
        known = "jpeg"
        _jpeg(data, walk)
    elif data.startswith(_PNG):
        known = "png"
        _png(data, walk)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        known = "webp"
        _webp(data, walk)
    else:
        walk.notes["not-jpeg-png-webp" if data else "empty"] = None
    if len(walk.packets) > 1:
        walk.notes["several-packets"] = None
    # what was met and refused (too big, a wrong checksum) is not "outside"
    refused = {"packet-too-big", "checksum-wrong", "extended-xmp"} & walk.notes.keys()
    if not walk.packets and not refused and any(one in data for one in _SCAN_FOR):
        walk.notes["packet-outside-structure"] = None
    return Found(known, tuple(walk.packets), tuple(walk.notes), walk.c2pa)


def _jpeg(data: bytes, walk: _Walk) -> None:
    """Segments up to the first scan; metadata stands before it (ITU T.81, B.2)."""
    at = 2
    for _ in range(PARTS_LIMIT):
        if fill := _FILL.match(data, at):
            at = fill.end()
        if at + 2 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker in _ALONE:
            at += 2
            continue
        if marker in (0xDA, 0xD9):  # start of scan, end of image
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            break
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(_XMP):
            walk.keep(body[len(_XMP) :])
        elif marker == 0xE1 and body.startswith(_EXTENDED):
            walk.notes["extended-xmp"] = None
        elif marker == 0xEB and body[:2] == b"JP" and b"c2pa" in body[:64]:
            walk.c2pa = True
        at = end
    else:
        walk.notes["too-many-parts"] = None
        return
    walk.notes["truncated"] = None


def _png(data: bytes, walk: _Walk) -> None:
    """Chunks up to IEND; a text chunk may stand after the pixels (PNG, 5.3 and 5.6)."""
    at = len(_PNG)
    for _ in range(PARTS_LIMIT):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        end = at + 8 + length
        if end + 4 > len(data):
            break
        if name == b"IEND":
            return
        if name == b"iTXt" and data.startswith(_KEYWORD, at + 8):
            if int.from_bytes(data[end : end + 4], "big") != zlib.crc32(data[at + 4 : end]):
                walk.notes["checksum-wrong"] = None  # decoders pass such a chunk over
            else:
                _international_text(data[at + 8 + len(_KEYWORD) : end], walk)
        elif name == b"caBX":
            walk.c2pa = True
        at = end + 4
    else:
        walk.notes["too-many-parts"] = None
        return
    walk.notes["truncated"] = None


def _international_text(body: bytes, walk: _Walk) -> None:
    """An iTXt chunk after its keyword (PNG, 11.3.3.4): flag, method, two names, text."""
    packed, method, rest = body[:1], body[1:2], body[2:]
    parts = rest.split(b"\0", 2)
    if len(parts) < 3 or packed not in (b"\0", b"\1") or method != b"\0":
        walk.notes["truncated"] = None
        return
    text = parts[2]
    if packed == b"\1":
        unpack = zlib.decompressobj()
        try:
            text = unpack.decompress(text, PACKET_LIMIT + 1)
        except zlib.error:
            walk.notes["truncated"] = None
            return
        if not unpack.eof and len(text) <= PACKET_LIMIT:
            walk.notes["truncated"] = None
            return
    walk.keep(text)


def _webp(data: bytes, walk: _Walk) -> None:
    """Chunks of the RIFF form; what lies behind its stated size is no part of it."""
    stated = 8 + int.from_bytes(data[4:8], "little")
    if stated > len(data):
        walk.notes["truncated"] = None
    for count, (name, body, whole) in enumerate(_riff(data, min(stated, len(data)))):
        if count >= PARTS_LIMIT:
            walk.notes["too-many-parts"] = None
            return
        if not whole:
            walk.notes["truncated"] = None
        elif name == b"XMP ":
            walk.keep(body)
        elif name == b"C2PA":
            walk.c2pa = True


def _riff(data: bytes, end: int) -> Iterator[tuple[bytes, bytes, bool]]:
    """Each chunk: its name, its bytes if it is XMP, and whether it lies in the file."""
    at = 12
    while at + 8 <= end:
        name = data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        whole = at + 8 + size <= end
        yield name, data[at + 8 : at + 8 + size] if whole and name == b"XMP " else b"", whole
        at += 8 + size + size % 2
