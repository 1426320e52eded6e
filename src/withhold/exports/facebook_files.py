"""Which file of a Facebook archive holds what: by its folder and its name without a number.

The names of files and folders are English in archives of every language seen. The same tree stands
at the root (2018 to 2023), in ``your_activity_across_facebook`` (2023), in
``your_facebook_activity`` (from 2024, also nested in another folder) or, for a further profile of
the member, in ``this_profile's_activity_across_facebook``: only the last two names of a path count.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from withhold.exports.facebook_known import known
from withhold.exports.notes import Ignored
from withhold.exports.post import State
from withhold.words import Authored, Kind

Treatment = Literal[
    "records", "guess", "messages", "ai", "album", "profile", "settings", "ignored", "none"
]
"""``guess`` = a folder that nobody knows: read only where records in it are surely posts."""


class Place(Struct, frozen=True, kw_only=True):
    """What a file holds. ``setting`` is the word for what it says of the account."""

    how: Treatment
    kind: Kind = "post"
    state: State = "live"
    authored: Authored = "own"
    old: bool = False
    """Earlier wordings of something that is published: the id in it is that of the published."""
    setting: str = ""
    why: Ignored = "not-published"


TREES = (
    "your_facebook_activity",
    "your_activity_across_facebook",
    "this_profile's_activity_across_facebook",
    "this_profile_s_activity_across_facebook",
)
MEDIA = frozenset((
    "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "bmp", "tif", "tiff", "mp4", "mov",
    "m4v", "avi", "mkv", "webm", "3gp", "mpg", "mpeg", "mp3", "m4a", "aac", "ogg", "opus", "wav",
    "amr", "pdf", "srt", "vtt",
))  # fmt: skip
_NUMBER = re.compile(r"_?\d+$")

# Folders of what the member wrote or showed; a file there that nobody knows is tried all the same.
_FOLDERS: dict[str, Place] = {
    "posts": Place(how="records"),
    "comments": Place(how="records", kind="comment"),
    "comments_and_reactions": Place(how="records", kind="comment"),
    "groups": Place(how="records"),
    "stories": Place(how="records"),
    "reels": Place(how="records", kind="video"),
    "short_videos": Place(how="records", kind="video"),
    "notes": Place(how="records", kind="article"),
    "polls": Place(how="records"),
    "events": Place(how="records"),
    "marketplace": Place(how="records"),
    "facebook_marketplace": Place(how="records"),
    "photos_and_videos": Place(how="records", kind="photo"),
    "album": Place(how="album", kind="photo"),
    "archive": Place(how="records", state="archived"),
    "dating": Place(how="profile", kind="profile"),
    "profile_information": Place(how="ignored"),
    "your_group_messages": Place(how="messages", kind="group-message"),
}
# Files whose name says more than their folder.
_NAMES: dict[str, Place] = {
    "profile_information": Place(how="profile", kind="profile"),
    "profile_update_history": Place(how="records"),
    "ai_conversations": Place(how="ai", kind="ai-chat"),
    "support_messages": Place(how="messages", kind="message"),
    "trash": Place(how="records", state="deleted"),
    "archived_stories": Place(how="records", state="archived"),
    "your_pending_posts_in_groups": Place(how="records", state="draft"),
    "edits_you_made_to_posts": Place(how="records", state="archived", old=True),
    "your_comment_edits": Place(how="records", kind="comment", state="archived", old=True),
    "your_comments_in_groups": Place(how="records", kind="comment"),
    "other_people's_posts_to_your_timeline": Place(how="records", authored="others"),
    "story_reactions": Place(how="records", kind="message"),
    "your_answers_to_membership_questions": Place(how="records", kind="message"),
    "your_videos": Place(how="records", kind="video"),
    "your_uncategorized_photos": Place(how="records", kind="photo"),
    "posts_from_apps_and_websites": Place(how="records"),
    "places_you've_created": Place(how="records"),
    "places_you_ve_created": Place(how="records"),
    "consents": Place(how="settings", setting="consent"),
    "your_consent_settings": Place(how="settings", setting="ads-consent"),
    "ads_personalization_consent": Place(how="settings", setting="ads-consent"),
    "consent_for_combining_facebook_and_messenger_data": Place(
        how="settings", setting="messenger-combined"
    ),
    "privacy_settings": Place(how="settings", setting="privacy-setting"),
    "your_post_composer_settings": Place(how="settings", setting="post-composer"),
    "your_privacy_jurisdiction": Place(how="settings", setting="privacy-jurisdiction"),
    "notification_of_meta_privacy_policy_update": Place(how="settings", setting="policy-notice"),
    "meta_privacy_policy_update_notifications": Place(how="settings", setting="policy-notice"),
    "your_pages": Place(how="settings", setting="other-profile"),
}
_INSTAGRAM = "your_instagram_activity"


def place_of(path: str) -> Place:
    """What the file holds, by its path alone. ``none`` = nobody knows."""
    parts = path.lower().replace("\u2019", "'").split("/")
    name, _, ending = parts[-1].rpartition(".")
    if ending in MEDIA:
        return Place(how="ignored", why="media")
    if ending not in ("json", "html", "htm"):
        empty = parts[-1] in ("no-data.txt", "no_data.txt")
        return Place(how="ignored", why="no-content") if empty else Place(how="none")
    if name in ("start_here", "index"):
        return Place(how="ignored", why="no-content")
    if _INSTAGRAM in parts:
        return Place(how="none")
    stem = _NUMBER.sub("", name)
    if stem in _NAMES:
        return _NAMES[stem]
    if stem == "message":
        return Place(how="messages", kind="message")
    folder = parts[-2] if len(parts) > 1 else ""
    found = _FOLDERS.get(folder)
    if found is None and known().not_published.folders.intersection(parts[:-1]):
        return Place(how="ignored")
    if found is None or found.how == "ignored":
        return found or Place(how="guess" if ending == "json" else "none")
    if any(part in stem for part in known().not_published.files):
        return Place(how="ignored")
    return found
