"""Lines of JSON as record batches: what holds an object stays JSON, so no key of it is lost."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec

from withhold.traces.deciding.rows import arrow

MORE = "withhold_more"
"""The column of fields that the first lines do not have, as JSON."""
LINE = 64 << 20
"""Octets of a line that are read; a longer one is unreadable."""
_LOOKED_AT = 1_000
"""Lines from which the types of columns are taken."""
_ROWS, _OCTETS = 8_192, 32 << 20
"""Of a batch, about."""


def schema(pieces: Iterator[bytes]) -> Any:
    """The Arrow schema of the first lines."""
    pa = arrow()
    rows = list(islice((row for row in _objects(pieces) if row is not None), _LOOKED_AT))
    names = dict.fromkeys(key for row in rows for key in row if key != MORE)
    fields = [pa.field(key, _type([row.get(key) for row in rows])) for key in names]
    return pa.schema([*fields, pa.field(MORE, pa.string())])


def batches(pieces: Iterator[bytes], wanted: Any, missed: Callable[[], None]) -> Iterator[Any]:
    """The rows by a schema; ``missed`` hears of each line that is no object, or does not fit."""
    rows: list[dict[str, Any]] = []
    octets = 0
    for row in _objects(pieces):
        if row is None:
            missed()
            continue
        rows.append(row)
        octets += sum(len(one) for one in row.values() if isinstance(one, str))
        if len(rows) == _ROWS or octets > _OCTETS:
            yield _batch(rows, wanted, missed)
            rows, octets = [], 0
    if rows:
        yield _batch(rows, wanted, missed)


def _objects(pieces: Iterator[bytes]) -> Iterator[dict[str, Any] | None]:
    """One object a line; None for a line that is none."""
    decode = msgspec.json.decode
    for line in _lines(pieces):
        if line is not None and (not line or line.isspace()):
            continue
        try:
            row = decode(line) if line is not None else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            row = None
        yield row if isinstance(row, dict) else None


def _lines(given: Iterator[bytes]) -> Iterator[bytes | None]:
    """Lines without their end; None for one that is too long."""
    left, too_long, begun = b"", False, False
    for piece in given:
        if not begun:
            piece, begun = piece.removeprefix(codecs.BOM_UTF8), True
        first, *more = piece.split(b"\n")
        left = b"" if too_long else left + first
        too_long = too_long or len(left) > LINE
        for line in more:
            yield None if too_long else left
            left, too_long = line, False
    if too_long or left:
        yield None if too_long else left


def _type(values: list[Any]) -> Any:
    """The type of a column: of scalars and lists of them as Arrow takes them, else text."""
    pa = arrow()
    values = [one for one in values if one is not None]
    if not values or any(_nested(one) for one in values):
        return pa.string()
    try:
        found = pa.array(values).type
    except (pa.ArrowException, OverflowError, ValueError):
        return pa.string()
    return pa.float64() if pa.types.is_integer(found) and _floats(values) else found


def _floats(values: list[Any]) -> bool:
    return any(isinstance(one, float) for one in values)


def _nested(value: Any) -> bool:
    """Whether there is an object in it, or a list in a list."""
    inside = value if isinstance(value, list) else [value]
    return any(isinstance(one, dict | list) for one in inside)


def _batch(rows: list[dict[str, Any]], wanted: Any, missed: Callable[[], None]) -> Any:
    """Rows as a batch; where one does not fit each is tried, and those that do not are missed."""
    pa = arrow()
    rows = [_row(row, wanted) for row in rows]
    try:
        return pa.RecordBatch.from_pylist(rows, schema=wanted)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        pass
    fitting = []
    for row in rows:
        try:
            pa.RecordBatch.from_pylist([row], schema=wanted)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            missed()
        else:
            fitting.append(row)
    return pa.RecordBatch.from_pylist(fitting, schema=wanted)


def _row(row: dict[str, Any], wanted: Any) -> dict[str, Any]:
    """A row by the schema: text where text is wanted, what has no column as JSON in one."""
    pa = arrow()
    found = {}
    for field in wanted:
        value = row.pop(field.name, None)
        if value is not None and not isinstance(value, str) and pa.types.is_string(field.type):
            value = msgspec.json.encode(value).decode()
        found[field.name] = value
    if row and MORE in wanted.names:
        if found[MORE] is not None:  # of an earlier run
            row[MORE] = found[MORE]
        found[MORE] = msgspec.json.encode(row).decode()
    return found
