"""Our own reader of XMP and of EXIF's dates and places, in the octets of pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.fuzz.tables import cases
from tests.fuzz.target import Target
from withhold.exports import exif
from withhold.signals import xmp, xmp_packets

_PNG = b"\x89PNG\r\n\x1a\n"


def picture(body: bytes) -> None:
    """Any octets: at most one statement of a use, of TDM at most one more."""
    mark = xmp.read(body)
    said = mark.statements()
    uses = [(one.signal, one.use) for one in said]
    assert len(uses) == len(set(uses))
    assert all(len(one.text) <= 200 for one in said)
    for wish in xmp._FOR:
        xmp.says_already(mark, wish)


def places(body: bytes) -> None:
    """Any octets: a place on the globe, or none; a time that is one."""
    found = exif.taken(body)
    if found.place:
        assert -90 <= found.place[0] <= 90
        assert -180 <= found.place[1] <= 180
    assert len(found.when) <= 40


def packet(body: bytes) -> None:
    """The same packet says the same, whichever picture it stands in."""
    found = {name: xmp.read(made(body)) for name, made in _FORMS.items()}
    read = [one.data_mining for one in found.values()]
    assert read.count(read[0]) == len(read), found


def _jpeg(body: bytes) -> bytes:
    said = b"http://ns.adobe.com/xap/1.0/\0" + body
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(said) + 2) + said + b"\xff\xd9"


def _png(body: bytes) -> bytes:
    said = b"iTXtXML:com.adobe.xmp\0\0\0\0\0" + body
    whole = _chunk(b"IHDR" + bytes(13)) + _chunk(said) + _chunk(b"IEND")
    return _PNG + whole


def _chunk(said: bytes) -> bytes:
    return struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))


_FORMS = {"jpeg": _jpeg, "png": _png}


def _packets() -> Iterator[bytes]:
    from tests.unit.image_files import packet as wrapped

    for case in cases("signals/plus_datamining.toml"):
        yield case["packet"].encode() if "packet" in case else wrapped(case["description"])


def _pictures() -> Iterator[bytes]:
    from tests.unit.image_files import FORMATS, image

    packets = list(_packets())
    for number, form in enumerate(FORMATS):
        yield image(form, packets[number])
        yield image(form)
    for one in packets[:6]:
        yield from (_jpeg(one), _png(one))
    rational = struct.pack(">II", 5, 1) * 3
    entry = ">HHI4s"
    place = struct.pack(">H", 4) + b"".join((
        struct.pack(entry, 1, 2, 2, b"N"),
        struct.pack(entry, 2, 5, 3, struct.pack(">I", 80)),
        struct.pack(entry, 3, 2, 2, b"E"),
        struct.pack(entry, 4, 5, 3, struct.pack(">I", 80)),
        bytes(4),
    ))  # fmt: skip
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIII", 1, 0x8825, 4, 1, 26, 0) + place + rational
    assert exif.taken(tiff).place, "a seed that has a place"
    yield b"\xff\xd8\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff + b"\xff\xd9"


assert xmp_packets.find(_jpeg(b"")).format == "jpeg"

TARGETS = (
    Target(
        name="image",
        law="any octets; one statement of a use at most",
        once=picture,
        seeds=_pictures,
        longest=8192,
        dictionary="xmp",
    ),
    Target(
        name="exif",
        law="any octets; a place on the globe or none",
        once=places,
        seeds=_pictures,
        dictionary="xmp",
    ),
    Target(
        name="xmp",
        law="any packet; it says the same in JPEG and PNG",
        once=packet,
        seeds=_packets,
    ),
)
