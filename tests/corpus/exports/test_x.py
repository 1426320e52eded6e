"""X's samples: counted and compared with json and plain text only.

The rule for the share of text-bearing paths: a string is the member's words if it stands under
``full_text`` of a tweet, ``bio`` of the profile, ``text`` of a message or ``message`` of a chat
with Grok. Of these the samples hold tweets only. Every other key that holds a string in them is
named below, with what it is: so a sample with a new one fails here.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options
from withhold.exports.x import READER

pytestmark = pytest.mark.real

WORDS = {"tweet/full_text"}
NOT_WORDS = {
    # ids, times, counts and addresses
    "tweet/id_str", "tweet/created_at", "tweet/favorite_count", "tweet/retweet_count",
    "tweet/in_reply_to_status_id_str", "tweet/in_reply_to_screen_name", "urls/url",
    "urls/expanded_url",
    "like/tweetId", "like/expandedUrl", "account/accountId", "account/createdAt",
    "account/createdVia", "follower/accountId", "following/accountId", "app/appId",
    "savedSearch/savedSearchId",
    # who the member is to X; published nowhere by these files
    "account/phoneNumber", "account/email", "account/username", "account/accountDisplayName",
    # what others wrote, and what was searched for
    "like/fullText", "app/appNames", "savedSearch/query",
}  # fmt: skip


def folders(corpus: Path) -> list[Path]:
    return sorted(path for path in (corpus / "exports" / "x").iterdir() if path.is_dir())


def lists(folder: Path) -> Iterator[tuple[str, Any]]:
    """What each script of a folder assigns."""
    for path in sorted(folder.rglob("*.js")):
        yield path.name, json.loads(path.read_text("utf-8").partition("=")[2])


def strings(value: Any, parent: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every string, with the two names that it stands under."""
    if isinstance(value, str):
        yield f"{parent}/{name}".lstrip("/"), value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, parent, name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, name, key)


def test_every_sample_is_recognised_by_its_listing_alone(corpus: Path) -> None:
    for folder in folders(corpus):
        with Files([folder], Notes()) as files:
            assert READER.names(files.paths) is not None, folder.name
            assert READER.structure(files) is not None, folder.name


def test_no_other_sample_is_taken_for_x(corpus: Path) -> None:
    looked = 0
    for top in sorted((corpus / "exports").iterdir()):
        if not top.is_dir() or top.name == "x":
            continue
        for one in [top, *top.iterdir(), *top.rglob("*.zip")]:
            with Files([one], Notes()) as files:
                assert READER.names(files.paths) is None, one
                assert READER.structure(files) is None, one
            looked += 1
    assert looked > 30


def test_counts_equal_the_entries_of_the_lists(corpus: Path) -> None:
    total = 0
    for folder in folders(corpus):
        entries = {name: len(said) for name, said in lists(folder) if name == "tweets.js"}
        notes = Notes()
        with Files([folder], notes) as files:
            posts = list(READER.read(files, notes, Options()))
            paths = set(files.paths)
        assert len(posts) == sum(entries.values())
        assert set(notes.understood) | set(notes.ignored) == paths
        assert notes.not_understood == []
        total += len(posts)
    assert total == 3


def test_every_word_of_a_member_comes_out_in_a_post(corpus: Path) -> None:
    said, came, seen = 0, 0, set()
    for folder in folders(corpus):
        notes = Notes()
        with Files([folder], notes) as files:
            texts = [post.raw or post.text for post in READER.read(files, notes, Options())]
        for _, body in lists(folder):
            for key, words in (one for entry in body for one in strings(entry)):
                seen.add(key)
                if key in WORDS:
                    said += 1
                    came += words in texts or html.unescape(words) in texts
    assert seen <= WORDS | NOT_WORDS, seen - WORDS - NOT_WORDS
    assert (came, said) == (3, 3)


def test_nothing_is_public_and_the_account_is_named(corpus: Path) -> None:
    accounts = set()
    for folder in folders(corpus):
        notes = Notes()
        with Files([folder], notes) as files:
            for post in READER.read(files, notes, Options()):
                assert (post.audience, post.audience_by) == ("unknown", "none")
        accounts.add(notes.account)
    assert accounts == {"", "simonw"}
