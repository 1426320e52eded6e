"""One row of a Reddit archive as a post.

Ids stand there with and without the ``t1_`` or ``t3_`` that tells comments from posts, permalinks
with and without the host; both are made whole, so that a post has one id in every archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from withhold.exports.loose import cut, precision_of
from withhold.exports.notes import Notes
from withhold.exports.post import Media, Pointer, Post, Precision, Setting, UrlBy, Zone, content_id
from withhold.words import Audience, Kind

HOST = "https://www.reddit.com"
GONE = frozenset({"[deleted]", "[removed]"})
"""What stands in place of a body that its author or a moderator took away."""
PRIVACY = re.compile(
    r"robot|search|index|profile|follow|third_party|personal|ads|locat|privat|hide"
)
"""Preferences that say who may see or use what: kept under their own names."""
_PAGE = re.compile(r"https?://(?:[a-z]+\.)?(?:reddit\.com|redd\.it)/", re.IGNORECASE)
_PICTURE = re.compile(r"https?://(?:i|v|preview)\.redd\.it/")


class Row(Struct, frozen=True, kw_only=True):
    """A row of a file, by the names of its columns in lower case."""

    path: str
    part: str
    number: int
    cells: dict[str, str]

    @property
    def at(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number}"

    @property
    def source(self) -> Pointer:
        """Where it stands."""
        return Pointer(part=self.part, path=self.path, at=self.at)


def post(row: Row, notes: Notes) -> Post | None:
    """A post: title and body are its text. Its audience is not known."""
    cells = row.cells
    name = _id("t3_", cells.get("id"))
    url, url_by = _url(cells.get("permalink"))
    if not url and name:
        url, url_by = f"{HOST}/comments/{name[3:]}/", "built"
    return _made(
        row, notes, "post", name, "date",
        text=_joined(cells.get("title"), cells.get("body")),
        url=url, url_by=url_by, community=cells.get("subreddit") or "",
        media=_media(cells.get("url")),
    )  # fmt: skip


def comment(row: Row, notes: Notes) -> Post | None:
    """A comment, own words under a post. Its audience is not known."""
    cells = row.cells
    url, url_by = _url(cells.get("permalink"))
    return _made(
        row, notes, "comment", _id("t1_", cells.get("id")), "date",
        text=cells.get("body") or "", url=url, url_by=url_by,
        community=cells.get("subreddit") or "", reply_to=(cells.get("parent") or "").strip(),
        media=_media(cells.get("media")),
    )  # fmt: skip


def draft(row: Row, notes: Notes) -> Post | None:
    """A draft or a scheduled post: nobody sees it, unless it has a public link."""
    cells = row.cells
    linked = (cells.get("is_public_link") or "").strip().lower() in ("true", "1", "yes")
    made = _made(
        row, notes, "post", (cells.get("id") or cells.get("scheduled_post_id") or "").strip(),
        "created" if "created" in cells else "submission_time",
        text=_joined(cells.get("title"), cells.get("body")),
        audience="unknown" if linked else "private", community=cells.get("subreddit") or "",
    )  # fmt: skip
    return made and replace(made, state="draft", audience_by="none" if linked else "item-field")


def message(row: Row, notes: Notes, *, mine: bool) -> Post | None:
    """A private message."""
    cells = row.cells
    url, url_by = _url(cells.get("permalink"))
    made = _made(
        row, notes, "message", _id("t4_", cells.get("id")), "date",
        text=_joined(cells.get("subject"), cells.get("body")),
        audience="private", url=url, url_by=url_by,
    )  # fmt: skip
    return made and replace(
        made, authored="own" if mine else "others", audience_by="platform-default"
    )


def chat_line(row: Row, notes: Notes, *, mine: bool) -> Post | None:
    """A line of chat: to one person, to a group, or in a subreddit's channel.

    Channels of a subreddit may be public; the archive does not say it.
    """
    cells = row.cells
    told = (cells.get("conversation_type") or "").strip().lower()
    kind: Kind = "message"
    audience: Audience = "unknown"
    if (cells.get("subreddit") or "").strip():
        kind = "group-message"
    elif "group" in told:
        kind, audience = "group-message", "group"
    elif told in ("", "direct", "dm", "direct_message"):
        audience = "private"
    made = _made(
        row, notes, kind, (cells.get("message_id") or "").strip(), "created_at",
        text=cells.get("message") or "", audience=audience,
        community=cells.get("subreddit") or cells.get("channel_name") or "",
    )  # fmt: skip
    return made and replace(
        made,
        authored="own" if mine else "others",
        audience_by="none" if audience == "unknown" else "platform-default",
    )


def multireddit(row: Row, notes: Notes) -> Post | None:
    """The description of a collection of subreddits, of one's own; its row says who sees it."""
    cells = row.cells
    if not (cells.get("description") or "").strip():
        return None
    if (cells.get("is_owner") or "true").strip().lower() not in ("true", "1", "yes"):
        return None
    said: dict[str, Audience] = {"public": "public", "private": "private"}
    audience = said.get((cells.get("privacy") or "").strip().lower(), "unknown")
    made = _made(
        row, notes, "profile", (cells.get("id") or "").strip(), "date",
        text=_joined(cells.get("display_name"), cells.get("description")), audience=audience,
    )  # fmt: skip
    return made and replace(made, audience_by="none" if audience == "unknown" else "item-field")


