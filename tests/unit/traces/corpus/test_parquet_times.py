"""Moments of Parquet in zones that are any text."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from withhold.traces.corpus.found import Record
from withhold.traces.corpus.parquet_records import parquet_records


@pytest.mark.parametrize("zone", ["No/Such_Zone", "America/New_York", "+02:00", "UTC"])
def test_a_moment_is_the_same_in_any_zone(zone: str) -> None:
    stream = io.BytesIO()
    dates = pa.array([1714521600], pa.timestamp("s", zone))
    pq.write_table(pa.table({"text": ["words"], "date": dates}), stream)
    stream.seek(0)
    (found,) = parquet_records(stream, "a.parquet", {})
    assert isinstance(found, Record)
    assert str(found.date).startswith("2024-05-01")
