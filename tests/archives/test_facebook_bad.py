"""Facebook's archives that are broken or hostile: the rest is read, each fault has its place."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import facebook as made_by
from tests.archives.made.truth import packed, reading
from withhold.exports.facebook import READER
from withhold.exports.facebook_html import clock
from withhold.exports.facebook_words import TEXT_AT_MOST
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options

POSTS = "your_facebook_activity/posts/your_posts_1.json"
ODD: tuple[Any, ...] = (None, True, 0, -1, 1e300, "", "x", [], {}, [[]], [None], {"": {}}, 10**30)


@pytest.mark.parametrize("seed", range(60))
def test_any_type_anywhere_raises_nothing(seed: int, tmp_path: Path) -> None:
    """Values of a good archive are replaced by others of any type; nothing escapes."""
    dice = random.Random(seed)  # noqa: S311
    files, _, _ = made_by.made(dice.choice(list(made_by.TREES)), seed, 4)

    def spoilt(found: Any) -> Any:
        if dice.random() < 0.07:
            return dice.choice(ODD)
        if isinstance(found, dict):
            return {key: spoilt(one) for key, one in found.items()}
        return [spoilt(one) for one in found] if isinstance(found, list) else found

    bad = {
        path: json.dumps(spoilt(json.loads(body))).encode() if body[:1] in (b"[", b"{") else body
        for path, body in files.items()
    }
    reading(READER, bad, tmp_path)


@pytest.mark.parametrize("seed", range(40))
def test_bytes_changed_anywhere_raise_nothing(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)  # noqa: S311
    files, _, _ = made_by.made("2024", seed, 3)
    bad = {}
    for path, body in files.items():
        spoilt = bytearray(body)
        for _ in range(dice.randint(0, 3) if spoilt else 0):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        bad[path] = bytes(spoilt[: dice.randint(0, len(spoilt)) if dice.random() < 0.2 else None])
    reading(READER, bad, tmp_path)


def test_what_stands_before_the_cut_is_read(tmp_path: Path) -> None:
    body = made_by.body([{"timestamp": 5, "data": [{"post": f"post {n}"}]} for n in range(10)])
    posts, notes = reading(READER, {POSTS: body[: len(body) * 2 // 3]}, tmp_path)
    assert [one.text for one in posts] == [f"post {n}" for n in range(len(posts))]
    assert 5 <= len(posts) <= 7
    assert {one.path for one in notes.not_understood} == {POSTS}


def test_of_an_object_that_is_cut_off_too(tmp_path: Path) -> None:
    path = "your_facebook_activity/groups/group_posts_and_comments.json"
    found = [{"timestamp": 5, "data": [{"post": f"post {n}"}]} for n in range(10)]
    body = made_by.body({"group_posts_v2": found})
    posts, notes = reading(READER, {path: body[: len(body) * 2 // 3]}, tmp_path)
    assert [one.text for one in posts] == [f"post {n}" for n in range(len(posts))]
    assert 5 <= len(posts) <= 7
    assert {one.path for one in notes.not_understood} == {path}


def test_entries_that_are_none_are_listed_one_by_one(tmp_path: Path) -> None:
    posts, notes = reading(READER, {POSTS: b'[1, {"data": [{"post": "a"}]}, "x", null]'}, tmp_path)
    assert [one.text for one in posts] == ["a"]
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("wrong-type", "/0"),
        ("wrong-type", "/2"),
        ("wrong-type", "/3"),
    ]


def test_a_text_too_long_is_cut(tmp_path: Path) -> None:
    text = "ab " * 400_000
    posts, notes = reading(READER, {POSTS: made_by.body([{"data": [{"post": text}]}])}, tmp_path)
    assert posts[0].text == text[:TEXT_AT_MOST]
    assert [(one.why, one.facts) for one in notes.not_understood] == [
        ("too-long", {"characters": "1200000"})
    ]


@pytest.mark.parametrize("body", [b"[]", b"{}", b" [ ]\n", b'{"a_v2": [ ]}'])
def test_a_file_without_entries_is_empty(body: bytes, tmp_path: Path) -> None:
    _, notes = reading(READER, {POSTS: body}, tmp_path)
    assert notes.ignored == {POSTS: "no-content"}
    assert notes.not_understood == []


def test_labels_nested_without_end(tmp_path: Path) -> None:
    found: Any = {"value": "deep down"}
    for _ in range(30):
        found = {"dict": [found]}
    path = "your_facebook_activity/posts/posts_on_other_pages_and_profiles.json"
    said = [{"label": "Message", "value": "above"}]
    entries = [{"fbid": "1", "timestamp": 5, "label_values": [*said, found]}]
    posts, _ = reading(READER, {path: json.dumps(entries).encode()}, tmp_path)
    assert [one.text for one in posts] == ["above"]


# The HTML form -----------------------------------------------------------------------------------

PAGE = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html"


def test_the_posts_of_a_page(tmp_path: Path) -> None:
    body = made_by.page(
        [
            ("Zoë hat etwas geschrieben.", "Grüße <b> & ok", "Sep 13, 2020 12:05:00 pm"),
            ("", "Zweiter Ã©", "13. Okt. 2021, 08:30"),
            ("", "Ohne Zeit", ""),
        ]
    )
    posts, notes = reading(READER, {PAGE: body, "start_here.html": b"<p>x</p>"}, tmp_path)
    assert [one.text for one in posts] == ["Grüße <b> & ok", "Zweiter Ã©", "Ohne Zeit"]
    assert [one.zone for one in posts] == ["unknown", "unknown", "none"]
    assert [one.precision for one in posts] == ["second", "minute", "none"]
    assert [one.created.isoformat() for one in posts if one.created] == [
        "2020-09-13T12:05:00+00:00",
        "2021-10-13T08:30:00+00:00",
    ]
    assert [one.audience for one in posts] == ["unknown"] * 3
    assert notes.ignored == {"start_here.html": "no-content"}


def test_a_page_with_other_class_names(tmp_path: Path) -> None:
    body = made_by.page(
        [("", "Eins", "Sep 13, 2020 12:05:00 pm"), ("", "Zwei", "Sep 14, 2020 1:05 am")]
    )
    for old in (b"_a6-", b"_a72d", b"_a706", b"_a705"):
        body = body.replace(old, b"_zz")
    posts, _ = reading(READER, {PAGE: body}, tmp_path)
    assert [one.text for one in posts] == ["Eins", "Zwei"]
    assert [one.created and one.created.hour for one in posts] == [12, 1]


@pytest.mark.parametrize("inside", ["", '<p class="_a6-g">a</p>' * 2000, "<p>12:30</p>" * 2000])
def test_a_page_nested_without_end_is_read_in_no_time(inside: str, tmp_path: Path) -> None:
    body = b"<div>" * 5_000 + inside.encode() + b"</div>" * 5_000
    posts, _ = reading(READER, {PAGE: body}, tmp_path)
    assert len(posts) == (2000 if "_a6-g" in inside else 0)


def test_messages_of_a_page_are_the_members_by_name(tmp_path: Path) -> None:
    path = "your_facebook_activity/messages/inbox/a_1/message_1.html"
    body = made_by.page([(made_by.OWNER, "mine", "Sep 13, 2020 12:05:00 pm"), ("Kim", "hers", "")])
    profile = made_by.body({"profile_v2": {"name": {"full_name": made_by.OWNER}}})
    name = "personal_information/profile_information/profile_information.json"
    posts, notes = reading(READER, {path: body, name: profile}, tmp_path)
    assert [(one.text, one.kind, one.audience) for one in posts] == [("mine", "message", "private")]
    assert notes.understood[path].others == 1


def test_labelled_values_of_a_page(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td class='_2pin _a6_q'>{label}</td><td class='_a6_r'>{value}</td></tr>"
        for label, value in (("Time", "Sep 13, 2020 12:05:00 pm"), ("Message", "Hi &amp; bye"),
                             ("Target", "Kim"))
    )  # fmt: skip
    body = f"<main><section class='_a6-g'><div class='_a6-p'><table>{rows}</table></div></section>"
    path = "your_facebook_activity/posts/posts_on_other_pages_and_profiles.html"
    posts, _ = reading(READER, {path: body.encode()}, tmp_path)
    assert [one.text for one in posts] == ["Hi & bye"]


def test_what_scripts_hold_is_no_text(tmp_path: Path) -> None:
    body = made_by.page([("", "Eins", "")]).replace(b"Eins", b"Eins<script>var post</script>")
    posts, _ = reading(READER, {PAGE: body}, tmp_path)
    assert [one.text for one in posts] == ["Eins"]


def test_settings_as_html_need_the_other_form(tmp_path: Path) -> None:
    path = "preferences/preferences/privacy_settings.html"
    _, notes = reading(READER, {path: made_by.page([]), PAGE: made_by.page([])}, tmp_path)
    assert [(one.path, one.why) for one in notes.not_understood] == [(path, "wrong-form")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 13, 2020 12:00:00 am", "2020-09-13T00:00:00"),
        ("September 13, 2020 at 1:05 PM", "2020-09-13T13:05:00"),
        ("13.02.2021 08:30", "2021-02-13T08:30:00"),
        ("3 févr. 2021, 21:00", "2021-02-03T21:00:00"),
        ("2 de ene. de 2019 9:01", "2019-01-02T09:01:00"),
        ("2021-02-03 21:00", "2021-02-03T21:00:00"),
        ("12/25/2021 21:00", "2021-12-25T21:00:00"),
        ("03/04/2021 21:00", ""),  # the third of April, or the fourth of March
        ("Feb 31, 2020 10:00", ""),
        ("31 2020 25:99", ""),
        ("no date", ""),
    ],
)
def test_times_as_written(text: str, expected: str) -> None:
    found = clock(text)
    assert (found[0].strftime("%Y-%m-%dT%H:%M:%S") if found else "") == expected


def test_what_reads_like_mojibake_in_a_page_is_meant(tmp_path: Path) -> None:
    """Pages are sound UTF-8, also where every sign above 127 is an entity."""
    body = made_by.page([("", "A-B", "Sep 13, 2020 12:05:00 pm")]).replace(
        b"A-B", b"&Atilde;&copy;"
    )
    posts, _ = reading(READER, {PAGE: body}, tmp_path)
    assert [one.text for one in posts] == ["Ã©"]


def test_a_large_object_is_read_item_by_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.exports.facebook.WHOLE_AT_MOST", 10)
    path = "your_facebook_activity/groups/group_posts_and_comments.json"
    found = {
        "group_posts_v2": [{"timestamp": 5, "data": [{"post": f"post {n}"}]} for n in range(9)]
    }
    posts, _ = reading(READER, {path: made_by.body(found)}, tmp_path)
    assert [one.text for one in posts] == [f"post {n}" for n in range(9)]
    assert posts[8].source.at == "/group_posts_v2/8"


def test_a_file_whose_packing_is_broken_leaves_the_others(tmp_path: Path) -> None:
    entries = [{"timestamp": 5, "data": [{"post": f"post {n}"}]} for n in range(500)]
    other = "your_facebook_activity/posts/your_posts_2.json"
    name = packed({POSTS: made_by.body(entries), other: made_by.body(entries[:3])}, tmp_path)
    body = bytearray(name.read_bytes())
    body[400:440] = bytes(40)
    name.write_bytes(body)
    notes = Notes()
    with Files([name], notes) as files:
        posts = list(READER.read(files, notes, Options()))
    assert [one.text for one in posts if one.source.path == other] == ["post 0", "post 1", "post 2"]
    assert POSTS in {one.path for one in notes.not_understood}


def test_chats_with_ai_that_are_none(tmp_path: Path) -> None:
    path = "your_facebook_activity/messages/ai_conversations.json"
    found = [
        1,
        {"fbid": "1"},
        {"fbid": "2", "label_values": [{"label": "Text", "value": "hi there"}]},
    ]
    posts, notes = reading(READER, {path: json.dumps(found).encode()}, tmp_path)
    assert [(one.text, one.kind, one.audience_by) for one in posts] == [
        ("hi there", "ai-chat", "platform-default")
    ]
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("wrong-type", "/0"),
        ("missing-field", "/1"),
    ]


def test_a_page_that_is_nested_too_deep_is_noted(tmp_path: Path) -> None:
    posts, notes = reading(READER, {PAGE: b"<body>" + b"<div>" * 100_000 + b"deep"}, tmp_path)
    assert posts == []
    assert [(one.path, one.why) for one in notes.not_understood] == [(PAGE, "nested-too-deep")]


def test_mentions_that_never_end_cost_nothing(tmp_path: Path) -> None:
    said = "@[1:2:Kim] " + "@[1:1:" * 50_000
    body = json.dumps([{"timestamp": 5, "data": [{"post": said}]}]).encode()
    began = time.process_time()
    posts, _ = reading(READER, {PAGE.replace(".html", ".json"): body}, tmp_path)
    assert time.process_time() - began < 10
    assert posts[0].text[:10] == "Kim @[1:1:"
