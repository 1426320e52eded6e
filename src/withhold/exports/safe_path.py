"""Names of files in an archive, as paths that stay inside it."""

from __future__ import annotations

import re

LONGEST = 1024
"""Characters of a path; no platform writes longer ones."""
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Also those of eight bits, which terminals obey, and the signs that turn the direction of text:
a name shown with them lies."""

_MEDIA = frozenset(
    (
        *("jpg", "jpeg", "jfif", "png", "gif", "webp", "heic", "heif", "avif", "bmp", "tif"),
        *("tiff", "svg", "ico", "dng", "mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "mpg"),
        *("mpeg", "srt", "vtt", "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac"),
    )
)


def safe(name: str) -> str:
    """The path in its plain form (``a/b.json``); empty = it leads out, or is no honest name.

    Windows tools write backslashes between folders, others a ``./`` in front: both are resolved.
    """
    if not name or len(name) > LONGEST or _CONTROL.search(name):
        return ""
    if "\\" in name:
        name = name.replace("\\", "/")
    if name[0] == "/":
        return ""
    if "/." in name or "//" in name or name[0] == ".":
        steps = [step for step in name.split("/") if step not in ("", ".")]
        if ".." in steps:
            return ""
        name = "/".join(steps)
    return "" if _DRIVE.match(name) else name


def shown(name: str) -> str:
    """A name for a list of what was refused: short, and without signs that act on a screen."""
    said = name[:200].encode("utf-8", "backslashreplace").decode()
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def is_litter(path: str) -> bool:
    """Whether a system left it there: no platform wrote it, and nothing of the owner is in it."""
    name = path.rsplit("/", 1)[-1]
    return (
        path.startswith("__MACOSX/")
        or "/__MACOSX/" in path
        or name in (".DS_Store", "Thumbs.db", "desktop.ini")
        or name.startswith("._")
    )


def is_media(path: str) -> bool:
    """Whether its name says that it is a picture, video or sound."""
    return path.rsplit(".", 1)[-1].lower() in _MEDIA
