"""Dated policies in a folder: which file is of which document and day, and what cannot be used.

``index.csv`` with the columns ``service``, ``doc``, ``date``, ``file`` and perhaps ``kind``, or
folders ``SERVICE/DOC/YYYY-MM-DD.md`` (``.html``, ``.txt``). What cannot be used is a gap with its
reason, never a version.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.policies.reading import Format
from withhold.policies.replay import Dated, Record
from withhold.verbs.policy_text import decoded

INDEX = "index.csv"
COLUMNS = ("service", "doc", "date", "file")
FORMATS: dict[str, Format] = {".md": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}
READ_AT_MOST = 16 * 1024 * 1024
LAYOUT = "SERVICE/DOC/YYYY-MM-DD.md, or index.csv with service,doc,date,file"
_RECORDS: dict[str, Record] = {"first": "first", "technical-upgrade": "technical-upgrade"}
Why = Literal["bad-row", "bad-name", "no-file", "outside", "twice", "too-long", "unreadable"]


class Gap(Struct, frozen=True, kw_only=True):
    """What cannot be used, of which document, and why."""

    why: Why
    of: str = ""
    where: str = ""


class Kept(Struct, frozen=True, kw_only=True):
    """One document of a service with its versions by day; ``doc`` may name who saw it."""

    service: str
    doc: str
    versions: tuple[Dated, ...]

    @property
    def name(self) -> str:
        """``linkedin/privacy-policy``."""
        return f"{self.service}/{self.doc}"


def holds_policies(folder: Path) -> bool:
    """Whether a folder is one of dated policies, by its table or by its names."""
    index = folder / INDEX
    if index.is_file():
        try:
            with index.open(newline="", encoding="utf-8-sig") as lines:
                return set(COLUMNS) <= set(next(csv.reader(lines), ()))
        except (OSError, UnicodeDecodeError, csv.Error):
            return False
    return any(_day(path.stem) for path in folder.glob("*/*/*") if path.suffix.lower() in FORMATS)


def kept_in(folder: Path, service: str = "") -> tuple[list[Kept], list[Gap]]:
    """The documents of a folder, or of one service, and what of it cannot be used.

    Raises BadInput where the table cannot be read.
    """
    index = folder / INDEX
    found = list(_rows(folder, index) if index.is_file() else _names(folder))
    gaps = [one for one in found if isinstance(one, Gap)]
    by_name: dict[tuple[str, str], dict[date, Dated]] = {}
    for one in found:
        if isinstance(one, Gap) or service not in ("", one[0]):
            continue
        days = by_name.setdefault(one[:2], {})
        if one[2].day in days:
            gaps.append(Gap(why="twice", of=f"{one[0]}/{one[1]}", where=one[2].where))
        else:
            days[one[2].day] = one[2]
    documents = [
        Kept(service=name[0], doc=name[1], versions=tuple(days[day] for day in sorted(days)))
        for name, days in sorted(by_name.items())
    ]
    return documents, gaps


def text_of(folder: Path, version: Dated) -> tuple[str | bytes, Format] | None:
    """The text of a version and what it is written in; None where it cannot be opened.

    A page that names its charset is given as bytes.
    """
    try:
        path = folder / version.where
        data = path.read_bytes()[:READ_AT_MOST]
    except (OSError, ValueError):
        return None
    kind = FORMATS[path.suffix.lower()]
    return decoded(data, kind), kind


def _rows(folder: Path, index: Path) -> Iterator[tuple[str, str, Dated] | Gap]:
    try:
        with index.open(newline="", encoding="utf-8-sig") as lines:
            reader = csv.DictReader(lines)
            for number, row in enumerate(reader, 2):
                service, doc, day, file = ((row.get(one) or "").strip() for one in COLUMNS)
                where = f"{file or '-'} (row {number})"
                on = _day(day)
                if not service or not doc or on is None or not file:
                    yield Gap(why="bad-row", of=f"{service}/{doc}", where=where)
                    continue
                record = _RECORDS.get((row.get("kind") or "").strip(), "change")
                yield _dated(folder, service, doc, on, file, record)
    except OSError as why:
        raise BadInput(f"{index}: cannot be read ({why.strerror})", "give a CSV file") from why
    except (UnicodeDecodeError, csv.Error) as why:
        raise BadInput(f"{index}: is no CSV file in UTF-8", "give a CSV file") from why


def _names(folder: Path) -> Iterator[tuple[str, str, Dated] | Gap]:
    for path in sorted(folder.glob("*/*/*")):
        if path.suffix.lower() not in FORMATS:
            continue
        service, doc = path.parts[-3:-1]
        file, on = f"{service}/{doc}/{path.name}", _day(path.stem)
        if on is None:
            yield Gap(why="bad-name", of=f"{service}/{doc}", where=file)
        else:
            yield _dated(folder, service, doc, on, file, "change")


def _dated(
    folder: Path, service: str, doc: str, on: date, file: str, record: Record
) -> tuple[str, str, Dated] | Gap:
    of = f"{service}/{doc}"
    try:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Gap(why="outside", of=of, where=file)
        if not path.exists():
            return Gap(why="no-file", of=of, where=file)
        if not path.is_file() or path.suffix.lower() not in FORMATS:
            return Gap(why="unreadable", of=of, where=file)
        size = path.stat().st_size
    except (OSError, ValueError):  # a name that no file can have
        return Gap(why="unreadable", of=of, where=file)
    if size > READ_AT_MOST:
        return Gap(why="too-long", of=of, where=file)
    return service, doc, Dated(day=on, size=size, where=file, record=record)


def _day(said: str) -> date | None:
    if len(said) != len("2026-01-31"):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
