"""A row of LinkedIn's archive as a post: share, comment, picture, recommendation, profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from withhold.exports.linkedin_rows import Row, person, unquoted, when
from withhold.exports.loose import TEXT_AT_MOST, cut
from withhold.exports.notes import Notes
from withhold.exports.post import (
    AudienceBy,
    Media,
    Post,
    Precision,
    State,
    Zone,
    content_id,
)
from withhold.words import Audience, Authored, Kind

VISIBILITY: dict[str, Audience] = {
    "PUBLIC": "public", "ANYONE": "public", "CONNECTIONS": "followers", "CONTAINER": "group",
    "MEMBER_NETWORK": "unknown", "LOGGED_IN": "unknown",
}  # fmt: skip
"""``PUBLIC`` and ``CONNECTIONS`` were seen. ``MEMBER_NETWORK`` and ``LOGGED_IN`` are described, and
do not say who: the first stands on posts of every audience as it seems."""
_URN = re.compile(r"urn:li:(?:share|activity|ugcPost|groupPost|article):\d+")
_ACTIVITY = re.compile(r"[_-](share|activity|ugcPost)-(\d+)")
_COMMENT = re.compile(r"urn:li:comment:\([^,()]{0,99}(?:\([^)]{0,99}\))?[^,()]{0,99},\d{1,99}\)")
_NOT_WORDS = re.compile(
    r"(?:urls?|links?|date|(?:start|finish|publish|issu|fil)edon|number|status)$"
)
"""Columns of the profile that hold no words of the member."""


def share(row: Row, notes: Notes) -> Post | None:
    """A post. Where the row does not match its header, its visibility is found by its value.

    In one sample the header has no ``Visibility`` and the rows have it in the place of the text,
    which stands one further to the right.
    """
    cells = row.cells
    said = cells.get("visibility", "").strip().upper()
    text, shared = cells.get("sharecommentary", ""), cells.get("sharedurl", "")
    media = cells.get("mediaurl", "")
    if is_shifted(row):
        at = list(row.cells).index("sharecommentary")
        said, rest = text.strip().upper(), (*row.fields[at + 1 :], "", "", "")
        text, media = rest[0], next((one for one in rest[1:] if one.startswith("http")), "")
        shared = ""
    link = unquoted(cells.get("sharelink", "").strip())
    audience = VISIBILITY.get(said, "unknown")
    raw = text
    if '"\n"' in text:  # a line break of the text, as LinkedIn writes it
        text = text.replace('"\n"', "\n")
    return made(
        row, notes, "post", text if text.strip() else shared, cells.get("date", ""),
        name=urn_of(link), link=link, audience=audience,
        audience_by="none" if audience == "unknown" else "item-field",
        media=(Media(path=media.strip()),) if media.strip() else (),
        raw=raw if raw != text else "",
        authored="own-over-others" if shared.strip() and text.strip() else "own",
    )  # fmt: skip


def is_shifted(row: Row) -> bool:
    """Whether a share's visibility stands where its header promises the text."""
    if row.cells.get("visibility", "").strip().upper() in VISIBILITY:
        return False
    return row.cells.get("sharecommentary", "").strip().upper() in VISIBILITY


def comment(row: Row, notes: Notes) -> Post | None:
    """A comment. Who can see it depends on the post above it, which is not in the archive."""
    link = unquoted(row.cells.get("link", "").strip())
    own = _COMMENT.search(link)
    return made(
        row, notes, "comment", row.cells.get("message", ""), row.cells.get("date", ""),
        name=own[0] if own else "", link=link, reply_to=urn_of(link.split("commentUrn", 1)[0]),
    )  # fmt: skip


def repost(row: Row, notes: Notes) -> Post | None:
    """A post of others, passed on without a word."""
    link = unquoted(row.cells.get("link", "").strip())
    return made(
        row, notes, "post", "", row.cells.get("date", ""),
        name=urn_of(link) and f"repost of {urn_of(link)}", link=link, authored="others",
    )  # fmt: skip


def rich_media(row: Row, notes: Notes) -> Post | None:
    """A picture or video that was put up, with its description."""
    said, link = row.cells.get("datetime", ""), row.cells.get("medialink", "").strip()
    kind: Kind = "video" if "video" in said.lower() else "photo"
    text = row.cells.get("mediadescription", "")
    if not link and not text.strip():
        notes.trouble(row.path, "missing-field", row.at, field="Media Link")
        return None
    return made(row, notes, kind, text, said, media=(Media(path=link),) if link else ())


def recommendation(row: Row, notes: Notes, *, given: bool) -> Post | None:
    """Own words on somebody else, or somebody else's on the member."""
    return made(
        row, notes, "profile", row.cells.get("text", ""), row.cells.get("creationdate", ""),
        authored="own" if given else "others",
    )  # fmt: skip


def about_me(row: Row, notes: Notes) -> Post | None:
    """What LinkedIn concluded: one record per row, a line per column with something in it."""
    return made(
        row, notes, "profile", _lines(row), "",
        authored="about-me", audience="private", audience_by="platform-default",
    )  # fmt: skip


def profile(row: Row, notes: Notes) -> Post | None:
    """A part of the profile: the words of a row. Who sees it, no file of the archive says."""
    words = [
        value.strip()
        for name, value in row.cells.items()
        if value.strip() and not _NOT_WORDS.search(name)
    ]
    return made(row, notes, "profile", "\n".join(words), "") if words else None


def urn_of(link: str) -> str:
    """The platform's own id of the post that a link leads to; empty where it has none."""
    if found := _URN.search(link):
        return found[0]
    found = _ACTIVITY.search(link)
    return f"urn:li:{found[1]}:{found[2]}" if found else ""


def made(
    row: Row, notes: Notes, kind: Kind, text: str, dated: str, *, name: str = "", link: str = "",
    authored: Authored = "own", audience: Audience = "unknown", audience_by: AudienceBy = "none",
    state: State = "live", media: Sequence[Media] = (), community: str = "", reply_to: str = "",
    raw: str = "",
) -> Post | None:  # fmt: skip
    """The post, or None for a row that says nothing."""
    if not text.strip() and not name and not link and not media:
        notes.trouble(row.path, "missing-field", row.at, field="text")
        return None
    created: datetime | None = None
    precision: Precision = "none"
    zone: Zone = "none"
    try:
        created, precision, zone = when(dated)
    except (ValueError, OverflowError):
        notes.trouble(row.path, "bad-date", row.at, value=dated)
    text, raw = cut(text, notes, row.path, row.at), raw[:TEXT_AT_MOST]
    page = link if link.startswith(("https://", "http://")) else ""
    said = text if text.strip() or not media else media[0].path.split("?", 1)[0]
    return Post(
        platform="linkedin",
        id=name or content_id("linkedin", kind, created, said or page),
        kind=kind,
        authored=authored,
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        raw=raw,
        media=tuple(media),
        audience=audience,
        audience_by=audience_by,
        state=state,
        url=page,
        url_by="given" if page else "none",
        community=community,
        reply_to=reply_to,
        source=row.source,
    )


def _lines(row: Row) -> str:
    """``column: value`` for all fields with something in them."""
    return "\n".join(
        f"{name}: {value.strip()}" for name, value in row.cells.items() if value.strip()
    )


def name_of(row: Row) -> str:
    """First and last name, as ``person`` has them."""
    return person(f"{row.cells.get('firstname', '')} {row.cells.get('lastname', '')}")
