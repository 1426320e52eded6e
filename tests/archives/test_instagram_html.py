"""Instagram's HTML form: what it holds comes out, what it leaves open stays open."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.archives.made.instagram import NAME, START, drawn, since_2024, told
from tests.archives.made.instagram_html import block, of_html, page, rows
from tests.archives.made.truth import hits, reading
from withhold.exports.instagram import READER, names
from withhold.exports.instagram_html import written

FOUND = drawn(3, 8)
TOP = "your_instagram_activity"
POSTS = f"{TOP}/media/posts_1.html"


@pytest.mark.parametrize("private", [True, False])
def test_every_page(tmp_path: Path, private: bool) -> None:
    files, truth = of_html(FOUND, private)
    posts, notes = reading(READER, files, tmp_path)
    assert Counter(told(post) for post in posts) == Counter(truth)
    assert notes.not_understood == []
    dated = [post for post in posts if post.kind != "profile"]
    assert {(post.precision, post.zone) for post in dated} == {("minute", "unknown")}
    hit = names(sorted(files))
    assert hit is not None
    assert hit.layout == "2024 html"
    assert hits(READER, files, tmp_path)[0] >= 2


def test_a_single_post_and_a_nested_box(tmp_path: Path) -> None:
    inside = (
        "<div class='pam uiBoxWhite noborder'><div><a href='media/posts/a.jpg'>picture</a></div>"
        "<table><tr><td><div class='_a6-q'>Latitude</div><div><div class='_a6-q'>52.5</div></div>"
        "</td></tr><tr><td><div class='_a6-q'>Longitude</div><div><div>13.4</div></div></td></tr>"
        "</table></div>"
    )
    posts, _ = reading(READER, {POSTS: page(block("here", inside, START))}, tmp_path)
    assert [(post.text, post.media[0].place, post.media[0].place_by) for post in posts] == [
        ("here", (52.5, 13.4), "record")
    ]


def test_a_box_around_all_entries_and_links_to_the_web(tmp_path: Path) -> None:
    links = "<a href='https://example.org/x'>web</a><a href='../media/posts/a.jpg'>file</a>"
    both = block("one", links, START) + block("two", "", START)
    posts, _ = reading(READER, {POSTS: page(f"<div><div>{both}</div></div>")}, tmp_path)
    assert [(post.text, [one.path for one in post.media]) for post in posts] == [
        ("one", ["media/posts/a.jpg"]), ("two", []),
    ]  # fmt: skip


def test_scripts_are_no_text_and_entities_are(tmp_path: Path) -> None:
    heading = "5 < 6 & <script>alert(1)</script>"
    posts, _ = reading(READER, {POSTS: page(block(heading, "", START))}, tmp_path)
    assert [post.text for post in posts] == [heading]
    raw = (
        POSTS,
        page("<div><h2>a<script>never()</script>b</h2><div>Mar 04, 2021 5:06 am</div></div>"),
    )
    posts, _ = reading(READER, dict([raw]), tmp_path)
    assert [(post.text, post.created is not None) for post in posts] == [("ab", True)]


def test_messages_tell_who_wrote_and_keep_the_own(tmp_path: Path) -> None:
    files, _ = of_html([], True)
    path = f"{TOP}/messages/inbox/a_1/message_1.html"
    files[path] = page(
        block(NAME, "<div><div></div><div>mine</div><ul><li>😂Other (then)</li></ul></div>", START),
        block("Other", "<div><div></div><div>theirs</div></div>", START),
    )
    posts, notes = reading(READER, files, tmp_path)
    assert [(post.kind, post.text, post.audience) for post in posts if post.kind == "message"] == [
        ("message", "mine", "unknown")
    ]
    assert notes.understood[path].others == 1
    assert "theirs" not in repr(posts)


def test_rows_in_a_language_that_nobody_listed(tmp_path: Path) -> None:
    said = rows(("Athugasemd", "flott"), ("Eigandi", "jemand"), ("Tími", "Mar 04, 2021 5:06 am"))
    files = {f"{TOP}/comments/post_comments_1.html": page(block("", said, None))}
    posts, _ = reading(READER, files, tmp_path)
    assert [(post.text, str(post.created)) for post in posts] == [
        ("flott", "2021-03-04 05:06:00+00:00")
    ]


def test_a_date_that_is_not_sure_is_none_and_noted(tmp_path: Path) -> None:
    body = page("<div><h2>a</h2><div>02/03/2021 5:06</div></div>",
                "<div><h2>b</h2><div>Mar 04, 2021 5:06 am</div></div>")  # fmt: skip
    posts, notes = reading(READER, {POSTS: body}, tmp_path)
    assert [(post.text, post.created is None, post.precision) for post in posts] == [
        ("a", True, "none"), ("b", False, "minute"),
    ]  # fmt: skip
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "entry 1")]


def test_json_beside_it_is_the_better_form(tmp_path: Path) -> None:
    html, _ = of_html(FOUND)
    json = since_2024(FOUND)
    _, notes = reading(READER, {**html, **json}, tmp_path)
    assert notes.ignored[POSTS] == "superseded"
    assert sum(one.posts for one in notes.understood.values()) == len(FOUND) + 1


def test_pages_that_are_none(tmp_path: Path) -> None:
    files = {
        POSTS: b"", f"{TOP}/media/reels.html": b"\x00\xff\xfe not a page",
        f"{TOP}/media/stories.html": page(), f"{TOP}/something_new.html": page("<div>?</div>"),
        f"{TOP}/media/igtv_videos.html": b"<div>" * 20_000,
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert {one.path: one.why for one in notes.not_understood}[POSTS] == "empty"
    assert {one.path for one in notes.not_understood} == set(files)


def test_a_page_too_large_to_parse_is_named_and_the_rest_read(tmp_path: Path) -> None:
    files = {
        POSTS: b"<p>" + b" " * 33 * 1024 * 1024,
        f"{TOP}/media/stories.html": page(block("a story", "", START)),
    }
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["a story"]
    assert [(one.path, one.why) for one in notes.not_understood] == [(POSTS, "too-large")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dec 28, 2020 7:20 am", datetime(2020, 12, 28, 7, 20, tzinfo=UTC)),
        ("Dec 28, 2020 12:20 am", datetime(2020, 12, 28, 0, 20, tzinfo=UTC)),
        ("Dec 28, 2020, 12:20 PM", datetime(2020, 12, 28, 12, 20, tzinfo=UTC)),
        ("28. Dez. 2020, 19:20", datetime(2020, 12, 28, 19, 20, tzinfo=UTC)),
        ("28 déc. 2020 à 19:20", datetime(2020, 12, 28, 19, 20, tzinfo=UTC)),
        ("sept. 5, 2022 7:46 p. m.", datetime(2022, 9, 5, 19, 46, tzinfo=UTC)),
        ("Feb 30, 2020 7:20 am", None),
        ("Dec 28, 2020", None),
        ("03/02/2021 7:20", None),
        ("Dec 28, 0000 7:20 am", None),
        ("Dec 28, 2020 25:61 am", None),
        ("", None),
    ],
)
def test_a_date_as_it_is_written(text: str, expected: datetime | None) -> None:
    assert written(text) == expected


def test_a_page_that_is_nested_too_deep_is_noted(tmp_path: Path) -> None:
    posts, notes = reading(READER, {POSTS: b"<body>" + b"<div>" * 100_000 + b"deep"}, tmp_path)
    assert posts == []
    assert [(one.path, one.why) for one in notes.not_understood] == [(POSTS, "nested-too-deep")]


def test_a_number_without_end_is_no_part_of_a_date(tmp_path: Path) -> None:
    assert written("Jan 2, 2020 7:20 am " + "1" * 5_000) is None
    body = page(block("here", "", START) + f"<div>12:30 Jan {'1' * 5_000}</div>")
    posts, _ = reading(READER, {POSTS: body}, tmp_path)
    assert [post.text for post in posts] == ["here"]
