"""WordPress's samples: items and comments counted in the text of the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own, sample

pytestmark = pytest.mark.real


def said(text: str, name: str) -> list[str]:
    found = re.findall(f"<wp:{name}>(.*?)</wp:{name}>", text, re.DOTALL)
    return [one.removeprefix("<![CDATA[").removesuffix("]]>") for one in found]


def test_only_its_own_samples_are_recognised(corpus: Path) -> None:
    only_its_own(corpus, "wordpress")


def test_counts_equal_the_items_and_comments_of_the_text(corpus: Path) -> None:
    posts, notes = sample(corpus, "wordpress")
    for path in sorted((corpus / "exports" / "wordpress").rglob("*.xml")):
        text = path.read_text(encoding="utf-8")
        items = len(said(text, "post_type")) - said(text, "post_type").count("nav_menu_item")
        authors = set(said(text, "author_email"))
        comments = [one.split("</wp:comment>")[0] for one in text.split("<wp:comment>")[1:]]
        own = sum(
            not authors.isdisjoint(said(one, "comment_author_email"))
            and said(one, "comment_type") not in (["pingback"], ["trackback"])
            for one in comments
        )
        here = [one for one in posts if path.as_posix().endswith(one.source.path)]
        assert sum(one.kind != "comment" for one in here) == items, path.name
        assert sum(one.kind == "comment" for one in here) == own, path.name
        (done,) = [one for name, one in notes.understood.items() if path.as_posix().endswith(name)]
        assert done.others == len(comments) - own


def test_audiences_equal_the_statuses_of_the_text(corpus: Path) -> None:
    posts, _ = sample(corpus, "wordpress")
    (path,) = (corpus / "exports" / "wordpress").rglob("theme*.xml")
    items = path.read_text(encoding="utf-8").split("<item>")[1:]
    items = [one for one in items if said(one, "post_type") != ["nav_menu_item"]]
    here = [one for one in posts if one.source.path.endswith(path.name) and one.kind != "comment"]
    drafts = sum(said(one, "status")[0] in ("draft", "future", "pending") for one in items)
    locked = sum(bool(said(one, "post_password")[0]) for one in items if said(one, "post_password"))
    assert sum(one.state == "draft" for one in here) == drafts > 0
    assert sum(one.audience == "group" for one in here) == locked > 0
    assert {one.platform for one in here} == {"wordpress-com"}


def test_ampersands_of_one_sample_are_listed_and_no_other_fault(corpus: Path) -> None:
    _, notes = sample(corpus, "wordpress")
    assert {one.why for one in notes.not_understood} <= {"not-xml", "bad-date", "missing-field"}
    assert all(
        "&ixid" in (corpus / "exports" / "wordpress" / one.path).read_text(encoding="utf-8")
        for one in notes.not_understood
        if one.why == "not-xml"
    )
