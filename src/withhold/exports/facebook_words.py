"""What every part of the Facebook reader needs: the file at hand, its times, media and texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from withhold.exports.facebook_files import Place
from withhold.exports.notes import Notes, Read
from withhold.exports.post import Media, Pointer, Post, content_id
from withhold.words import Authored, Kind

PLATFORM = "facebook"
TEXT_AT_MOST = 1_000_000
"""Characters of one text; a longer one is cut there and noted."""
_MENTION = re.compile(r"@\[\d{1,20}:\d{1,20}:([^\]]{0,300})\]")
_VIDEOS = (".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".3gp")


class Sheet(Struct, frozen=True, kw_only=True):
    """A file that is read: where it is, how its strings are mended, where its troubles go."""

    path: str
    part: str
    place: Place
    mend: Callable[[str], str]
    notes: Notes
    done: Read
    owner: str = ""
    """The member's name as profile and messages write it; empty = not known."""

    def trouble(self, why: Any, at: str = "", **facts: object) -> None:
        """Notes what could not be used."""
        self.notes.trouble(self.path, why, at, **facts)

    def created(self, value: object, at: str) -> datetime | None:
        """The time of an entry; what is there and is no time is noted."""
        if type(value) is int and 0 < value < 10**11:  # the usual case, on the short way
            return datetime.fromtimestamp(value, UTC)
        found = moment(value)
        if found is None and value is not None and value != 0:
            self.trouble("bad-date", at, value=value)
        return found

    def made(
        self,
        at: str,
        said: Sequence[str],
        created: datetime | None,
        *,
        kind: Kind | None = None,
        authored: Authored = "own",
        media: tuple[Media, ...] = (),
        id: str = "",
        **more: Any,
    ) -> Post:
        """The post. ``said`` are its pieces as the archive has them, each once."""
        if len(said) == 1:
            raw = said[0]
            text = self.mend(raw)
        else:
            pieces = list(dict.fromkeys(filter(None, said)))
            raw = "\n".join(pieces)
            text = raw if raw.isascii() else "\n".join(map(self.mend, pieces))
        if "@[" in text or len(text) > TEXT_AT_MOST:
            text, raw = self.clean(text, at), raw[:TEXT_AT_MOST]
        place = self.place
        if kind is None:
            kind = place.kind
        if kind == "post" and media and not text:
            kind = "video" if media[0].path.lower().endswith(_VIDEOS) else "photo"
        if place.state == "draft":
            more |= {"audience": "private", "audience_by": "item-field"}
        self.done.posts += 1
        if not id:
            first = media[0].path.rsplit("/", 1)[-1] if media else ""
            id = content_id(PLATFORM, kind, created, text, first)
        return Post(
            platform=PLATFORM,
            id=id,
            kind=kind,
            authored=place.authored if place.authored != "own" else authored,
            created=created,
            precision="second" if created else "none",
            zone="utc" if created else "none",
            text=text,
            raw=raw if raw != text else "",
            media=media,
            state=more.pop("state", place.state) if more else place.state,
            source=Pointer(part=self.part, path=self.path, at=at),
            **more,
        )

    def clean(self, text: str, at: str) -> str:
        """A mended text without the markup of people named in it, and not too long."""
        if "@[" in text:
            text = _MENTION.sub(r"\1", text)
        if len(text) > TEXT_AT_MOST:
            self.trouble("too-long", at, characters=len(text))
        return text[:TEXT_AT_MOST]

    def words(self, said: str) -> str:
        """A string of the file as it was meant, in one piece."""
        text = said if said.isascii() else self.mend(said)
        return self.clean(text, "") if "@[" in text or len(text) > TEXT_AT_MOST else text

    def media(self, found: object, coordinate: tuple[float, float] | None = None) -> Media | None:
        """A picture or video as records name it; None for what names no file.

        Its words are its title (of a picture that is the name of the album) and its caption.
        """
        if not isinstance(found, dict) or not isinstance(path := found.get("uri"), str):
            return None
        taken, place = None, coordinate
        if isinstance(metadata := found.get("media_metadata"), dict):
            for one in _exif(metadata):
                taken = taken or moment(one.get("taken_timestamp"))
                if "latitude" in one:
                    place = point(one) or place
        title, caption = found.get("title"), found.get("description")
        text = self.words(caption) if isinstance(caption, str) else ""
        if isinstance(title, str) and title and title != caption:
            title = self.words(title)
            text = f"{title}\n{text}" if text else title
        return Media(
            path=path,
            place=place,
            place_by="record" if place else "none",
            taken=taken.isoformat() if taken else "",
            text=text,
        )


def moment(value: object) -> datetime | None:
    """Unix seconds (or milliseconds) as a time; None for what is none. Never raises."""
    if type(value) is int and 0 < value < 10**11:
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return None
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def point(found: object) -> tuple[float, float] | None:
    """(latitude, longitude) of a record that has both; None for what is no place on Earth."""
    if not isinstance(found, dict):
        return None
    north, east = found.get("latitude"), found.get("longitude")
    for one in (north, east):
        if isinstance(one, bool) or not isinstance(one, int | float):
            return None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or not (north or east):  # type: ignore[operator]
        return None
    return float(north), float(east)  # type: ignore[arg-type]


def dicts(found: object) -> list[dict[str, Any]]:
    """The objects of a list, or the one object; nothing for anything else."""
    if isinstance(found, list):
        if len(found) == 1 and isinstance(found[0], dict):  # the usual case, as it is
            return found
        return [one for one in found if isinstance(one, dict)]
    return [found] if isinstance(found, dict) else []


def is_video(path: str) -> bool:
    """By its ending."""
    return path.lower().endswith(_VIDEOS)


def _exif(metadata: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for one in metadata.values():
        if isinstance(one, dict):
            found.append(one)
            if "exif_data" in one:
                found += dicts(one["exif_data"])
    return found
