"""``prove logs``: the access logs read side by side, and what they say of each crawler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from withhold.site_facts import Crawler
from withhold.traces.logs.in_force import Dated
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.whose import Whose


def look(
    files: Sequence[str],
    crawlers: Mapping[str, Crawler],
    robots: Sequence[Dated],
    ranges: Whose,
    *,
    log_format: str = "",
    grace_hours: int = 24,
    whole_addresses: bool = False,
    workers: int = 0,
    told: Callable[[int, int], None] = lambda octets, of: None,
) -> LogSeen:
    """What the files say, all lines counted; ``-`` is standard input. SKETCH."""
    return LogSeen(lines=0, unreadable=0, other=0, crawlers=(), grace_hours=grace_hours)
