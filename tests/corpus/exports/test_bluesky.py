"""Bluesky's samples: records counted by the names of their types in the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "bluesky")


def test_counts_equal_the_types_named_in_the_bytes(corpus: Path) -> None:
    """``$type`` is a key and its value a text of a length that stands before it."""
    bodies = [path.read_bytes() for path in (corpus / "exports" / "bluesky").rglob("*.*")]
    count = {
        name: sum(body.count(b"e$typ" + b"e" + mark + name) for body in bodies)
        for name, mark in (
            (b"app.bsky.feed.post", b"\x72"), (b"app.bsky.feed.repost", b"\x74"),
            (b"app.bsky.actor.profile", b"\x76"), (b"app.bsky.feed.like", b"\x72"),
        )
    }  # fmt: skip
    assert count[b"app.bsky.feed.like"] == 22
    posts, notes = sample(corpus, "bluesky")
    own = [post for post in posts if post.kind != "profile" and post.authored != "others"]
    assert len(own) == count[b"app.bsky.feed.post"] == 28
    assert sum(post.authored == "others" for post in posts) == count[b"app.bsky.feed.repost"] == 15
    assert sum(post.kind == "profile" for post in posts) == count[b"app.bsky.actor.profile"] == 1
    replies = sum(body.count(b"ereply") for body in bodies)
    assert sum(post.kind == "comment" for post in posts) == replies > 0
    assert (notes.not_understood, notes.account) == ([], "did:plc:dpg45vsnuir2vqqqadsn6afg")


def test_all_is_public_by_the_platform_and_in_the_tree(corpus: Path) -> None:
    posts, _ = sample(corpus, "bluesky")
    assert {(post.audience, post.audience_by, post.state) for post in posts} == {
        ("public", "platform-default", "live")
    }
    car = [post for post in posts if post.source.path.endswith(".car")]
    assert all(post.id.startswith("at://did:plc:dpg45vsnuir2vqqqadsn6afg/") for post in car)
    assert len({post.id for post in posts}) == len(posts)
