"""Which file of an Instagram archive is what: by the key its list stands under, else by its name.

The keys (``ig_stories``, ``profile_user``) are the same in every language and stayed while folders
moved: 2021-23 ``content/``, 2023-24 ``your_instagram_activity/content/``, since then
``your_instagram_activity/media/``. Only lists without a key, and the flat files of 2020, are told
by their names.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from withhold.exports.instagram_labels import labels
from withhold.exports.notes import Ignored
from withhold.exports.parts import Files

What = Literal[
    "posts", "again", "reel", "story", "archived", "deleted", "other", "picture",
    "repost", "reposted", "comments", "messages", "ai-chats", "reported", "answers", "profile",
    "settings", "threads", "threads-profile", "flat",
]  # fmt: skip
"""``again``: the newest archives tell posts, archived posts and drafts once more in one file.
``reposted`` has the words of reposts, ``repost`` their pictures too."""


class Section(NamedTuple):
    """A file that is read: what it holds, under which key, and whether it is the HTML form."""

    what: What
    key: str = ""
    html: bool = False


KEYS: dict[str, What] = {
    "ig_stories": "story", "ig_reels_media": "reel", "ig_igtv_media": "reel",
    "ig_archived_post_media": "archived", "ig_recently_deleted_media": "deleted",
    "ig_other_media": "other", "ig_profile_picture": "picture", "profile_media_reposts": "reposted",
    "comments_media_comments": "comments", "comments_reels_comments": "comments",
    "comments_story_comments": "comments", "story_activities_questions": "answers",
    "ig_reported_conversations": "reported", "profile_user": "profile",
    "participants": "messages", "messages": "messages", "replies": "messages",
    "settings_allow_comments_from": "settings", "inferred_data_primary_location": "settings",
    "settings_upgraded_to_cross_app_messaging": "settings",
    "policy_updates_and_permissions_notification_of_privacy_policy_updates": "settings",
    "account_history_account_privacy_history": "settings",
    "text_post_app_text_posts": "threads",
    "text_post_app_text_post_app_profile": "threads-profile",
}  # fmt: skip
"""The first key of a file."""
NAMED: tuple[tuple[re.Pattern[str], What], ...] = (
    (re.compile(r"posts_\d+"), "posts"),
    (re.compile(r"posts"), "again"),
    (re.compile(r"stories"), "story"),
    (re.compile(r"reels|igtv_videos"), "reel"),
    (re.compile(r"archived_posts"), "archived"),
    (re.compile(r"recently_deleted_content"), "deleted"),
    (re.compile(r"other_content"), "other"),
    (re.compile(r"profile_photos"), "picture"),
    (re.compile(r"reposts"), "repost"),
    (re.compile(r"(post|reels?)_comments(_\d+)?|hype"), "comments"),
    (re.compile(r"(message|replies)_\d+"), "messages"),
    (re.compile(r"ai_conversations(_\d+)?"), "ai-chats"),
    (re.compile(r"questions"), "answers"),
    (re.compile(r"personal_information"), "profile"),
    (re.compile(r"threads_and_replies"), "threads"),
    (re.compile(r"consents|comments_allowed_from|use_cross-app_messaging"), "settings"),
    (re.compile(r"profile_based_in|profile_privacy_changes"), "settings"),
    (re.compile(r"notification_of_privacy_policy_updates"), "settings"),
)
"""By name: only where the first key does not tell (lists without a key, ``label_values``, HTML)."""
FLAT = re.compile(r"(media|comments|messages)(_\d+)?|profile|settings")
"""The files of 2020 that are read; they lie beside each other, in no folder of their own."""
IN_BOOKKEEPING: frozenset[What] = frozenset(("settings", "answers"))
"""What may lie in a folder of bookkeeping and is read all the same."""
MEDIA = frozenset((
    "jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "mp4", "mov", "m4v", "webm",
    "aac", "m4a", "mp3", "wav", "ogg", "opus", "srt", "vtt",
))  # fmt: skip
_FIRST = re.compile(rb'(?:\xef\xbb\xbf)?\s*(\[)?\s*(\{)?\s*(?:"((?:[^"\\]|\\.){1,120})")?')
_EMPTY = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*(?:"[^"]*"\s*)?\]|\{\s*\})\s*\Z')


def section_of(files: Files, path: str, flat: bool) -> Section | Ignored | None:
    """What a file is: a section to read, why it is ignored, or None for what nobody knows.

    ``flat``: whether this is an archive of 2020. Looks at the first bytes where the name is not
    enough. Never raises.
    """
    *folders, name = path.split("/")
    stem, _, ending = name.rpartition(".")
    ending = ending.lower()
    if ending in MEDIA or ("media" in folders and not stem):
        return "media"
    if name == "no-data.txt" or ending in ("css", "js") or stem in ("start_here", "index"):
        return "no-content"
    if ending not in ("json", "html"):
        return None
    passed = labels().not_published
    if flat and ending == "json" and (stem in passed.flat or FLAT.fullmatch(stem)):
        return _flat(files, path, stem)
    named = next((what for pattern, what in NAMED if pattern.fullmatch(stem)), None)
    if stem in passed.files:
        return "not-published"
    if not passed.folders.isdisjoint(folders) and named not in IN_BOOKKEEPING:
        return "not-published"
    if ending == "html":
        return _html(named, folders)
    return _json(files, path, named, folders)


def first_key(head: bytes) -> tuple[bool, str]:
    """Whether a JSON file is a list, and the first key in it.

    ``-``: it is empty, or one sentence that says so. ``?``: it begins with something else than an
    object with a key. Empty: it is no JSON of this kind.
    """
    if _EMPTY.match(head):
        return False, "-"
    found = _FIRST.match(head)
    if not found or not (found[1] or found[2]):
        return False, ""
    key = found[3].decode("utf-8", "replace") if found[2] and found[3] else "?"
    return bool(found[1]), key


def _json(
    files: Files, path: str, named: What | None, folders: list[str]
) -> Section | Ignored | None:
    listed, key = first_key(files.head(path))
    if key == "-":
        return "no-content"
    if "ai_conversations" in folders or named == "ai-chats":
        return Section("ai-chats", "" if listed or key in ("participants", "messages") else key)
    if not listed and key in KEYS:
        return Section(KEYS[key], key)
    if not listed and key.startswith(labels().not_published.keys):
        return "not-published"
    if key in ("title", "is_still_participant", "thread_path") and named == "messages":
        return Section("messages", key)
    if "threads" in folders and named != "threads":
        return None  # Threads' and not Instagram's, whatever its name
    if not listed and named and key not in _ENTRY and key != "?":
        return Section(named, key)  # its list stands under a key that is not known yet
    if key == "media" and (named in (None, "other")):
        named = "posts"
    if named and key:
        return Section(named)
    return None


_ENTRY = frozenset((
    "media", "uri", "title", "creation_timestamp", "timestamp", "fbid", "ent_name",
    "label_values", "string_map_data", "media_list_data", "string_list_data", "media_map_data",
))  # fmt: skip
"""Keys of an entry itself: a file that begins with one has its list at its root, or is one."""


def _html(named: What | None, folders: list[str]) -> Section | Ignored | None:
    if "threads" in folders:
        known: dict[What | None, What] = {"threads": "threads", "profile": "threads-profile"}
        return Section(known[named], html=True) if named in known else "not-published"
    if named in ("settings", "answers", "ai-chats", "reported"):
        return None  # described by nobody in this form
    if named:
        return Section(named, html=True)
    return None if _OTHER_HTML.isdisjoint(folders) else "not-published"


_OTHER_HTML = frozenset(("preferences", "logged_information", "personal_information"))


def _flat(files: Files, path: str, stem: str) -> Section | Ignored:
    if first_key(files.head(path))[1] == "-":
        return "no-content"
    return Section("flat", stem.rstrip("_0123456789")) if FLAT.fullmatch(stem) else "not-published"
