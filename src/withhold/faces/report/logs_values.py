"""The answer of ``prove logs`` as JSON, ``withhold/logs/1``, and as CSV by crawler and day."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from msgspec import to_builtins

from withhold.faces.report.logs_telling import Told
from withhold.faces.report.plain import cell
from withhold.traces.logs.seen import CrawlerSeen

SCHEMA = "withhold/logs/1"
COLUMNS = (
    "token",
    "actor",
    "purpose",
    "token_kind",
    "day",
    "requests",
    "in_spite",
    "robots_fetches",
)


def as_json(told: Told) -> str:
    """``withhold/logs/1``: lines = unreadable + other + the sum of requests. Times are UTC."""
    seen = told.seen
    body = {
        "schema": SCHEMA,
        "files": list(told.files),
        "lines": seen.lines,
        "unreadable": seen.unreadable,
        "other": seen.other,
        "first": _time(seen.first),
        "last": _time(seen.last),
        "since": str(seen.since) if seen.since else None,
        "until": str(seen.until) if seen.until else None,
        "outside": seen.outside,
        "grace_hours": seen.grace_hours,
        "out_of_order": seen.out_of_order,
        "broken": [{"file": file, "why": why} for file, why in sorted(seen.broken.items())],
        "unreadable_why": [{"why": why, "lines": n} for why, n in _most(seen.unreadable_why)],
        "impossible": [{"token": token, "lines": n} for token, n in _most(seen.impossible)],
        "formats": [{"format": form, "lines": n} for form, n in _most(seen.formats)],
        "robots": [
            {
                "name": one.name,
                "since": _time(one.since),
                "sha256": one.sha256 or None,
                "notes": list(one.notes),
            }
            for one in seen.robots
        ],
        "names_asked": told.asked_names,
        "crawlers": [_crawler(one, told) for one in told.crawlers],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _crawler(one: CrawlerSeen, told: Told) -> dict[str, Any]:
    listed = told.lists.get(one.token)
    said: dict[str, Any] = to_builtins(one)
    said |= {
        "company": told.company(one),
        "first": _time(one.first),
        "last": _time(one.last),
        "ranges_seen": str(one.ranges_seen) if one.ranges_seen else None,
        "ranges_url": listed.url if listed else None,
        "ranges_whose": listed.whose if listed else None,
    }
    for example, was in zip(said["examples"], one.examples, strict=True):
        example["at"] = _time(was.at)
    return said


def _time(at: datetime | None) -> str | None:
    """``2026-07-01T00:00:00Z``; times of a log are kept in UTC."""
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%S}Z"


def _most(counted: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def as_csv(told: Told) -> str:
    """A row per crawler and day on which it asked, in the order of the other formats."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in told.crawlers:
        who = (one.token, one.actor, one.purpose, one.token_kind)
        for day in one.days:
            counts = (day.day, day.requests, day.in_spite, day.robots_fetches)
            writer.writerow([cell(str(each)) for each in (*who, *counts)])
    return out.getvalue().rstrip("\n")
