"""Files that were dropped together, under names that say which are parts of one archive.

Readers of archives tell a form by the names of files, so the files get names again: made of what
the browser called them, in a folder of their own, and never a path.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from withhold.reach.dropped import FOLDER

_LONGEST = 120
_OCTETS = 200
"""Of a name in UTF-8: most disks take 255, of which some are for a number behind it."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that are devices on Windows, whatever follows the dot."""


def gather(home: Path, files: Iterable[tuple[Path, str]]) -> tuple[Path, ...]:
    """Moves the files into one new folder, under safe names; where they are then. Raises OSError.

    ``release`` takes any of them and deletes the folder.
    """
    folder = home / FOLDER / f"{secrets.token_hex(16)}.together"
    folder.mkdir(mode=0o700)
    found: list[Path] = []
    try:
        for path, name in files:
            to = folder / _free(safe_name(name), found)
            path.rename(to)
            found.append(to)
    except BaseException:
        release(folder)
        raise
    return tuple(found)


def release(folder: Path) -> None:
    """Deletes the folder with all in it; what is gone already is no trouble."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)


def safe_name(name: str) -> str:
    """The last part of what a browser calls a file, as a name that no system takes amiss."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(one if one.isalnum() or one in " -_.()+" else "_" for one in last)
    plain = plain.strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 10:
        stem = _cut(stem[: _LONGEST - len(ending) - 1], _OCTETS - len(ending.encode()) - 1)
        plain = f"{stem.rstrip(' .') or 'file'}.{ending}"
    plain = _cut(plain[:_LONGEST], _OCTETS)
    return f"_{plain}" if _RESERVED.fullmatch(plain.partition(".")[0]) else plain


def _cut(name: str, octets: int) -> str:
    """As much of it as so many octets hold; no sign is cut in two."""
    return name.encode()[:octets].decode("utf-8", "ignore")


def _free(name: str, taken: list[Path]) -> str:
    """The name, with a number where there is one already, as browsers add it."""
    names = {one.name.lower() for one in taken}
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f".{ending}") if dot else (name, "")
    free, number = name, 1
    while free.lower() in names:
        free, number = f"{stem} ({number}){ending}", number + 1
    return free
