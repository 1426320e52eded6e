"""Instagram: what an archive may hold instead. Nothing raises, nothing is lost in silence."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.instagram import (
    NAME,
    START,
    Drawn,
    account,
    conversation,
    drawn,
    file,
    message,
    meta,
    newest,
    of_2020,
    read_both,
    since_2024,
    threads,
)  # fmt: skip
from tests.archives.made.instagram_html import of_html
from tests.archives.made.truth import reading
from withhold.exports.instagram import READER, names

FOUND = drawn(11, 3)
POSTS = "your_instagram_activity/media/posts_1.json"
STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1e300, float("nan"), "", "x", "\ud800", [], {}, [[]], {"": None}, [None],
    10**400, "9" * 50,
)  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE, ids=lambda one: repr(one)[:12])
def test_any_value_anywhere_and_the_rest_is_read(tmp_path: Path, strange: Any) -> None:
    """Each value of an entry in its turn is something else; the entry after it comes out."""
    good = file("good.jpg", START, "good")
    one: dict[str, Any]
    one = {"media": [file("a.jpg", START, "a")], "title": "t", "creation_timestamp": 1,
           "label_values": [{"label": "Draft", "value": "False"}]}  # fmt: skip
    cases = [strange]
    for key in one:
        cases.append({**one, key: strange})
    for key in one["media"][0]:
        cases.append({**one, "media": [{**one["media"][0], key: strange}]})
    cases.append({**one, "label_values": [strange, {"label": strange, "value": strange}]})
    exif = {"photo_metadata": {"exif_data": [{"latitude": strange, "longitude": strange}]}}
    cases.append({"media": [{**good, "media_metadata": exif}]})
    body = json.dumps([*cases, {"media": [good]}]).encode()
    posts, notes = reading(READER, {POSTS: body}, tmp_path)
    assert "good" in [post.text for post in posts]
    assert all(one.path == POSTS for one in notes.not_understood)


@pytest.mark.parametrize("strange", STRANGE, ids=lambda one: repr(one)[:12])
def test_any_value_in_comments_messages_and_settings(tmp_path: Path, strange: Any) -> None:
    line = message(NAME, START, content="good")
    about = account(True)
    texts = about["profile_user"][0]["string_map_data"]
    top = "your_instagram_activity"
    files = {
        f"{top}/comments/post_comments_1.json": json.dumps([
            strange, {"string_map_data": strange}, {"string_map_data": {"Comment": strange}},
            {"string_map_data": {"Comment": {"value": strange}, "Time": {"timestamp": strange}}},
            {"media_list_data": strange, "string_map_data": {"Comment": {"value": "good"}}},
        ]).encode(),
        f"{top}/messages/inbox/a/message_1.json": json.dumps({
            "participants": strange, "messages": [
                strange, {**line, "sender_name": strange}, {**line, "timestamp_ms": strange},
                {**line, "photos": strange}, {**line, "content": strange, "share": strange}],
        }).encode(),
        "preferences/settings/comments_allowed_from.json": json.dumps(
            {"settings_allow_comments_from": [strange, {"string_map_data": {"a": strange}}]}
        ).encode(),
        "preferences/settings/consents.json": json.dumps(
            [{"timestamp": 1, "label_values": strange},
             {"timestamp": strange, "label_values": [{"label": strange, "value": strange,
                                                      "timestamp_value": strange}]}]
        ).encode(),
        "personal_information/personal_information/personal_information.json": json.dumps(
            {"profile_user": [strange, {"string_map_data": texts, "media_map_data": strange}]}
        ).encode(),
        "your_instagram_activity/messages/ai_conversations.json": json.dumps(
            {"whatever": [strange, {"messages": strange}, {"messages": [strange]}]}
        ).encode(),
    }  # fmt: skip
    posts, _ = reading(READER, files, tmp_path)
    said = [(post.kind, post.text) for post in posts]
    assert ("comment", "good") in said
    assert ("message", "good") in said


@pytest.mark.parametrize("strange", STRANGE, ids=lambda one: repr(one)[:12])
def test_any_value_in_the_flat_files(tmp_path: Path, strange: Any) -> None:
    files, _ = of_2020(FOUND)
    good = {"caption": "good", "taken_at": "2020-10-20T11:52:06", "path": "photos/g.jpg"}
    bad = [{**good, key: strange, "caption": "bad"} for key in good]
    files["media.json"] = json.dumps(
        {"photos": [strange, {}, *bad, good], "stories": strange}
    ).encode()
    files["comments.json"] = json.dumps(
        {"media_comments": [strange, [strange, "c", strange], ["", strange]]}
    ).encode()
    files["messages.json"] = json.dumps(
        [strange, {"participants": strange, "conversation": [
            strange, {"sender": "zoe.beispiel", "text": strange, "created_at": strange},
            {"sender": "zoe.beispiel", "text": "mine", "created_at": "2020-10-20T11:52:06+02:00"}]}]
    ).encode()  # fmt: skip
    files["settings.json"] = json.dumps({"allow_comments_from": strange}).encode()
    posts, _ = reading(READER, files, tmp_path)
    assert {"good", "mine"} <= {post.text for post in posts}
    assert [post.zone for post in posts if post.text == "good"] == ["unknown"]


def test_a_file_cut_in_the_middle_gives_what_stands_before(tmp_path: Path) -> None:
    whole = since_2024(FOUND)[POSTS]
    posts, notes = reading(READER, {POSTS: whole[: len(whole) * 2 // 3]}, tmp_path)
    assert 0 < len(posts) < 6
    assert [one.why for one in notes.not_understood] == ["cut-off"]
    assert notes.not_understood[0].at == f"/{len(posts)}"


def test_files_that_are_no_json_empty_or_unknown(tmp_path: Path) -> None:
    top = "your_instagram_activity"
    files = {
        POSTS: b"<html>", f"{top}/media/reels.json": b"", f"{top}/media/stories.json": b"{}",
        f"{top}/media/brand_new.json": b'{"ig_brand_new": [{"a": 1}]}',
        f"{top}/media/no-data.txt": b"", f"{top}/notes.pdf": b"%PDF",
        "media/posts/202103/17890": b"\xff\xd8", "media/posts/a.HEIC": b"x",
        f"{top}/media/igtv_videos.json": b'{"ig_igtv_media": []}',
        f"{top}/media/archived_posts.json": b"[" * 100_000,
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert {one.path: one.why for one in notes.not_understood} == {
        POSTS: "not-json", f"{top}/media/reels.json": "empty",
        f"{top}/media/brand_new.json": "no-reader", f"{top}/notes.pdf": "no-reader",
        f"{top}/media/archived_posts.json": "cut-off",
    }  # fmt: skip
    assert set(notes.understood) == {f"{top}/media/igtv_videos.json"}


def test_a_text_of_more_than_a_million_characters(tmp_path: Path) -> None:
    long = "a" * 1_200_000
    files = {
        POSTS: meta([{"media": [file("a.jpg", START, long)]}]),
        "your_instagram_activity/comments/post_comments_1.json": meta(
            [{"string_map_data": {"Comment": {"value": long}}}]
        ),
    }
    posts, notes = reading(READER, files, tmp_path)
    assert [len(post.text) for post in posts] == [1_000_000, 1_000_000]
    assert [one.why for one in notes.not_understood] == ["too-long", "too-long"]


def test_times_out_of_this_world(tmp_path: Path) -> None:
    times = (0, -5, 1e300, 253402300800, 10**400, "soon", "1600000000", 1_600_000_000.5)
    body = json.dumps([{"media": [{"uri": f"{n}.jpg", "creation_timestamp": when}]}
                       for n, when in enumerate(times)]).encode()  # fmt: skip
    posts, notes = reading(READER, {POSTS: body}, tmp_path)
    assert [post.created is None for post in posts] == [True] * 6 + [False] * 2
    assert sum(one.why == "bad-date" for one in notes.not_understood) == 5  # 0 says: no time


def test_labels_nested_without_end(tmp_path: Path) -> None:
    deep: Any = {"label": "Media", "media": [file("deep.jpg", START, "deep")]}
    for _ in range(80):
        deep = {"dict": [deep]}
    near: Any = {"label": "Media", "media": [file("near.jpg", START, "near")]}
    body = json.dumps([{"timestamp": 1, "label_values": [deep, near]}]).encode()
    posts, _ = reading(READER, {"your_instagram_activity/media/posts.json": body}, tmp_path)
    assert [[one.path.rpartition("/")[2] for one in post.media] for post in posts] == [["near.jpg"]]


def test_a_listing_of_half_a_million_paths_is_looked_at_once() -> None:
    class Counted(list[str]):
        looks = 0

        def __iter__(self) -> Any:
            self.looks += 1
            return super().__iter__()

    paths = Counted(f"media/posts/2021{n % 12:02}/{n}.jpg" for n in range(5_000))
    assert names(paths) is None
    assert paths.looks <= 2


@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_at_random(tmp_path: Path, seed: int) -> None:
    """Of every made archive; what comes out is at most fewer posts, and no path is lost."""
    dice = random.Random(seed)  # noqa: S311
    draft = Drawn("post", START, "draft", ("d.jpg",))
    chat = {"your_instagram_activity/messages/inbox/a/message_1.json": conversation(
        (NAME, "B"), message(NAME, START, content="hi"))}  # fmt: skip
    made = (
        {**newest(FOUND, draft), **threads(FOUND), **chat}, of_2020(FOUND)[0], of_html(FOUND)[0],
    )  # fmt: skip
    for number in range(12):
        files = dict(made[number % len(made)])
        for path, body in files.items():
            changed = bytearray(body)
            for _ in range(dice.randrange(6) if changed else 0):
                at = dice.randrange(len(changed))
                changed[at : at + dice.randrange(3)] = dice.randbytes(dice.randrange(3))
                changed = changed or bytearray(b"{")
            files[path] = bytes(changed)
        folder = tmp_path / str(number)
        folder.mkdir()
        read_both(files, folder)
