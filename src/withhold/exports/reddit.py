"""Reddit: a zip of some 38 flat CSV files. What a file is, its columns say, not its name.

Seen in samples: posts, comments, saved posts and comments. From descriptions only: everything else
(drafts, scheduled posts, messages, chat, multireddits, preferences, statistics, the ``_headers``
variants, large files split into ``posts_1.csv``, ``posts_2.csv``). The archive does not say whether
a subreddit is private, so the audience of posts and comments is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from withhold.exports.csv_rows import columns, rows
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.reddit_rows import (
    Row,
    account_of,
    chat_line,
    comment,
    draft,
    message,
    multireddit,
    post,
    preference,
)

NAMES = frozenset({
    "posts", "comments", "post_headers", "comment_headers", "post_votes", "comment_votes",
    "saved_posts", "saved_comments", "hidden_posts", "subscribed_subreddits", "chat_history",
    "messages_archive", "message_headers", "messages_archive_headers", "multireddits", "ip_logs",
    "moderated_subreddits", "gilded_content", "gold_received", "user_preferences", "statistics",
})  # fmt: skip
MARKS = (
    # The columns of a file that is Reddit's and nobody else's.
    {"permalink", "subreddit", "title", "url"}, {"permalink", "subreddit", "link", "parent"},
    {"permalink", "subreddit", "gildings"}, {"permalink", "direction"},
    {"message_id", "channel_url", "message"}, {"display_name", "subreddits", "privacy"},
    {"permalink", "thread_id", "from", "to"}, {"scheduled_post_id", "subreddit"},
    {"title", "body", "send_replies", "subreddit"},
)  # fmt: skip
WORDS = frozenset({"body", "text", "message", "title", "description", "about", "bio"})
"""Columns that hold somebody's words: a file with one of them is never passed over as known."""
FILES_AT_MOST = 200
"""CSV files that are looked into to tell whose an archive is."""
_PART = re.compile(r"_\d+$")
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".mov", ".webm")


class Told(Struct):
    """What must be known before the first row is read."""

    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    me: str = ""
    """Own name, in lower case; empty where the archive does not say it."""
    asked: bool = False
    """That the name is missing was noted."""


def names(paths: Sequence[str]) -> Hit | None:
    """By the names of its flat files, at least two in one folder."""
    marks: dict[str, int] = {}
    for path in paths:
        if path.endswith(".csv"):
            folder, _, name = path.rpartition("/")
            if _PART.sub("", name[:-4]) in NAMES:
                marks[folder] = marks.get(folder, 0) + 1
    most = max(marks.values(), default=0)
    return Hit(layout="csv", marks=most) if most > 1 else None


def structure(files: Files) -> Hit | None:
    """By the columns of its files."""
    found = [path for path in files.paths if path.endswith(".csv")][:FILES_AT_MOST]
    marks = 0
    for path in found:
        head = files.head(path, 2048)
        named = _columns(head)
        saved = named == {"id", "permalink"} and b",/r/" in head
        marks += saved or any(one <= named for one in MARKS)
    return Hit(layout="csv", marks=marks) if marks else None


def role_of(columns: frozenset[str]) -> str:
    """What a file with these columns is; empty for one that holds words and is not known."""
    if {"permalink", "subreddit"} <= columns:
        body = "" if "body" in columns else "-headers"
        return ("comments" if {"parent", "link"} & columns else "posts") + body
    if {"from", "to", "id"} <= columns:
        return "messages" if "body" in columns else "messages-headers"
    known = (
        ("announcements", {"announcement_id"}),
        ("chat", {"message", "username"}),
        ("drafts", {"scheduled_post_id"}),
        ("drafts", {"title", "body", "kind"}),
        ("multireddits", {"display_name", "subreddits"}),
        ("statistics", {"statistic", "value"}),
        ("preferences", {"preference", "value"}),
        ("votes", {"post_id", "user_selection"}),
    )
    for role, marks in known:
        if marks <= columns:
            return role
    return "" if columns & WORDS or not columns else "kept-by-reddit"


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Posts, comments, drafts, own messages and chat lines, and what the preferences say."""
    told = Told()
    roles: dict[str, str] = {}
    for path in files.paths:
        if path.lower().endswith(".csv"):
            told.columns[path] = _columns(files.head(path))
            roles[path] = role_of(told.columns[path])
    _settings(files, notes, roles)
    told.me = notes.account.lower() or account_of(
        rows(files, one, Notes()) for one, role in roles.items() if role == "messages"
    )
    have = frozenset(roles.values())
    for path in files.paths:
        role = roles.get(path)
        if role is None:
            if path.lower().endswith(_MEDIA):
                notes.ignore(path, "media")
            else:
                notes.trouble(path, "no-reader")
        elif not told.columns[path]:
            if files.entries[path].size:
                notes.trouble(path, "header")
            else:
                notes.ignore(path, "no-content")
        elif not role:
            notes.trouble(path, "no-reader", columns=" ".join(sorted(told.columns[path])))
        elif role in ("statistics", "preferences"):
            pass  # read above
        elif role.endswith("-headers") and role.removesuffix("-headers") in have:
            notes.ignore(path, "superseded")
        elif role == "announcements":
            notes.ignore(path, "others")
        elif role in ("votes", "kept-by-reddit", "messages-headers"):
            notes.ignore(path, "not-published")
        else:
            yield from _posts(files, path, role, notes, options, told)


def _posts(
    files: Files, path: str, role: str, notes: Notes, options: Options, told: Told
) -> Iterator[Post]:
    done, part = notes.read(path), files.entries[path].part
    for number, cells in rows(files, path, notes):
        row = Row(path=path, part=part, number=number, cells=cells)
        if role in ("messages", "chat"):
            name = (cells.get("from") or cells.get("username") or "").strip()
            mine = bool(told.me) and name.lower().removeprefix("u/") == told.me
            if not told.me and not told.asked:
                told.asked = True
                notes.trouble(path, "missing-field", row.at, field="account name")
            if not mine and not options.others:
                done.others += 1
                continue
            make = message if role == "messages" else chat_line
            found: Post | None = make(row, notes, mine=mine)
        else:
            found = _MAKERS[role.removesuffix("-headers")](row, notes)
        if found is not None:
            done.posts += 1
            yield found


_MAKERS = {"posts": post, "comments": comment, "drafts": draft, "multireddits": multireddit}


def _columns(head: bytes) -> frozenset[str]:
    return frozenset(columns(head)) - {""}


def _settings(files: Files, notes: Notes, roles: dict[str, str]) -> None:
    """The account's name, the day of the export, and what the preferences say."""
    for path, role in roles.items():
        if role == "statistics":
            notes.read(path)
            for _, cells in rows(files, path, notes):
                value = (cells.get("value") or "").strip()
                said = (cells.get("statistic") or "").strip().lower().replace("_", " ")
                if said == "account name" and not notes.account:
                    notes.account = value.removeprefix("u/")
                elif said == "export time" and re.match(r"\d{4}-\d\d-\d\d", value):
                    notes.exported = value[:10]
        elif role == "preferences":
            notes.read(path)
            part = files.entries[path].part
            for number, cells in rows(files, path, notes):
                found = preference(Row(path=path, part=part, number=number, cells=cells))
                if found:
                    notes.setting(found)


READER = Reader(platform="reddit", names=names, structure=structure, read=read)
