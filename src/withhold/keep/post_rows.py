"""Posts as rows: what is stored of a post, and a post made of what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import floor, isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from withhold.exports.post import AudienceBy, Media, Post, State
from withhold.words import Audience, Authored, Kind

if TYPE_CHECKING:  # its package brings all that finds them, and most commands find nothing
    from withhold.reveals.reveal import Reveal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
ASKED = ("account", "platform", "kind", "audience", "audience_by", "authored", "state", "day")
"""The columns that ``Asked`` is made of, in its order."""
COLUMNS = (
    "id, account, key, archive, platform, kind, authored, audience, audience_by, state, day, "
    "created, precision, zone, text, raw, url, url_by, community, reply_to, part, path, at"
)
PUT_NEW = (
    f"INSERT INTO post ({COLUMNS}) VALUES ({', '.join('?' * 23)}) "  # noqa: S608 - constants
    "ON CONFLICT (account, key) DO NOTHING"
)
PUT_MEDIA = """
    INSERT INTO media (post, number, path, lat, lon, place_by, taken, text)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM post WHERE id = ?1)
"""
"""Of posts that were there already nothing is added."""
Row = tuple[Any, ...]


class Asked(NamedTuple):
    """What the question depends on; ``day`` is an ISO date (UTC), empty where it is not known."""

    account: str
    platform: str
    kind: Kind
    audience: Audience
    audience_by: AudienceBy
    authored: Authored
    state: State
    day: str


class Group(Struct, frozen=True, kw_only=True):
    """``n`` stored posts of which the same is asked."""

    asked: Asked
    n: int


class Stored(Struct, frozen=True, kw_only=True):
    """A post as it is stored; ``archive`` is the number of the archive that it was last read from.

    The post's audience is the archive's word; ``asked`` has the owner's, where the owner said it.
    """

    id: int
    account: str
    archive: int
    post: Post
    asked: Asked
    reveals: tuple[Reveal, ...] = ()


def row_of(number: int, account: str, key: str, archive: int, post: Post) -> Row:
    """The row of one post."""
    created, day = post.created, ""
    seconds = None
    if created is not None:
        if created.tzinfo is not UTC:
            created = created.astimezone(UTC) if created.tzinfo else created.replace(tzinfo=UTC)
        seconds = floor(created.timestamp())
        day = _day(seconds // 86_400)
    source = post.source
    return (
        number, account, key, archive, post.platform, post.kind, post.authored, post.audience,
        post.audience_by, post.state, day, seconds, post.precision, post.zone, post.text, post.raw,
        post.url, post.url_by, post.community, post.reply_to, source.part, source.path, source.at,
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _day(number: int) -> str:
    """The date so many days after 1970-01-01: many posts are of one day."""
    return (EPOCH + timedelta(days=number)).date().isoformat()


def media_rows(number: int, media: Iterable[Media]) -> Iterable[Row]:
    """The rows of a post's media, counted from 1. A place that is none on earth is none."""
    for count, one in enumerate(media, 1):
        lat, lon = one.place if one.place and all(map(isfinite, one.place)) else (None, None)
        yield number, count, one.path, lat, lon, one.place_by, one.taken, one.text


def cut(text_at_most: int) -> str:
    """COLUMNS, with so many characters of the text at most (negative = all) and then no raw one."""
    if text_at_most < 0:
        return COLUMNS
    # where a text has a zero in it, ``substr`` takes that for its end: then it is cut in ``stored``
    text = f"CASE WHEN instr(text, char(0)) THEN text ELSE substr(text, 1, {text_at_most:d}) END"
    short = {"text": text, "raw": "''"}
    return ", ".join(short.get(one, one) for one in COLUMNS.split(", "))


def storable(row: Row) -> Row:
    """The row without what no file can hold: half a surrogate pair becomes a question mark."""
    return tuple(
        one.encode("utf-8", "replace").decode() if isinstance(one, str) else one for one in row
    )


def stored(
    row: Row,
    media: Iterable[Row],
    reveals: Iterable[Row],
    asked: Asked,
    text_at_most: int = -1,
) -> Stored:
    """A post made of its rows, read with ``cut``. msgspec.ValidationError for what is none."""
    from withhold.reveals.reveal import Reveal

    fields = dict(zip(COLUMNS.split(", "), row, strict=True))
    if text_at_most >= 0:
        fields["text"] = fields["text"][:text_at_most]
    seconds = fields["created"]
    post = {
        name: fields[name]
        for name in Post.__struct_fields__
        if name in fields and name not in ("id", "created")
    }
    made = msgspec.convert(
        {
            **post,
            "id": fields["key"],
            "created": None if seconds is None else EPOCH + seconds * _SECOND,
            "media": [_media(one) for one in media],
            "source": {name: fields[name] for name in ("part", "path", "at")},
        },
        Post,
    )
    return Stored(
        id=fields["id"],
        account=fields["account"],
        archive=fields["archive"],
        post=made,
        asked=asked,
        reveals=tuple(
            Reveal(kind=kind, start=start, end=end, sure=bool(sure), media=number)
            for number, start, end, kind, sure in reveals
        ),
    )


def _media(row: Row) -> dict[str, Any]:
    path, lat, lon, place_by, taken, text = row
    place = None if lat is None or lon is None else (lat, lon)
    return {"path": path, "place": place, "place_by": place_by, "taken": taken, "text": text}
