"""What must come out of a made archive, and a reading of it that can be compared."""

from __future__ import annotations

import zipfile
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options, Reader


class Truth(NamedTuple):
    """One post, as the generator meant it. ``created`` is ISO 8601 in UTC, or empty."""

    id: str
    kind: str
    authored: str
    audience: str
    by: str
    state: str
    created: str
    text: str


def told(post: Post) -> Truth:
    """The same of a post that was read."""
    return Truth(
        post.id, post.kind, post.authored, post.audience, post.audience_by, post.state,
        post.created.isoformat() if post.created else "", post.text,
    )  # fmt: skip


def packed(made: dict[str, bytes], folder: Path) -> Path:
    """A made archive as a zip."""
    name = folder / "archive.zip"
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        for path, body in made.items():
            out.writestr(path, body)
    return name


def unpacked(made: dict[str, bytes], folder: Path) -> Path:
    """A made archive as a folder."""
    top = folder / "archive"
    for path, body in made.items():
        name = top / path
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_bytes(body)
    return top


BESIDE = {"wordpress": ("wordpress-com",), "youtube": ("google",)}
"""Platforms that an archive may hold posts of beside its own: by what stands in its files."""


def reading(
    reader: Reader, made: dict[str, bytes], folder: Path, *, others: bool = False
) -> tuple[list[Post], Notes]:
    """All posts of a made archive, and the notebook. Every path is in exactly one list of it."""
    notes = Notes()
    with Files([packed(made, folder)], notes) as files:
        rest = reader.read(files, notes, Options(others=others))
        posts = list(islice(rest, 1))
        account = notes.account
        posts += rest
        # Whose archive it is must be known with the first post: posts are filed by it
        assert not posts or account == notes.account
        paths = set(files.paths)
    unread = {one.path for one in notes.not_understood} - set(notes.understood)
    assert set(notes.understood) | set(notes.ignored) | unread == paths
    assert not set(notes.understood) & set(notes.ignored)
    assert not unread & set(notes.ignored)
    assert sum(one.posts for one in notes.understood.values()) == len(posts)
    assert {post.source.part for post in posts} <= {"archive.zip"}
    assert {post.source.path for post in posts} <= set(notes.understood)
    assert {post.platform for post in posts} <= {reader.platform, *BESIDE.get(reader.platform, ())}
    assert all((post.url == "") == (post.url_by == "none") for post in posts)
    assert all((post.audience == "unknown") == (post.audience_by == "none") for post in posts)
    assert all((post.created is None) == (post.zone == "none") for post in posts)
    return posts, notes


def hits(reader: Reader, made: dict[str, bytes], folder: Path) -> tuple[int, int]:
    """The marks by listing and by structure; 0 = not recognised."""
    notes = Notes()
    with Files([unpacked(made, folder)], notes) as files:
        found = reader.names(files.paths), reader.structure(files)
    return tuple(one.marks if one else 0 for one in found)  # type: ignore[return-value]
