"""Tumblr, by description: pages of posts; nothing else is taken for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.archives.made.truth import hits, reading, told
from tests.archives.made.tumblr import made, page
from withhold.exports.tumblr import READER

POST = "posts/html/100000000001.html"


def test_every_post_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 60)
    posts, notes = reading(READER, files, tmp_path)
    assert sorted(told(post) for post in posts) == sorted(truth)
    assert {one.audience for one in truth} == {"unknown", "private"}
    assert notes.ignored == {
        "blog/media/1_0.jpg": "media", "blog/posts/style.css": "not-published",
    }  # fmt: skip
    assert [(one.path, one.why) for one in notes.not_understood] == [
        ("blog/payload-0.json", "no-reader")
    ]


def test_times_are_the_clock_as_written(tmp_path: Path) -> None:
    posts, _ = reading(READER, {POST: page("<p>x</p>", "October 21st, 2013 12:09am")}, tmp_path)
    assert posts[0].created is not None
    assert posts[0].created.isoformat() == "2013-10-21T00:09:00+00:00"
    assert (posts[0].precision, posts[0].zone) == ("minute", "unknown")


def test_it_is_recognised_by_two_signs_only(tmp_path: Path) -> None:
    files = made(1, 3)[0]
    assert hits(READER, files, tmp_path) == (2, 3)
    del files["blog/payload-0.json"]
    assert hits(READER, files, tmp_path / "b") == (0, 3)


@pytest.mark.parametrize(
    "files",
    [
        {"posts/123401.plain-text.html": b"<p>tumblr</p>", "payload-0.json": b"{}"},
        {"posts/100000000001.html": b"<p>A page on tumblr</p>"},
        {"posts/100000000001.html": b'<p id="footer">of another site</p>'},
        {"payload-0.json": b'{"tumblr": 1}'},
        {"posts/2020-01-02_Title-abcdef.html": b'tumblr <p id="footer">'},
    ],
)
def test_what_is_only_like_it_is_not_taken_for_it(files: dict[str, bytes], tmp_path: Path) -> None:
    assert hits(READER, files, tmp_path) == (0, 0)


def test_pictures_are_named_by_their_path_or_address(tmp_path: Path) -> None:
    body = (
        '<img src="../../media/1_0.jpg" alt="a cat"><img src="https://64.media.tumblr.com/b.png">'
    )
    files = {f"blog/{POST}": page(body), "blog/media/1_0.jpg": b"\xff\xd8"}
    posts, _ = reading(READER, files, tmp_path)
    assert [(one.path, one.text) for one in posts[0].media] == [
        ("blog/media/1_0.jpg", "a cat"), ("https://64.media.tumblr.com/b.png", ""),
    ]  # fmt: skip


def test_scripts_are_no_words(tmp_path: Path) -> None:
    body = "<p>words</p><script>alert('tumblr')</script><style>p{}</style>"
    posts, _ = reading(READER, {POST: page(body)}, tmp_path)
    assert posts[0].text == "words"


@pytest.mark.parametrize(
    "when", ["", "Foo 1st, 2018 3:45pm", "June 31st, 2018 3:45pm", "June 1st, 0000 3:45pm",
             "uary 1st, 2018 3:45pm"],
)  # fmt: skip
def test_a_time_that_is_none_costs_the_time_only(when: str, tmp_path: Path) -> None:
    posts, notes = reading(READER, {POST: page("<p>x</p>", when)}, tmp_path)
    assert [(post.text, post.created) for post in posts] == [("x", None)]
    assert [one.why for one in notes.not_understood] == ["bad-date"]


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"<html", b"<div>" * 20_000, b"<p>" + b"y" * 4_500_000]
)
def test_pages_of_any_kind_hide_no_other(body: bytes, tmp_path: Path) -> None:
    other = "posts/html/100000000002.html"
    posts, notes = reading(READER, {POST: body, other: page("<p>after</p>")}, tmp_path)
    assert posts[-1].text == "after"
    assert {one.path for one in notes.not_understood} == {POST}


def test_a_page_that_is_nested_too_deep_is_noted_and_the_next_is_read(tmp_path: Path) -> None:
    deep, other = page("<div>" * 100_000 + "deep"), POST.replace("1.html", "2.html")
    posts, notes = reading(READER, {POST: deep, other: page("<p>x</p>")}, tmp_path)
    assert [post.text for post in posts] == ["x"]
    assert [(one.path, one.why) for one in notes.not_understood] == [(POST, "nested-too-deep")]


def test_a_time_without_end_is_none_and_costs_nothing(tmp_path: Path) -> None:
    began = time.process_time()
    posts, notes = reading(READER, {POST: page("<p>x</p>", "a" * 200_000)}, tmp_path)
    assert time.process_time() - began < 5
    assert [post.created for post in posts] == [None]
    assert [one.why for one in notes.not_understood] == ["bad-date"]
