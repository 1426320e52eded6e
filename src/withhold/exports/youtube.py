"""YouTube in a Google Takeout: CSV in the language of the account; and what was said to Gemini.

A file is known by its columns (knowledge/archives/takeout-labels.toml), never by its name or its
folder, which are in that language too. Seen: one whole archive in Spanish, MyActivity in English.
Dutch, Romanian, Lithuanian and German columns are from published listings, French, Italian,
Portuguese and Japanese for comments only. Of other products of a Takeout nothing is read: each of
their files is named as not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from withhold.exports import csv_rows, youtube_rows, youtube_videos
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.takeout_activity import (
    PAGE_HEAD,
    from_html,
    from_json,
    is_html,
    is_json,
    may_hold_prompts,
)
from withhold.exports.takeout_labels import columns
from withhold.exports.youtube_sheet import Sheet
from withhold.exports.youtube_videos import VIDEOS, Text

PLATFORM = "youtube"
LOOKED_AT_MOST = 60
_MEDIA = (*VIDEOS, ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".mp3", ".wav", ".m4a",
          ".ogg", ".vtt", ".srt")  # fmt: skip
_MUSIC = "music (library and uploads)"
"""A folder that is called so in every language seen."""
_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("comments", ("comment-text",)),
    ("live", ("live-text",)),
    ("posts", ("post-text",)),
    ("videos", ("video-id", "video-title")),
    ("texts", ("video-id", "text-title")),
    ("texts", ("video-id", "text-description")),
    ("recordings", ("video-id", "recording-latitude")),
    ("playlists", ("playlist-title",)),
    ("channel", ("channel-id", "channel-title")),
    ("features", ("default-comments",)),
    ("features", ("default-licence",)),
    ("not-published", ("playlist-video-created",)),
    ("not-published", ("bookkeeping",)),
)
"""What a file is by the columns it has; the first that fits."""


def names(paths: Sequence[str]) -> Hit | None:
    """By folders: one whose name begins with YouTube, the one for music, or files that are called
    as their folder is (``comments/comments.csv``), whatever the language; or by My Activity."""
    named = same = music = activity = 0
    for path in paths:
        low = path.lower()
        if low.endswith(".csv"):
            folder, _, name = low.rpartition("/")
            last = folder.rpartition("/")[2]
            same += bool(last) and name == f"{last}.csv"
            music += last == _MUSIC
            named += "youtube" in low and any(
                one.startswith("youtube") for one in folder.split("/")
            )
        elif low.endswith((".json", ".html")):
            activity += low.rpartition("/")[2].replace(" ", "").startswith("myactivity.")
    if named or same >= 3 or (music and same):
        marks = min(named, 3) + min(same, 3) + min(music, 1) + min(activity, 1)
        return Hit(layout="takeout csv", marks=marks)
    return Hit(layout="takeout activity", marks=1) if activity else None


def structure(files: Files) -> Hit | None:
    """By the columns of its files, or by the form of My Activity."""
    sheets_seen = [path for path in files.entries if path.lower().endswith(".csv")]
    marks = 0
    for path in sorted(sheets_seen)[:LOOKED_AT_MOST]:
        role = _role(columns(csv_rows.columns(files.head(path))))
        marks += role not in ("", "not-published", "no-content")
    if marks:
        return Hit(layout="takeout csv", marks=marks)
    pages = [path for path in files.entries if path.lower().endswith((".json", ".html"))]
    pages.sort(key=lambda path: (path.count("/"), path))
    for path in pages[:12]:
        head = files.head(path, PAGE_HEAD)
        marks += is_json(head) if path.lower().endswith(".json") else is_html(head)
    return Hit(layout="takeout activity", marks=marks) if marks else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Settings, then everything in the order of the files."""
    held = _sorted_out(files, notes)
    texts: dict[str, Text] = {}
    places: dict[str, tuple[float, float]] = {}
    for role, sheet in held:
        if role in ("features", "texts", "recordings"):
            notes.read(sheet.path)
        elif role == "channel":
            notes.account = notes.account or youtube_rows.channel_id(sheet)
        if role == "features":
            youtube_videos.features(sheet)
        elif role == "texts":
            texts.update(youtube_videos.video_texts(sheet))
        elif role == "recordings":
            places.update(youtube_videos.recordings(sheet))
    reads: dict[str, Callable[[Sheet], Iterator[Post]]] = {
        "comments": lambda sheet: youtube_rows.comments(sheet, "comment"),
        "live": lambda sheet: youtube_rows.comments(sheet, "live"),
        "posts": youtube_rows.posts,
        "playlists": youtube_rows.playlists,
        "channel": youtube_rows.channel,
        "unlabelled": youtube_rows.unlabelled,
        "videos": lambda sheet: youtube_videos.videos(sheet, texts, places),
    }
    for role, sheet in held:
        if role in reads:
            done = notes.read(sheet.path)
            for post in reads[role](sheet):
                done.posts += 1
                yield post
        elif role == "json":
            yield from from_json(files, sheet.path, notes, others=options.others)
        elif role == "html":
            yield from from_html(files, sheet.path, notes, others=options.others)
    yield from youtube_videos.left(texts, notes)


def _sorted_out(files: Files, notes: Notes) -> list[tuple[str, Sheet]]:
    """The files that are read, with what each is; all others are noted."""
    held: list[tuple[str, Sheet]] = []
    for path in files.paths:
        low = path.lower()
        role = ""
        found: dict[str, list[str]] = {}
        if low.endswith(_MEDIA):
            notes.ignore(path, "media")
            continue
        if low.endswith(".csv"):
            head = files.head(path)
            header = csv_rows.columns(head)
            found = columns(header)
            role = _role(found) or _by_form(header, found, head)
        elif low.endswith((".json", ".html")) and not _beside_a_picture(low):
            role = _page(path, files.head(path, PAGE_HEAD))
        if role == "not-published":
            notes.ignore(path, "not-published")
        elif role == "no-content":
            notes.ignore(path, "no-content")
        elif role:
            held.append((role, Sheet(files=files, notes=notes, path=path, columns=found)))
            if role == "unlabelled":
                notes.trouble(path, "header")
        else:
            notes.trouble(path, "no-reader")
    return held


def _beside_a_picture(low: str) -> bool:
    """Whether a file is what Google Photos says of one picture; there may be very many."""
    return low.endswith(".json") and (low[:-5].endswith(_MEDIA) or ".suppl" in low[-60:])


def _page(path: str, head: bytes) -> str:
    """What a JSON or HTML file is: a list of activities that may hold prompts, or none."""
    kind = path.lower().rpartition(".")[2]
    if is_json(head) if kind == "json" else is_html(head):
        return kind if may_hold_prompts(path, head) else "not-published"
    return "not-published" if path.lower().endswith("archive_browser.html") else ""


def _role(found: dict[str, list[str]]) -> str:
    return next((role for role, needed in _ROLES if all(name in found for name in needed)), "")


def _by_form(header: list[str], found: dict[str, list[str]], head: bytes) -> str:
    """What a file is whose columns say nothing: words in segments, or the channel's id alone."""
    if b'{""text"":' in head or b'{""takeoutSegments"":' in head:
        return "unlabelled"
    return "no-content" if len(header) == 1 and "channel-id" in found else ""


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
