"""Small images made with Pillow, with an XMP packet put in by hand: not by the code under test."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def packet(description: str) -> bytes:
    """A packet with the usual wrapper, padding and prefixes around descriptions."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"'
        ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:o="http://example.org/o/"'
        f' xmlns:tdm="http://www.w3.org/ns/tdmrep/">{description}</rdf:RDF></x:xmpmeta>'
        + " " * 40
        + '<?xpacket end="w"?>'
    ).encode()


def image(form: str = "JPEG", xmp: bytes | None = None, mode: str = "RGB", **more: Any) -> bytes:
    """A picture of 24 x 16 that is not all one colour."""
    picture = Image.new("RGB", (24, 16))
    picture.putdata(
        [(x * 10 % 256, y * 15 % 256, (x * y) % 256) for y in range(16) for x in range(24)]
    )
    out = io.BytesIO()
    picture.convert(mode).save(out, form, **more)
    return out.getvalue() if xmp is None else with_packet(form, out.getvalue(), xmp)


def with_packet(form: str, data: bytes, xmp: bytes, *, packed: bool = False) -> bytes:
    """The packet where the file's standard has it."""
    if form == "JPEG":
        return data[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp) + data[2:]
    if form == "PNG":
        text = zlib.compress(xmp) if packed else xmp
        body = b"XML:com.adobe.xmp\0" + (b"\1\0" if packed else b"\0\0") + b"\0\0" + text
        return data[:33] + chunk(b"iTXt", body) + data[33:]
    body = data[12:] + b"XMP " + struct.pack("<I", len(xmp)) + xmp + b"\0" * (len(xmp) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
