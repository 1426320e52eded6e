"""Where and when a picture was taken, by the EXIF in its first bytes. Never the whole file is read.

JPEG, PNG, WebP, TIFF, HEIC and AVIF. Only what is asked for is looked up in the EXIF (CIPA DC-008,
a TIFF 6.0): a reader of all its tags takes ten times as long, and of a picture made to harm some
hundreds of MiB. Platforms take EXIF out of most pictures that they publish, so that most archives
have none: what this gives is a find, and its absence says nothing.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from msgspec import Struct

EXIF_WITHIN = 256 * 1024
"""Bytes of a picture that are looked at, at most; of a JPEG or PNG without EXIF it is some 100."""
PIECES_AT_MOST = 200
"""Segments of a JPEG and chunks of a PNG or WebP that are passed on the way."""
ENTRIES_AT_MOST = 500
"""Entries of one directory of a TIFF; cameras write fewer than 100."""
VALUE_AT_MOST = 64
"""Bytes of one value; a latitude has 24."""

_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_NORTH_SOUTH, _LATITUDE, _EAST_WEST, _LONGITUDE = 1, 2, 3, 4
_ASCII, _LONG, _RATIONAL, _SIGNED_RATIONAL, _IFD = 2, 4, 5, 10, 13
_SIZES = {_ASCII: 1, _LONG: 4, _RATIONAL: 8, _SIGNED_RATIONAL: 8, _IFD: 4}
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_CLOCK = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_ZONE = re.compile(r"[+-]\d\d:\d\d", re.ASCII)
_START_OF_SCAN, _END_OF_IMAGE, _APP1 = 0xDA, 0xD9, 0xE1
_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of JPEG that have no length behind them (ITU-T T.81, table B.1)."""
_HAS_EXIF = 0x08
"""The flag of a WebP's VP8X chunk."""


class Taken(Struct, frozen=True, kw_only=True):
    """What EXIF says of a picture."""

    place: tuple[float, float] | None = None
    """(latitude, longitude) in degrees, WGS 84."""
    when: str = ""
    """ISO 8601, local time of the camera, with its offset where it is there."""


NOTHING = Taken()


def taken(head: bytes) -> Taken:
    """Place and time in the first bytes of a picture; NOTHING where there is none. Never raises."""
    return taken_in(io.BytesIO(head))


def taken_in(stream: IO[bytes]) -> Taken:
    """The same of a picture that is read forward, no further than needed.

    Raises nothing for whatever the bytes are, and OSError where ``stream`` does.
    """
    try:
        for exif in _exif_in(_Ahead(stream)):
            found = _said_in(exif)
            if found != NOTHING:
                return found
    except (EOFError, struct.error):
        pass
    return NOTHING


