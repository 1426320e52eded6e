"""Medium's samples: a post per page with a story, counted in the text of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "medium")


def test_counts_equal_the_pages(corpus: Path) -> None:
    pages = [
        path.read_text(encoding="utf-8") for path in (corpus / "exports").glob("medium/**/*.html")
    ]
    posts, notes = sample(corpus, "medium")
    assert len(posts) == sum('<article class="h-entry">' in page for page in pages) == 6
    drafts = sum("h-entry" in page and "dt-published" not in page for page in pages)
    assert sum(post.state == "draft" for post in posts) == drafts == 1
    assert [post.text for post in posts if post.kind == "comment"] == ["This is a comment"]
    assert (notes.not_understood, notes.account) == ([], "username")
    assert notes.exported == "2024-06-03"
    assert {post.audience for post in posts if post.state == "live"} == {"unknown"}
