"""Instagram: posts, reels, stories, comments, messages and profile of four layouts and two forms.

Evidence: a de-identified sample of 2020 (``media.json``, ``profile.json``), an anonymised one of
2025, and the paths (no contents) of real archives of 2024 and 2025. The HTML form, the newest
``label_values`` form of posts, chats with the AI and comments of 2020 are read after descriptions.
No archive says of a post who could see it; whether the account is private is a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from withhold.exports.instagram_files import KEYS, NAMED, first_key
from withhold.exports.instagram_reading import is_flat, read
from withhold.exports.parts import Files
from withhold.exports.reader import Hit, Reader

LOOKED_AT = 40
"""Files whose first bytes are looked at."""
_OWN = frozenset((
    "followers_and_following", "story_sticker_interactions", "story_interactions",
    "past_instagram_insights", "instagram_ads_and_businesses", "ads_and_topics",
    "apps_and_websites_off_of_instagram", "login_and_account_creation",
    "login_and_profile_creation",
))  # fmt: skip
"""Folders that are Instagram's and nobody else's; two of them are enough."""
_HOLDS = frozenset(("content", "media", "comments", "personal_information", "account_information"))
_ENTRY = re.compile(
    rb'\s*\[?\s*\{\s*"media"\s*:\s*\[\s*\{\s*"uri"\s*:\s*"(?:media/|photos/|videos/|stories/)'
)
_FLAT = re.compile(
    rb'\s*\{\s*"(?:stories|photos|videos|profile|direct)"\s*:\s*\[\s*\{[^{}]*"taken_at"'
)
_NOT_OWN = ("participants", "messages", "replies")
"""Keys that Facebook's archives have too."""


def names(paths: Sequence[str]) -> Hit | None:
    """By its folders, in any language of the account; or by the flat files of 2020."""
    marks: set[str] = set()
    html = json = others = media = 0
    for path in paths:
        if not path.endswith((".json", ".html")):
            continue
        folder, _, name = path.rpartition("/")
        folders = folder.split("/")
        html += path.endswith(".html")
        json += path.endswith(".json")
        if "your_instagram_activity" in folders:
            if folders[-1] != "threads":
                marks.update(("your_instagram_activity", folders[-1]))
                media += folders[-1] == "media"
                others -= 1
        elif "facebook" in folder:
            others += 1
        else:
            marks.update(_OWN.intersection(folders))
            if folders[-1] in _HOLDS and _named(name):
                marks.add(f"{folders[-1]}/{name}")
    if others > 0:
        return None  # Facebook's, with a few files of Instagram's in it
    form = "html" if html > json else "json"
    if "your_instagram_activity" in marks:
        return Hit(layout=f"{'2024' if media else '2023'} {form}", marks=len(marks))
    if len(marks) >= 2:
        return Hit(layout=f"2021 {form}", marks=len(marks))
    return Hit(layout="2020 json", marks=3) if is_flat(tuple(paths)) else None


def structure(files: Files) -> Hit | None:
    """By the first keys of its files."""
    paths = [path for path in files.paths if path.endswith(".json")]
    paths.sort(key=lambda path: not _named(path.rpartition("/")[2]))
    marks: set[str] = set()
    for path in paths[:LOOKED_AT]:
        head = files.head(path)
        listed, key = first_key(head)
        if not listed and key in KEYS and key not in _NOT_OWN and not key.startswith("text_post"):
            marks.add(key)
        elif _ENTRY.match(head):
            marks.add("media")
        elif _FLAT.match(head):
            return Hit(layout="2020 json", marks=2)
    by_name = names(files.paths)
    return Hit(layout=by_name.layout if by_name else "json", marks=len(marks)) if marks else None


_BY_NAME = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in NAMED))


def _named(name: str) -> bool:
    stem = name.rpartition(".")[0]
    return _BY_NAME.fullmatch(stem) is not None and stem != "posts"


READER = Reader(platform="instagram", names=names, structure=structure, read=read)
