"""Rows of Python as the batch that ``decide`` takes, whatever a framework hands over; and whether a
question can be asked at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from withhold.errors import BadInput
from withhold.traces.deciding.asking import asking
from withhold.traces.deciding.columns import NAMES
from withhold.traces.deciding.rows import arrow

_BESIDE = ("crawlers", "bodies", "current")
_OCTETS = ("robots", "html")
_ADDRESS = ("url", "host", "path")


def can_be_asked(asked: Mapping[str, Any]) -> None:
    """Raises BadInput at once for what ``decide`` could not be asked with."""
    asking(**{name: value for name, value in asked.items() if name not in _BESIDE})


def batch_of(columns: Mapping[str, Sequence[Any]], named: Mapping[str, str]) -> Any:
    """A record batch of the columns that are there and taken, under our names.

    What a cell may hold differs from row to row here; so each column gets the type that holds all.
    """
    pa = arrow()
    if isinstance(columns, pa.Table | pa.RecordBatch):  # of what hands over Arrow
        columns = {name: columns.column(name).to_pylist() for name in columns.column_names}
    made: dict[str, Any] = {}
    for ours in NAMES:
        theirs = named.get(ours, ours)
        if theirs in columns:
            values = columns[theirs]
            if values is None or isinstance(values, str | bytes):
                raise BadInput("one record, and no batch of them", "batched=True")
            made[ours] = _array(ours, [None if _missing(one) else one for one in values])
    return pa.RecordBatch.from_pydict(made)


def _missing(value: Any) -> bool:
    """Whether it stands for null where a framework has none of its own, as NaN in pandas."""
    return isinstance(value, float) and value != value


def _array(name: str, values: Sequence[Any]) -> Any:
    pa = arrow()
    if name in _OCTETS:
        return pa.array([_octets(one) for one in values], pa.large_binary())
    if name == "headers":
        return pa.array([_headers(one) for one in values], pa.large_string())
    if name in _ADDRESS:
        return pa.array([_octets(_address(one)) for one in values], pa.large_binary())
    if name == "robots_hash":
        values = [one.hex() if isinstance(one, bytes) else one for one in values]
    return pa.array([_plain(one) for one in values], pa.large_string())


def _address(value: Any) -> Any:
    """Octets as they are: what of them is no UTF-8 is percent-encoded by who reads them."""
    return value if isinstance(value, bytes) else _plain(value)


def _octets(value: Any) -> bytes | None:
    """Text as UTF-8. Anything else is no body, so it is not known."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else None


def _headers(value: Any) -> str | None:
    """As JSON, or the block as it came; what cannot be either will be read as unreadable."""
    if value is None or isinstance(value, str):
        return value if value is None else value.encode("utf-8", "replace").decode()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    pairs = list(value.items()) if isinstance(value, Mapping) else value
    try:
        return msgspec.json.encode(pairs, enc_hook=str).decode()
    except (TypeError, ValueError):
        return "{"


def _plain(value: Any) -> str | None:
    """Text of anything; half a surrogate pair is no character."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.encode("utf-8", "replace").decode()
