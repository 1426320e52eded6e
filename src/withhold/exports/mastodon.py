"""Mastodon: an ActivityPub outbox (ActivityStreams 2.0) with actor.json and media, zip or tar.gz.

No sample was seen: read by description only (the W3C's ActivityStreams 2.0 vocabulary and
ActivityPub, and what Mastodon's backup writes). Who could see a post is in its addressing, so every
audience is by ``item-field``: the Public collection in ``to`` is public; in ``cc`` only it is
Mastodon's "unlisted" or "quiet public", which anyone can open, so public too; the followers'
collection without it is followers; persons only is private; nobody addressed is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from withhold.exports import loose
from withhold.exports.json_items import items, whole
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import AudienceBy, Media, Pointer, Post, Setting, content_id
from withhold.exports.reader import Hit, Options, Reader
from withhold.html_references import unescaped
from withhold.words import Audience

PLATFORM = "mastodon"
_PUBLIC = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_SWITCHES = {
    "discoverable": "discoverable",
    "indexable": "indexable",
    "manuallyApprovesFollowers": "approves-followers",
}
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".mp4", ".webm", ".mov",
             ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".wav", ".aac", ".3gp")  # fmt: skip
_TOTAL = re.compile(rb'"totalItems"\s*:\s*(\d{1,9})\b')
"""Mastodon counts the account's statuses there; it may differ from what the outbox holds."""
_BREAK = re.compile(r"</?p>|<br ?/?>")
_INLINE = re.compile(r"</?(?:a|span)(?: [a-z-]+=\"[^\"<]*\")*>")
_QUOTES = ("quote", "quoteUrl", "quoteUri", "_misskey_quote")


def names(paths: Sequence[str]) -> Hit | None:
    """By an outbox beside an actor."""
    flat = {path.rsplit("/", 1)[-1] for path in paths}
    marks = len(flat & {"outbox.json", "actor.json", "likes.json", "bookmarks.json"})
    if not {"outbox.json", "actor.json"} <= flat:
        return None
    return Hit(layout="activitystreams", marks=marks)


def structure(files: Files) -> Hit | None:
    """By an ordered collection of activities, whatever the file is called."""
    found = [path for path in files.paths if path.endswith(".json")]
    if len(found) > 20:
        found = [path for path in found if path.endswith(("outbox.json", "actor.json"))][:20]
    marks = 0
    for path in found:
        head = files.head(path)
        if b"www.w3.org/ns/activitystreams" in head:
            marks += b'"OrderedCollection"' in head or b'"preferredUsername"' in head
    return Hit(layout="activitystreams", marks=marks) if marks else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """The profile, then every activity of the outbox; boosts are ``others``."""
    actors, outboxes = [], []
    for path in files.paths:
        name = path.rsplit("/", 1)[-1].lower()
        if name.endswith(_PICTURES):
            notes.ignore(path, "media")
        elif name in ("likes.json", "bookmarks.json"):
            notes.ignore(path, "not-published")
        elif name.endswith(".json"):
            head = files.head(path)
            if b'"preferredUsername"' in head or name == "actor.json":
                actors.append(path)
            elif b"OrderedCollection" in head or name == "outbox.json":
                outboxes.append(path)
            else:
                notes.trouble(path, "no-reader")
        else:
            notes.trouble(path, "no-reader")
    followers = ""
    for path in actors:
        notes.read(path)
        actor = whole(files, path, notes)
        if not isinstance(actor, dict):
            if actor is not None:
                notes.trouble(path, "wrong-form")
            continue
        followers = followers or loose.text(actor.get("followers"))
        yield from _profile(actor, notes, Pointer(part=files.entries[path].part, path=path))
    for path in outboxes:
        done, part = notes.read(path), files.entries[path].part
        total = _TOTAL.search(files.head(path))
        done.expected = int(total[1]) if total else None
        for at, activity in items(files, path, notes, "orderedItems"):
            source = Pointer(part=part, path=path, at=at)
            post = _post(activity, notes, source, followers)
            if post:
                done.posts += 1
                yield post


