"""Mastodon: audiences by addressing, and what hostile outboxes hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.mastodon import ACTOR, FOLLOWERS, ME, PUBLIC, made
from tests.archives.made.truth import hits, reading, told
from withhold.exports.markup import text_of
from withhold.exports.mastodon import READER


def outbox(*items: Any, **more: Any) -> dict[str, bytes]:
    body = {"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection",
            "orderedItems": list(items), **more}  # fmt: skip
    return {"outbox.json": json.dumps(body).encode()}


def note(**thing: Any) -> dict[str, Any]:
    to = thing.pop("to", [PUBLIC])
    return {"type": "Create", "published": "2023-01-02T03:04:05Z", "to": to,
            "object": {"type": "Note", "id": f"{ME}/statuses/1", **thing}}  # fmt: skip


def test_every_post_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 200)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    assert notes.not_understood == []
    assert notes.ignored == {
        "likes.json": "not-published", "bookmarks.json": "not-published", "avatar.png": "media",
        "media_attachments/files/1/original/a.jpg": "media",
    }  # fmt: skip
    assert notes.account == "ada@example.social"
    assert notes.understood["outbox.json"].expected == 200


def test_switches_of_the_account_are_settings(tmp_path: Path) -> None:
    _, notes = reading(READER, made(1, 1)[0], tmp_path)
    said = {(one.name, one.value, one.control) for one in notes.settings}
    assert said == {
        ("discoverable", "off", False), ("indexable", "off", False),
        ("approves-followers", "on", False),
    }  # fmt: skip


def test_it_is_recognised_by_listing_and_by_structure(tmp_path: Path) -> None:
    files = made(1, 3)[0]
    assert hits(READER, files, tmp_path) == (4, 4)
    renamed = {"x/0.json": files["outbox.json"], "x/1.json": files["actor.json"]}
    assert hits(READER, renamed, tmp_path / "b") == (0, 2)
    assert hits(READER, {"outbox.json": b"[]"}, tmp_path / "c") == (0, 0)


@pytest.mark.parametrize(
    ("to", "cc", "audience", "by"),
    [
        ([FOLLOWERS, PUBLIC], [], "public", "item-field"),
        (["https://elsewhere.example/users/x/followers"], [], "followers", "item-field"),
        ([7, None, {"a": 1}], [[PUBLIC]], "unknown", "none"),
        ("Public", None, "public", "item-field"),
        (None, None, "unknown", "none"),
    ],
)
def test_addressing(tmp_path: Path, to: Any, cc: Any, audience: str, by: str) -> None:
    item = note(content="x") | {"to": to, "cc": cc}
    (post,), _ = reading(READER, outbox(item), tmp_path)
    assert (post.audience, post.audience_by) == (audience, by)


def test_media_keep_their_description_and_path(tmp_path: Path) -> None:
    item = note(content="", attachment={"url": "/media_attachments/a.png", "name": "A cat"})
    (post,), _ = reading(READER, outbox(item), tmp_path)
    assert [(one.path, one.text) for one in post.media] == [("media_attachments/a.png", "A cat")]


def test_text_is_what_a_person_reads_and_the_raw_is_kept(tmp_path: Path) -> None:
    html = "<p>a<br>b</p><script>evil()</script><p>c &lt;d&gt;</p>"
    (post,), _ = reading(READER, outbox(note(content=html)), tmp_path)
    assert (post.text, post.raw) == ("a\nb\nc <d>", html)


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <a href="https://x.example/?b>c" class="u-url">b</a></p><p>c</p>',
        '<p>a<br />b<br>c &amp;lt; d &lt;p&gt;</p>',
        '<p><span class="h-card"><a href="https://x.example">@<span>bob</span></a></span> hi</p>',
        "<p>a\nb &nbsp; c</p>\n\n<p> d</p>",
        "a &amp; b", "<p>5 < 6</p>", "<p class='x'>a</p>", "<em>a</em><p>b</p>", "<p",
        "<a b=c>d</a>",
    ],
)  # fmt: skip
def test_a_quick_way_gives_the_same_text_as_the_parser(tmp_path: Path, html: str) -> None:
    (post,), _ = reading(READER, outbox(note(content=html)), tmp_path)
    assert post.text == text_of(html)


def test_broken_entries_are_listed_and_hide_nothing(tmp_path: Path) -> None:
    bad = [7, None, [], {"type": "Create"}, {"type": "Delete", "object": {}}, {"object": [1]}]
    posts, notes = reading(READER, outbox(*bad, note(content="last")), tmp_path)
    assert [post.text for post in posts] == ["last"]
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("wrong-type", f"/orderedItems/{number}") for number in range(6)
    ]


@pytest.mark.parametrize("published", [None, 7, "0000-01-01T00:00:00Z", "x" * 99, ["2020"], {}])
def test_a_date_that_is_none_is_noted(tmp_path: Path, published: Any) -> None:
    item = note(content="x") | {"published": published}
    (post,), notes = reading(READER, outbox(item), tmp_path)
    assert (post.created, post.precision, post.zone) == (None, "none", "none")
    assert [one.why for one in notes.not_understood] == ["bad-date"]


def test_values_of_any_type_do_no_harm(tmp_path: Path) -> None:
    anything: list[Any] = [None, True, 7, 1e300, "x", [], {}, [1], {"a": 1}]
    for number, value in enumerate(anything):
        keys = ("id", "url", "content", "contentMap", "summary", "name", "attachment", "inReplyTo",
                "quote", "oneOf", "anyOf")  # fmt: skip
        items = [note(**{key: value}) for key in keys]
        actor = {key: value for key in ACTOR} | {"preferredUsername": value}  # noqa: C420
        files = outbox(*items) | {"actor.json": json.dumps(actor).encode()}
        folder = tmp_path / str(number)
        folder.mkdir()
        posts, _ = reading(READER, files, folder)
        assert sum(post.kind != "profile" for post in posts) == len(keys)
        assert all(isinstance(post.text, str) and post.id for post in posts)


def test_a_missing_id_is_made_of_what_was_said(tmp_path: Path) -> None:
    items = [note(id=None, content=text) for text in ("a", "b")]
    posts, _ = reading(READER, outbox(*items), tmp_path)
    assert len({post.id for post in posts}) == 2
    assert all(post.id.startswith("~") for post in posts)


def test_an_outbox_cut_in_the_middle_gives_what_stands_before(tmp_path: Path) -> None:
    body = outbox(*[note(content=f"{number}") for number in range(50)])["outbox.json"]
    posts, notes = reading(READER, {"outbox.json": body[: len(body) // 2]}, tmp_path)
    assert 20 <= len(posts) < 26
    assert [one.path for one in notes.not_understood] == ["outbox.json"]


def test_a_text_beyond_the_limit_is_cut_and_noted(tmp_path: Path) -> None:
    item = note(content="<p>" + "y" * 5_000_000 + "</p>")
    (post,), notes = reading(READER, outbox(item), tmp_path)
    assert len(post.text) == 1_000_000
    assert {one.why for one in notes.not_understood} == {"too-long"}


def test_each_post_and_setting_says_where_it_stands(tmp_path: Path) -> None:
    posts, notes = reading(READER, made(1, 9)[0], tmp_path)
    assert [post.source.at for post in posts] == ["", *(f"/orderedItems/{n}" for n in range(9))]
    assert {one.source.at for one in notes.settings} == {
        "/discoverable", "/indexable", "/manuallyApprovesFollowers",
    }  # fmt: skip
    assert posts[0].url == "https://example.social/@ada"
    assert posts[1].url == "https://example.social/@ada/0"
    assert posts[2].reply_to == "https://other.example/users/bob/statuses/2"


def test_an_outbox_and_an_actor_of_other_names_are_read(tmp_path: Path) -> None:
    files, truth = made(1, 9)
    renamed = {"x/a.json": files["actor.json"], "x/o.json": files["outbox.json"], "x/z.json": b"[]"}
    posts, notes = reading(READER, renamed, tmp_path)
    assert [told(post) for post in posts] == truth
    assert [(one.path, one.why) for one in notes.not_understood] == [("x/z.json", "no-reader")]


def test_an_actor_that_is_none_is_listed(tmp_path: Path) -> None:
    posts, notes = reading(READER, {"actor.json": b"[1]", **outbox(note(content="x"))}, tmp_path)
    assert [post.text for post in posts] == ["x"]
    assert [(one.path, one.why) for one in notes.not_understood] == [("actor.json", "wrong-form")]


def test_a_name_has_no_markup(tmp_path: Path) -> None:
    poll = note(
        content="<p>Which?</p>", oneOf=[{"name": "<b>"}, {"name": "<script>"}, {"name": "&"}]
    )
    actor = ACTOR | {"name": "<hr> & me", "summary": "", "attachment": []}
    files = {"actor.json": json.dumps(actor).encode(), **outbox(poll)}
    posts, _ = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["<hr> & me", "Which?\n<b>\n<script>\n&"]
