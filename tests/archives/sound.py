"""What holds of every reading, whatever was read."""

from __future__ import annotations

import msgspec

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post


def valid(post: Post) -> None:
    """Raises where a post breaks a closed list, or says what another of its fields denies."""
    msgspec.convert(msgspec.to_builtins(post), Post)
    assert post.id
    assert post.created is None or post.created.tzinfo is not None
    assert len(post.text) <= 1_000_000
    assert (post.url == "") == (post.url_by == "none")
    assert (post.audience == "unknown") == (post.audience_by == "none")


def sound(posts: list[Post], notes: Notes, files: Files) -> None:
    """Raises where a path is in none of the three lists or in two, or a count is wrong."""
    for post in posts:
        valid(post)
    msgspec.convert(msgspec.to_builtins(notes), Notes)
    unread = {one.path for one in notes.not_understood} - set(notes.understood)
    assert not set(files.paths) - set(notes.understood) - set(notes.ignored) - unread, "in no list"
    assert not set(notes.understood) & set(notes.ignored), "in two lists"
    assert sum(one.posts for one in notes.understood.values()) == len(posts)
