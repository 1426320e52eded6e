"""Tables of a data set as record batches: Parquet, lines of JSON, CSV; the last two also packed.

Every column of Parquet stays as it is. In lines of JSON what holds an object stays as its JSON,
since a struct has only the fields that were there at first; fields that come later stand together
in ``withhold_more``. Of CSV all is text: an empty cell is null, a quoted empty one (``""``) is
empty, which of a robots.txt is a great difference.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal

from withhold.errors import BadInput
from withhold.traces.corpus.trouble import Broken
from withhold.traces.corpus.unpacked import packing, pieces
from withhold.traces.deciding import columns, json_lines
from withhold.traces.deciding.rows import arrow

Form = Literal["parquet", "json", "csv"]
ENDINGS = (".parquet", ".pq", ".jsonl", ".ndjson", ".json", ".csv")
PACKED = (".gz", ".zst", ".bz2", ".xz")
ALL_ENDINGS = (
    *(one for one in ENDINGS if one != ".json"),
    *(one + packed for one in ENDINGS[2:] for packed in PACKED),
)
"""Of what is taken from a folder: a plain ``.json`` there is a manifest more often than a table."""
_OCTETS = 32 << 20
"""Octets of a batch, about."""
_CSV_BLOCK = 16 << 20
Missed = Callable[[], None]


def form(name: str) -> Form:
    """What a file is by its name; BadInput for what is not read."""
    for bare in (name.partition("?")[0].lower(), name.lower()):  # an address's query, or a name's ?
        for packed in PACKED:
            bare = bare.removesuffix(packed)
        if bare.endswith((".parquet", ".pq")):
            return "parquet"
        if bare.endswith((".jsonl", ".ndjson", ".json")):
            return "json"
        if bare.endswith(".csv"):
            return "csv"
    raise BadInput(f"{name}: not a table that is read", "Parquet, JSON lines (.jsonl) or CSV")


def schema(stream: BinaryIO, name: str) -> Any:
    """The Arrow schema of a table; BadInput where it is none."""
    kind = form(name)
    if kind == "json":
        return json_lines.schema(unpacked(stream, name))
    if kind == "parquet":
        found = _parquet(stream, name).schema_arrow
    else:
        found = _csv(stream, name, lambda: None).schema
    try:
        _ = found.names  # octets until somebody asks
    except UnicodeDecodeError as why:
        raise BadInput(f"{name}: names of columns that are not UTF-8", "is it whole?") from why
    return found


def batches(
    stream: BinaryIO,
    name: str,
    wanted: Any,
    missed: Missed,
    first: int = -1,
    last: int = -1,
) -> Iterator[Any]:
    """The rows, in order, by the schema ``wanted``; ``missed`` hears of each that cannot be read.

    ``first`` to ``last`` are row groups of Parquet. BadInput where the file has other columns than
    the first one of a run, or is cut or damaged.
    """
    pa, kind = arrow(), form(name)
    if kind == "json":
        yield from json_lines.batches(unpacked(stream, name), wanted, missed)
        return
    try:
        if kind == "parquet":
            found = _row_groups(_parquet(stream, name), first, last)
        else:
            found = iter(_csv(stream, name, missed))
        for batch in found:
            yield _fitted(batch, wanted, name)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as why:
        raise BadInput(f"{name}: cannot be read ({_said(why)})", "is it whole?") from why


def _fitted(batch: Any, wanted: Any, name: str) -> Any:
    """The batch by the schema; column for column the same names, types that can be cast."""
    pa = arrow()
    if batch.schema.equals(wanted):
        return batch
    if sorted(batch.schema.names) != sorted(wanted.names):
        differing = sorted({*batch.schema.names} ^ {*wanted.names})
        raise BadInput(
            f"{name}: other columns than the first file: {columns.shown(differing)}",
            "filter files with the same columns together",
        )
    try:
        return batch.select(wanted.names).cast(wanted)
    except (pa.ArrowException, TypeError, ValueError, KeyError) as why:  # a name may stand twice
        raise BadInput(
            f"{name}: other types than the first file ({_said(why)})",
            "filter files with the same columns together",
        ) from why


def _said(why: Exception) -> str:
    """An error's own words in a line; they may repeat what a file holds."""
    return "".join(one if one.isprintable() else " " for one in str(why))[:120]


# Parquet and CSV ------------------------------------------------------------------------------


def _parquet(stream: BinaryIO, name: str) -> Any:
    pa = arrow()
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as why:
        raise BadInput(f"{name}: not a Parquet file ({_said(why)})", "is it whole?") from why


def _row_groups(file: Any, first: int, last: int) -> Iterator[Any]:
    """Batches of bounded size: rows may be numbers, or pages of a mebibyte."""
    groups = range(file.num_row_groups) if first < 0 else range(first, last + 1)
    for group in groups:
        about = file.metadata.row_group(group)
        each = about.total_byte_size // max(1, about.num_rows) + 1
        rows = max(64, min(8_192, _OCTETS // each))
        yield from file.iter_batches(batch_size=rows, row_groups=[group])


def _csv(stream: BinaryIO, name: str, missed: Missed) -> Any:
    pa = arrow()
    from pyarrow import csv

    def skipped(_row: object) -> str:
        missed()
        return "skip"

    source = pa.PythonFile(_Stream(unpacked(stream, name)), mode="r")
    parse = csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skipped)
    head_only = csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda _: "skip")
    read = csv.ReadOptions(block_size=_CSV_BLOCK, use_threads=False)
    try:
        with csv.open_csv(source, read, head_only) as head:
            names = head.schema.names
    except (pa.ArrowException, OSError, UnicodeDecodeError) as why:
        raise BadInput(f"{name}: not CSV ({_said(why)})", "a first row names the columns") from why
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        check_utf8=False,
    )
    source = pa.PythonFile(_Stream(unpacked(stream, name)), mode="r")
    return csv.open_csv(source, read, parse, convert)


class _Stream(io.RawIOBase):
    """Pieces as a stream."""

    def __init__(self, given: Iterator[bytes]) -> None:
        self._given, self._left = given, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = next(self._given, b"")
        taken = min(len(buffer), len(self._left))
        buffer[:taken], self._left = self._left[:taken], self._left[taken:]
        return taken


def unpacked(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """All of a file, in pieces. One that ends too early ends the work with BadInput: nobody knows
    what is missing."""
    stream.seek(0)
    packed = packing(stream.read(6))
    stream.seek(0)
    try:
        yield from pieces(stream, packed)
    except Broken as why:
        raise BadInput(f"{name}: cut or damaged at octet {why.offset:,}", "fetch it anew") from why
