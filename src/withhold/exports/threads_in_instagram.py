"""Threads alone: an archive with Threads' part of Instagram's and nothing else of it.

Such an archive is known by description only. In an archive of Instagram the reader of that reads
Threads' part too; there its posts bear Threads' name.
"""

from __future__ import annotations

from collections.abc import Sequence

from withhold.exports.instagram import names as names_of_instagram
from withhold.exports.instagram import structure as structure_of_instagram
from withhold.exports.instagram_files import first_key
from withhold.exports.instagram_reading import read
from withhold.exports.parts import Files
from withhold.exports.reader import Hit, Reader


def names(paths: Sequence[str]) -> Hit | None:
    """By its folder ``threads`` and the file of posts in it."""
    marks = {
        path.rpartition("/")[2]
        for path in paths
        if "threads" in path.split("/")[:-1] and path.endswith((".json", ".html"))
    }
    posts = {one for one in marks if one.startswith("threads_and_replies.")}
    if not posts or names_of_instagram(paths):
        return None
    return Hit(layout="json" if "threads_and_replies.json" in posts else "html", marks=len(marks))


def structure(files: Files) -> Hit | None:
    """By the keys of its lists."""
    found = [first_key(files.head(path))[1] for path in files.ending("threads_and_replies.json")]
    if "text_post_app_text_posts" not in found or structure_of_instagram(files):
        return None
    return Hit(layout="json", marks=1) if not names_of_instagram(files.paths) else None


READER = Reader(platform="threads", names=names, structure=structure, read=read)
