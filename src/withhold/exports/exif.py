"""Where and when a picture was taken, by the EXIF in its first bytes. Never the whole file is read.

JPEG, HEIC, PNG, WebP and TIFF. Cameras and phones write EXIF near the beginning; a file that has
it behind EXIF_WITHIN (WebP may) gives nothing. Platforms take it out of most pictures that they
publish, so that most archives have none: what this gives is a find, and its absence says nothing.
"""

from __future__ import annotations

import io
import logging
import struct
from math import isfinite
from typing import Any

import exifread
from msgspec import Struct
from msgspec.structs import replace

from withhold.exports.parts import Files
from withhold.exports.post import Media, Post

EXIF_WITHIN = 256 * 1024
"""Bytes of a picture that are looked at."""
STEPS_AT_MOST = 20_000
"""How often one picture may be read from or moved in: a table that leads back to itself ends."""
MEDIA_AT_MOST = 100
"""Pictures of one post that are looked at."""
logging.getLogger("exifread").setLevel(logging.CRITICAL)  # it tells of every broken picture
_PICTURES = (".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp", ".tif", ".tiff")


class Taken(Struct, frozen=True, kw_only=True):
    """What EXIF says of a picture."""

    place: tuple[float, float] | None = None
    """(latitude, longitude) in degrees, WGS 84."""
    when: str = ""
    """ISO 8601, local time of the camera, with its offset where it is there."""


NOTHING = Taken()


def taken(head: bytes) -> Taken:
    """Place and time in the first bytes of a picture; NOTHING where there is none. Never raises."""
    try:
        tags = exifread.process_file(
            _Counted(_exif_in(head[:EXIF_WITHIN])), details=False, extract_thumbnail=False
        )
        return Taken(place=_place(tags), when=_when(tags))
    except Exception:  # the picture is hostile, and the parser a stranger's
        return NOTHING


def place_of(head: bytes) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None where the first bytes name no place."""
    return taken(head).place


def with_places(post: Post, files: Files) -> Post:
    """The post with place and time of its pictures, where they lie in the archive.

    What the archive's own record says of a picture is kept.
    """
    if not post.media:
        return post
    media = tuple(
        _with_place(one, files) if number < MEDIA_AT_MOST else one
        for number, one in enumerate(post.media)
    )
    return replace(post, media=media) if media != post.media else post


def _with_place(one: Media, files: Files) -> Media:
    if one.place is not None or not one.path.lower().endswith(_PICTURES):
        return one
    path = one.path
    if path not in files.entries:
        found = files.ending(path)
        if len(found) != 1:
            return one
        path = found[0]
    said = taken(files.head(path, EXIF_WITHIN))
    if said.place is None:
        return one
    return replace(one, place=said.place, place_by="exif", taken=one.taken or said.when)


def _place(tags: dict[str, Any]) -> tuple[float, float] | None:
    try:
        north = _degrees(tags["GPS GPSLatitude"], tags.get("GPS GPSLatitudeRef"), "S")
        east = _degrees(tags["GPS GPSLongitude"], tags.get("GPS GPSLongitudeRef"), "W")
    except (KeyError, ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
        return None
    if not (isfinite(north) and isfinite(east)) or abs(north) > 90 or abs(east) > 180:
        return None
    if north == 0 == east:  # what a camera writes that does not know
        return None
    return round(north, 6), round(east, 6)


def _degrees(tag: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(one) for one in [*tag.values, 0, 0][:3])
    found = degrees + minutes / 60 + seconds / 3600
    return -found if str(side).strip().upper().startswith(negative) else found


def _when(tags: dict[str, Any]) -> str:
    said = str(tags.get("EXIF DateTimeOriginal", ""))
    day, _, clock = said.partition(" ")
    if len(day) != 10 or len(clock) != 8 or not (day + clock).replace(":", "").isdigit():
        return ""
    offset = str(tags.get("EXIF OffsetTimeOriginal", "")).strip()
    known = len(offset) == 6 and offset[0] in "+-" and offset[3] == ":"
    return f"{day.replace(':', '-')}T{clock}{offset if known else ''}"


def _exif_in(head: bytes) -> bytes:
    """The EXIF of a PNG or WebP by itself, which is a TIFF; any other picture as it is.

    WebP has it with or without a mark in front, depending on who wrote it.
    """
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        at, order, size_at, wanted, pad = 8, ">L", 0, b"eXIf", 4
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        at, order, size_at, wanted, pad = 12, "<L", 4, b"EXIF", 0
    else:
        return head
    while at + 8 <= len(head):
        size: int = struct.unpack_from(order, head, at + size_at)[0]
        if head[at + 4 - size_at :][:4] == wanted:
            return head[at + 8 : at + 8 + size].removeprefix(b"Exif\0\0")
        at += 8 + size + (pad or size % 2)
    return b""


class _Counted(io.BytesIO):
    """Bytes that can be read from so many times only."""

    steps = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._step()
        return super().read(size)

    def seek(self, at: int, whence: int = 0, /) -> int:
        self._step()
        return super().seek(at, whence)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > STEPS_AT_MOST:
            raise EOFError
