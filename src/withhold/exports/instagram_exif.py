"""Where and when a picture was taken, as Instagram's record of its EXIF has it.

The record stands beside the file in ``media_metadata``. The file itself is not looked at here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

_NO_CAMERA = {"camera_metadata": {"has_camera_metadata": False}}


def recorded(each: dict[str, Any]) -> tuple[tuple[float, float] | None, str]:
    """Where and when a file was taken, as the archive's record of its EXIF has it."""
    about = each.get("media_metadata")
    taken = ""
    if not about or about == _NO_CAMERA:
        return None, taken
    for kind in ("photo_metadata", "video_metadata"):
        metadata = about.get(kind) if isinstance(about, dict) else None
        listed = metadata.get("exif_data") if isinstance(metadata, dict) else None
        for one in listed if isinstance(listed, list) else ():
            if not isinstance(one, dict):
                continue
            taken = taken or _taken(one.get("date_time_original"))
            place = place_of(one.get("latitude"), one.get("longitude"))
            if place:
                return place, taken
    return None, taken


def place_of(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """Two numbers (or their text) as a place; None for what is none, and for 0, 0."""
    try:
        at = float(latitude), float(longitude)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if abs(at[0]) <= 90 and abs(at[1]) <= 180 and at != (0, 0) else None


def _taken(found: Any) -> str:
    """``2019:05:01 12:00:00`` as ISO 8601; a clock of an unknown zone. Empty for anything else."""
    if not isinstance(found, str) or len(found) != 19 or found[4] != ":" or found[10] != " ":
        return ""
    written = f"{found[:4]}-{found[5:7]}-{found[8:10]}T{found[11:]}"
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return ""
    return written
