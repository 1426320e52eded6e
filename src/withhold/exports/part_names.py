"""What names of files say about parts: which belong together, and which of them are missing.

Only numbers that are parts by their form count: ``-001``, ``-1-of-5``, ``part2``, ``(1)``,
``download-3``. A bare number may be a day (``-2026-01-02``) and joins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

MISSING_AT_MOST = 100
"""Missing parts that are named: a name may say that there are a thousand million of them."""
_PACKED = re.compile(r"\.(zip|tgz|tar\.gz|tar)$", re.IGNORECASE)
_COUNTED = re.compile(
    r"^(?P<stem>.*?)(?:^|[-_. (]+|[-_. (]*(?:part|teil|partie|parte)[-_. ]?)"
    r"(?P<number>\d{1,9})[-_ ]?(?:of|von|de|sur)[-_ ]?(?P<of>\d{1,9})\)?$",
    re.IGNORECASE,
)
_NUMBERED = (
    re.compile(
        r"^(?P<stem>.*?)[-_. (]*(?:part|teil|partie|parte)[-_. ]?(?P<number>\d{1,9})\)?$", re.I
    ),
    re.compile(r"^(?P<stem>.*download)[-_](?P<number>\d{1,4})$", re.I),
    re.compile(r"^(?P<stem>.*[^-_])[-_](?P<number>\d{3})$"),
)
_COPY = re.compile(r"^(?P<stem>.+?) ?\((?P<number>\d{1,4})\)$")


def part_of(name: str) -> tuple[str, int, int]:
    """Stem, number and total of a file name; 0 where it says none.

    A number in brackets comes from a browser that had the name already, so it joins files and
    says nothing of how many there should be.
    """
    packed = _PACKED.search(name)
    if not packed:
        return name, 0, 0
    bare = name[: packed.start()]
    copy = _COPY.match(bare)
    if copy:
        bare = copy["stem"]
    if found := _COUNTED.match(bare):
        return found["stem"], int(found["number"]), int(found["of"])
    for form in _NUMBERED:
        if found := form.match(bare):
            return found["stem"], int(found["number"]), 0
    return bare, 0, 0


def missing(names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Stem, number and total (0 = not known) of each part that is not among these names."""
    groups: dict[str, tuple[set[int], int]] = {}
    for name in names:
        stem, number, of = part_of(name)
        if number or of:
            there, total = groups.get(stem, (set(), 0))
            groups[stem] = (there | {number}, max(total, of))
    for stem, (there, total) in groups.items():
        left = MISSING_AT_MOST
        first = 0 if 0 in there else 1
        for number in range(first, first + total if total else max(there) + 1):
            if number not in there:
                yield stem or "?", number, total
                left -= 1
                if not left:
                    break


def grouped(names: Sequence[Path]) -> list[tuple[Path, ...]]:
    """The archives that these files are, each with its parts, in the order they were named.

    Parts of one archive have one stem; folders and files that are not packed stand alone.
    """
    groups: dict[tuple[Path, str], list[tuple[int, int, Path]]] = {}
    for order, name in enumerate(names):
        packed = _PACKED.search(name.name) is not None and not name.is_dir()
        stem, number, _ = part_of(name.name)
        key = (name.parent, stem.lower()) if packed else (name, "")
        listed = groups.setdefault(key, [])
        if all(name != there for _, _, there in listed):
            listed.append((number, order, name))
    return [tuple(name for _, _, name in sorted(found)) for found in groups.values()]
