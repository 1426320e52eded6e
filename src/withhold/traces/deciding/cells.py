"""What stands in a cell: headers in the shapes that data sets have, times, hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from withhold.traces.deciding.by_signals import Pairs

_JSON_LIMIT = 4 * 1024 * 1024
"""Characters; headers that are longer are not read."""


def pairs_of(cell: Any) -> Pairs | None:
    """Headers as (name, value), in their order; None where they cannot be read as any.

    Taken: a mapping, pairs, structs of a name and a value, JSON of these, or the block as it came.
    Null is no headers: nothing was said there.
    """
    if cell is None:
        return ()
    if isinstance(cell, bytes | bytearray):
        cell = bytes(cell).decode("utf-8", "replace")
    if isinstance(cell, str):
        text = cell.strip()
        if not text:
            return ()
        if text[0] not in "{[":
            return _block(cell)
        if len(text) > _JSON_LIMIT:
            return None
        try:
            cell = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None
    if isinstance(cell, Mapping):
        return _pairs(cell.items())
    return _pairs(map(_pair, cell)) if isinstance(cell, list | tuple) else None


def _pair(one: Any) -> tuple[Any, Any]:
    """A pair as list, tuple or struct of two: its fields may be called anything."""
    values = list(one.values()) if isinstance(one, Mapping) else one
    if isinstance(values, list | tuple) and len(values) == 2:
        return values[0], values[1]
    return None, None


def _pairs(given: Iterable[tuple[Any, Any]]) -> Pairs | None:
    found: list[tuple[str, str]] = []
    for name, value in given:
        name = _text(name)
        if name is None:
            return None
        for one in value if isinstance(value, list | tuple) else (value,):
            if one is None:  # a struct has every header of every row
                continue
            said = _text(one)
            if said is None:
                return None
            found.append((name, said))
    return found


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool | int | float):
        return str(value)
    return value if isinstance(value, str) else None


def _block(text: str) -> Pairs | None:
    """The lines of a response's head, with or without its first; a folded line goes on."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if not line.strip():
            if found:
                break  # the body begins
            continue
        name, colon, value = line.partition(":")
        if line[0] in " \t" and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif colon:
            found.append((name, value.strip()))
        elif number or not line.startswith("HTTP/"):
            return None
    return found


def time_of(cell: Any) -> datetime | None:
    """A moment in UTC; None where there is none, or none that can be read.

    A day without a time is its first moment; a time without a zone is taken as UTC.
    """
    if isinstance(cell, bytes):
        cell = cell.decode("ascii", "replace")
    if isinstance(cell, int) and len(str(cell)) == 14:  # as CDX has it, without its quotes
        cell = str(cell)
    if isinstance(cell, str):
        cell = _read(cell.strip()[:40])
    if isinstance(cell, datetime):
        try:
            return cell.astimezone(UTC) if cell.tzinfo else cell.replace(tzinfo=UTC)
        except OverflowError:  # at the ends of the calendar
            return cell.replace(tzinfo=UTC)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    return None


def _read(text: str) -> datetime | None:
    try:
        if text.isascii() and text.isdigit() and len(text) == 14:
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def hash_of(cell: Any) -> str:
    """A hash as it is compared: octets in hexadecimal, without case; empty where there is none."""
    if isinstance(cell, bytes):
        return cell.hex()
    return cell.strip().lower() if isinstance(cell, str) else ""
