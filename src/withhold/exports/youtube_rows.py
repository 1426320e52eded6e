"""Rows of YouTube's CSV files in a Takeout: comments, live chat, posts, playlists, the channel.

A comment stands under somebody's video, whose audience its row does not say: unknown. Playlists and
the channel say their own. Ids shorter than YouTube's are not taken for ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import Media, Post, Setting, content_id
from withhold.exports.takeout_labels import audience
from withhold.exports.youtube_sheet import LONG, PLATFORM, VIDEO, Sheet, own_id, said
from withhold.words import Kind


def comments(sheet: Sheet, prefix: str) -> Iterator[Post]:
    """Comments (``comment``) or lines of live chats (``live``)."""
    for place, row in sheet.rows():
        raw = sheet.one(row, f"{prefix}-text")
        text = loose.cut(said(raw), sheet.notes, sheet.path, place)
        if not text:
            sheet.notes.trouble(sheet.path, "missing-field", place, field="text")
            continue
        video, own = sheet.one(row, "video-id"), sheet.one(row, f"{prefix}-id")
        under = video or sheet.one(row, "post-id")
        url = ""
        if prefix == "comment" and VIDEO.fullmatch(video) and LONG.fullmatch(own):
            url = f"https://www.youtube.com/watch?v={video}&lc={own}"
        created, precision, zone = sheet.moment(row, place, f"{prefix}-created")
        yield Post(
            platform=PLATFORM,
            id=own_id(own) or content_id(PLATFORM, "comment", created, text, under),
            kind="comment",
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            raw="" if raw == text else raw[: loose.TEXT_AT_MOST],
            url=url,
            url_by="built" if url else "none",
            reply_to=sheet.one(row, "comment-parent") or under,
            source=sheet.at(place),
        )


def unlabelled(sheet: Sheet) -> Iterator[Post]:
    """Words in a file whose columns are in a language not known: told by their JSON segments."""
    for place, row in sheet.rows():
        values = list(row.values())
        raw = next((one for one in values if one.startswith(('{"text"', '{"takeoutSegments"'))), "")
        text = loose.cut(said(raw), sheet.notes, sheet.path, place)
        if not text:
            sheet.notes.trouble(sheet.path, "missing-field", place, field="text")
            continue
        moments = [found for one in values if "T" in one and (found := loose.moment(one))[0]]
        created, precision, zone = moments[0] if moments else loose.NO_MOMENT
        yield Post(
            platform=PLATFORM,
            id=own_id(values[0]) or content_id(PLATFORM, "comment", created, text, values[0]),
            kind="comment",
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            raw=raw[: loose.TEXT_AT_MOST],
            source=sheet.at(place),
        )


def posts(sheet: Sheet) -> Iterator[Post]:
    """Posts of the channel's community page, with their pictures and what a poll lets choose."""
    folder = sheet.path.rpartition("/")[0]
    for place, row in sheet.rows():
        raw, own = sheet.one(row, "post-text"), sheet.one(row, "post-id")
        lines = [said(raw), *map(said, sheet.many(row, "post-option"))]
        text = loose.cut("\n".join(filter(None, lines)), sheet.notes, sheet.path, place)
        media = tuple(
            Media(path=path if path in sheet.files.entries else name)
            for name in sheet.many(row, "post-image")
            if (path := f"{folder}/{name}".lstrip("/"))
        )
        if not text and not media:
            sheet.notes.trouble(sheet.path, "missing-field", place, field="text")
            continue
        created, precision, zone = sheet.moment(row, place, "post-created")
        url = f"https://www.youtube.com/post/{own}" if LONG.fullmatch(own) else ""
        yield Post(
            platform=PLATFORM,
            id=own_id(own) or content_id(PLATFORM, "post", created, text),
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            raw="" if raw == text else raw[: loose.TEXT_AT_MOST],
            media=media,
            url=url,
            url_by="built" if url else "none",
            source=sheet.at(place),
        )


def playlists(sheet: Sheet) -> Iterator[Post]:
    """Titles and descriptions of playlists."""
    for place, row in sheet.rows():
        parts = (sheet.one(row, "playlist-title"), sheet.one(row, "playlist-description"))
        own = sheet.one(row, "playlist-id")
        url = f"https://www.youtube.com/playlist?list={own}" if LONG.fullmatch(own) else ""
        yield from _titled(sheet, row, place, parts, "post", "playlist", own, url)


def channel_id(sheet: Sheet) -> str:
    """The id of the first channel; what is odd in the file is noted when it is read."""
    quiet = replace(sheet, notes=Notes())
    return next((found for _, row in quiet.rows() if (found := quiet.one(row, "channel-id"))), "")


def channel(sheet: Sheet) -> Iterator[Post]:
    """Name and description of the channel; its visibility is a setting too."""
    for place, row in sheet.rows():
        own, seen = sheet.one(row, "channel-id"), sheet.one(row, "channel-visibility")
        if seen:
            word = audience(seen)[2] or seen
            sheet.notes.setting(
                Setting(name="channel-visibility", value=word, source=sheet.at(place))
            )
        parts = (sheet.one(row, "channel-title"), sheet.one(row, "channel-description"))
        url = f"https://www.youtube.com/channel/{own}" if LONG.fullmatch(own) else ""
        yield from _titled(sheet, row, place, parts, "profile", "channel", own, url)


def _titled(
    sheet: Sheet,
    row: Mapping[str, str],
    place: str,
    parts: tuple[str, ...],
    kind: Kind,
    prefix: str,
    own: str,
    url: str,
) -> Iterator[Post]:
    text = loose.cut("\n\n".join(filter(None, parts)), sheet.notes, sheet.path, place)
    if not text:
        return
    created, precision, zone = sheet.moment(row, place, f"{prefix}-created")
    seen, by, _ = audience(sheet.one(row, f"{prefix}-visibility"))
    yield Post(
        platform=PLATFORM,
        id=own_id(own) or content_id(PLATFORM, kind, created, text, own),
        kind=kind,
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        audience=seen,
        audience_by=by,
        url=url,
        url_by="built" if url else "none",
        source=sheet.at(place),
    )
