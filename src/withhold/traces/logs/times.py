"""The times of logs as seconds since 1970 (UTC); None for what is no time.

A time without a zone is taken to be UTC. A leap second counts as the second before it. Years
before 1990 or after 2099 are no times of an access log.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_MONTHS = {
    name: number
    for number, name in enumerate(
        b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}
_MINUTES = {b"%02d" % one: one * 60 for one in range(60)}
_CLF = re.compile(rb"(\d{2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):(\d\d) ([+-]\d{4})")
_ISO = re.compile(
    rb"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?"
)
_NUMBER = re.compile(rb"\d{9,19}(?:\.\d{1,9})?")
_FIRST, _LAST = 1990, 2099
_TOO_LARGE = 1e20  # nanoseconds of any time of a log are fewer
_EPOCH = date(1970, 1, 1).toordinal()


def minute(text: bytes, zone: bytes) -> int | None:
    """``10/Oct/2000:13:55`` and ``-0700``, as Apache and nginx write it (``%t``)."""
    hour = _hour(text[:15], zone)
    at = _MINUTES.get(text[15:])
    return None if hour is None or at is None else hour + at


@lru_cache(maxsize=1 << 12)
def _hour(text: bytes, zone: bytes) -> int | None:
    """``10/Oct/2000:13:``."""
    offset = _offset(zone)
    month = _MONTHS.get(text[3:6])
    digits = text[:2] + text[7:11] + text[12:14]
    shape = text[2:3] + text[6:7] + text[11:12] + text[14:15] == b"//::"
    if offset is None or month is None or not shape or not _are_digits(digits, 8):
        return None
    return _seconds(int(text[7:11]), month, int(text[:2]), int(text[12:14]), 0, 0, offset)


def clf(text: bytes) -> int | None:
    """``10/Oct/2000:13:55:36 -0700``."""
    found = _CLF.fullmatch(text)
    start = minute(found[1], found[3]) if found else None
    return None if found is None or start is None else _with(start, int(found[2]))


def any_time(text: bytes) -> int | None:
    """Of any of the shapes: as Apache writes it, ISO 8601, or a number of seconds, milli-, micro-
    or nanoseconds since 1970, told apart by their size."""
    text = text.strip()
    found = _ISO.fullmatch(text)
    if found:
        year, month, day, hour, at, second = (int(one) for one in found.groups()[:6])
        offset = _offset((found[7] or b"Z").replace(b":", b""))
        start = None if offset is None else _seconds(year, month, day, hour, at, 0, offset)
        return None if start is None else _with(start, second)
    if _NUMBER.fullmatch(text):
        return number(float(text))
    return clf(text)


def number(value: float) -> int | None:
    """Seconds, or milli-, micro- or nanoseconds where they would be no time of a log as seconds."""
    if not abs(value) < _TOO_LARGE:  # also of what is no number; an integer may fit into no float
        return None
    for scale in (1, 1_000, 1_000_000, 1_000_000_000):
        seconds = int(value // scale)
        if seconds < 1e10:
            return seconds if _within(seconds) else None
    return None


def _within(seconds: int) -> bool:
    first, end = date(_FIRST, 1, 1).toordinal(), date(_LAST + 1, 1, 1).toordinal()
    return (first - _EPOCH) * 86_400 <= seconds < (end - _EPOCH) * 86_400


def _with(start: int, second: int) -> int | None:
    return start + min(second, 59) if second <= 60 else None


def _are_digits(text: bytes, number: int) -> bool:
    return len(text) == number and text.isdigit()


def _offset(zone: bytes) -> int | None:
    """Seconds ahead of UTC; zones reach from -12 to +14 hours."""
    if zone == b"Z":
        return 0
    if zone[:1] not in (b"+", b"-") or not _are_digits(zone[1:], 4):
        return None
    hours, minutes = int(zone[1:3]), int(zone[3:])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if zone[:1] == b"-" else 1)


def _seconds(
    year: int, month: int, day: int, hour: int, at: int, second: int, offset: int
) -> int | None:
    if not _FIRST <= year <= _LAST or hour > 23 or at > 59:
        return None
    try:
        days = date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
    return days * 86_400 + hour * 3600 + at * 60 + second - offset
