"""What stands in Instagram's lists of posts, reels, stories and pictures, as posts.

An entry is one media file, or a post with several: a single picture's caption stands on the
picture, a carousel's on the post. Instagram names no ids and no addresses (but for ``fbid`` in the
newest form), and says of no post who could see it: only the account is private or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from posixpath import basename
from typing import Any

from msgspec import Struct, field

from withhold.exports.instagram_exif import recorded
from withhold.exports.instagram_files import Section, What
from withhold.exports.instagram_labels import Mend, called, fields, moment, on_off, said
from withhold.exports.json_items import items
from withhold.exports.meta_text import mender
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import AudienceBy, Media, Pointer, Post, State, content_id
from withhold.exports.reader import Options
from withhold.words import Audience, Kind

TEXT_AT_MOST = 1_000_000
MEDIA_AT_MOST = 1_000
DEEP_AT_MOST = 64
"""Of labels below each other; each further file of a carousel (20 at most) hangs one deeper."""
_VIDEO = {"mp4", "mov", "m4v", "webm"}
_PHOTO = {"jpg", "jpeg", "png", "webp", "heic", "heif", "gif"}
_STATE: dict[What, State] = {"archived": "archived", "deleted": "deleted"}
_SIDE = (".srt", ".vtt")


class Telling(Struct, kw_only=True):
    """An archive while it is read, and what it said of its account before its posts."""

    files: Files
    notes: Notes
    options: Options
    names: set[str] = field(default_factory=set)
    """How the member is called as a sender: name and handle."""
    audience: dict[str, Audience] = field(default_factory=dict)
    """Platform -> who sees what the account posts, where its own setting says it."""
    pictured: set[str] = field(default_factory=set)
    """Platforms with a list of the profile's pictures of its own."""
    told: set[str] | None = None
    """What was told so far, where a file of this archive tells posts once more."""

    def sees(self, platform: str, what: What) -> tuple[Audience, AudienceBy]:
        """Who can see something of the account, and by what. Never guessed.

        A story of a public account may have been for close friends only, and what lies among the
        other content may be a draft: there a public account says nothing.
        """
        found = self.audience.get(platform)
        if found is None or what == "repost":
            return "unknown", "none"
        if found == "public" and what in ("story", "other"):
            return "unknown", "none"
        return found, "account-setting"

    def source(self, path: str, at: str = "") -> Pointer:
        """Where something stands, with the part of the archive that the file lies in."""
        return Pointer(part=self.files.entries[path].part, path=path, at=at)

    def cut(self, path: str, at: str, text: str) -> str:
        """A text of at most TEXT_AT_MOST characters; a longer one is noted."""
        if len(text) > TEXT_AT_MOST:
            self.notes.trouble(path, "too-long", at, characters=len(text))
            return text[:TEXT_AT_MOST]
        return text


