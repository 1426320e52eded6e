"""Google's own matcher, as an oracle of robots.txt."""

from __future__ import annotations

from jwm.robotstxt.googlebot import RobotsMatcher


def google(body: bytes, token: str, path: str) -> tuple[bool, int | None]:
    """What Google's matcher answers, and the line it names (None for its 0)."""
    matcher = RobotsMatcher()
    allowed = matcher.AllowedByRobots(body, [token], "http://h.example" + path)
    return allowed, matcher.matching_line() or None
