"""Medium: stories, responses and drafts told apart, and pages that are no stories."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.archives.made import substack
from tests.archives.made.medium import made, page
from tests.archives.made.truth import hits, reading, told
from withhold.exports.medium import READER

DATE = "2020-01-02T03:04:05.678Z"


def test_every_page_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 80)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    assert (notes.not_understood, notes.account) == ([], "ada")
    assert notes.exported == "2024-06-03"
    assert notes.ignored == {
        "claps/claps-0001.html": "not-published", "highlights/highlights-0001.html": "others",
    }  # fmt: skip


def test_it_is_recognised_and_substack_is_not(tmp_path: Path) -> None:
    files = made(1, 4)[0]
    assert hits(READER, files, tmp_path) == (2, 2)
    story = next(body for name, body in files.items() if name.startswith("posts/20"))
    assert hits(READER, {"blog/a.html": story}, tmp_path / "b") == (0, 2)
    assert hits(READER, substack.made(1, 4)[0], tmp_path / "c") == (0, 0)


@pytest.mark.parametrize(
    ("title", "body", "subtitle", "kind"),
    [
        ("Well said", "<p>Well said</p>", "", "comment"),
        ("Well said and…", "<p>Well said and more.</p>", "", "comment"),
        ("Well said", "<p>Well said</p>", "Sub", "article"),
        ("Well said", "<h3>Well said</h3><p>x</p>", "", "article"),
        ("Another", "<p>Well said</p>", "", "article"),
        ("Well said", "<p>Well said</p><figure><img src='a'></figure>", "", "article"),
        ("", "<p>Well said</p>", "", "article"),
    ],
)
def test_a_response_is_told_by_its_structure(
    tmp_path: Path, title: str, body: str, subtitle: str, kind: str
) -> None:
    file = page(
        title, body, subtitle=subtitle, key="abcdef123456", date=DATE, own="https://x.example"
    )
    (post,), _ = reading(READER, {"posts/a.html": file}, tmp_path)
    assert (post.kind, post.url, post.url_by) == (kind, "https://x.example", "given")


def test_a_draft_is_told_by_its_name_or_by_having_no_date(tmp_path: Path) -> None:
    files = {
        "posts/draft_a.html": page("A", "<p>x</p>", key="abcdef123456", date=DATE),
        "posts/b.html": page("B", "<p>x</p>", key="abcdef123457"),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert [(post.state, post.audience) for post in posts] == [("draft", "private")] * 2


def test_an_id_of_the_link_else_of_the_name_else_of_the_text(tmp_path: Path) -> None:
    files = {
        "posts/2020_A-aaaabbbbcccc.html": page("A", "<p>x</p>", key="abcdef123456", date=DATE),
        "posts/2020_B-aaaabbbbcccc.html": page("B", "<p>x</p>", date=DATE),
        "posts/c.html": page("C", "<p>x</p>", date=DATE),
    }
    ids = [post.id for post in reading(READER, files, tmp_path)[0]]
    assert ids[:2] == ["abcdef123456", "aaaabbbbcccc"]
    assert ids[2].startswith("~")


def test_pictures_scripts_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    body = '<p>a</p><script>evil()</script><img src="https://i.example/1.png" alt="A cat"><img>'
    file = page("T", body, date=DATE, key="abcdef123456").replace(b"a day", b"\xff")
    (post,), notes = reading(READER, {"posts/a.html": file}, tmp_path)
    assert post.text == "T\na"
    assert [(one.path, one.text) for one in post.media] == [("https://i.example/1.png", "A cat")]
    assert [one.why for one in notes.not_understood] == ["not-utf-8"]


def test_pages_that_are_none_are_listed_and_hide_nothing(tmp_path: Path) -> None:
    files = {
        "posts/a.html": b"", "posts/b.html": b"<p>h-entry</p>", "posts/c.html": b"\xff\xfe\x00",
        "posts/d.html": page("D", "<p>x</p>", date="never", key="abcdef123456"),
        "posts/e.txt": b"?", "posts/f.html": b"<div>" * 50_000 + b'<article class="h-entry">',
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [(post.text, post.created) for post in posts] == [("D\nx", None)]
    assert sorted((one.path.removeprefix("posts/"), one.why) for one in notes.not_understood) == [
        ("a.html", "empty"), ("b.html", "not-html"), ("c.html", "no-reader"),
        ("d.html", "bad-date"), ("e.txt", "no-reader"), ("f.html", "no-reader"),
    ]  # fmt: skip


def test_a_story_inside_fifty_thousand_boxes_is_listed_at_once(tmp_path: Path) -> None:
    deep = page("T", "<div>" * 50_000 + "deep", key="abcdef123456")
    files = {"posts/a.html": deep, "posts/b.html": page("B", "<p>x</p>", key="abcdef123457")}
    start = time.process_time()
    posts, notes = reading(READER, files, tmp_path)
    assert time.process_time() - start < 1
    assert [post.text for post in posts] == ["B\nx"]
    assert [(one.path, one.why) for one in notes.not_understood] == [
        ("posts/a.html", "nested-too-deep")
    ]


def test_a_page_about_oneself_is_a_profile(tmp_path: Path) -> None:
    files = {"profile/about.html": b"<html><body><p>I teach.</p></body></html>"}
    (post,), _ = reading(READER, files, tmp_path)
    assert (post.kind, post.text, post.audience) == ("profile", "I teach.", "unknown")


def test_pictures_of_an_archive_and_pages_of_the_account_are_no_stories(tmp_path: Path) -> None:
    files = {
        "posts/a.html": page("A", "<p>x</p>", key="abcdef123456", date=DATE),
        "posts/img/a.jpg": b"\xff", "partner-program/earnings-1.html": b"<p>1 $</p>",
        "README.html": b"<p>Read me</p>", "new/thing.html": b"<p>?</p>",
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [post.created.isoformat() for post in posts if post.created] == [
        "2020-01-02T03:04:05.678000+00:00"
    ]
    assert notes.ignored == {
        "posts/img/a.jpg": "media", "partner-program/earnings-1.html": "not-published",
        "README.html": "not-published",
    }  # fmt: skip
    assert [(one.path, one.why) for one in notes.not_understood] == [
        ("new/thing.html", "no-reader")
    ]
