"""A record of TikTok's archive as a post; what a record is, its keys say, in any case and spelling.

``WhoCanView`` of a video is the only word on its audience. Links lead to signed addresses that
expire: an address is kept where it is a page's, else only the id that may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from withhold.exports.loose import cut, precision_of
from withhold.exports.notes import Notes
from withhold.exports.post import (
    AudienceBy,
    Media,
    Pointer,
    Post,
    Precision,
    Setting,
    State,
    Zone,
    content_id,
)
from withhold.exports.tiktok_shapes import Role, Shape
from withhold.words import Audience, Authored, Kind

WHO_CAN_VIEW: dict[str, Audience] = {
    "everyone": "public", "public": "public", "followers": "followers", "friends": "followers",
    "only me": "private", "only you": "private", "myself": "private", "private": "private",
}  # fmt: skip
"""Only ``Everyone`` was seen on a video; the others on settings of the same archives, or in the
app. Any other value says nothing."""
ON = frozenset({"enabled", "on", "yes", "true"})
OFF = frozenset({"disabled", "off", "no", "false"})
SETTINGS = {
    "allowdownload": "allow-download", "allowreuseofcontent": "allow-reuse-of-content",
    "personalizedads": "personalized-ads", "allowotherstofindme": "discoverable",
}  # fmt: skip
"""Switches without a control of their own -> our word."""
NOTHING = frozenset({"", "n/a", "null"})
_PAGE = re.compile(r"https?://(?:[a-z]+\.)?tiktokv?\.com/(?:@|share/|v/|t/|live/)", re.IGNORECASE)
_ID = re.compile(r"(?:/(?:video|photo|v)/|(?:item|video|aweme)_id=)(\d{8,25})(?!\d)")


class Account(Struct, kw_only=True):
    """Whose archive it is, as far as it says so."""

    handle: str = ""
    private: bool = False
    """By its setting on the day of the export."""


class Items(Struct, kw_only=True):
    """Makes posts of the records of one file."""

    path: str
    part: str
    notes: Notes
    account: Account

    def posts(self, record: Mapping[str, Any], shape: Shape, at: str) -> Iterator[Post]:
        """The posts of one record: one, of a profile several, of bookkeeping none."""

        def said(name: str) -> str:
            value = record.get(shape.spelled.get(name, ""))
            return value.strip() if isinstance(value, str) and value.lower() not in NOTHING else ""

        role = shape.role
        if role in ("video", "deleted", "story", "repost"):
            yield self._video(role, said, at)
        elif role == "comment":
            link = said("originalpostlink") or said("linktooriginalpost") or said("url")
            yield self._made(
                "comment", said("comment"), said("date"), at, link=link, under=True,
                media=tuple(
                    Media(path=one) for one in (said("photo"), said("sticker"), said("video"))
                    if one.startswith("http")
                ),
            )  # fmt: skip
        elif role == "live-comment":
            text = said("commentcontent") or said("questioncontent")
            dated = record.get(shape.spelled.get("rawtime", "")) or said("commenttime")
            yield self._made("comment", text, dated or said("questiontime"), at)
        elif role == "live":
            yield self._made("video", said("roomtitle"), said("livestarttime"), at)
        elif role == "review":
            shown = said("status").lower() == "all visible"
            yield self._made(
                "post", _lines(said("placename"), said("reviewtext")), said("date"), at,
                audience="public" if shown else "unknown",
                audience_by="item-field" if shown else "none",
            )  # fmt: skip
        elif role in ("profile", "linked-profile"):
            if role == "profile":
                text = _lines(said("displayname"), said("biodescription") or said("bio"))
                about = said("inferredgender")
            else:
                text, about = said("description"), ""
            if text:
                yield self._made("profile", text, "", at)
            if about:
                yield self._about(about, at)
        elif role == "interests" and said("adinterestcategories"):
            yield self._about(said("adinterestcategories"), at)

    def message(
        self, record: Mapping[str, Any], shape: Shape, at: str, where: tuple[str, ...]
    ) -> Post:
        """A message; ``where`` leads to it, and names the other side or the group."""
        sender, text, dated = (
            value if isinstance(value := record.get(shape.spelled.get(name, "")), str) else ""
            for name in ("from", "content", "date")
        )
        other = other_side(where[-1] if where else "")
        group = any("group" in key.lower() for key in where)
        if self.account.handle:
            mine = sender.strip().lower() == self.account.handle.lower()
        else:  # of two people, who is not the other is the owner
            mine = not group and bool(other) and sender.strip().lower() != other.lower()
        return self._made(
            "group-message" if group else "message", text, dated, at,
            authored="own" if mine else "others",
            audience="group" if group else "private", audience_by="platform-default",
            community=other if group else "",
        )  # fmt: skip

    def settings(self, record: Mapping[str, Any], shape: Shape, at: str) -> None:
        """Notes the switches of the account."""
        source = Pointer(part=self.part, path=self.path, at=at)
        for name, spelled in shape.spelled.items():
            value = record[spelled]
            if not isinstance(value, str) or value.lower() in NOTHING:
                continue
            plainly = value.strip().lower()
            if name == "privateaccount":
                known = plainly in ON or plainly in OFF
                if known:
                    plainly = "followers" if plainly in ON else "public"
                self.notes.setting(
                    Setting(name="private-account", value=plainly, control=known, source=source)
                )
            elif name in SETTINGS:
                self.notes.setting(Setting(name=SETTINGS[name], value=plainly[:200], source=source))

    # ----------------------------------------------------------------------------------------------

    def _video(self, role: Role, said: Any, at: str) -> Post:
        link = said("link") or said("videolink")
        audience: Audience = WHO_CAN_VIEW.get(said("whocanview").lower(), "unknown")
        by: AudienceBy = "none" if audience == "unknown" else "item-field"
        if role == "deleted":
            audience, by = "unknown", "none"
        elif self.account.private and role != "repost" and not said("whocanview"):
            audience, by = "followers", "account-setting"
        return self._made(
            "photo" if "/photo/" in link else "video",
            _lines(said("title"), said("addyourstext"), said("location")),
            said("date"), at, link=link,
            authored="others" if role == "repost" else "own",
            audience=audience, audience_by=by, state="deleted" if role == "deleted" else "live",
            media=_media(link, said("alternatetext")),
        )  # fmt: skip

    def _about(self, text: str, at: str) -> Post:
        return self._made(
            "profile", text, "", at,
            authored="about-me", audience="private", audience_by="platform-default",
        )  # fmt: skip

    def _made(
        self, kind: Kind, text: str, dated: Any, at: str, *, link: str = "", under: bool = False,
        authored: Authored = "own", audience: Audience = "unknown",
        audience_by: AudienceBy = "none",
        state: State = "live", media: tuple[Media, ...] = (), community: str = "",
    ) -> Post:  # fmt: skip
        created: datetime | None = None
        precision: Precision = "none"
        zone: Zone = "none"
        try:
            created, precision, zone = when(dated)
        except (ValueError, OverflowError, OSError):
            self.notes.trouble(self.path, "bad-date", at, value=dated)
        text = cut(text, self.notes, self.path, at)
        page = link if _PAGE.match(link) else ""
        found = _ID.search(link) if link else None
        number = found[1] if found else ""
        return Post(
            platform="tiktok",
            id=number if number and not under else content_id("tiktok", kind, created, text),
            kind=kind,
            authored=authored,
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            media=media,
            audience=audience,
            audience_by=audience_by,
            state=state,
            url=page,
            url_by="given" if page else "none",
            community=community,
            reply_to=number if under else "",
            source=Pointer(part=self.part, path=self.path, at=at),
        )


def other_side(place: str) -> str:
    """The other side of a conversation, from ``Chat History with NAME:``; else the name itself."""
    return re.sub(r"^.*?\bwith\s+", "", place, count=1).rstrip(": ")


def when(said: Any) -> tuple[datetime | None, Precision, Zone]:
    """A time as TikTok writes it: ``2024-11-24 08:55:16``, in TXT with ``UTC``; Unix seconds.

    Raises ValueError, OverflowError, OSError for anything else. Empty is no time.
    """
    if isinstance(said, (int, float)):
        seconds = said / 1000 if said > 1e11 else said
        return datetime.fromtimestamp(seconds, UTC), "second", "utc"
    if not said:
        return None, "none", "none"
    if not isinstance(said, str):
        raise ValueError("not a time")
    bare = said.removesuffix(" UTC")
    read = datetime.fromisoformat(bare)
    if read.tzinfo:
        return read.astimezone(UTC), precision_of(bare), "offset"
    return read.replace(tzinfo=UTC), precision_of(bare), "utc" if bare != said else "assumed-utc"


def _media(link: str, text: str) -> tuple[Media, ...]:
    """The file of a video without what signs its address, which expires."""
    if not link.startswith("http") or _PAGE.match(link) or "/login/" in link:
        return (Media(path=link, text=text),) if text and link else ()
    return (Media(path=link.split("?", 1)[0], text=text),)


def _lines(*said: str) -> str:
    return "\n".join(one for one in said if one)
