"""How long a server asks to wait, by its own clock where it tells the time."""

from __future__ import annotations

from datetime import datetime

from withhold.reach.http_dates import http_date
from withhold.reach.wire import Reply


def retry_after(reply: Reply, now: datetime) -> float | None:
    """Seconds that a 429 asks to wait (RFC 9110, 10.2.3), a date or a number; None without one."""
    if reply.status != 429:
        return None
    said = next((value for name, value in reply.headers if name.lower() == "retry-after"), "")
    if said.isascii() and said.isdigit():
        return float(said[:9])
    until = http_date(said)
    if until is None:
        return None
    return max((until - _moment_of(reply, now)).total_seconds(), 0.0)


def _moment_of(reply: Reply, now: datetime) -> datetime:
    """Which moment it is by the server's own clock (RFC 9110, 6.6.1), else by ours.

    A date of the server's is compared with its own clock: ours may be years away from it. Where
    the server's lies, it shortens or lengthens only a wait for itself, which is bounded.
    """
    said = next((value for name, value in reply.headers if name.lower() == "date"), "")
    return http_date(said) or now
