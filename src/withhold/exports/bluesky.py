"""Bluesky: one CAR file of the account's repository, or single records (DAG-CBOR).

Every record of a repository is public (AT Protocol has no other), so the audience is public by
``platform-default``. ``createdAt`` is what the app of the member wrote, and can be anything. A
block that the newest commit does not reach, in a file whose tree is complete, was deleted or
replaced. Pictures are not in the file; they are named by their CID.

The declaration of user intents (proposal 0008, March 2025) and the label ``!no-unauthenticated``
are read by description only: no sample has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from withhold.exports import loose
from withhold.exports.bluesky_car import BadBlock, blocks, cid_of, decoded, named, tree
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Media, Pointer, Post, Setting
from withhold.exports.reader import Hit, Options, Reader
from withhold.words import Authored, Kind

PLATFORM = "bluesky"
_LABEL = "!no-unauthenticated"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".webm", ".bin")


def names(paths: Sequence[str]) -> Hit | None:
    """By a CAR file."""
    marks = any(path.endswith(".car") for path in paths)
    return Hit(layout="car", marks=1) if marks else None


def structure(files: Files) -> Hit | None:
    """By the header of a CAR file and a repository's owner in it, or by a record's type."""
    found = [path for path in files.paths if path.endswith((".car", ".cbor"))]
    for path in found[:10] or (files.paths if len(files.paths) == 1 else ()):
        head = files.head(path, 64 * 1024)
        if _is_car(head) and (b"cdid" in head or b"app.bsky." in head):
            return Hit(layout="car", marks=2)
        if _is_record(head):
            return Hit(layout="record", marks=1)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Posts, reposts and profiles of every CAR file and record."""
    for path in files.paths:
        head = files.head(path)
        if _is_car(head):
            yield from _repository(files, path, notes)
        elif _is_record(head):
            yield from _single(files, path, notes)
        elif path.lower().endswith(_PICTURES):
            notes.ignore(path, "media")
        else:
            notes.trouble(path, "wrong-form" if path.endswith((".car", ".cbor")) else "no-reader")


def _is_car(head: bytes) -> bool:
    return len(head) > 8 and b"eroots" in head[:128] and b"gversion" in head[:1024]


def _is_record(head: bytes) -> bool:
    return (
        head[:1] >= b"\xa1" and head[:1] <= b"\xb8" and b"e$type" in head and b"app.bsky." in head
    )


def _repository(files: Files, path: str, notes: Notes) -> Iterator[Post]:
    done, part = notes.read(path), files.entries[path].part
    tops = tree(files, path)
    notes.account = notes.account or tops.did
    for cid, block in blocks(files, path, notes):
        if b"e$type" not in block:
            continue
        at = f"block {named(cid)}"
        try:
            record = decoded(block)
        except BadBlock as why:
            notes.trouble(path, "bad-block", at, error=why)
            continue
        key = tops.keys.get(cid, "")
        gone = tops.whole and not key
        source = Pointer(part=part, path=path, at=at)
        # A profile that no tree names may be an older one: its switch may not be today's
        post = _post(record, tops.did, key or named(cid), notes, source, gone, switches=bool(key))
        if post:
            done.posts += 1
            yield post


def _single(files: Files, path: str, notes: Notes) -> Iterator[Post]:
    try:
        block = files.body(path)
        record = decoded(block)
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
    except BadBlock as why:
        notes.trouble(path, "bad-block", error=why)
    else:
        done = notes.read(path)
        cid = named(cid_of(block))
        source = Pointer(part=files.entries[path].part, path=path, at=f"block {cid}")
        post = _post(record, "", cid, notes, source, False)
        if post:
            done.posts += 1
            yield post


