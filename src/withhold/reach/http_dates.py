"""Dates as servers write them in headers: whatever stands there, a moment or none."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def http_date(said: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7), with its zone; None for what is none.

    A year, an hour or a zone of twelve digits raises OverflowError in the standard library: a
    server must not end a run by it.
    """
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
