"""TikTok: what hostile and broken archives hold, never raises and hides nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import tiktok as made
from tests.archives.made.truth import reading
from tests.archives.test_tiktok import VIDEO, bare, of, videos
from withhold.exports import tiktok_sections
from withhold.exports.tiktok import READER


@pytest.mark.parametrize("empty", [None, {}, "", "You have no data", [], 7])
def test_empty_sections_say_nothing(tmp_path: Path, empty: Any) -> None:
    whole = {
        "Post": {"Posts": {"VideoList": empty}},
        "Comment": {"Comments": {"CommentsList": empty}},
    }
    assert of(whole, tmp_path)[0] == []


def test_a_record_where_a_list_was_expected_counts(tmp_path: Path) -> None:
    (post,), _ = of({"Post": {"Posts": {"VideoList": VIDEO}}}, tmp_path)
    assert (post.text, post.source.at) == ("hello", "/Post/Posts/VideoList")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"Date": "0000-00-00 00:00:00"}, "bad-date"), ({"Date": "soon"}, "bad-date"),
        ({"Title": "x" * 1_000_001}, "too-long"),
    ],
)  # fmt: skip
def test_one_broken_record_hides_no_other(tmp_path: Path, said: dict[str, Any], why: str) -> None:
    posts, notes = of(videos(VIDEO, {**VIDEO, **said}, "text", VIDEO), tmp_path)
    assert len(posts) == 3
    assert [(one.why, one.at) for one in notes.not_understood] == [
        (why, "/Post/Posts/VideoList/1"), ("wrong-type", "/Post/Posts/VideoList/2")
    ]  # fmt: skip


@pytest.mark.parametrize("value", [None, 1e300, -5, True, [], [1], {}, {"a": []}, "\x00", "\ud800"])
@pytest.mark.parametrize("small", [True, False])
def test_values_of_any_type_anywhere(
    tmp_path: Path, value: Any, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not small:
        monkeypatch.setattr(tiktok_sections, "WHOLE_AT_MOST", 10)
    records = [{**VIDEO, name: value} for name in VIDEO]
    whole = {
        **videos(*records),
        "Comment": {"CommentsList": [{"date": value, "comment": value, "url": value}]},
        "ChatHistory": {
            "Chat History with bob:": [{"From": value, "Content": value, "Date": value}]
        },
        "Live": {"WatchLiveMap": {"1": {"Comments": [{"CommentContent": "x", "RawTime": value}]}}},
        "Profile": {"ProfileMap": {"userName": value, "bioDescription": value}},
        "Settings": {"SettingsMap": {"Private Account": value, "Allow DownLoad": value}},
        "Strange": value,
    }
    posts, _ = of(whole, tmp_path, others=True)
    assert len([post for post in posts if post.kind == "video"]) == len(records)


def test_a_file_that_is_cut_off_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    files, truth = made.made_2025(1, 30)
    ((path, body),) = files.items()
    cut = body[: body.index(b'"Post"') - 2]
    posts, notes = reading(READER, {path: cut}, tmp_path)
    assert sorted(map(bare, posts)) == sorted(truth[:32])
    assert [(one.path, one.why) for one in notes.not_understood] == [
        (path, "cut-off"), (path, "missing-field")  # the handle stood behind the cut
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe{", b"[" * 100_000, b'{"a":' * 5_000]
)
def test_what_is_no_json_never_raises(tmp_path: Path, body: bytes) -> None:
    assert reading(READER, {"user_data.json": body}, tmp_path)[0] == []


@pytest.mark.parametrize("more", [list(range(200)), [[1]] * 200, [{"a": {"b": []}}] * 200])
def test_an_item_too_large_to_hold_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: Any
) -> None:
    monkeypatch.setattr(tiktok_sections, "WHOLE_AT_MOST", 10)
    monkeypatch.setattr(tiktok_sections, "VALUES_AT_MOST", 100)
    posts, notes = of(videos(VIDEO, {**VIDEO, "x": more}, VIDEO), tmp_path)
    assert len(posts) == 2
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("too-large", "/Post/Posts/VideoList/1")
    ]


def test_words_of_an_unknown_list_are_named_once(tmp_path: Path) -> None:
    whole = {**videos(VIDEO), "New": {"DiaryList": [{"Entry Text": "a"}, {"Entry Text": "b"}]}}
    posts, notes = of(whole, tmp_path)
    assert len(posts) == 1
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("no-reader", "/New/DiaryList/0")
    ]


def test_nothing_is_passed_over_in_silence(tmp_path: Path) -> None:
    files = {**made.made_2023(1, 1)[0], "x.csv": b"a", "v.mp4": b"", "o.json": b'{"a": 1}',
             "s.txt": b"free text\nof no form"}  # fmt: skip
    _, notes = reading(READER, files, tmp_path)
    assert {one.path: one.why for one in notes.not_understood} == {
        "x.csv": "no-reader", "o.json": "no-reader", "s.txt": "no-reader"
    }  # fmt: skip
    assert notes.ignored == {"v.mp4": "media"}


def test_a_text_of_very_many_lines_is_read_in_no_time(tmp_path: Path) -> None:
    lines = "a\n" * 300_000
    files = {
        "TikTok/Comment/Comments.txt": f"Date: 2024-01-02 03:04:05 UTC\nComment: x\n{lines}",
        "TikTok/Direct Messages/Chat.txt": (
            f">>> Chat History with bob::\n2024-01-02 03:04:05 UTC me: x\n{lines}"
        ),
        "TikTok/Profile/Profile Info.txt": "Username: me\nBio Description: b\n",
    }
    began = time.process_time()
    posts, _ = reading(READER, {path: body.encode() for path, body in files.items()}, tmp_path)
    assert time.process_time() - began < 5
    assert [len(post.text) for post in posts] == [600_001, 600_001, 1]