def preference(row: Row) -> Setting | None:
    """A preference that says who may see or use what; None for the others (themes, mails)."""
    name = (row.cells.get("preference") or "").strip().lower()
    if not PRIVACY.search(name):
        return None
    value = (row.cells.get("value") or "").strip()[:200]
    return Setting(name=re.sub(r"[^a-z0-9]+", "-", name).strip("-"), value=value, source=row.source)


def account_of(files: Iterable[Iterator[tuple[int, dict[str, str]]]]) -> str:
    """The one name that every message is from or to, in lower case; empty where more are left."""
    left: set[str] | None = None
    for rows in files:
        for _, cells in rows:
            both = {
                (cells.get(side) or "").strip().lower().removeprefix("u/")
                for side in ("from", "to")
            }
            left = both if left is None else left & both
            if not left:
                return ""
    left = (left or set()) - {""}
    return left.pop() if len(left) == 1 else ""


def when(said: str) -> tuple[datetime | None, Precision, Zone]:
    """A time as Reddit writes it: ``2023-06-16 08:00:00 UTC``, ISO 8601, or Unix seconds.

    Raises ValueError, OverflowError for anything else. Empty text is no time.
    """
    if not said:
        return None, "none", "none"
    bare = said.removesuffix(" UTC")
    if bare.isdigit():
        return datetime.fromtimestamp(int(bare), UTC), "second", "utc"
    read = datetime.fromisoformat(bare)
    if read.tzinfo:
        return read.astimezone(UTC), precision_of(bare), "offset"
    return read.replace(tzinfo=UTC), precision_of(bare), "utc" if bare != said else "assumed-utc"


# --------------------------------------------------------------------------------------------------


def _made(
    row: Row,
    notes: Notes,
    kind: Kind,
    name: str,
    dated: str,
    *,
    text: str,
    audience: Audience = "unknown",
    url: str = "",
    url_by: UrlBy = "none",
    community: str = "",
    reply_to: str = "",
    media: tuple[Media, ...] = (),
) -> Post | None:
    """The post, or None for a row with neither words nor an id."""
    if not name and not text.strip():
        notes.trouble(row.path, "missing-field", row.at, field="id")
        return None
    said = (row.cells.get(dated) or "").strip()
    created: datetime | None = None
    precision: Precision = "none"
    zone: Zone = "none"
    try:
        created, precision, zone = when(said)
    except (ValueError, OverflowError, OSError):
        notes.trouble(row.path, "bad-date", row.at, value=said)
    gone = {text.strip(), (row.cells.get("body") or "").strip()} & GONE
    text = cut(text, notes, row.path, row.at)
    return Post(
        platform="reddit",
        id=name or content_id("reddit", kind, created, text),
        kind=kind,
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        media=media,
        audience=audience,
        state="deleted" if gone else "live",
        url=url,
        url_by=url_by,
        community=community,
        reply_to=reply_to,
        source=row.source,
    )


def _id(prefix: str, said: str | None) -> str:
    bare = (said or "").strip()
    if not bare:
        return ""
    return bare if bare.startswith(prefix) else prefix + bare


def _url(said: str | None) -> tuple[str, UrlBy]:
    link = (said or "").strip()
    if link.startswith("/") and not link.startswith("//"):
        return HOST + link, "given"
    return (link, "given") if _PAGE.match(link) else ("", "none")


def _media(said: str | None) -> tuple[Media, ...]:
    link = (said or "").strip()
    return (Media(path=link),) if _PICTURE.match(link) else ()


def _joined(*said: str | None) -> str:
    return "\n\n".join(one for one in said if one and one.strip())
