"""Parquet, lines of JSON and CSV as batches: what is read, and what cannot be."""

from __future__ import annotations

import bz2
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from withhold.errors import BadInput
from withhold.traces.deciding import json_lines, tables

ROWS = [
    {"url": "https://a.example/", "robots": "", "n": 1, "meta": {"b": [1, {"c": "ü"}]}},
    {"url": "https://b.example/", "robots": None, "n": None, "meta": {"other": True}},
]


def lines(*rows: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def read(body: bytes, name: str, wanted: Any = None) -> tuple[list[dict[str, Any]], int]:
    """The rows, and how many were missed."""
    missed: list[int] = []
    schema = wanted or tables.schema(io.BytesIO(body), name)
    found = tables.batches(io.BytesIO(body), name, schema, lambda: missed.append(1))
    return [row for batch in found for row in batch.to_pylist()], len(missed)


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("", bytes),
        (".gz", gzip.compress),
        (".zst", zstandard.compress),
        (".bz2", bz2.compress),
    ],
)
def test_lines_of_json_are_read_packed_or_not(ending: str, pack: Callable[[bytes], bytes]) -> None:
    found, missed = read(pack(lines(*ROWS)), f"in.jsonl{ending}")
    assert missed == 0
    assert [one["url"] for one in found] == ["https://a.example/", "https://b.example/"]
    assert [one["robots"] for one in found] == ["", None]
    assert [one["n"] for one in found] == [1, None]


def test_an_object_stays_its_json_so_that_no_key_is_lost() -> None:
    found, _ = read(lines(*ROWS), "in.jsonl")
    assert [json.loads(one["meta"]) for one in found] == [ROWS[0]["meta"], ROWS[1]["meta"]]


def test_fields_that_come_later_stand_together() -> None:
    many = [{"url": str(number)} for number in range(1_500)]
    found, missed = read(lines(*many, {"url": "x", "late": [1, {"a": None}]}), "in.jsonl")
    assert missed == 0
    assert json.loads(found[-1]["withhold_more"]) == {"late": [1, {"a": None}]}
    assert found[0]["withhold_more"] is None


def test_what_came_later_in_an_earlier_run_is_not_lost() -> None:
    many = [{"url": str(number)} for number in range(1_500)]
    found, _ = read(lines(*many, {"url": "x", "withhold_more": "old", "late": 1}), "in.jsonl")
    assert json.loads(found[-1]["withhold_more"]) == {"late": 1, "withhold_more": "old"}
    found, _ = read(lines({"url": "x", "withhold_more": '{"late":1}'}), "in.jsonl")
    assert found[0]["withhold_more"] == '{"late":1}'


def test_a_mark_of_utf8_before_the_first_line_costs_no_line() -> None:
    found, missed = read(b"\xef\xbb\xbf" + lines({"url": "a"}, {"url": "b"}), "in.jsonl")
    assert ([one["url"] for one in found], missed) == (["a", "b"], 0)


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[1]",
        b"null",
        b'"x"',
        b"\xff",
        b'{"url": "\xff"}',
        b'{"\xff": 1}',
        b"{}{}",
        b"[" * 100_000,
    ],
    ids=lambda b: repr(b[:9]),
)
def test_a_line_that_is_no_object_is_counted_and_the_rest_is_read(bad: bytes) -> None:
    found, missed = read(lines(ROWS[0]) + bad + b"\n\n  \n" + lines(ROWS[1])[:-1], "in.jsonl")
    assert (len(found), missed) == (2, 1)


def test_a_line_without_end_is_missed_and_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LINE", 1_000)
    long = json.dumps({"url": "x" * 3_000_000}).encode()
    found, missed = read(lines(ROWS[0]) + long + b"\n" + lines(ROWS[1]), "in.jsonl")
    assert (len(found), missed) == (2, 1)


def test_a_value_that_does_not_fit_is_one_row_missed() -> None:
    numbers = [{"url": str(number), "n": number} for number in range(1_200)]
    found, missed = read(
        lines(*numbers, {"url": "x", "n": "many"}, {"url": "y", "n": 7}), "in.jsonl"
    )
    assert missed == 1
    assert found[-1]["url"] == "y"
    assert len(found) == 1_201


