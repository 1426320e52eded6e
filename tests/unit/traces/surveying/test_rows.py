"""Rows of captures, and captures of tables; expected by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pyarrow as pa
import pytest

from withhold.errors import BadInput
from withhold.traces.surveying.capture import Capture, Left, state_of
from withhold.traces.surveying.known import Known, Remembered
from withhold.traces.surveying.rows import ROWS, Surveyed, schema
from withhold.traces.surveying.table_captures import columns, mapping_said, table_captures

NO = b"User-agent: GPTBot\nDisallow: /\n"
BOTH = b"User-agent: *\nDisallow: /\n\nUser-agent: gptbot\nAllow: /\n"


def rows(captures: Iterable[Capture | Left], *tokens: str) -> list[dict[str, Any]]:
    surveyed = Surveyed(Known(tokens or ("GPTBot", "CCBot"), "/"))
    return pa.Table.from_batches(surveyed.batches(captures), schema()).to_pylist()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "read"),
        (204, "read"),
        (301, "redirect"),
        (399, "redirect"),
        (400, "no-file"),
        (403, "no-file"),
        (404, "no-file"),
        (429, "unreachable"),
        (499, "no-file"),
        (500, "unreachable"),
        (0, "unreachable"),
        (-5, "unreachable"),
        (100, "unreachable"),
    ],
)
def test_what_a_status_means(status: int, state: str) -> None:
    assert state_of(status) == state


def test_each_capture_is_a_row_and_each_policy_is_told_once() -> None:
    found = rows(
        [
            Capture("a.example", "c", "2026-01-01T00:00:00Z", 200, NO),
            Capture("b.example", "c", "", 200, b"# other\n" + NO),
            Left("other_records"),
            Capture("c.example", "c", "", 200, BOTH, truncated=True),
            Capture("d.example", "c", "", 404, NO),
            Capture("e.example", "c", "", 200, b""),
            Capture("f.example", "c", "", 200, None),
            Capture("g.example", "c", "", 200, b"<html>"),
            Capture("h.example", "c", "", 70_000, None),
            Capture("i.example", "c", "", 200, NO + b"Content-Signal: ai-train=no"),
        ]
    )
    assert [(one["surt_host_name"], one["state"], one["status"]) for one in found] == [
        ("example,a", "read", 200),
        ("example,b", "read", 200),
        ("example,c", "read", 200),
        ("example,d", "no-file", 404),
        ("example,e", "read", 200),
        ("example,f", "not-read", 200),
        ("example,g", "web-page", 200),
        ("example,h", "unreachable", 0),
        ("example,i", "read", 200),
    ]
    says = [one["says"] for one in found]
    assert [one and [(it["token"], it["answer"], it["rule"]) for it in one] for one in says] == [
        [("*", "allowed", ""), ("GPTBot", "disallowed", "Disallow: /")],
        None,
        [("*", "disallowed", "Disallow: /"), ("GPTBot", "allowed", "Allow: /")],
        None,
        [("*", "allowed", "")],
        *[None] * 4,
    ]
    hashes = [one["policy_hash"] for one in found]
    assert hashes[0] == hashes[1] == hashes[8] != hashes[2]
    assert [bool(one) for one in hashes] == [True] * 3 + [False, True] + [False] * 3 + [True]
    assert [one["notes"] for one in found] == ["", "", "truncated", *[""] * 5, "content-signal"]


def test_batches_are_of_one_size_and_hold_all() -> None:
    surveyed = Surveyed(Known(("GPTBot",), "/"))
    many = (Capture(f"h{n}.example", "", "", 200, b"Allow: /\n" * (n % 3)) for n in range(ROWS + 5))
    sizes = [one.num_rows for one in surveyed.batches(many)]
    assert sizes == [ROWS, 5]
    assert list(Surveyed(Known(("GPTBot",), "/")).batches([])) == []


def test_what_is_remembered_does_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [Capture("a.example", "", "", 200, b"# %d\n" % (n % 4) + NO) for n in range(12)]
    some += [Capture("b.example", "", "", 200, BOTH), Capture("c.example", "", "", 404, None)]
    whole = rows(some)
    known = Known(("GPTBot", "CCBot"), "/")
    for cut in (some[:5], some[5:]):  # another part in the same process tells its policies again
        batches = list(Surveyed(known).batches(cut))
        assert pa.Table.from_batches(batches).to_pylist() == rows(cut)
    for name, value in {"_KEPT": 2, "_LONGEST": 0, "_MOST": 0}.items():
        monkeypatch.setattr(f"withhold.traces.surveying.known.{name}", value)
        assert rows(some) == whole


def test_what_is_often_asked_for_stays_and_no_more_than_twice_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("withhold.traces.surveying.known._KEPT", 3)
    memory = Remembered[int, int]()
    for number in range(1, 20):
        memory.put(number, number)
        memory.put(0, 0) if number == 1 else memory.get(0)
    assert memory.get(0) == 0
    there = [number for number in range(1, 20) if memory.get(number) is not None]
    assert len(there) <= 5
    assert 1 not in there


def captures(table: dict[str, Any], **mapping: str) -> list[Capture | Left]:
    batch = pa.RecordBatch.from_pydict(table)
    return list(table_captures(batch, columns(batch.schema.names, mapping, "x.parquet"), "said"))


def test_a_table_with_the_usual_names() -> None:
    found = captures(
        {
            "URL": ["https://a.example/robots.txt", "https://a.example/", None],
            "host": ["ignored.example", "", "B.Example"],
            "fetch_time": ["20260102030405", "2026-01-02T03:04:05+02:00", "yesterday"],
            "fetch_status": ["200", "404", None],
            "robots_txt": ["Allow: /", None, None],
            "crawl": ["CC-MAIN-2026-01", "", None],
        }
    )
    assert found == [
        Capture("a.example", "CC-MAIN-2026-01", "2026-01-02T03:04:05Z", 200, b"Allow: /"),
        Left("other_records"),
        Capture("b.example", "said", "", 0, None),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 999, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05Z"),  # noqa: DTZ001
        (
            datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=-5))),
            "2026-01-02T08:04:05Z",
        ),
        (date(2026, 1, 2), "2026-01-02T00:00:00Z"),
        ("99999999999999", ""),
        (20260102030405, "2026-01-02T03:04:05Z"),
        ("9999-12-31T23:59:59-10:00", "9999-12-31T23:59:59Z"),
        (time(3, 4), ""),
        (17, ""),
    ],
)
def test_moments_of_any_type(cell: Any, text: str) -> None:
    (one,) = captures({"host": ["a.example"], "date": [cell], "body": [b""]})
    assert isinstance(one, Capture)
    assert one.fetched == text


def test_other_names_are_mapped_and_what_is_missing_is_named() -> None:
    (one,) = captures({"site_name": ["a.example"], "txt": [b"x"]}, host="site_name", body="TXT")
    assert one == Capture("a.example", "said", "", 200, b"x")
    with pytest.raises(BadInput, match=r"x\.parquet: no column none; there are: a"):
        columns(["a"], {"host": "none"}, "x.parquet")
    with pytest.raises(BadInput, match="are needed; there are: host, thing") as raised:
        columns(["host", "thing"], {}, "x.parquet")
    assert "--map" in raised.value.tip
    assert mapping_said("host=a, body=b") == {"host": "a", "body": "b"}
    for wrong in ("host", "host=", "colour=x"):
        with pytest.raises(BadInput, match="ROLE=COLUMN"):
            mapping_said(wrong)
    with pytest.raises(BadInput, match="text or octets"):
        captures({"host": ["a"], "body": [3]})
