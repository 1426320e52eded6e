"""An answer of ``prove logs`` made by hand: numbers that add up, texts that would like to be more.

GPTBot: 1,300 = 1,000 + 200 + 100; 1,100 = 50 + 900 + 150 + 0. Bytespider: 300 = 280 + 20.
ClaudeBot: 30 obedient ones. python-requests: 5. 5,000 lines = 4 + 3,361 + 1,635.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from withhold.faces.report.logs_telling import Listed, Told, words_of
from withhold.traces.logs.seen import CrawlerSeen, DayCount, Example, LogSeen, RobotsUsed

READ_ON = date(2026, 6, 1)
FIRST = datetime(2026, 7, 1, 0, 5, tzinfo=UTC)
LAST = datetime(2026, 7, 20, 23, 59, 1, tzinfo=UTC)
HOSTILE = "/news/<b>x</b>?\x1b[31m\u202e=1"
NAMES = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "bytedance": "ByteDance",
    "meta": "Meta",
    "python-requests-project": "python-requests",
    "unknown-operator": "operator not known",
}


def example(**changed: Any) -> Example:
    """A line: GPTBot, verified, after a no."""
    made = Example(
        file="access.log",
        line=7,
        at=datetime(2026, 7, 2, 3, 4, 5, tzinfo=UTC),
        path=HOSTILE,
        status=200,
        claim="verified",
        standing="in-spite",
        address="20.171.206.0/24",
        rule=2,
        rule_text="Disallow: /",
        robots="robots.txt",
    )
    return replace(made, **changed)


def crawler(token: str, actor: str, **said: Any) -> CrawlerSeen:
    """One token; every number that is not said is 0."""
    made = CrawlerSeen(
        token=token,
        actor=actor,
        purpose="training",
        token_kind="fetcher",
        requests=0,
        verified=0,
        spoofed=0,
        unverified=0,
        allowed=0,
        in_spite=0,
        before_no=0,
        unjudged=0,
        robots_fetches=0,
        first=FIRST,
        last=LAST,
    )
    return replace(made, **said)


def days(*counts: tuple[int, int], begin: date = date(2026, 7, 1)) -> tuple[DayCount, ...]:
    """Day after day: requests, and how many after a no."""
    return tuple(
        DayCount(day=begin + timedelta(days=at), requests=n, in_spite=after)
        for at, (n, after) in enumerate(counts)
        if n
    )


GPTBOT = crawler(
    "GPTBot",
    "openai",
    requests=1300,
    verified=1000,
    spoofed=200,
    unverified=100,
    allowed=50,
    in_spite=900,
    before_no=150,
    in_grace=20,
    robots_fetches=12,
    served=880,
    refused_by_server=10,
    spoofed_in_spite=120,
    in_spite_verified=800,
    whole_site=True,
    ranges_seen=READ_ON,
    days=days((200, 0), (100, 0), (1000, 900)),
    examples=(example(), example(line=9, claim="unverified", rule=4)),
)
BYTESPIDER = crawler(
    "Bytespider",
    "bytedance",
    requests=300,
    unverified=300,
    in_spite=280,
    before_no=20,
    served=280,
    whole_site=True,
    days=days((20, 0), (0, 0), (280, 280)),
    examples=(example(line=3, path="/a" * 400, claim="unverified", address=""),),
)
CLAUDEBOT = crawler(
    "ClaudeBot",
    "anthropic",
    requests=30,
    verified=30,
    allowed=30,
    robots_fetches=30,
    ranges_seen=READ_ON,
    days=days((0, 0), (30, 0)),
)
LIBRARY = crawler(
    "python-requests",
    "python-requests-project",
    token_kind="library",
    purpose="mixed",
    requests=5,
    unverified=5,
    allowed=5,
)
ROBOTS = RobotsUsed(name="robots.txt", since=None, sha256="ab" * 32)
SEEN = LogSeen(
    lines=5000,
    unreadable=4,
    other=3361,
    crawlers=(LIBRARY, CLAUDEBOT, BYTESPIDER, GPTBOT),
    first=FIRST,
    last=LAST,
    impossible={"Google-Extended": 3, "Applebot-Extended": 1},
    unreadable_why={"a reason of nobody's": 1, "another": 3},
    out_of_order=2,
    formats={"combined": 4996},
    robots=(ROBOTS,),
)


def seen(*crawlers: CrawlerSeen, **changed: Any) -> LogSeen:
    """The answer about some crawlers; their requests are all its lines."""
    lines = sum(one.requests for one in crawlers)
    made = LogSeen(
        lines=lines,
        unreadable=0,
        other=0,
        crawlers=crawlers,
        first=FIRST,
        last=LAST,
        robots=(ROBOTS,),
    )
    return replace(made, **changed)


def told(of: LogSeen = SEEN, lang: str = "en", **changed: Any) -> Told:
    """It, with what is needed to say it."""
    made = Told(
        seen=of,
        words=words_of(lang),
        names=NAMES,
        files=("access.log",),
        lang=lang,
        lists={
            "GPTBot": Listed(url="https://openai.com/gptbot.json", whose="company", seen=READ_ON)
        },
    )
    return replace(made, **changed)
