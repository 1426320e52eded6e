"""Lines of JSON or rows of CSV as records; their place is the number of the line, from 0."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from withhold.errors import BadInput
from withhold.traces.corpus.columns import Columns, columns, paths
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.html_text import utf8
from withhold.traces.corpus.rows import record
from withhold.traces.corpus.trouble import Broken, Trouble
from withhold.traces.corpus.unpacked import Packing, pieces
from withhold.traces.corpus.warc_records import crawl_of

LINE = 64 << 20
"""Octets of a line that are read."""
_NONE = Columns(by_role={})


def json_records(
    stream: BinaryIO, name: str, packed: Packing, mapping: Mapping[str, str]
) -> Iterator[Record | Trouble]:
    """One object a line. Fields may differ from line to line; with none known, all are searched.

    Raises BadInput where a field that is said with ``mapping`` is in none of the first objects.
    """
    crawl, shapes = crawl_of(name), dict[tuple[str, ...], Columns]()
    stream.seek(0)
    good = missed = 0
    for number, line in _numbered(pieces(stream, packed)):
        if isinstance(line, Trouble):
            yield line
            continue
        if not line or line.isspace():
            continue
        row = _object(line)
        if row is None:
            yield Trouble(why="not-an-object", offset=number)
            continue
        shape = tuple(paths(row))
        known = shapes.get(shape)
        if known is None:
            try:
                known = columns(shape, mapping, name)
            except BadInput:
                known = _NONE
                missed += 1
                if mapping and not good and missed > 100:
                    raise
            if len(shapes) < 1_000:
                shapes[shape] = known
        good += known is not _NONE
        yield record(row, known, number, crawl)


def csv_records(
    stream: BinaryIO, name: str, packed: Packing, mapping: Mapping[str, str], between: str
) -> Iterator[Record | Trouble]:
    """A row each, below a first row with the names of the columns. The place is the row's number.

    Raises BadInput where no column is known.
    """
    stream.seek(0)
    troubles: list[Trouble] = []
    lines = _texts(_numbered(pieces(stream, packed)), troubles)
    csv.field_size_limit(LINE)
    rows = csv.reader(lines, delimiter=between)
    try:
        head = next(rows, [])
    except csv.Error:
        yield Trouble(why="not-an-object", whole=True)
        return
    known, crawl, number = columns(head, mapping, name), crawl_of(name), -1
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            yield Trouble(why="not-an-object", offset=number + 1)
            row = []
        yield from troubles
        troubles.clear()
        if row is None:
            return
        number += 1
        if row:
            yield record(dict(zip(head, row, strict=False)), known, number, crawl)


def _object(line: bytes) -> dict[str, Any] | None:
    """A line's object: read fast, and again by the rules of Python's reader, which takes more."""
    line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        found = msgspec.json.decode(line)
    except (ValueError, RecursionError):
        try:
            found = json.loads(utf8(line))
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, dict) else None


def _numbered(stream: Iterable[bytes]) -> Iterator[tuple[int, bytes | Trouble]]:
    """The lines with their numbers; those that are too long, and a broken end, as trouble."""
    number, parts, size = 0, list[bytes](), 0
    try:
        for piece in stream:
            first, *rest = piece.split(b"\n")
            for more in rest:
                yield number, _line([*parts, first], size + len(first), number)
                number, parts, size, first = number + 1, [], 0, more
            size += len(first)
            if size <= LINE:
                parts.append(first)
            elif parts:
                parts = [b"".join(parts)[:1]]
    except Broken as why:
        if size:
            yield number, _line(parts, size, number)
        yield number, Trouble(why=why.why, offset=number, whole=True)
        return
    if size:
        yield number, _line(parts, size, number)


def _line(parts: list[bytes], size: int, number: int) -> bytes | Trouble:
    if size > LINE:
        return Trouble(why="too-long", offset=number)
    return b"".join(parts)


def _texts(lines: Iterable[tuple[int, bytes | Trouble]], troubles: list[Trouble]) -> Iterator[str]:
    """Lines as text, with their ends; trouble is put aside, to be told between two rows."""
    for _, line in lines:
        if isinstance(line, Trouble):
            troubles.append(line)
        else:
            yield utf8(line).decode("utf-8", "replace").replace("\0", "") + "\n"
