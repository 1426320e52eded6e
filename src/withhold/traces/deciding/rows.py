"""Arrow columns as the values of Python that a record is made of, whatever types they come in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from withhold.errors import BadInput, MissingExtra
from withhold.signals import patterns

_BARE = re.compile(rb"[\x80-\xff]")
_STATUS = re.compile(r"\s*(-?[0-9]{1,9})(?![0-9])")


def arrow() -> Any:
    """pyarrow; raises MissingExtra without it."""
    try:
        import pyarrow
    except ImportError as why:
        raise MissingExtra(
            "deciding over tables needs an extra", 'pip install "withhold[arrow]"'
        ) from why
    return pyarrow


def octets(column: Any, name: str) -> Any:
    """A column of text or octets as ``large_binary``; BadInput for one of anything else."""
    pa = arrow()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    if pa.types.is_string_view(kind):
        column = column.cast(pa.large_string())
    elif pa.types.is_binary_view(kind) or pa.types.is_fixed_size_binary(kind):
        column = column.cast(pa.large_binary())
    elif not (
        any(one(kind) for one in texts)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_null(kind)
    ):
        raise BadInput(f"{name}: text or octets are needed, not {kind}", "map another column")
    return column.cast(pa.large_binary())


def distinct(column: Any, name: str) -> tuple[list[bytes], list[int | None]]:
    """The different values of a column of text or octets, and which of them each row has."""
    coded = octets(column, name).dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_pylist()


def texts(column: Any, name: str) -> list[str | None]:
    """Text; octets that are no UTF-8 are percent-encoded, as they are in an address."""
    try:
        if arrow().types.is_string(column.type) or arrow().types.is_large_string(column.type):
            found: list[str | None] = column.to_pylist()
            return found
    except UnicodeDecodeError:
        pass
    return [None if one is None else _text(one) for one in octets(column, name).to_pylist()]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _BARE.sub(lambda one: b"%%%02X" % one[0][0], raw).decode("ascii")


def cells(column: Any) -> Iterator[Any]:
    """Values of any type, one by one; None for one that Python cannot hold, such as the year
    300,000 or text that is no UTF-8 inside a structure."""
    pa = arrow()
    if pa.types.is_timestamp(column.type):  # Python has no nanoseconds, and not every zone
        unit = "us" if column.type.unit == "ns" else column.type.unit
        column = column.cast(pa.timestamp(unit, column.type.tz and "UTC"), safe=False)
    for one in column:
        try:
            yield one.as_py()
        except (ValueError, OverflowError, KeyError):  # the last is a zone that nobody knows
            yield None


def readable(column: Any, read: Callable[[Any], Any], failed: Any) -> list[Any]:
    """Each cell as ``read`` takes it, None for null, ``failed`` where Python cannot hold it."""
    found = []
    for valid, cell in zip(column.is_valid().to_pylist(), cells(column), strict=True):
        found.append(read(cell) if cell is not None else failed if valid else read(None))
    return found


def paths(batch: Any, taken: dict[str, str]) -> list[tuple[str, str] | None]:
    """The host and the path that each row's robots.txt is asked for; None without an address."""
    if "url" in taken:
        return list(map(_of_url, texts(batch.column(taken["url"]), taken["url"])))
    hosts = texts(batch.column(taken["host"]), taken["host"])
    return list(map(_of_both, hosts, texts(batch.column(taken["path"]), taken["path"])))


def _of_url(url: str | None) -> tuple[str, str] | None:
    found = patterns.host_and_path(url.strip()) if url else None
    if not found or not found[0] or found[1][0] not in "/?":
        return None
    return found


def _of_both(host: str | None, path: str | None) -> tuple[str, str] | None:
    if not host or not host.strip() or path is None or path[:1] not in ("", "/", "?"):
        return None
    return host.strip().lower(), path or "/"


def statuses(column: Any) -> list[int | None]:
    """Statuses of HTTP as numbers, also where they are text; None for what is none."""
    return [_number(one) for one in cells(column)]


def _number(cell: Any) -> int | None:
    if isinstance(cell, str) and (begins := _STATUS.match(cell)):
        cell = begins[1]  # "503.0", as numbers beside empty cells become, "503 Service Unavailable"
    try:
        return int(cell) if cell is not None else None
    except (TypeError, ValueError, OverflowError):
        return None


def by_body(indices: Sequence[int | None]) -> list[int]:
    """The rows in an order in which those with the same body stand together."""
    return sorted(range(len(indices)), key=lambda row: -1 if indices[row] is None else indices[row])  # type: ignore[arg-type,return-value]
