"""Rows of a Parquet file as records; their place is the number of the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from withhold.errors import MissingExtra
from withhold.traces.corpus.columns import columns
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.rows import record
from withhold.traces.corpus.trouble import Trouble
from withhold.traces.corpus.warc_records import crawl_of
from withhold.traces.deciding.rows import cells

_ROWS = 512
"""Rows that are unpacked at a time: a page may have megabytes."""


def parquet_records(
    stream: BinaryIO,
    name: str,
    mapping: Mapping[str, str],
    *,
    images: bool = False,
    first: int = -1,
    last: int = -1,
) -> Iterator[Record | Trouble]:
    """The rows of these row groups (both inclusive; -1 = all of them).

    Raises BadInput where no column is known; MissingExtra without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as why:
        raise MissingExtra(
            "reading Parquet needs an extra", 'pip install "withhold[arrow]"'
        ) from why
    stream.seek(0)
    try:
        file = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError):
        yield Trouble(why="damaged", whole=True)  # its table of contents stands at its end
        return
    known = columns(_there(file.schema_arrow), mapping, name)
    count = file.metadata.num_row_groups
    groups = range(max(first, 0), count if last < 0 else min(last + 1, count))
    row = sum(file.metadata.row_group(one).num_rows for one in range(groups.start))
    wanted = known.all if images else [one for one in known.all if one not in known.of("image")]
    crawl = crawl_of(name)
    for group in groups:
        at, upto = row, row + file.metadata.row_group(group).num_rows
        try:
            for batch in file.iter_batches(_ROWS, row_groups=[group], columns=wanted):
                for one, whole in _rows(_in_utc(batch)):
                    yield record(one, known, at, crawl, images=images)
                    if not whole:
                        yield Trouble(why="damaged", offset=at)
                    at += 1
        except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError):
            yield Trouble(why="damaged", offset=at)  # other row groups have pages of their own
        row = upto


def _rows(batch: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each row, and whether nothing of it is lost but a moment.

    One cell that Python cannot hold, such as the year 300,000, hides neither its row nor the next.
    """
    try:
        for row in batch.to_pylist():
            yield row, True
        return
    except (ValueError, OverflowError, KeyError):
        pass
    names = batch.schema.names
    for row in zip(*map(_cells, batch.columns), strict=True):
        values = {name: value for name, (value, _) in zip(names, row, strict=True)}
        yield values, all(whole for _, whole in row)


def _cells(column: Any) -> list[tuple[Any, bool]]:
    """Each value, None where Python cannot hold it, and whether nothing is lost but a moment.

    Of text that is no UTF-8 what is good is kept, as of every other form.
    """
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        octets = column.cast(pa.large_binary()).to_pylist()
        return [(None if one is None else one.decode("utf-8", "replace"), True) for one in octets]
    moment, valid = pa.types.is_temporal(column.type), column.is_valid().to_pylist()
    found = zip(cells(column), valid, strict=True)
    return [(value, moment or value is not None or not there) for value, there in found]


def _in_utc(batch: Any) -> Any:
    """The same moments without their zones, which may be any text and not one that is known."""
    import pyarrow as pa

    for at, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.tz:
            kind = pa.timestamp(field.type.unit, "UTC")
            batch = batch.set_column(at, field.name, batch.column(at).cast(kind))
    return batch


def _there(schema: Any) -> list[str]:
    """The columns, and those within objects as ``a.b``; a column of lists by its own name."""
    import pyarrow as pa

    found = []
    for field in schema:
        found.append(field.name)
        if pa.types.is_struct(field.type):
            found += [f"{field.name}.{inner.name}" for inner in field.type]
    return found
