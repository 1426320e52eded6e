"""TikTok: one large JSON file (bare or zipped), or a folder of TXT files, as the member chose.

Seen: the JSON of 2024 (a sample), and the paths of real archives of 2023 to 2025 (a listing). From
descriptions only: the layout of 2026, group chats, stories, reposts, live broadcasts, all of TXT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from withhold.exports.notes import Notes, Read
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.tiktok_items import ON, Account, Items
from withhold.exports.tiktok_sections import MAP, early, pointer, sections, walked
from withhold.exports.tiktok_shapes import Shapes, plain
from withhold.exports.tiktok_txt import chat, records, role_of_text

HEAD = 64 * 1024
LOOKED_INTO = 40
"""Files of one archive that are looked into to tell whose it is."""
_JSON = re.compile(r"(?:^|/)[^/]*user_data(?:_tiktok)?[^/]*\.json$", re.IGNORECASE)
_TXT = re.compile(r"(?:^|/)tiktok(?:/[^/]+)?/[^/]+\.txt$", re.IGNORECASE)
_MARKS = (
    b'"VideoList"', b'"CommentsList"', b'"ItemFavoriteList"', b'"FavoriteVideoList"',
    b'"ProfileMap"', b'"SettingsMap"', b'"FansList"', b'"FavoriteEffectsList"',
    b'"AdInterestCategories"', b'"OffTikTokActivityDataList"', b'"ActivitySummaryMap"',
    b'"ChatHistory"', b'"PostList"', b'"WatchLiveMap"', b'"HashtagList"',
)  # fmt: skip
_TEXT_MARK = re.compile(rb"^[^\n:]{2,40}: ?https://www\.tiktokv?\.com/", re.MULTILINE)
_LAYOUTS = (
    ("2026 json", (b'"Likes and Favorites"', b'"Profile And Settings"')),
    ("2025 json", (b'"Your Activity"', b'"Post"', b'"Block List"', b'"Profile Info"')),
)
_MEDIA = (".jpg", ".jpeg", ".png", ".webp", ".mp4", ".mov", ".mp3", ".m4a", ".gif", ".heic")
_EXPORTED = re.compile(r"TikTok_Data_(\d{10})(?!\d)")
_EARLY_TXT = re.compile(
    rb"^(private account|user ?name):[ \t]*([^\r\n]{1,100})", re.IGNORECASE | re.MULTILINE
)
_RECORDS = frozenset({"videolist", "postlist", "commentslist", "reviewslist", "golivelist"})


def names(paths: Sequence[str]) -> Hit | None:
    """By ``user_data*.json``, or by text files in folders of a folder ``TikTok``."""
    texts = 0
    for path in paths:
        lower = path.lower()
        if "user_data" in lower and _JSON.search(lower):
            return Hit(layout="json", marks=2)
        texts += lower.endswith(".txt") and "tiktok/" in lower and bool(_TXT.search(lower))
    return Hit(layout="txt", marks=min(texts, 5)) if texts > 2 else None


def structure(files: Files) -> Hit | None:
    """By the names of lists and maps in a JSON file, or by TikTok's links in blocks of text."""
    texts, looked = 0, 0
    for path in files.paths:
        end = path[-5:].lower()
        if not end.endswith((".json", ".txt")):
            continue
        looked += 1
        if looked > LOOKED_INTO:
            break
        head = files.head(path, HEAD)
        if end == ".json":
            marks = sum(mark in head for mark in _MARKS)
            if marks > 1 or (marks and (b"tiktok" in head.lower() or _JSON.search(path))):
                return Hit(layout=_layout(head), marks=marks)
        else:
            texts += bool(_TEXT_MARK.search(head))
    return Hit(layout="txt", marks=texts) if texts else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Videos, comments, reviews, the profile, own messages, and what the settings say."""
    exported = _EXPORTED.search(" ".join((*files.parts, files.paths[0] if files.paths else "")))
    if exported:
        notes.exported = datetime.fromtimestamp(int(exported[1]), UTC).date().isoformat()
    account = _account(files)
    notes.account = account.handle
    for path in files.paths:
        lower = path.lower()
        if lower.endswith(_MEDIA):
            notes.ignore(path, "media")
            continue
        if not lower.endswith((".json", ".txt")):
            notes.trouble(path, "no-reader")
            continue
        part = files.entries[path].part
        items = Items(path=path, part=part, notes=notes, account=account)
        try:
            if lower.endswith(".json"):
                yield from _json(files, items, options)
            else:
                yield from _txt(files, items, options)
        except OSError as why:
            notes.trouble(path, getattr(why, "why", "damaged"))
        done = notes.understood.get(path)
        if done and done.others and not account.handle:
            notes.trouble(path, "missing-field", field="userName")


def _account(files: Files) -> Account:
    """Whose it is and whether it is private; faults are noted when the file is read."""
    said: dict[str, str] = {}
    for path in files.paths:
        try:
            if path.lower().endswith(".json"):
                said = {**early(files, path), **said}
            elif path.lower().endswith(".txt"):
                for found in _EARLY_TXT.finditer(files.head(path)):
                    name = plain(found[1].decode())
                    said.setdefault(name, found[2].decode("utf-8", "replace").strip())
        except OSError:
            continue
    return Account(
        handle=said.get("username", ""), private=said.get("privateaccount", "").lower() in ON
    )


def _json(files: Files, items: Items, options: Options) -> Iterator[Post]:
    path, notes = items.path, items.notes
    head = files.head(path, HEAD)
    if not files.entries[path].size:
        notes.trouble(path, "empty")
        return
    if not any(mark in head for mark in _MARKS) and not _JSON.search(path):
        notes.trouble(path, "no-reader")
        return
    done = notes.read(path)
    shapes = Shapes()
    odd: set[tuple[str, ...]] = set()
    for keys, number, record in sections(files, path, notes):
        place = keys[-1] if keys else ""
        if type(record) is not dict:
            if record is not None and plain(place) in _RECORDS:
                notes.trouble(path, "wrong-type", pointer(keys, number))
            continue
        shape = shapes.of(record, place)
        if shape.role:
            at = pointer(keys, number)
            if shape.role == "unknown-words":
                if number != MAP and keys not in odd:
                    odd.add(keys)
                    notes.trouble(path, "no-reader", at, keys=" ".join(sorted(shape.spelled)))
            else:
                yield from _of(items, record, shapes, keys, at, done, options)
        elif number != MAP:
            yield from _inside(items, record, shapes, keys, number, done, options)


def _inside(
    items: Items,
    record: dict[str, Any],
    shapes: Shapes,
    keys: tuple[str, ...],
    number: int,
    done: Read,
    options: Options,
) -> Iterator[Post]:
    """The records in the lists of a record: comments of a broadcast that was watched."""
    for name, value in record.items():
        if type(value) is list and value and type(value[0]) is dict:
            for inner, count, one in walked(value):
                if type(one) is dict and shapes.of(one, name).role not in ("", "unknown-words"):
                    at = pointer((*keys, str(number), name, *inner), count)
                    yield from _of(items, one, shapes, (*keys, name), at, done, options)


def _of(
    items: Items,
    record: dict[str, Any],
    shapes: Shapes,
    keys: tuple[str, ...],
    at: str,
    done: Read,
    options: Options,
) -> Iterator[Post]:
    shape = shapes.of(record, keys[-1] if keys else "")
    if shape.role == "settings":
        items.settings(record, shape, at)
    elif shape.role == "message":
        found = items.message(record, shape, at, keys)
        if found.authored == "own" or options.others:
            done.posts += 1
            yield found
        else:
            done.others += 1
    else:
        for found in items.posts(record, shape, at):
            done.posts += 1
            yield found


def _txt(files: Files, items: Items, options: Options) -> Iterator[Post]:
    path, notes = items.path, items.notes
    role = role_of_text(files.head(path))
    if role is None or role == "unknown-words":
        notes.trouble(path, "no-reader")
        return
    if not role:
        empty = files.entries[path].size < 100 and b"://" not in files.head(path)
        notes.ignore(path, "no-content" if empty else "not-published")
        return
    done = notes.read(path)
    shapes = Shapes()
    folder = path.rsplit("/", 1)[-1]
    with files.open(path) as stream:
        if role == "message":
            for line, place, record in chat(stream):
                keys = (folder, place)
                yield from _of(items, record, shapes, keys, f"line {line}", done, options)
        else:
            for line, record in records(stream):
                yield from _of(items, record, shapes, (folder,), f"line {line}", done, options)


def _layout(head: bytes) -> str:
    for layout, marks in _LAYOUTS:
        if any(mark in head for mark in marks):
            return layout
    return "2023 json"


READER = Reader(platform="tiktok", names=names, structure=structure, read=read)
