"""The same rows for every framework, and what each must come to: made by hand."""

from __future__ import annotations

from typing import Any

GPTBOT = "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /\n"
_SAID: list[tuple[str, str | None, str | None, str]] = [
    # address, robots.txt, headers, reason
    ("https://a.example/page", "", None, "allowed"),
    ("https://b.example/page", GPTBOT, None, "no:GPTBot:robots:5"),
    ("https://c.example/page", None, None, "unknown:no-robots"),
    ("https://d.example/page", "", "X-Robots-Tag: noai", "no:*:noai:header"),
    ("https://e.example/page", "User-agent: MyBot\nDisallow: /\n", None, "no:MyBot:robots:2"),
    ("https://f.example/ü?ä", "User-agent: *\nDisallow: /%C3%BC\n", "", "no:*:robots:2"),
    ("not an address", "", None, "unknown:bad-url"),
    ("https://h.example/page", "User-agent: *\nDisallow: /p\n", None, "no:*:robots:2"),
    (
        "https://i.example/page",
        GPTBOT,
        '{"Content-Usage": "train-ai=n"}',
        "no:*:content-usage:header",
    ),
]
ROWS: list[dict[str, Any]] = [
    {"url": url, "crawl_time": "2024-05-01", "robots": robots, "headers": headers, "n": number}
    for number, (url, robots, headers, _) in enumerate(_SAID)
]
REASONS = [reason for *_, reason in _SAID]
KEPT = [0]
"""With ``unknown="drop"``; the numbers of the rows."""
KEPT_UNKNOWN = [0, 2, 6]