def _profile(actor: dict[str, Any], notes: Notes, source: Pointer) -> Iterator[Post]:
    path = source.path
    done = notes.read(path)
    own, user = loose.text(actor.get("id")), loose.text(actor.get("preferredUsername"))
    host = own.split("/")[2] if own.startswith(("https://", "http://")) else ""
    notes.account = notes.account or (f"{user}@{host}" if user and host else user)
    for key, name in _SWITCHES.items():
        value = actor.get(key)
        if isinstance(value, bool):
            at = Pointer(part=source.part, path=path, at=f"/{key}")
            notes.setting(Setting(name=name, value="on" if value else "off", source=at))
    rows = [_plain(actor.get("name")), loose.text(actor.get("summary"))]
    for row in _listed(actor.get("attachment")):
        if isinstance(row, dict):
            rows.append(f"{_plain(row.get('name'))}: {loose.text(row.get('value'))}")
    raw = "<br>".join(filter(None, rows))
    if raw:
        done.posts += 1
        shown = loose.cut(text_of(loose.cut(raw, notes, path, "", loose.HTML_AT_MOST)),
                          notes, path, "")  # fmt: skip
        yield Post(
            platform=PLATFORM,
            id=own or content_id(PLATFORM, "profile", None, shown),
            kind="profile",
            text=shown,
            raw=raw if raw != shown else "",
            audience="public",
            audience_by="platform-default",
            url=loose.text(actor.get("url")),
            url_by="given" if loose.text(actor.get("url")) else "none",
            source=source,
        )


def _post(activity: Any, notes: Notes, source: Pointer, followers: str) -> Post | None:
    path, at = source.path, source.at
    if not isinstance(activity, dict):
        notes.trouble(path, "wrong-type", at)
        return None
    thing, boost = activity.get("object"), activity.get("type") == "Announce"
    if isinstance(thing, str):
        thing = {"id": thing, "url": thing}
    if not isinstance(thing, dict) or not (boost or activity.get("type") == "Create"):
        notes.trouble(path, "wrong-type", at, type=activity.get("type"))
        return None
    when = loose.moment(activity.get("published") or thing.get("published"))
    if when[0] is None:
        notes.trouble(path, "bad-date", at, value=activity.get("published"))
    audience, by = _audience(activity if activity.get("to") else thing, followers)
    raw = _raw(thing)
    shown = loose.cut(_text(loose.cut(raw, notes, path, at, loose.HTML_AT_MOST)), notes, path, at)
    media = _media(thing)
    reply = loose.text(thing.get("inReplyTo"))
    quotes = any(thing.get(key) for key in _QUOTES)
    own = loose.ident(activity.get("id") if boost else thing.get("id"))
    url = loose.text(thing.get("url")) or loose.text(thing.get("id"))
    return Post(
        platform=PLATFORM,
        id=own or content_id(PLATFORM, "post", when[0], shown, media[0].path if media else ""),
        kind="comment" if reply else "post",
        authored="others" if boost else "own-over-others" if quotes and shown else "own",
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=shown,
        raw=raw if raw != shown else "",
        media=media,
        audience=audience,
        audience_by=by,
        url=url,
        url_by="given" if url else "none",
        reply_to=reply,
        source=source,
    )


def _audience(said: dict[str, Any], followers: str) -> tuple[Audience, AudienceBy]:
    to, cc = _listed(said.get("to")), _listed(said.get("cc"))
    named = [one for one in (*to, *cc) if isinstance(one, str)]
    if not _PUBLIC.isdisjoint(named):
        return "public", "item-field"
    if any(one == followers or one.endswith("/followers") for one in named):
        return "followers", "item-field"
    return ("private", "item-field") if named else ("unknown", "none")


def _raw(thing: dict[str, Any]) -> str:
    """What was written, as HTML: the warning before it, the text, the choices of a poll."""
    rows = [loose.text(thing.get("summary")), _plain(thing.get("name"))]
    content = loose.text(thing.get("content"))
    if not content and isinstance(thing.get("contentMap"), dict):
        content = next((one for one in thing["contentMap"].values() if isinstance(one, str)), "")
    rows.append(content)
    for choice in (*_listed(thing.get("oneOf")), *_listed(thing.get("anyOf"))):
        if isinstance(choice, dict):
            rows.append(_plain(choice.get("name")))
    return "<br>".join(filter(None, rows))


def _plain(name: object) -> str:
    """A name as HTML. It has no markup (ActivityStreams 2.0, ``name``): ``<b>`` in it is text."""
    return escape(loose.text(name), quote=False)


def _text(raw: str) -> str:
    """As ``text_of``; what Mastodon's own editor writes (p, br, a, span) needs no parser."""
    plain = raw
    if "<" in raw:
        plain = _INLINE.sub("", _BREAK.sub("\n", raw))
        if "<" in plain:
            return text_of(raw)
    if "&" in plain:
        plain = unescaped(plain)
    lines = [" ".join(line.split()) for line in plain.split("\n")]
    return "\n".join(filter(None, lines))


def _media(thing: dict[str, Any]) -> tuple[Media, ...]:
    found = thing.get("attachment")
    if not found:
        return ()
    return tuple(
        Media(path=one["url"].lstrip("/"), text=loose.text(one.get("name"))[: loose.TEXT_AT_MOST])
        for one in _listed(found)
        if isinstance(one, dict) and isinstance(one.get("url"), str) and one["url"]
    )


def _listed(value: object) -> Sequence[object]:
    """ActivityStreams writes a list of one as the one."""
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
