"""Dated robots.txt in a folder: which file is of which site and day, and what is missing.

Three layouts, looked for in this order: ``index.csv`` (or another table) with the columns
``site``, ``date``, ``file`` and perhaps ``url``; folders ``SITE/DATE.txt``; folders
``DATE/SITE.txt``. A date is ``2026``, ``2026-06`` or ``2026-06-30``. What cannot be used is a gap
with its reason, never a file that allows all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals.patterns import host

Why = Literal[
    "no-file",  # the table names none, or one that is not there
    "unreadable",  # it is there and cannot be opened, or is no plain file
    "outside",  # it lies outside the folder
    "web-page",  # an HTML page without a rule: most likely an error page that was kept
    "contradicts",  # two different files of one site and day: neither is used
    "not-seen",  # other sites were looked at on this day
    "only-once",  # one usable file: nothing to compare it with
    "bad-row",  # no site, or a date that is none
    "bad-name",  # in a folder: neither SITE/DATE.txt nor DATE/SITE.txt
]
COLUMNS = {"site": "site", "date": "date", "file": "file", "url": "url"}
INDEX = "index.csv"
READ_AT_MOST = 1024 * 1024
"""Twice the limit of RFC 9309: enough to know that it was passed."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


class Gap(Struct, frozen=True, kw_only=True):
    """What is not known, of which site and day, and why. ``day`` is as it was written."""

    why: Why
    site: str = ""
    day: str = ""
    file: str = ""


class DatedFile(Struct, frozen=True, kw_only=True):
    """A robots.txt of a site on a day; ``on`` is the first day that ``day`` can mean."""

    site: str
    on: date
    day: str
    file: str
    url: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """The files of a folder by site and day, and the gaps that are known before any is opened."""

    folder: Path
    files: tuple[DatedFile, ...]
    gaps: tuple[Gap, ...]


def find(
    folder: Path, index: Path | None = None, columns: Mapping[str, str] | None = None
) -> Found:
    """What lies in the folder. Raises BadInput where a table cannot be read.

    ``index`` is another table than ``index.csv``; ``columns`` says how it calls its columns.
    """
    table = index or folder / INDEX
    if index or table.is_file():
        found = list(_rows(table, {**COLUMNS, **(columns or {})}))
    else:
        found = list(_names(folder))
    files = [one for one in found if isinstance(one, DatedFile)]
    return Found(
        folder=folder,
        files=tuple(sorted(files, key=lambda one: (one.site, one.on, one.day, one.file))),
        gaps=tuple(one for one in found if isinstance(one, Gap)),
    )


def first_day(said: str) -> date | None:
    """The first day that ``2026``, ``2026-06`` or ``2026-06-30`` can mean; None where no date."""
    match = _DATE.fullmatch(said)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None


def opened(folder: Path, one: DatedFile) -> bytes | Gap:
    """The octets of a file, as far as a reader would look; or why there are none."""

    def gap(why: Why) -> Gap:
        return Gap(why=why, site=one.site, day=one.day, file=one.file)

    if not one.file:
        return gap("no-file")
    try:
        path = (folder / one.file).resolve()
        if not path.is_relative_to(folder.resolve()):
            return gap("outside")
        if not path.exists():
            return gap("no-file")
        if not path.is_file():
            return gap("unreadable")
        with path.open("rb") as stream:
            return stream.read(READ_AT_MOST)
    except (OSError, ValueError):  # a name that no file can have, such as one with NUL
        return gap("unreadable")


def _rows(table: Path, columns: Mapping[str, str]) -> Iterator[DatedFile | Gap]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as lines:
            reader = csv.DictReader(lines)
            names = reader.fieldnames or []
            lacking = [
                columns[key] for key in ("site", "date", "file") if columns[key] not in names
            ]
            if lacking:
                raise BadInput(
                    f"{table}: there is no column {', '.join(lacking)}",
                    "say how it calls them: --columns site=host,date=day,file=path",
                )
            for number, row in enumerate(reader, 2):
                cell = {key: (row.get(name) or "").strip() for key, name in columns.items()}
                yield _dated(cell["site"], cell["date"], cell["file"], cell["url"], number)
    except OSError as why:
        raise BadInput(f"{table}: cannot be read ({why.strerror})", "give a CSV file") from why
    except (UnicodeDecodeError, csv.Error) as why:
        raise BadInput(f"{table}: is no CSV file in UTF-8", "give a CSV file") from why


def _dated(site: str, day: str, file: str, url: str, number: int) -> DatedFile | Gap:
    on, name = first_day(day), host(site)
    if on is None or not name:
        return Gap(why="bad-row", site=name, day=day, file=f"{file or '-'} (row {number})")
    return DatedFile(site=name, on=on, day=day, file=file, url=url)


def _names(folder: Path) -> Iterator[DatedFile | Gap]:
    for path in sorted(folder.glob("*/*.txt")):
        outer, inner = path.parent.name, path.stem
        site, day = (outer, inner) if first_day(inner) else (inner, outer)
        on = first_day(day)
        name = f"{outer}/{path.name}"
        if on is None:
            yield Gap(why="bad-name", file=name)
        else:
            yield DatedFile(site=host(site), on=on, day=day, file=name)
