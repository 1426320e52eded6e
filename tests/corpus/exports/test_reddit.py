"""Reddit's samples: counted again with csv alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "reddit")


def test_counts_equal_the_rows(corpus: Path) -> None:
    rows: dict[str, list[dict[str, str]]] = {}
    for path in (corpus / "exports" / "reddit").glob("**/*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows[path.stem] = list(csv.DictReader(lines))
    posts, notes = sample(corpus, "reddit")
    made = {kind: [post for post in posts if post.kind == kind] for kind in ("post", "comment")}
    assert len(made["post"]) == len(rows["posts"]) == 4
    assert len(made["comment"]) == len(rows["comments"]) == 4
    assert len(posts) == 8
    assert [post.text for post in made["comment"]] == [row["body"] for row in rows["comments"]]
    assert [post.text.split("\n")[0] for post in made["post"]] == [
        row["title"] for row in rows["posts"]
    ]
    assert [post.community for post in made["post"]] == [row["subreddit"] for row in rows["posts"]]
    assert {post.audience for post in posts} == {"unknown"}
    assert notes.not_understood == []
    assert sorted(notes.ignored.values()) == ["not-published", "not-published"]