class _Ahead:
    """The first EXIF_WITHIN bytes of a stream, read forward."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, EXIF_WITHIN

    def some(self, size: int = EXIF_WITHIN) -> bytes:
        """So many bytes, or as many as there are."""
        found = self._stream.read(max(0, min(size, self._left)))
        self._left -= len(found)
        return found

    def whole(self, size: int) -> bytes:
        """So many bytes. Raises EOFError where there are fewer."""
        found = self.some(size)
        if len(found) < size:
            raise EOFError
        return found


# Where the EXIF is -----------------------------------------------------------------------------


def _exif_in(ahead: _Ahead) -> Iterable[bytes]:
    """What may be the EXIF of a picture, without the mark in front that some formats have."""
    head = ahead.whole(12)
    if head[:2] == b"\xff\xd8":
        return _in_jpeg(ahead, head[2:])
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return _in_png(ahead, head[8:])
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return _in_webp(ahead)
    if head[:4] in _ORDERS:
        return (head + ahead.some(),)
    return _in_boxes(ahead.some()) if head[4:8] == b"ftyp" else ()


def _in_jpeg(ahead: _Ahead, begun: bytes) -> Iterable[bytes]:
    """Its APP1 segment; before the picture itself begins. ``begun`` is behind the first marker."""
    waiting = begun
    for _ in range(PIECES_AT_MOST):
        while len(waiting) < 4:
            waiting += ahead.whole(4 - len(waiting))
        if waiting[0] != 0xFF or waiting[1] in (_START_OF_SCAN, _END_OF_IMAGE):
            return ()
        if waiting[1] == 0xFF:  # a marker may have any number of these in front
            waiting = waiting[1:]
            continue
        if waiting[1] in _ALONE:
            waiting = waiting[2:]
            continue
        size = int.from_bytes(waiting[2:4], "big") + 2
        if size < 4:
            return ()
        segment = waiting + ahead.some(max(0, size - len(waiting)))
        if waiting[1] == _APP1 and segment[4:9] == b"Exif\0":
            return (segment[10:size],)
        waiting = segment[size:]
    return ()


def _in_png(ahead: _Ahead, begun: bytes) -> Iterable[bytes]:
    """Its eXIf chunk, which stands before the pixels (PNG, third edition, table 7)."""
    header = begun + ahead.whole(8 - len(begun))
    for _ in range(PIECES_AT_MOST):
        size, name = struct.unpack(">L4s", header)
        if name in (b"IDAT", b"IEND"):
            return ()
        body = ahead.some(size)
        if name == b"eXIf":
            return (body.removeprefix(b"Exif\0\0"),)
        header = ahead.whole(12)[4:]  # a checksum stands between
    return ()


def _in_webp(ahead: _Ahead) -> Iterable[bytes]:
    """Its EXIF chunk, which stands behind the pixels, where the first chunk says that it is there.

    It has the mark in front or not, depending on who wrote it.
    """
    name, size = struct.unpack("<4sL", ahead.whole(8))
    if name != b"VP8X" or not ahead.whole(1)[0] & _HAS_EXIF:
        return ()
    ahead.some(size + size % 2 - 1)
    for _ in range(PIECES_AT_MOST):
        name, size = struct.unpack("<4sL", ahead.whole(8))
        body = ahead.some(size + size % 2)
        if name == b"EXIF":
            return (body[:size].removeprefix(b"Exif\0\0"),)
    return ()


def _in_boxes(rest: bytes) -> Iterable[bytes]:
    """The EXIF of HEIC and AVIF, found by how it begins and not through the tables of the boxes.

    Where it stands is up to the file, mostly near the beginning. In front of it is its distance
    from there (ISO/IEC 23008-12, A.2.1): 0, or 6 and a mark.
    """
    for mark in (b"Exif\0\0", bytes(4)):
        for order in _ORDERS:
            at = rest.find(mark + order)
            if at >= 0:
                yield rest[at + len(mark) :]


# What it says ----------------------------------------------------------------------------------


class _Directory:
    """One directory of a TIFF: the values by their tags, no more than are asked for."""

    def __init__(self, tiff: bytes, at: int) -> None:
        self._tiff, self._order = tiff, _ORDERS[tiff[:4]]
        self._entries: dict[int, tuple[int, int, bytes]] = {}
        if not 8 <= at <= len(tiff) - 2:
            return
        (count,) = struct.unpack_from(f"{self._order}H", tiff, at)
        block = tiff[at + 2 : at + 2 + 12 * min(count, ENTRIES_AT_MOST)]
        whole = block[: len(block) // 12 * 12]
        for tag, kind, number, value in struct.iter_unpack(f"{self._order}HHL4s", whole):
            self._entries.setdefault(tag, (kind, number, value))

    def below(self, tag: int) -> _Directory:
        """The directory that a value leads to; an empty one where there is none."""
        value = self._value(tag, _LONG, _IFD)
        return _Directory(self._tiff, self._number(value) if len(value) == 4 else 0)

    def text(self, tag: int) -> str:
        """A text; empty where there is none."""
        return self._value(tag, _ASCII).split(b"\0", 1)[0].decode("ascii", "replace").strip()

    def ratios(self, tag: int) -> list[float]:
        """Numbers; none where one of them is divided by 0, which says that it is not known."""
        pairs = [
            *struct.iter_unpack(f"{self._order}LL", self._value(tag, _RATIONAL)),
            *struct.iter_unpack(f"{self._order}ll", self._value(tag, _SIGNED_RATIONAL)),
        ]
        return [over / under for over, under in pairs] if all(it[1] for it in pairs) else []

    def _value(self, tag: int, *kinds: int) -> bytes:
        """All of it or nothing: a latitude that was cut off is another place."""
        kind, number, value = self._entries.get(tag, (0, 0, b""))
        size = number * _SIZES.get(kind, 0)
        if kind not in kinds or size > VALUE_AT_MOST:
            return b""
        if size <= 4:
            return value[:size]
        at = self._number(value)
        found = self._tiff[at : at + size]
        return found if len(found) == size else b""

    def _number(self, value: bytes) -> int:
        (found,) = struct.unpack(f"{self._order}L", value)
        return int(found)


def _said_in(exif: bytes) -> Taken:
    """Raises struct.error for what ends too early."""
    if exif[:4] not in _ORDERS:
        return NOTHING
    first = _Directory(exif, struct.unpack_from(f"{_ORDERS[exif[:4]]}L", exif, 4)[0])
    return Taken(
        place=_place(first.below(_GPS_DIRECTORY)), when=_when(first.below(_EXIF_DIRECTORY))
    )


def _place(gps: _Directory) -> tuple[float, float] | None:
    """None also where a side of the globe is not named: half of such places would be wrong."""
    north = _degrees(gps.ratios(_LATITUDE), gps.text(_NORTH_SOUTH), "NS")
    east = _degrees(gps.ratios(_LONGITUDE), gps.text(_EAST_WEST), "EW")
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    place = round(north, 6) + 0.0, round(east, 6) + 0.0  # -0.0 would be shown so
    return place if place != (0, 0) else None  # what a camera writes that does not know


def _degrees(said: list[float], side: str, sides: str) -> float | None:
    """Degrees, minutes and seconds as degrees; many write fewer than three, with a fraction."""
    if not said or len(said) > 3 or not side or side[0].upper() not in sides:
        return None
    degrees, minutes, seconds = [*said, 0.0, 0.0][:3]
    if min(said) < 0 or max(minutes, seconds) > 60:
        return None
    found = degrees + minutes / 60 + seconds / 3600
    return -found if side[0].upper() == sides[1] else found


def _when(camera: _Directory) -> str:
    """When it was taken; empty for what is no time, as of a clock that was never set."""
    said = _CLOCK.fullmatch(camera.text(_TAKEN))
    if not said:
        return ""
    clock = f"{said[1]}-{said[2]}-{said[3]}T{said[4]}"
    offset = camera.text(_OFFSET)
    for written in (clock + offset if _ZONE.fullmatch(offset) else clock, clock):
        try:
            datetime.fromisoformat(written)
        except ValueError:
            continue
        return written
    return ""
