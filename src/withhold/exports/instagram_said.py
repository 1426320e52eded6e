"""What a member wrote elsewhere on Instagram: comments, messages, answers, chats with the AI.

A message has a sender's display name and no more; it is the member's where the account's own file
gives that name. Where the archive has no such file nobody can be told apart, and all are others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any

from withhold.exports.instagram_entries import Telling
from withhold.exports.instagram_files import Section
from withhold.exports.instagram_labels import Mend, called, fields, moment
from withhold.exports.json_items import items
from withhold.exports.meta_text import mender
from withhold.exports.post import AudienceBy, Media, Post, content_id
from withhold.words import Audience, Authored, Kind

PEOPLE_WITHIN = 256 * 1024
"""Bytes at the beginning of a conversation in which all who take part are named."""
_PEOPLE = re.compile(rb'"participants"\s*:\s*\[')
_LIST = JSONDecoder()
_SENT = ("photos", "videos", "audio_files", "gifs", "files")


def comments(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """Comments, under posts of anybody. Who could see them is the other's setting: unknown."""
    yield from _labelled(telling, path, section, "comment", "comment", "unknown", "none")


def answers(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """What was typed into the question box of somebody's story; it goes to that person."""
    yield from _labelled(telling, path, section, "answer", "message", "private", "platform-default")


def reposts(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """Posts of others that the member passed on; whether the words are the member's is not said."""
    authored: Authored = "own-over-others"
    yield from _labelled(telling, path, section, "caption", "post", "unknown", "none", authored)


def messages(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """The member's messages of one conversation; the others' are counted, or kept if asked for."""
    mend = mender(telling.files, path)
    kind: Kind = "group-message" if _people(telling, path) > 2 else "message"
    for at, one in items(telling.files, path, telling.notes, "messages"):
        yield from _message(telling, path, at, one, mend, kind)
    if path.rpartition("/")[2].startswith("replies"):
        for at, one in items(telling.files, path, telling.notes, "replies"):
            yield from _reply(telling, path, at, one, mend)


def _people(telling: Telling, path: str) -> int:
    """How many take part in a conversation: their list stands before the messages."""
    head = telling.files.head(path, PEOPLE_WITHIN)
    found = _PEOPLE.search(head)
    if not found:
        return 0
    try:
        listed, _ = _LIST.raw_decode(head[found.end() - 1 :].decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return 0
    return len(listed)


def ai_chats(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """Chats with Meta's AI, in the shape of messages; known by description only."""
    mend = mender(telling.files, path)
    found = False
    if not section.key:
        for at, one in items(telling.files, path, telling.notes, "messages"):
            found = True
            yield from _message(telling, path, at, one, mend, "ai-chat")
    for at, one in items(telling.files, path, telling.notes, section.key) if not found else ():
        listed = one.get("messages") if isinstance(one, dict) else None
        if not isinstance(listed, list):
            telling.notes.trouble(path, "missing-field", at, field="messages")
            continue
        for number, each in enumerate(listed):
            yield from _message(telling, path, f"{at}/messages/{number}", each, mend, "ai-chat")


def reported(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """Conversations that were reported, by the member or by the other: lines of both."""
    mend = mender(telling.files, path)
    for at, one in items(telling.files, path, telling.notes, section.key):
        listed = one.get("messages") if isinstance(one, dict) else None
        for number, each in enumerate(listed if isinstance(listed, list) else ()):
            yield from _message(telling, path, f"{at}/messages/{number}", each, mend, "message")


def _labelled(
    telling: Telling, path: str, section: Section, meaning: str, kind: Kind,
    audience: Audience, by: AudienceBy, authored: Authored = "own",
) -> Iterator[Post]:  # fmt: skip
    mend = mender(telling.files, path)
    for at, one in items(telling.files, path, telling.notes, section.key):
        if not isinstance(one, dict):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        raw, when = _words(one, meaning, mend)
        listed = one.get("media_list_data")
        media = tuple(
            Media(path=mend(each["uri"]))
            for each in (listed if isinstance(listed, list) else ())
            if isinstance(each, dict) and isinstance(each.get("uri"), str) and each["uri"]
        )
        if not raw and not media:
            telling.notes.trouble(path, "missing-field", at, field=meaning)
            continue
        yield _post(telling, path, at, kind, raw, mend, when, media, audience, by, authored)


def _words(one: dict[str, Any], meaning: str, mend: Mend) -> tuple[str, Any]:
    """What was written, as it stands, and when.

    By their labels; where the language is not known the text is the first labelled value (after
    it the owner of what was commented on follows) and the time what is a time.
    """
    wanted, owner = called(meaning), called("media-owner")
    text = first = ""
    when: Any = one.get("timestamp")
    for label, value in fields(one, mend):
        found = value.get("value")
        if isinstance(found, str) and found:
            if label in wanted:
                text = found
            elif not first and label not in owner:
                first = found
        if not when:
            when = value.get("timestamp") or value.get("timestamp_value")
    listed = one.get("string_list_data")
    for value in listed if isinstance(listed, list) else ():
        if isinstance(value, dict):
            found = value.get("value")
            text = text or (found if isinstance(found, str) else "")
            when = when or value.get("timestamp")
    return text or ("" if "label_values" in one else first), when


def _message(
    telling: Telling, path: str, at: str, one: Any, mend: Mend, kind: Kind
) -> Iterator[Post]:
    if not isinstance(one, dict):
        telling.notes.trouble(path, "wrong-type", at)
        return
    sender = one.get("sender_name")
    own = isinstance(sender, str) and mend(sender) in telling.names
    if not own:
        telling.notes.read(path).others += 1
        if not telling.options.others:
            return
    raw = one.get("content")
    raw = raw if isinstance(raw, str) else ""
    media = tuple(
        Media(path=mend(each["uri"]))
        for key in _SENT
        for each in (one[key] if isinstance(one.get(key), list) else ())
        if isinstance(each, dict) and isinstance(each.get("uri"), str)
    )
    share = one.get("share")
    if not raw and not media and not isinstance(share, dict):
        return  # a call, or one that was taken back
    when = _seconds(one.get("timestamp_ms"))
    audience: Audience = "group" if kind == "group-message" else "private"
    authored: Authored = "others"
    if own:
        authored = "own-over-others" if isinstance(share, dict) else "own"
    yield _post(
        telling, path, at, kind, raw, mend, when, media, audience, "platform-default", authored
    )


def _reply(telling: Telling, path: str, at: str, one: Any, mend: Mend) -> Iterator[Post]:
    """A reply in somebody's broadcast channel; whether the channel is open is not said."""
    raw = one.get("reply_content") if isinstance(one, dict) else None
    if not isinstance(raw, str) or not raw:
        telling.notes.trouble(path, "missing-field", at, field="reply_content")
        return
    when = _seconds(one.get("timestamp_ms"))
    yield _post(telling, path, at, "group-message", raw, mend, when, (), "unknown", "none")


def _seconds(milliseconds: Any) -> Any:
    known = isinstance(milliseconds, int | float) and abs(milliseconds) < 1e17
    return milliseconds / 1000 if known else milliseconds


def _post(
    telling: Telling, path: str, at: str, kind: Kind, raw: str, mend: Mend, when: Any,
    media: tuple[Media, ...], audience: Audience, by: AudienceBy, authored: Authored = "own",
) -> Post:  # fmt: skip
    created = moment(when)
    if created is None and when not in (None, 0, ""):
        telling.notes.trouble(path, "bad-date", at, found=when)
    text = telling.cut(path, at, mend(raw))
    first = media[0].path.rpartition("/")[2] if media else ""
    return Post(
        platform="instagram",
        id=content_id("instagram", kind, created, text, first),
        kind=kind,
        authored=authored,
        created=created,
        precision="second" if created else "none",
        zone="utc" if created else "none",
        text=text,
        raw=raw if raw != text else "",
        media=media,
        audience=audience,
        audience_by=by,
        source=telling.source(path, at),
    )
