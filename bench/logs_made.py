"""A made access log in combined format: four of five lines from browsers, one from a crawler.

Crawlers take pages one after the other, from a few addresses each (some of which their companies
publish); people come from anywhere and ask for what is asked for most. The same in every run.
A page for each 250 lines, nearly all of which each crawler asks for; each twentieth line of a
crawler has a query that no other has; some 1,300 user agents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from withhold.traces.logs.in_force import Dated

DAY = 166_000  # lines of a day: 5,000,000 are a month's
START = datetime(2026, 6, 1, tzinfo=UTC)
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{0}.0.{1}.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.{1} Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{1} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/17.{1} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; SM-S91{1}B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{0}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
)
CRAWLERS = {  # token: user agent and the first two numbers of its addresses
    "GPTBot": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
        "+https://openai.com/gptbot)",
        "20.171",
    ),
    "ClaudeBot": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; "
        "+claudebot@anthropic.com)",
        "216.73",
    ),
    "CCBot": ("CCBot/2.0 (https://commoncrawl.org/faq/)", "18.97"),
    "Bytespider": (
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile "
        "Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "47.128",
    ),
    "Amazonbot": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Amazonbot/0.1; "
        "+https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36",
        "52.70",
    ),
    "Meta-ExternalAgent": (
        "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
        "57.141",
    ),
    "PerplexityBot": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; "
        "+https://perplexity.ai/perplexitybot)",
        "18.97",
    ),
    "Googlebot": (
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like "
        "Gecko) Chrome/125.0.6422.60 Mobile Safari/537.36 (compatible; Googlebot/2.1; "
        "+http://www.google.com/bot.html)",
        "66.249",
    ),
    "bingbot": (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; "
        "+http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
        "40.77",
    ),
}
ROBOTS = (
    b"User-agent: *\nDisallow: /admin/\nDisallow: /*?replytocom=\n\n"
    b"User-agent: CCBot\nDisallow: /\n",
    b"User-agent: GPTBot\nUser-agent: ClaudeBot\nUser-agent: CCBot\nUser-agent: Bytespider\n"
    b"Disallow: /\n\nUser-agent: Amazonbot\nDisallow: /news/\n\n"
    b"User-agent: *\nDisallow: /admin/\nDisallow: /*?replytocom=\n",
)


def robots() -> list[Dated]:
    """The files in force: one from before the log, and one of its second day."""
    return [
        Dated(name="before.txt", since=START - timedelta(days=90), body=ROBOTS[0]),
        Dated(name="after.txt", since=START + timedelta(days=1), body=ROBOTS[1]),
    ]


def write(path: Path, lines: int) -> dict[str, int]:
    """Writes the log; how many lines name each crawler."""
    counts = dict.fromkeys(CRAWLERS, 0)
    with path.open("w", encoding="ascii", buffering=1 << 20) as log:
        log.writelines(_lines(lines, counts))
    return counts


def _lines(lines: int, counts: dict[str, int]) -> Iterator[str]:
    chance = random.Random(9)  # noqa: S311 - the same log in every run
    pages = [f"/news/2026/{n % 12 + 1:02}/a-story-of-the-day-{n}.html" for n in range(lines // 250)]
    pages += ["/", "/robots.txt", "/feed.xml"]
    agents = [
        chance.choice(BROWSERS).format(chance.randrange(100, 150), chance.randrange(60))
        for _ in range(3_000)
    ]
    referers = ["-"] * 4 + ["https://www.example.org/", "https://www.google.com/"]
    people = [
        f'"GET {page} HTTP/1.1" {chance.choice((200, 200, 200, 304, 404))} '
        f'{chance.randrange(200, 90_000)} "{chance.choice(referers)}" "{chance.choice(agents)}"\n'
        for page in chance.choices(pages, [1 / (n + 1) for n in range(len(pages))], k=40_000)
    ]
    crawlers = list(CRAWLERS)
    addresses = {
        token: [f"{net}.{chance.randrange(256)}.{chance.randrange(256)}" for _ in range(60)]
        for token, (_, net) in CRAWLERS.items()
    }
    where = dict.fromkeys(crawlers, 0)
    moment, second = "", -1
    for n in range(lines):
        if n * 86_400 // DAY != second:
            second = n * 86_400 // DAY
            moment = (START + timedelta(seconds=second)).strftime("%d/%b/%Y:%H:%M:%S +0000")
        if chance.random() >= 0.2:
            number = chance.getrandbits(32)
            client = f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            yield f"{client} - - [{moment}] {chance.choice(people)}"
            continue
        token = chance.choice(crawlers)
        counts[token] += 1
        where[token] = (where[token] + chance.randrange(1, 4)) % len(pages)
        page = pages[where[token]]
        page += f"?replytocom={n}" if not n % 20 else ""
        yield (
            f"{chance.choice(addresses[token])} - - [{moment}] "
            f'"GET {page} HTTP/1.1" 200 {chance.randrange(90_000)} "-" "{CRAWLERS[token][0]}"\n'
        )
