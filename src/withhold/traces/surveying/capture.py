"""One capture of a robots.txt: who, when, how the server answered, and what that means.

What a status means is RFC 9309, 2.3.1: a file that is unavailable (400 to 499) refuses nothing;
one that is unreachable says nothing that we would know. 429 is the answer to too many questions,
not about the file. A redirect is not followed: where it leads may have been captured by itself.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

State = Literal[
    "read",  # 2xx: the policy answers
    "no-file",  # 400 to 499 but 429: nothing is refused
    "redirect",  # 3xx: not known
    "unreachable",  # 5xx, 429 and whatever else: not known
    "web-page",  # 2xx with a page of HTML and no rule in it: not known
    "not-read",  # 2xx whose octets are not there, or could not be unpacked: not known
]
Note = Literal["content-signal", "limit-500-kib", "truncated"]


class Capture(Struct, frozen=True, gc=False):
    """``fetched`` in UTC as ``2026-11-26T19:00:00Z``, empty = not known; ``body`` None = none."""

    host: str
    crawl: str
    fetched: str
    status: int
    body: bytes | None
    truncated: bool = False


class Left(Struct, frozen=True, gc=False):
    """A record that gave no capture, and why."""

    why: Literal["other_records", "no_host", "damaged_records"]


def state_of(status: int) -> State:
    """What the status means, before the body is looked at."""
    if 200 <= status <= 299:
        return "read"
    if 300 <= status <= 399:
        return "redirect"
    return "no-file" if 400 <= status <= 499 and status != 429 else "unreachable"
