"""Fetches made by hand, for what needs no network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from withhold.reach.fetched import Fetched

ON = datetime(2026, 11, 25, 12, 30, 15, 250_000, tzinfo=UTC)
URL = "https://a.example/robots.txt"


def fetched(status: int = 200, body: bytes = b"", **more: Any) -> Fetched:
    """A response, or with ``status=0`` none."""
    given = {
        "url": URL,
        "final_url": more.get("url", URL),
        "on": ON,
        "status": status,
        "line": f"HTTP/1.1 {status} Said" if status else "",
        "body": body,
        "sent": (("Host", "a.example"), ("User-Agent", "withhold/1 (+x)")) if status else (),
        "ip": "192.0.2.7" if status else "",
    }
    return Fetched(**(given | more))
