"""Videos of a Takeout, what other files say of each, and the channel's defaults for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import Media, Pointer, Post, Setting, content_id
from withhold.exports.takeout_labels import audience
from withhold.exports.youtube_sheet import PLATFORM, VIDEO, Sheet, own_id, said

VIDEOS = (".mp4", ".mov", ".avi", ".webm", ".mkv", ".m4v", ".3gp", ".flv", ".wmv", ".mpg")
_SAYS_SO = {"true": "on", "false": "off", "on": "on", "off": "off"}


class Text(Struct, frozen=True, kw_only=True):
    """Title and description of a video as they are today, and where they stand."""

    parts: tuple[str, ...]
    source: Pointer


def videos(
    sheet: Sheet, texts: dict[str, Text], places: Mapping[str, tuple[float, float]]
) -> Iterator[Post]:
    """Videos with title, description, tags, and what the file of texts says beyond these. What is
    left in ``texts`` at the end belongs to videos of no row."""
    there = {
        PurePosixPath(path).stem: path for path in sheet.files.entries if path.endswith(VIDEOS)
    }
    for place, row in sheet.rows():
        own = sheet.one(row, "video-id")
        title = said(sheet.one(row, "video-title"))
        parts = [title, said(sheet.one(row, "video-description"))]
        more = texts.pop(own).parts if own in texts else ()
        parts += [one for one in more if not any(one in part for part in parts)]
        parts.append(" ".join(f"#{one}" for one in sheet.many(row, "video-tag")))
        text = loose.cut("\n\n".join(filter(None, parts)), sheet.notes, sheet.path, place)
        created, precision, zone = sheet.moment(row, place, "video-published", "video-created")
        seen, seen_by, word = audience(sheet.one(row, "video-privacy"))
        if not word and sheet.one(row, "video-privacy"):
            value = sheet.one(row, "video-privacy")
            sheet.notes.trouble(sheet.path, "wrong-type", place, field="privacy", value=value)
        url = f"https://www.youtube.com/watch?v={own}" if VIDEO.fullmatch(own) else ""
        path, where = there.get(title, ""), places.get(own)
        media: tuple[Media, ...] = ()
        if path or where:
            by: Literal["record", "none"] = "record" if where else "none"
            media = (Media(path=path or url or own, place=where, place_by=by),)
        yield Post(
            platform=PLATFORM,
            id=own_id(own) or content_id(PLATFORM, "video", created, text, own),
            kind="video",
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            media=media,
            audience=seen,
            audience_by=seen_by,
            url=url,
            url_by="built" if url else "none",
            source=sheet.at(place),
        )


def video_texts(sheet: Sheet) -> dict[str, Text]:
    """The texts of each video, by its id."""
    found: dict[str, Text] = {}
    for place, row in sheet.rows():
        parts = tuple(
            text
            for name in ("text-title", "text-description")
            if (text := "".join(map(said, sheet.many(row, name))))
        )
        if parts:
            found[sheet.one(row, "video-id")] = Text(parts=parts, source=sheet.at(place))
    return found


def left(texts: Mapping[str, Text], notes: Notes) -> Iterator[Post]:
    """The texts of videos that have no row of their own; who could see them is not said."""
    for own, one in texts.items():
        path, place = one.source.path, one.source.at
        text = loose.cut("\n\n".join(one.parts), notes, path, place)
        notes.read(path).posts += 1
        yield Post(
            platform=PLATFORM,
            id=own_id(own) or content_id(PLATFORM, "video", None, text, own),
            kind="video",
            text=text,
            source=one.source,
        )


def recordings(sheet: Sheet) -> dict[str, tuple[float, float]]:
    """Where each video was recorded, by its id. 0, 0 stands for nowhere."""
    found: dict[str, tuple[float, float]] = {}
    for place, row in sheet.rows():
        try:
            lat = float(sheet.one(row, "recording-latitude") or 0)
            lon = float(sheet.one(row, "recording-longitude") or 0)
        except ValueError:
            sheet.notes.trouble(sheet.path, "wrong-type", place)
            continue
        if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat or lon):
            found[sheet.one(row, "video-id")] = (lat, lon)
    return found


def features(sheet: Sheet) -> None:
    """Defaults of the channel as settings, and the switch for training by others if it is there.

    No sample shows such a column; it is looked for by its English name.
    """
    for place, row in sheet.rows():
        for name in ("default-comments", "default-audience", "default-licence"):
            if value := sheet.one(row, name):
                sheet.notes.setting(Setting(name=name, value=value, source=sheet.at(place)))
        for column, value in row.items():
            if "third" in column and "train" in column and value:
                state = _SAYS_SO.get(value.strip().lower(), "")
                sheet.notes.setting(
                    Setting(
                        name="third-party-training-toggle" if state else "third-party-training",
                        value=state or value,
                        control=bool(state),
                        source=sheet.at(place),
                    )
                )
