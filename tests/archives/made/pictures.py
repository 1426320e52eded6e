"""Pictures whose EXIF Pillow wrote, and not the code under test."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

Angle = tuple[float, ...]
WHERE, WHEN = (48.1375, 11.575), "2020-01-02T03:04:05+01:00"
"""What ``picture`` says, unless told otherwise."""


def picture(
    kind: str = "JPEG",
    north: Angle = (48, 8, 15),
    east: Angle = (11, 34, 30),
    sides: str = "NE",
    taken: str = "2020:01:02 03:04:05",
    offset: str = "+01:00",
    size: int = 32,
) -> bytes:
    """A picture with a place (none where ``north`` is empty) and a time (likewise)."""
    exif = Image.Exif()
    exif[0x010F] = "Ada's camera"
    if north:
        gps: dict[int, Any] = {2: north, 4: east}
        gps |= {1: sides[0], 3: sides[1]} if sides else {}
        exif.get_ifd(0x8825).update(gps)
    if taken:
        camera = exif.get_ifd(0x8769)
        camera.update({0x9003: taken, 0x927C: b"maker's note" * 60})
        camera.update({0x9011: offset} if offset else {})
    return saved(kind, size, exif=exif.tobytes())


def saved(kind: str, size: int = 32, **more: Any) -> bytes:
    """A picture with what Pillow is told to write beside it."""
    out = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(out, kind, **more)
    return out.getvalue()
