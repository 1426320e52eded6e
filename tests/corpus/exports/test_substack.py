"""Substack's samples: rows counted by ``csv`` alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "substack")


def test_counts_and_audiences_equal_the_rows(corpus: Path) -> None:
    (table,) = (corpus / "exports" / "substack").rglob("posts.csv")
    with table.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    posts, notes = sample(corpus, "substack")
    assert [post.id for post in posts] == [row["post_id"].split(".")[0] for row in rows]
    assert [post.state for post in posts] == [
        "live" if row["is_published"] == "TRUE" else "draft" for row in rows
    ]
    assert [post.audience for post in posts] == [
        "public" if row["is_published"] == "TRUE" else "private" for row in rows
    ]
    assert {row["audience"] for row in rows} == {"everyone"}
    assert notes.not_understood == []
