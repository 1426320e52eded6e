"""ChatGPT's sample: messages counted by ``json`` alone; it is not taken for Claude's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "chatgpt")


def test_counts_equal_the_messages(corpus: Path) -> None:
    (path,) = (corpus / "exports" / "chatgpt").rglob("*.json")
    said = [
        node["message"]
        for talk in json.loads(path.read_text(encoding="utf-8"))
        for node in talk["mapping"].values()
        if node["message"]
    ]
    own = [one["content"]["parts"][0] for one in said if one["author"]["role"] == "user"]
    posts, notes = sample(corpus, "chatgpt")
    assert [post.text for post in posts] == own
    assert sum(one.others for one in notes.understood.values()) == len(said) - len(own) == 1
    assert {(post.kind, post.audience, post.audience_by) for post in posts} == {
        ("ai-chat", "private", "platform-default")
    }
