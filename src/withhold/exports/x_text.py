"""Texts of X: escapes resolved, and each t.co link as the address that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from withhold.exports import loose
from withhold.exports.post import UrlBy

PLATFORM = "x"
LINKS_AT_MOST = 200
LINK_AT_MOST = 4096
_MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6,
           "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}  # fmt: skip
_SHORT = ("https://t.co/", "http://t.co/")
_CLOCKLESS = datetime(2010, 11, 5, tzinfo=UTC)
"""Until then the layout before 2019 knows the day only, and writes midnight."""


def unescaped(raw: str) -> str:
    """A text without the five escapes that X writes; no other is one, whatever it looks like."""
    if "&" not in raw:
        return raw
    text = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&#39;", "'").replace("&amp;", "&")


def plain(raw: str, links: Mapping[str, str]) -> str:
    """A text as it is read on X."""
    text = unescaped(raw)
    for short, long in links.items():
        text = text.replace(short, long, 10)
    return text


def links_of(listed: object, short: str = "url", long: str = "expanded_url") -> dict[str, str]:
    """What each t.co link of a list of entities stands for."""
    found: dict[str, str] = {}
    for one in listed[:LINKS_AT_MOST] if isinstance(listed, list) else ():
        if not isinstance(one, dict):
            continue
        key, value = loose.text(one.get(short)), loose.text(one.get(long))
        if 13 < len(key) < 64 and key.startswith(_SHORT) and 0 < len(value) <= LINK_AT_MOST:
            found[key] = value
    return found


def when(value: object) -> loose.Moment:
    """``Wed Oct 10 20:19:24 +0000 2018``, ISO 8601, or ``2015-01-24 02:02:37 +0000``."""
    if not isinstance(value, str):
        return loose.NO_MOMENT
    if len(value) == 30 and value[20:25] == "+0000":
        try:
            found = datetime(
                int(value[26:30]),
                _MONTHS[value[4:7]],
                int(value[8:10]),
                int(value[11:13]),
                int(value[14:16]),
                int(value[17:19]),
                tzinfo=UTC,
            )
        except (ValueError, KeyError):
            return loose.NO_MOMENT
        return found, "second", "offset"
    moment = loose.moment(value.replace(" +", "+", 1))
    if moment[0] and moment[0] < _CLOCKLESS and value[10:19] == " 00:00:00":
        return moment[0], "day", "unknown"
    return moment


def address(ident: str) -> tuple[str, UrlBy]:
    """Where a tweet of this id can be seen, whoever wrote it."""
    if ident.isascii() and ident.isdigit() and len(ident) <= 20:
        return f"https://x.com/i/web/status/{ident}", "built"
    return "", "none"
