"""Rows for the tests of ``decide``: each has every column, null where nothing is given."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from withhold import decide

OURS = ["withhold_keep", "withhold_answer", "withhold_reason", "withhold_policy"]
GPTBOT = "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /\n"
ALL = "User-agent: *\nDisallow: /\n"
SCHEMA = pa.schema(
    [
        ("url", pa.string()),
        ("crawl_time", pa.string()),
        ("robots", pa.string()),
        ("robots_status", pa.int32()),
        ("headers", pa.string()),
        ("html", pa.string()),
    ]
)


def row(**given: Any) -> dict[str, Any]:
    usual = {"url": "https://a.example/page", "crawl_time": "2024-05-01T12:00:00Z"}
    return {**dict.fromkeys(SCHEMA.names), **usual, **given}


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)


def reasons(given: pa.RecordBatch, **asked: Any) -> list[str]:
    found: list[str] = (
        decide(given, **{"unknown": "drop", **asked}).column("withhold_reason").to_pylist()
    )
    return found