def entries(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """The posts of one list. Notes what is no entry, and goes on."""
    mend = mender(telling.files, path)
    notes = telling.notes
    for at, one in items(telling.files, path, notes, section.key):
        if not isinstance(one, dict):
            notes.trouble(path, "wrong-type", at)
            continue
        post = post_of(telling, path, at, one, section.what, mend)
        if post is not None:
            yield post


def post_of(
    telling: Telling, path: str, at: str, one: dict[str, Any], what: What, mend: Mend,
    platform: str = "instagram",
) -> Post | None:  # fmt: skip
    """One entry as a post; None where nothing is in it (noted), or where it was told before."""
    files, lines, taken = media_of(one, mend)
    title = one.get("title")
    if not isinstance(title, str) or not title:
        title = _caption(one, mend)
    if title:
        lines = [title, *(line for line in lines if line != title)]
    text = raw = lines[0] if lines else ""
    if not raw.isascii() or len(lines) > 1:
        raw, text = "\n".join(lines), "\n".join(mend(line) for line in lines)
    if not files and not text:
        if one.get("media") != [] or len(one) > 1:
            telling.notes.trouble(path, "missing-field", at)
        return None
    if len(text) > TEXT_AT_MOST:
        text = telling.cut(path, at, text)
    first = files[0].path.rpartition("/")[2] if files else ""
    created = _created(telling, path, at, one, taken)
    if telling.told is not None and told_before(telling.told, created, files, text, what):
        return None
    state: State = _STATE.get(what, "live")
    audience, by = telling.sees(platform, what)
    if what == "picture":
        audience, by = _picture(one)
    elif "label_values" in one:
        draft = on_off(said(one, "draft", mend))
        if draft:
            state, audience, by = "draft", "private", "item-field"
        elif draft is None and audience == "public":
            audience, by = "unknown", "none"  # a label in another language may call it a draft
    kind = kind_of(files, what)
    given = one.get("fbid")
    return Post(
        platform=platform,
        id=given if isinstance(given, str) and given else content_id(
            platform, kind, created, text, first
        ),
        kind=kind,
        authored="own-over-others" if what == "repost" else "own",
        created=created,
        precision="second" if created else "none",
        zone="utc" if created else "none",
        text=text,
        raw=raw if raw != text else "",
        media=tuple(files),
        audience=audience,
        audience_by=by,
        state=state,
        source=telling.source(path, at),
    )  # fmt: skip


def media_of(one: dict[str, Any], mend: Mend) -> tuple[list[Media], list[str], Any]:
    """The files of an entry; the texts in it that belong to no file; the time of the first.

    Where the post has no caption, those of its pictures are the post's; else each keeps its own.
    """
    listed = one.get("media")
    found: list[dict[str, Any]] = []
    if isinstance(listed, list):
        found = [each for each in listed if isinstance(each, dict)]
    elif "uri" in one and "label_values" not in one:
        found = [one]
    if "label_values" in one:
        _walk(one["label_values"], found, DEEP_AT_MOST)
    titled = bool(one.get("title"))
    files: list[Media] = []
    lines: list[str] = []
    seen = set()
    for each in found[:MEDIA_AT_MOST]:
        uri, title = each.get("uri"), each.get("title")
        own = title if isinstance(title, str) and each is not one else ""
        named = uri if isinstance(uri, str) else ""
        if named:
            if named in seen or named.endswith(_SIDE):
                continue
            seen.add(named)
        if own and not (named and titled):
            if own not in lines:
                lines.append(own)
            own = ""
        if named:
            place, taken = recorded(each)
            files.append(
                Media(
                    path=mend(named),
                    place=place,
                    place_by="record" if place else "none",
                    taken=taken,
                    text=mend(own) if own else "",
                )
            )
    return files, lines, found[0].get("creation_timestamp") if found else None


def told_before(
    told: set[str], created: datetime | None, files: Sequence[Media], text: str, what: What
) -> bool:
    """Whether the archive told this post already; keeps it in mind otherwise.

    By its files (their names are Instagram's and not given twice); without one by time and words.
    """
    marks = {basename(one.path) for one in files} or {f"{created} {text[:200]}"}
    if what == "again" and not marks.isdisjoint(told):
        return True
    told |= marks
    return False


def kind_of(files: list[Media], what: What) -> Kind:
    """A photo, a video; a post has no file, both, or files whose names say nothing."""
    if what == "reel":
        return "video"
    if what == "picture":
        return "photo"
    kinds = {one.path[-5:].lower().rpartition(".")[2] for one in files}
    if kinds and kinds <= _PHOTO:
        return "photo"
    return "video" if kinds and kinds <= _VIDEO else "post"


def _created(
    telling: Telling, path: str, at: str, one: dict[str, Any], taken: Any
) -> datetime | None:
    seconds = one.get("creation_timestamp") or one.get("timestamp") or taken
    found = moment(seconds)
    if found is None and seconds not in (None, 0, ""):
        telling.notes.trouble(path, "bad-date", at, found=seconds)
    return found


def _picture(one: dict[str, Any]) -> tuple[Audience, AudienceBy]:
    """The picture of a profile is shown to everyone, as long as it is the picture."""
    shown = one.get("is_profile_picture", one.get("is_active_profile"))
    return ("public", "platform-default") if shown is True else ("unknown", "none")


def _caption(one: dict[str, Any], mend: Mend) -> str:
    """The caption as it stands, of an entry of the newest form."""
    if "label_values" not in one:
        return ""
    wanted = called("caption")
    for label, value in fields(one, mend):
        found = value.get("value")
        if label in wanted and isinstance(found, str):
            return found
    return ""


def _walk(value: Any, found: list[dict[str, Any]], deep: int) -> None:
    """Collects media from the labels of an entry: a carousel's files hang one below the other."""
    if deep < 0 or len(found) >= MEDIA_AT_MOST:
        return
    if isinstance(value, list):
        for one in value:
            _walk(one, found, deep)
    elif isinstance(value, dict):
        if isinstance(value.get("uri"), str):
            found.append(value)
        for key in ("label_values", "dict", "vec", "media", "media_metadata", "more"):
            if key in value:
                _walk(value[key], found, deep - 1)