def test_types_that_differ_from_the_first_become_text() -> None:
    found, _ = read(lines({"v": 1}, {"v": "one"}, {"v": [1]}), "in.jsonl")
    assert [one["v"] for one in found] == ["1", "one", "[1]"]


def test_of_csv_an_empty_cell_is_null_and_a_quoted_one_is_empty() -> None:
    body = b'url,robots\nhttps://a/,\nhttps://b/,""\nhttps://c/,"User-agent: *\nDisallow: /\n"\n'
    found, missed = read(body, "in.csv")
    assert missed == 0
    assert [one["robots"] for one in found] == [None, "", "User-agent: *\nDisallow: /\n"]


def test_of_csv_a_row_of_other_length_is_counted() -> None:
    found, missed = read(b"url,robots\na,b\nc\nd,e,f\ng,h\n", "in.csv.gz"[:-3])
    assert ([one["url"] for one in found], missed) == (["a", "g"], 2)


def test_packed_csv_with_a_long_cell() -> None:
    body = b'url,robots\na,"' + b"x" * 2_000_000 + b'"\n'
    found, _ = read(gzip.compress(body), "in.csv.gz")
    assert len(found[0]["robots"]) == 2_000_000


def parquet(rows: list[dict[str, Any]], **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, **options)
    return sink.getvalue()


def test_row_groups_of_parquet() -> None:
    body = parquet([{"n": number} for number in range(10)], row_group_size=3)
    schema = tables.schema(io.BytesIO(body), "in.parquet")
    found = tables.batches(io.BytesIO(body), "in.parquet", schema, lambda: None, 1, 2)
    assert [row["n"] for batch in found for row in batch.to_pylist()] == [3, 4, 5, 6, 7, 8]


def test_types_that_can_be_cast_are() -> None:
    wanted = pa.schema([("n", pa.int64())])
    small = io.BytesIO()
    pq.write_table(pa.table({"n": pa.array([1], pa.int32())}), small)
    assert read(small.getvalue(), "in.parquet", wanted) == ([{"n": 1}], 0)
    with pytest.raises(BadInput, match="other types than the first file"):
        read(parquet([{"n": "x"}]), "in.parquet", wanted)


def test_other_columns_than_the_first_file_are_named() -> None:
    with pytest.raises(BadInput, match="other columns than the first file: m, n"):
        read(parquet([{"m": 1}]), "in.parquet", pa.schema([("n", pa.int64())]))


def test_a_name_that_stands_twice_in_files_of_other_types_ends_the_work() -> None:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"]), out)
    wanted = pa.schema([("a", pa.large_string()), ("a", pa.string())])
    with pytest.raises(BadInput, match="other types than the first file"):
        list(tables.batches(out, "a.parquet", wanted, lambda: None))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("in.jsonl.gz", gzip.compress(lines(*ROWS), mtime=0)[:-9], "cut or damaged at octet"),
        ("in.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9], "cut or damaged at octet"),
        ("in.parquet", parquet([{"n": 1}])[:-9], "not a Parquet file"),
        ("in.parquet", b"", "not a Parquet file"),
        ("in.csv", b"", "not CSV"),
        ("in.csv", b"url,t\xffxt\na,b\n", "not CSV"),
        ("in.parquet", parquet([{"text": 1}]).replace(b"text", b"t\xffxt"), "not a Parquet file"),
        ("in.txt", b"", "not a table that is read"),
        ("in.parquet.gz", b"\x1f\x8b", "not a Parquet file"),
    ],
)
def test_what_is_cut_damaged_or_no_table_ends_the_work(name: str, body: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(body, name)


def test_no_file_says_more_than_a_line_about_itself() -> None:
    body = parquet([{"\x1b[2J": 1}])
    with pytest.raises(BadInput) as told:
        read(body, "in.parquet", pa.schema([("n", pa.int64())]))
    assert "\x1b" not in told.value.message