def _post(
    record: Any, did: str, key: str, notes: Notes, source: Pointer, gone: bool, *,
    switches: bool = True,
) -> Post | None:  # fmt: skip
    """A record as a post; None for follows, likes, lists, settings and what others defined."""
    if not isinstance(record, dict):
        return None
    path, at = source.path, source.at
    kind, authored, reply = _sort(record)
    collection = loose.text(record.get("$type"))
    if "user-intents" in collection and collection.endswith("declaration") and switches:
        _intents(record, notes, source)
    if not kind:
        return None
    if kind == "profile" and switches:
        _labels(record, notes, source)
    when = loose.moment(record.get("createdAt"))
    if when[0] is None and kind != "profile":
        notes.trouble(path, "bad-date", at, value=record.get("createdAt"))
    uri = f"at://{did}/{key}" if did and "/" in key else ""
    found, media = _text(record, authored), _media(record.get("embed"))
    if kind == "profile":
        media = tuple(_blob(record.get(name), "") for name in ("avatar", "banner"))
        media = tuple(one for one in media if one.path)
    url = _url(did, key, kind, authored)
    return Post(
        platform=PLATFORM,
        id=uri or key,
        kind=kind,
        authored=authored,
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=loose.cut(found, notes, path, at),
        media=media,
        audience="public",
        audience_by="platform-default",
        state="deleted" if gone else "live",
        url=url,
        url_by="built" if url else "none",
        reply_to=reply,
        source=source,
    )


def _sort(record: dict[str, Any]) -> tuple[Kind | None, Authored, str]:
    collection = record.get("$type")
    if collection == "app.bsky.feed.post":
        reply = _within(record, "reply", "parent", "uri")
        quoted = _within(record, "embed", "record", "uri") or _within(
            record, "embed", "record", "record", "uri"
        )
        return "comment" if reply else "post", "own-over-others" if quoted else "own", reply
    if collection == "app.bsky.feed.repost":
        return "post", "others", _within(record, "subject", "uri")
    if collection == "app.bsky.actor.profile":
        return "profile", "own", ""
    return None, "own", ""


def _text(record: dict[str, Any], authored: Authored) -> str:
    if authored == "others":
        return ""
    rows = [record.get("displayName"), record.get("description"), record.get("text")]
    return "\n".join(one for one in rows if isinstance(one, str) and one)


def _media(embed: object) -> tuple[Media, ...]:
    """Pictures and videos, also beside a quoted post."""
    if not isinstance(embed, dict):
        return ()
    beside = embed.get("media")
    holder: dict[str, Any] = beside if isinstance(beside, dict) else embed
    found = [_blob(holder.get("video"), holder.get("alt"))]
    pictures = holder.get("images")
    for one in pictures if isinstance(pictures, list) else ():
        if isinstance(one, dict):
            found.append(_blob(one.get("image"), one.get("alt")))
    return tuple(one for one in found if one.path)


def _blob(blob: object, said: object) -> Media:
    cid = blob.get("ref") if isinstance(blob, dict) else None
    return Media(
        path=named(cid) if isinstance(cid, bytes) else "",
        text=loose.text(said)[: loose.TEXT_AT_MOST],
    )


def _url(did: str, key: str, kind: Kind, authored: Authored) -> str:
    """The address in Bluesky's own app, which is built of the two ids."""
    if not did or "/" not in key or authored == "others":
        return ""
    page = f"https://bsky.app/profile/{did}"
    return page if kind == "profile" else f"{page}/post/{key.rsplit('/', 1)[1]}"


def _labels(record: dict[str, Any], notes: Notes, source: Pointer) -> None:
    labels = record.get("labels")
    values = labels.get("values") if isinstance(labels, dict) else None
    listed = values if isinstance(values, list) else []
    on = any(isinstance(one, dict) and one.get("val") == _LABEL for one in listed)
    # Only the label is a word of the archive's; a profile without labels leaves the switch off
    notes.setting(
        Setting(
            name="logged-out-visibility",
            value="on" if on else "off",
            control=True,
            source=source,
        )
    )


def _intents(record: dict[str, Any], notes: Notes, source: Pointer) -> None:
    """Each purpose of a declaration: allowed, disallowed, or not said."""
    for purpose, said in record.items():
        if not isinstance(said, dict) or purpose.startswith("$"):
            continue
        allow = said.get("allow")
        since = loose.moment(said.get("updatedAt"))[0]
        says = ("disallow", "allow")[allow] if isinstance(allow, bool) else "not-said"
        notes.setting(
            Setting(
                name=f"user-intent-{purpose}"[:100],
                value=says,
                on=since.date() if since else None,
                source=source,
            )
        )


def _within(value: Any, *keys: str) -> str:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return loose.text(value)


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
