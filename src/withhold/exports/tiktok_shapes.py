"""What the records of TikTok's archive are, by the names of their keys in any case and spelling.

TikTok renames its sections about once a year (``Video``, ``Post``; ``Activity``, ``Your Activity``,
``Likes and Favorites``); the records in them keep their keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

Role = Literal[
    "video", "deleted", "comment", "message", "live-comment", "live", "review", "repost", "story",
    "profile", "linked-profile", "settings", "interests", "unknown-words", "",
]  # fmt: skip
"""What a record is; ``""``: bookkeeping of the account (likes, logins, what was watched)."""
_WORDS = ("text", "content", "title", "caption", "message", "description", "note", "body")
_NO_WORDS = frozenset({"sharedcontent", "vouchertext"})
_STORY = re.compile(r"(?<!hi)stor(?:y|ies)")
_KEY = re.compile(r"[^a-z0-9]+")


class Shape(Struct, frozen=True):
    """What records with these keys are, and how their keys are spelled."""

    role: Role
    spelled: dict[str, str]


class Shapes(Struct):
    """Tells shapes apart; remembers those it has seen."""

    seen: dict[tuple[str, ...], Shape] = field(default_factory=dict)

    def of(self, record: Mapping[str, Any], place: str) -> Shape:
        """What this record is. ``place``: the name of the list or map that it stands in."""
        keys = (place, *record)
        found = self.seen.get(keys)
        if found is None:
            if len(self.seen) > 10_000:  # no archive has so many; a hostile one may
                self.seen.clear()
            spelled = {plain(key): key for key in record}
            found = self.seen[keys] = Shape(role_of(frozenset(spelled), plain(place)), spelled)
        return found


def role_of(keys: frozenset[str], place: str) -> Role:
    """What a record with these keys is, in a list or map of this name; all as ``plain``."""
    linked = bool(keys & {"link", "videolink"})
    if "datedeleted" in keys and linked:
        return "deleted"
    if "whocanview" in keys or (linked and {"date", "likes"} <= keys):
        return "video"
    if "comment" in keys and keys & {"date", "url", "photo"}:
        return "comment"
    marks: tuple[tuple[Role, set[str]], ...] = (
        ("message", {"from", "content"}), ("live-comment", {"commentcontent"}),
        ("live-comment", {"questioncontent"}), ("live", {"roomtitle"}),
        ("live", {"livestarttime"}), ("review", {"reviewtext"}), ("settings", {"privateaccount"}),
        ("settings", {"allowdownload"}), ("profile", {"biodescription"}),
        ("profile", {"username", "displayname"}), ("profile", {"username", "bio"}),
        ("linked-profile", {"description", "platform"}), ("interests", {"adinterestcategories"}),
    )  # fmt: skip
    for role, mark in marks:
        if mark <= keys:
            return role
    if linked and "repost" in place:
        return "repost"
    if linked and "date" in keys and _STORY.search(place):
        return "story"
    if "search" in place:
        return ""
    return "unknown-words" if any(_holds_words(key) for key in keys) else ""


def plain(key: str) -> str:
    """A key without case, spaces and signs: ``Who can view`` is ``WhoCanView``."""
    return _KEY.sub("", key.lower())


def _holds_words(key: str) -> bool:
    return key.endswith(_WORDS) and key not in _NO_WORDS
