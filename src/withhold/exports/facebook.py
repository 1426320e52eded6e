"""Facebook: posts, comments, groups, albums, messages and settings of "Download your information".

JSON in all layouts since 2018, and the HTML form for its texts. Which file holds what is told by
``facebook_files``. No record says who could see it, so every audience is unknown but those of
messages, of chats with an AI and of posts still waiting for a group's approval. Facebook gives
posts no id and no address; the id is made of the content. Evidence: one sample of 2018 to 2023 and
the listing of some 4,000 paths of real archives; the values in the newer layouts were never seen.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zipfile import BadZipFile

from withhold.exports import facebook_about as about
from withhold.exports import facebook_html as html
from withhold.exports import facebook_labels as labels
from withhold.exports import facebook_messages as messages
from withhold.exports import facebook_records as records
from withhold.exports.facebook_files import TREES, Place, place_of
from withhold.exports.facebook_words import PLATFORM, Sheet, dicts
from withhold.exports.json_items import WHOLE_AT_MOST, items, whole
from withhold.exports.meta_text import as_it_is, mender
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader

_OLD = re.compile(
    r"(?:^|/)(?:posts/(?:your_posts|profile_posts|other_people's_posts)[^/]*\.(?:json|html)"
    r"|(?:posts|photos_and_videos)/album/\d+\.(?:json|html)"
    r"|profile_information/profile_information\.(?:json|html)"
    r"|groups/(?:your_posts_and_comments_in_groups|your_group_membership_activity)\.(?:json|html))$"
)
_KEYS = re.compile(
    rb'"(?:(?:comments|profile|friends|reactions|group_posts|group_comments|other_photos|videos|'
    rb"archived_stories|lasso_videos|trash|profile_updates|groups_joined|poll_votes|your_events|"
    rb'event_responses|page_likes|pending_posts|wall_posts_sent_to_you)_v2"\s*:|'
    rb'data"\s*:\s*\[\s*\{\s*"post"|attachments"\s*:\s*\[\s*\{\s*"data"\s*:)'
)
_PICTURES = re.compile(r"album/|uncategorized|your_(?:photos|videos)|memories")
_LOOKED_AT = 24
_KEY = re.compile(rb'\s*\{\s*"([A-Za-z0-9_]+)"\s*:\s*\[')
_BROKEN = (OSError, BadZipFile, zlib.error, EOFError, RuntimeError)
_EMPTY = re.compile(rb'(?:\xef\xbb\xbf)?(?:[\s\[\]{},]|"[^"]*"\s*:)*')
_BARE = frozenset(("timestamp", "title", "tags", "data", "attachments"))


def names(paths: Sequence[str]) -> Hit | None:
    """By folders only Facebook has, and by its files in folders that others have too."""
    trees: set[str] = set()
    old: set[str] = set()
    page = 0
    for path in paths:
        if "facebook/" in path or "facebook_activity/" in path:
            trees |= {tree for tree in TREES if f"{tree}/" in path}
        if path.endswith((".json", ".html")):
            page += path.endswith(".html")
            if _OLD.search(path):
                old.add(path.rsplit("/", 1)[-1])
    if not trees and not old:
        return None
    layout = "2024" if TREES[0] in trees else "2023" if TREES[1] in trees else "2018"
    if trees & set(TREES[2:]):
        layout = "profile"
    form = "html" if page > len(paths) / 2 or (page and not _json_there(paths)) else "json"
    return Hit(layout=f"{layout} {form}", marks=len(trees) + len(old))


def structure(files: Files) -> Hit | None:
    """By the keys in the first bytes of files that may hold posts."""
    likely: list[str] = []
    unknown: list[str] = []
    for path in files.paths:
        if path.endswith(".json"):
            how = place_of(path).how
            if how in ("records", "album", "profile"):
                likely.append(path)
            elif how == "guess":
                unknown.append(path)
    looked_at = (likely or unknown)[:_LOOKED_AT]
    marks = sum(bool(_KEYS.search(files.head(path))) for path in looked_at)
    found = names(files.paths)
    return Hit(layout=found.layout if found else "json", marks=marks) if marks else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Every post, file by file; albums last, so that no picture is told twice."""
    member = about.member_of(files)
    notes.account = member.handle
    owner = member.name or messages.owner_of(files)
    shown = records.Shown(wanted=any(_PICTURES.search(path) for path in files.paths))
    later = []
    for path in files.paths:
        place = place_of(path)
        if place.how == "album":
            later.append((path, place))
        elif place.how == "ignored":
            notes.ignore(path, place.why)
        elif place.how == "none":
            notes.trouble(path, "no-reader")
        else:
            yield from _guarded(files, path, place, notes, options, owner, shown)
    for path, place in later:
        yield from _guarded(files, path, place, notes, options, owner, shown)


