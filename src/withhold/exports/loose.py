"""Values of an archive as what they should be, whatever they are: nothing here raises.

An id may be missing, a number or a list; a date may lie in the year 0 or be no date at all.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import isfinite

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Precision, Zone

TEXT_AT_MOST = 1_000_000
"""Characters of one text; what is longer is cut there, and noted."""
HTML_AT_MOST = 4 * TEXT_AT_MOST
PAGE_AT_MOST = 16 * 1024 * 1024
"""Bytes of a file that is one page."""
Moment = tuple[datetime | None, Precision, Zone]
NO_MOMENT: Moment = (None, "none", "none")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def text(value: object) -> str:
    """A text as it is; anything else is empty."""
    return value if isinstance(value, str) else ""


def ident(value: object) -> str:
    """An id: a text or a whole number; anything else is empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def moment(value: object) -> Moment:
    """An ISO 8601 date or time in UTC; NO_MOMENT where it is none.

    ``Z`` is ``utc``, ``+02:00`` is ``offset``. Without either the clock is kept as written.
    """
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return NO_MOMENT
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            return found.replace(tzinfo=UTC), precision_of(value), "unknown"
        zone: Zone = "utc" if value[-1] in "Zz" else "offset"
        return found.astimezone(UTC), precision_of(value), zone
    except (ValueError, OverflowError):
        return NO_MOMENT


def mail_date(value: object) -> Moment:
    """A date as in mails and RSS (``Mon, 09 May 2022 09:53:00 +0000``) in UTC, or NO_MOMENT."""
    if not isinstance(value, str) or len(value) > 60:
        return NO_MOMENT
    words = value.split()
    if len(words) > 3 and words[3][:1] == "-":  # WordPress writes the year -0001 for no date
        return NO_MOMENT
    try:
        found = parsedate_to_datetime(value)
        if found.tzinfo is None:
            return found.replace(tzinfo=UTC), "second", "unknown"
        return found.astimezone(UTC), "second", "offset"
    except (ValueError, OverflowError, TypeError, IndexError):
        return NO_MOMENT


def epoch(value: object) -> Moment:
    """Unix seconds, whole or not; NO_MOMENT where the value is no time after the year 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NO_MOMENT
    try:
        if not isfinite(value):
            return NO_MOMENT
        return _EPOCH + timedelta(seconds=value), "second", "utc"
    except OverflowError:
        return NO_MOMENT


def cut(found: str, notes: Notes, path: str, at: str, at_most: int = TEXT_AT_MOST) -> str:
    """A text of at most so many characters; a longer one is cut there, which is noted."""
    if len(found) <= at_most:
        return found
    notes.trouble(path, "too-long", at, characters=len(found), kept=at_most)
    return found[:at_most]


def page(files: Files, path: str, notes: Notes) -> str | None:
    """A file that is one page of text; None where it cannot be read. Faults are noted."""
    try:
        body = files.body(path, PAGE_AT_MOST)
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
        return None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        notes.trouble(path, "not-utf-8")
        return body.decode("utf-8", "replace")


def precision_of(value: str) -> Precision:
    """How exact an ISO 8601 text is that is a date or time."""
    if len(value) == 10:
        return "day"
    return "second" if value.count(":", 0, 19) >= 2 else "minute"
