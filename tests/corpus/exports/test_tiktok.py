"""TikTok's sample: counted again with nothing but the lists that it holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "tiktok")


def test_counts_equal_the_lists(corpus: Path) -> None:
    (path,) = (corpus / "exports" / "tiktok").glob("**/TT_user_data_tiktok.json")
    whole: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    videos, comments = whole["Video"]["Videos"]["VideoList"], whole["Comment"]["Comments"]
    gone = whole["Video"]["RecentlyDeletedPosts"]["PostList"]
    reviews = whole["Poi Review"]["POI Review"]["ReviewsList"]
    posts, notes = sample(corpus, "tiktok")
    assert Counter(post.kind for post in posts) == {
        "video": len(videos) + len(gone), "comment": len(comments["CommentsList"]),
        "post": len(reviews),
    }  # fmt: skip
    assert [post.state for post in posts].count("deleted") == len(gone) == 2
    assert notes.account == whole["Profile"]["Profile Information"]["ProfileMap"]["userName"]
    said = whole["App Settings"]["Settings"]["SettingsMap"]["Private Account"]
    assert said == "Disabled"
    assert ("private-account", "public", True) in {
        (one.name, one.value, one.control) for one in notes.settings
    }
    public = [post for post in posts if post.kind == "video" and post.audience == "public"]
    assert len(public) == sum(one["WhoCanView"] == "Everyone" for one in videos) == 1
    (unread,) = notes.not_understood
    assert unread.path.endswith("TT_merged_structure_annotated.csv")
