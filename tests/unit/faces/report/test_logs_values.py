"""``withhold/logs/1`` and the rows of CSV: every number as it was counted."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.faces.report.logs_made import GPTBOT, days, seen, told
from withhold.faces.report.logs_values import COLUMNS, as_csv, as_json
from withhold.traces.logs.seen import RobotsUsed

DESIGNED = {
    "token",
    "actor",
    "purpose",
    "requests",
    "verified",
    "spoofed",
    "unverified",
    "allowed",
    "in_spite",
    "before_no",
    "robots_fetches",
    "first",
    "last",
}


@pytest.fixture(scope="module")
def body() -> dict[str, Any]:
    return json.loads(as_json(told()))  # type: ignore[no-any-return]


def test_the_keys_of_the_design_are_there(body: dict[str, Any]) -> None:
    assert body["schema"] == "withhold/logs/1"
    assert {"lines", "unreadable", "other", "crawlers"} <= body.keys()
    assert all(one.keys() >= DESIGNED for one in body["crawlers"])


def test_the_lines_add_up(body: dict[str, Any]) -> None:
    requests = sum(one["requests"] for one in body["crawlers"])
    assert (body["lines"], body["unreadable"], body["other"], requests) == (5000, 4, 3361, 1635)
    assert body["lines"] == body["unreadable"] + body["other"] + requests


def test_every_number_stands_under_its_own_name(body: dict[str, Any]) -> None:
    first = body["crawlers"][0]
    assert {key: value for key, value in first.items() if isinstance(value, int)} == {
        "requests": 1300,
        "verified": 1000,
        "spoofed": 200,
        "unverified": 100,
        "allowed": 50,
        "in_spite": 900,
        "before_no": 150,
        "unjudged": 0,
        "robots_fetches": 12,
        "in_grace": 20,
        "served": 880,
        "refused_by_server": 10,
        "spoofed_in_spite": 120,
        "in_spite_verified": 800,
        "bytes_sent": 0,
        "whole_site": True,
    }
    assert (first["first"], first["last"]) == ("2026-07-01T00:05:00Z", "2026-07-20T23:59:01Z")


def test_what_it_rests_on_is_named(body: dict[str, Any]) -> None:
    first, second = body["crawlers"][:2]
    assert first["ranges_seen"] == "2026-06-01"
    assert first["ranges_url"] == "https://openai.com/gptbot.json"
    assert first["ranges_whose"] == "company"
    assert second["ranges_seen"] is second["ranges_url"] is second["ranges_whose"] is None
    assert body["robots"] == [
        {"name": "robots.txt", "since": None, "sha256": "ab" * 32, "notes": []}
    ]
    assert first["examples"][0]["at"] == "2026-07-02T03:04:05Z"
    assert body["unreadable_why"][0] == {"why": "another", "lines": 3}
    assert body["impossible"][0] == {"token": "Google-Extended", "lines": 3}


def test_a_robots_that_could_not_be_read_has_no_digest() -> None:
    used = RobotsUsed(name="a", since=GPTBOT.first, sha256="")
    body = json.loads(as_json(told(seen(GPTBOT, robots=(used,)))))
    assert body["robots"][0]["sha256"] is None
    assert body["robots"][0]["since"] == "2026-07-01T00:05:00Z"


def test_a_row_per_crawler_and_day() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(told()))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1:] == [
        ["GPTBot", "openai", "training", "fetcher", "2026-07-01", "200", "0", "0"],
        ["GPTBot", "openai", "training", "fetcher", "2026-07-02", "100", "0", "0"],
        ["GPTBot", "openai", "training", "fetcher", "2026-07-03", "1000", "900", "0"],
        ["Bytespider", "bytedance", "training", "fetcher", "2026-07-01", "20", "0", "0"],
        ["Bytespider", "bytedance", "training", "fetcher", "2026-07-03", "280", "280", "0"],
        ["ClaudeBot", "anthropic", "training", "fetcher", "2026-07-02", "30", "0", "0"],
    ]


def test_no_cell_is_a_formula() -> None:
    odd = replace(GPTBOT, token="=1+1", days=days((1, 0)))
    assert as_csv(told(seen(odd))).splitlines()[1].startswith("'=1+1,")
