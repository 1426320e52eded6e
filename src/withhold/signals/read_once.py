"""A robots.txt that two ask about is read once: who fetches and heeds it, and who answers by it."""

from __future__ import annotations

from functools import lru_cache

from withhold.signals import robots
from withhold.signals.robots import Mode, Robots

_USUAL = 64 * 1024
"""Octets; larger ones, which are rare, are not held: the last of many would fill the memory."""


def rules(body: bytes, mode: Mode = "rfc") -> Robots:
    """As ``robots.read``; the last few that were asked for are known still."""
    return _known(body, mode) if len(body) <= _USUAL else robots.read(body, mode)


@lru_cache(maxsize=64)
def _known(body: bytes, mode: Mode) -> Robots:
    return robots.read(body, mode)
