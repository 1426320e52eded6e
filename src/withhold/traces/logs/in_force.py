"""Which robots.txt was in force at a minute: dated files, and a day of grace for caches.

"Crawlers SHOULD NOT use the cached version for more than 24 hours" (RFC 9309, 2.4): a refusal
counts from a day after it was first seen.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Dated(Struct, frozen=True, kw_only=True):
    """A robots.txt and when it was seen first (UTC); None = assumed for all time.

    ``body`` None: it was asked for then and could not be read (unreachable), so nothing is known.
    """

    name: str
    since: datetime | None
    body: bytes | None
