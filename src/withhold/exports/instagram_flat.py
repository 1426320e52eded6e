"""Instagram's archive of 2018 to 2020: flat files, dates in ISO 8601, real UTF-8.

``media.json`` and ``profile.json`` were seen in a sample. ``comments.json`` (lists of time, text
and owner) and ``messages.json`` are read after descriptions only. What is empty holds one sentence
that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from withhold.exports.instagram_account import account
from withhold.exports.instagram_entries import Telling, kind_of
from withhold.exports.instagram_files import Section, What
from withhold.exports.json_items import items, whole
from withhold.exports.meta_text import as_it_is, mender
from withhold.exports.post import (
    AudienceBy,
    Media,
    Post,
    Precision,
    Setting,
    Zone,
    content_id,
)
from withhold.words import Audience, Authored, Kind

PARTS: dict[str, What] = {
    "stories": "story", "photos": "posts", "videos": "posts", "profile": "picture",
    "direct": "messages",
}  # fmt: skip
COMMENTS = ("media_comments", "reels_comments", "live_comments", "story_comments")


def flat(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """One of the flat files; the profile's is read by ``profile``."""
    reads = {"media": _media, "comments": _comments, "messages": _messages}
    if section.key == "settings":
        _settings(telling, path)
    elif section.key in reads:
        yield from reads[section.key](telling, path)


def profile(telling: Telling, path: str) -> Iterator[Post]:
    """``profile.json``: whose account, private or not, and its text."""
    one = whole(telling.files, path, telling.notes)
    if not isinstance(one, dict):
        return
    mend = mender(telling.files, path)
    said = {
        name: mend(value)
        for name, value in one.items()
        if name in ("username", "name", "biography") and isinstance(value, str)
    }
    private = one.get("private_account")
    yield from account(
        telling, path, "", "instagram", said.get("username", ""), said.get("name", ""),
        private if isinstance(private, bool) else None,
        (said.get("biography", ""), str(one.get("biography", ""))),
    )  # fmt: skip


def _settings(telling: Telling, path: str) -> None:
    one = whole(telling.files, path, telling.notes)
    if not isinstance(one, dict):
        return
    source = telling.source(path)
    allowed = one.get("allow_comments_from")
    if isinstance(allowed, str):
        telling.notes.setting(Setting(name="comments-allowed-from", value=allowed, source=source))
    upgraded = one.get("upgraded_to_cross_app_messaging")
    state = upgraded[0] if isinstance(upgraded, list) and upgraded else upgraded
    if isinstance(state, bool):
        telling.notes.setting(
            Setting(name="cross-app-messaging", value="on" if state else "off", source=source)
        )


def _media(telling: Telling, path: str) -> Iterator[Post]:
    for at, one in items(telling.files, path, telling.notes, *PARTS):
        what = PARTS[at.split("/")[1]]
        if not isinstance(one, dict):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        raw, file = one.get("caption"), one.get("path")
        media = (Media(path=file),) if isinstance(file, str) and file else ()
        text = raw if isinstance(raw, str) else ""
        if not media and not text:
            telling.notes.trouble(path, "missing-field", at)
            continue
        if what == "messages":
            private: tuple[Audience, AudienceBy] = ("private", "platform-default")
            yield _post(telling, path, at, "message", text, one.get("taken_at"), media, private)
            continue
        sees = telling.sees("instagram", what)
        if what == "picture":
            shown = one.get("is_active_profile") is True
            sees = ("public", "platform-default") if shown else ("unknown", "none")
        kind = kind_of(list(media), what)
        yield _post(telling, path, at, kind, text, one.get("taken_at"), media, sees)


def _comments(telling: Telling, path: str) -> Iterator[Post]:
    for at, one in items(telling.files, path, telling.notes, *COMMENTS):
        if not (isinstance(one, list) and len(one) >= 2 and isinstance(one[1], str) and one[1]):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        yield _post(telling, path, at, "comment", one[1], one[0], (), ("unknown", "none"))


def _messages(telling: Telling, path: str) -> Iterator[Post]:
    for at, one in items(telling.files, path, telling.notes, ""):
        lines = one.get("conversation") if isinstance(one, dict) else None
        if not isinstance(lines, list):
            telling.notes.trouble(path, "missing-field", at, field="conversation")
            continue
        people = one.get("participants")
        group = isinstance(people, list) and len(people) > 2
        for number, line in enumerate(lines):
            here = f"{at}/conversation/{number}"
            if not isinstance(line, dict):
                telling.notes.trouble(path, "wrong-type", here)
                continue
            own = line.get("sender") in telling.names
            if not own:
                telling.notes.read(path).others += 1
            text = line.get("text")
            if not isinstance(text, str) or not text or not (own or telling.options.others):
                continue
            yield _post(
                telling, path, here, "group-message" if group else "message", text,
                line.get("created_at"), (), ("group" if group else "private", "platform-default"),
                "own" if own else "others",
            )  # fmt: skip


def _post(
    telling: Telling, path: str, at: str, kind: Kind, raw: str, written: Any,
    media: tuple[Media, ...], sees: tuple[Audience, AudienceBy], authored: Authored = "own",
) -> Post:  # fmt: skip
    created, zone = _when(written)
    if created is None and written not in (None, ""):
        telling.notes.trouble(path, "bad-date", at, found=written)
    text = telling.cut(path, at, as_it_is(raw))
    precision: Precision = "second" if created else "none"
    return Post(
        platform="instagram",
        id=content_id(
            "instagram", kind, created, text, media[0].path.rpartition("/")[2] if media else ""
        ),
        kind=kind,
        authored=authored,
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        media=media,
        audience=sees[0],
        audience_by=sees[1],
        source=telling.source(path, at),
    )


def _when(written: Any) -> tuple[datetime | None, Zone]:
    """``2020-10-20T11:52:06+00:00``; without an offset the zone is not known."""
    if not isinstance(written, str) or len(written) < 19:
        return None, "none"
    try:
        found = datetime.fromisoformat(written)
        return (
            (found.astimezone(UTC), "offset")
            if found.tzinfo
            else (found.replace(tzinfo=UTC), "unknown")
        )
    except (ValueError, OverflowError):
        return None, "none"
