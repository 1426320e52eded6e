"""Moments of Parquet in zones that are any text, and what Python cannot hold."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from withhold.traces.corpus.found import Record
from withhold.traces.corpus.parquet_records import parquet_records
from withhold.traces.corpus.trouble import Trouble


@pytest.mark.parametrize("zone", ["No/Such_Zone", "America/New_York", "+02:00", "UTC"])
def test_a_moment_is_the_same_in_any_zone(zone: str) -> None:
    stream = io.BytesIO()
    dates = pa.array([1714521600], pa.timestamp("s", zone))
    pq.write_table(pa.table({"text": ["words"], "date": dates}), stream)
    stream.seek(0)
    (found,) = parquet_records(stream, "a.parquet", {})
    assert isinstance(found, Record)
    assert str(found.date).startswith("2024-05-01")


def read(**columns: Any) -> list[Record | Trouble]:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return list(parquet_records(stream, "a.parquet", {}))


@pytest.mark.parametrize(
    "kind", [pa.timestamp("s"), pa.timestamp("ms", "UTC"), pa.date32(), pa.duration("s")]
)
def test_a_moment_that_python_cannot_hold_hides_no_row(kind: Any) -> None:
    far = 10**9 if kind == pa.date32() else 10**15
    found = read(text=["one", "two", "three"], date=pa.array([0, far, None], kind))
    assert [one.texts for one in found if isinstance(one, Record)] == [
        (b"one",),
        (b"two",),
        (b"three",),
    ]
    assert len(found) == 3
    assert isinstance(found[1], Record)
    assert found[1].date == ""


def broken(*texts: bytes) -> Any:
    """A column of text in which any octets may stand."""
    kept = pa.array(texts, pa.binary())
    return pa.StringArray.from_buffers(len(texts), *kept.buffers()[1:])


def test_text_that_is_no_utf8_hides_no_row() -> None:
    found = read(text=broken(b"one", b"caf\xe9 two", b"three"))
    texts = [one.texts for one in found if isinstance(one, Record)]
    assert texts == [(b"one",), ("caf\ufffd two".encode(),), (b"three",)]
    assert len(found) == 3


def test_what_is_lost_of_a_row_is_told() -> None:
    inner = pa.StructArray.from_arrays([broken(b"one", b"\xff", b"three")], ["url"])
    found = read(text=["a", "b", "c"], metadata=inner)
    assert [one.texts for one in found if isinstance(one, Record)] == [(b"a",), (b"b",), (b"c",)]
    assert [(one.why, one.offset) for one in found if isinstance(one, Trouble)] == [("damaged", 1)]
