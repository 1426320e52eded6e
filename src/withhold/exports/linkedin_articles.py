"""An article of LinkedIn: one HTML file each.

Drafts lie in the same folder. By descriptions a file says ``Created on`` and, where it was
published, ``Published on``; the sample's say neither, so whether those were public is not known.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from withhold.exports.loose import cut
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.post import (
    AudienceBy,
    Pointer,
    Post,
    Precision,
    State,
    Zone,
    content_id,
)
from withhold.words import Audience

_STAMP = re.compile(
    r"^(Created|Published) on (\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)[^A-Za-z\n]{0,12}(?:UTC|GMT)?$",
    re.MULTILINE,
)
"""A line of its own: an article may have a sentence that begins so."""
_HEADING = re.compile(
    r"""<h1[^<>]{0,500}>\s{0,99}<a\s[^<>]{0,500}?href=["'](https?://www\.linkedin\.com/pulse/[^"'?<>/]+)""",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)[ _-][^/]*$")


def article(source: Pointer, html: str, notes: Notes) -> Post:
    """The article in this file. Its day is the file's own word, else the file name's."""
    path = source.path
    text = text_of(html)
    stamps = {found[1]: found[2] for found in _STAMP.finditer(text)}
    text = "\n".join(line for line in text.split("\n") if not _STAMP.match(line))
    audience: Audience = "unknown"
    by: AudienceBy = "none"
    state: State = "live"
    if "Published" in stamps:
        audience, by = "public", "platform-default"
    elif "Created" in stamps:
        audience, by, state = "private", "item-field", "draft"
    created, precision, zone = _created(path, stamps, notes)
    text = cut(text, notes, path, "")
    url = _address(html)
    return Post(
        platform="linkedin",
        id=url.rstrip("/").rpartition("/")[2] or content_id("linkedin", "article", created, text),
        kind="article",
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        audience=audience,
        audience_by=by,
        state=state,
        url=url,
        url_by="given" if url else "none",
        source=source,
    )


def _created(
    path: str, stamps: dict[str, str], notes: Notes
) -> tuple[datetime | None, Precision, Zone]:
    said = stamps.get("Published") or stamps.get("Created")
    named = _DAY.search(path)
    day = said or (named[1] if named else "")
    if not day:
        return None, "none", "none"
    try:
        read = datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        notes.trouble(path, "bad-date", value=day)
        return None, "none", "none"
    return read, "minute" if len(day) > 10 else "day", "unknown"


def _address(html: str) -> str:
    """The article's own page, which its heading links to."""
    found = _HEADING.search(html)
    return found[1] if found else ""