def _guarded(
    files: Files, path: str, place: Place, notes: Notes, options: Options, owner: str,
    shown: records.Shown,
) -> Iterator[Post]:  # fmt: skip
    """A file that breaks off leaves the others; one of which nothing came is not understood."""
    before = len(notes.not_understood) + notes.left
    try:
        yield from _file(files, path, place, notes, options, owner, shown)
    except _BROKEN as why:
        notes.trouble(path, "damaged", error=why)
    done = notes.understood.get(path)
    nothing = done and not (done.posts or done.settings or done.others)
    if nothing and len(notes.not_understood) + notes.left > before:
        del notes.understood[path]


def _file(
    files: Files, path: str, place: Place, notes: Notes, options: Options, owner: str,
    shown: records.Shown,
) -> Iterator[Post]:  # fmt: skip
    is_json = path.lower().endswith(".json")
    sheet = Sheet(
        path=path,
        part=files.entries[path].part,
        place=place,
        mend=mender(files, path) if is_json else as_it_is,
        notes=notes,
        done=notes.read(path),
        owner=owner,
    )
    if not is_json:
        yield from html.page(sheet, files, options)
    elif place.how == "messages":
        yield from messages.thread(sheet, files, options)
    elif place.how == "ai":
        yield from messages.ai_chat(sheet, files, options)
    elif place.how == "profile":
        yield from about.profile(sheet, files)
    elif place.how == "settings":
        about.settings(sheet, files)
    else:
        known, plain = False, place.how == "records"
        for at, one in _entries(files, sheet):
            if not isinstance(one, dict):
                sheet.trouble("wrong-type", at)
            elif (plain and "data" in one and "label_values" not in one) or _is_classic(one, place):
                known = True
                yield records.record(sheet, at, one, shown)
            elif (read_by := _reader_of(one, place)) is not None:
                known = True
                yield from read_by(sheet, at, one, shown)
        if not known:
            _nobody(files, sheet)


def _nobody(files: Files, sheet: Sheet) -> None:
    """A file in which nothing was known: empty, of a kind that nobody reads, or (noted) broken."""
    if any(one.path == sheet.path for one in sheet.notes.not_understood[-3:]):
        return
    del sheet.notes.understood[sheet.path]
    if _EMPTY.fullmatch(files.head(sheet.path, 1024)):
        sheet.notes.ignore(sheet.path, "no-content")
    else:
        sheet.trouble("no-reader")


def _entries(files: Files, sheet: Sheet) -> Iterator[tuple[str, Any]]:
    """The entries of a file: of its list, of the lists in its object, or the object itself.

    Of a large object the first list only: in all files seen there is one.
    """
    head = files.head(sheet.path, 1024).removeprefix(b"\xef\xbb\xbf")
    key = _KEY.match(head)
    large = files.entries[sheet.path].size > WHOLE_AT_MOST
    if key and large and sheet.place.how != "album":
        return items(files, sheet.path, sheet.notes, key[1].decode())
    if head.lstrip()[:1] == b"{":
        found = whole(files, sheet.path, sheet.notes)
        if isinstance(found, dict):
            return _in_object(found, "", sheet.place)
        if found is None and key:  # cut off: what stands before the cut
            return items(files, sheet.path, sheet.notes, key[1].decode())
        return iter(())
    return items(files, sheet.path, sheet.notes)


def _in_object(found: dict[str, Any], at: str, place: Place) -> Iterator[tuple[str, Any]]:
    if place.how == "album" or "label_values" in found or "timestamp" in found:
        yield at, found
        return
    for key, one in found.items():
        there = f"{at}/{key}"
        if isinstance(one, list):
            for number, entry in enumerate(one):
                yield f"{there}/{number}", entry
        elif isinstance(one, dict) and at == "":
            if "group_answers" in one:
                yield there, one
            else:
                yield from _in_object(one, there, place)


def _is_classic(one: dict[str, Any], place: Place) -> bool:
    """Is this a record with a post or comment? In a folder nobody knows, only if it surely is."""
    if place.how == "guess":
        return any("post" in piece or "comment" in piece for piece in dicts(one.get("data")))
    if "label_values" in one or place.how == "album":
        return False
    return "data" in one or "attachments" in one or bool(one and one.keys() <= _BARE)


def _reader_of(one: dict[str, Any], place: Place) -> Callable[..., Iterator[Post]] | None:
    if place.how == "album":
        return records.album
    if place.how == "guess" or not one:
        return None
    if "label_values" in one:
        return _labelled
    return _answers if "group_answers" in one else records.item


def _labelled(sheet: Sheet, at: str, one: dict[str, Any], shown: records.Shown) -> Iterator[Post]:
    for post in labels.record(sheet, at, one):
        shown.add(post.media)
        yield post


def _answers(sheet: Sheet, at: str, one: dict[str, Any], shown: records.Shown) -> Iterator[Post]:
    return records.answers(sheet, at, one)


def _json_there(paths: Sequence[str]) -> bool:
    return any(path.endswith(".json") for path in paths)


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
