"""A made-up ``withhold/logs/1`` in which every list holds something."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

from withhold.faces.report.logs_telling import Listed, Told, words_of
from withhold.faces.report.logs_values import as_json
from withhold.traces.logs.seen import CrawlerSeen, DayCount, Example, LogSeen, RobotsUsed


def logs(day: date) -> Any:
    """Of one line of one crawler."""
    at = datetime.combine(day, time(), UTC)
    one = CrawlerSeen(
        token="ExampleBot",
        actor="example",
        purpose="training",
        token_kind="fetcher",
        requests=1,
        verified=1,
        spoofed=0,
        unverified=0,
        allowed=0,
        in_spite=1,
        before_no=0,
        unjudged=0,
        robots_fetches=0,
        first=at,
        last=at,
        ranges_seen=day,
        days=(DayCount(day=day, requests=1),),
        examples=(
            Example(
                file="access.log",
                line=1,
                at=at,
                path="/",
                status=200,
                claim="verified",
                standing="in-spite",
            ),
        ),
    )
    seen = LogSeen(
        lines=1,
        unreadable=0,
        other=0,
        crawlers=(one,),
        first=at,
        last=at,
        impossible={"Example-Extended": 1},
        unreadable_why={"cut": 1},
        formats={"combined": 1},
        broken={"access.log": "cut-off"},
        robots=(RobotsUsed(name="robots.txt", since=at, sha256="0"),),
    )
    lists = {one.token: Listed(url="https://example.org", whose="company", seen=day)}
    told = Told(seen=seen, words=words_of("en"), names={}, files=("access.log",), lists=lists)
    return json.loads(as_json(told))
