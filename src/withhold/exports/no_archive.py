"""What something is that is no archive of a platform that is read, as far as it can be told."""

from __future__ import annotations

from functools import cache

from withhold.archive_facts import NotRead, NotReadHere
from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.exports.notes import Notes
from withhold.exports.parts import NESTED, Files
from withhold.exports.safe_path import is_media

FILE = "archives/not-read.toml"
_NAMED = 3
"""File names that are shown."""


def what_it_is(files: Files, notes: Notes) -> tuple[str, str]:
    """A sentence and a tip: what the files look like, and what to give instead."""
    refused = [one.why for one in notes.not_understood]
    if not files.paths:
        if "encrypted" in refused:
            return "all files in it are encrypted", "unpack it with its password, give the folder"
        if refused:
            return f"no file in it can be used ({refused[0]})", "download it again"
        return "nothing is in it", "download it again, and give it as it was downloaded"
    if all(path.lower().endswith(NESTED) for path in files.paths):
        return (
            "archives inside an archive are not opened",
            f"unpack it, and give what was in it: {_some(files.paths)}",
        )
    if all(map(is_media, files.paths)):
        return (
            "pictures and videos only",
            "give the part of the archive with the posts too, all parts together",
        )
    for one in _not_read():
        name, endings = one.name, tuple(tail for tail in one.tails if tail.startswith("."))
        if files.ending(*one.tails) or any(path.endswith(endings) for path in files.paths):
            return (
                f"looks like an archive of {name}, which this version does not read",
                "docs: how-to/import-archives.md names the platforms that it reads",
            )
    if "damaged" in refused or "cut-off" in refused:
        return (
            "damaged or cut off, and what is left of it is no archive that this version reads",
            "download it again, and give it as it was downloaded",
        )
    packed = [path for path in files.paths if path.lower().endswith(NESTED)]
    if packed:
        return (
            f"not an archive that this version reads; there are archives in it: {_some(packed)}",
            "give those by themselves",
        )
    return (
        "not an archive of a platform that this version reads; looked at the names and first "
        f"bytes of {_counted(len(files.paths))}: {_some(files.paths)}",
        "docs: how-to/import-archives.md names the platforms; give the file as it was downloaded",
    )


def _some(paths: tuple[str, ...] | list[str]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(paths[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _counted(files: int) -> str:
    return f"{files:,} file" if files == 1 else f"{files:,} files"


@cache
def _not_read() -> tuple[NotReadHere, ...]:
    """Tails with a dot in front are endings of names, others whole names."""
    return tuple(read(default_root() / FILE, NotRead, FILE).platform)
