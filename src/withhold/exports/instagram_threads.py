"""Threads' posts and replies, as Instagram's archive has them in a folder of its own.

The form is Instagram's: an entry with media, of which a post without a picture has one whose
``uri`` is empty and whose title is the text. A reply is told by ``is_reply`` where that is there;
whoever could see the thread replied to could see the reply, so its audience is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from withhold.exports.instagram_entries import Telling, post_of
from withhold.exports.instagram_files import Section
from withhold.exports.json_items import items
from withhold.exports.meta_text import mender
from withhold.exports.post import Post, content_id

PLATFORM = "threads"


def threads(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """Posts and replies on Threads."""
    mend = mender(telling.files, path)
    for at, one in items(telling.files, path, telling.notes, section.key):
        if not isinstance(one, dict):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        post = post_of(telling, path, at, one, "threads", mend, PLATFORM)
        if post is None:
            continue
        if not _is_reply(one):
            yield post
            continue
        first = post.media[0].path.rpartition("/")[2] if post.media else ""
        yield replace(
            post,
            id=content_id(PLATFORM, "comment", post.created, post.text, first),
            kind="comment",
            audience="unknown",
            audience_by="none",
        )


def _is_reply(one: dict[str, Any]) -> bool:
    media = one.get("media")
    for each in (one, *(media if isinstance(media, list) else ())):
        about = each.get("text_app_post") if isinstance(each, dict) else None
        if isinstance(about, dict) and about.get("is_reply") is True:
            return True
    return False
