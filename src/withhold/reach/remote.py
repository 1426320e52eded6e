"""Inputs by name: files of this machine, folders of them, and addresses that fsspec can open.

SKETCH: addresses, patterns and compressed endings are its owner's to finish.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from withhold.errors import BadInput


class Input(Struct, frozen=True, kw_only=True):
    """One file: its path or address as given, and its size in octets (-1 = not known)."""

    name: str
    size: int = -1


def listed(given: Iterable[str], endings: tuple[str, ...] = ()) -> list[Input]:
    """The files that are meant, sorted by name: a folder means all in it with one of the endings.

    Raises BadInput for what is not there.
    """
    found: list[Input] = []
    for name in given:
        path = Path(name)
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file())
            found += [
                Input(name=str(one), size=one.stat().st_size)
                for one in inside
                if not endings or one.name.endswith(endings)
            ]
        elif path.is_file():
            found.append(Input(name=name, size=path.stat().st_size))
        else:
            raise BadInput(f"{name}: is not there", "give a file, a folder or an address")
    return found


def opened(name: str) -> BinaryIO:
    """The octets as they lie there, not unpacked. Raises BadInput where they cannot be read."""
    try:
        return Path(name).open("rb")
    except OSError as why:
        raise BadInput(f"{name}: cannot be read ({why.strerror})", "is the path right?") from why
