"""TikTok: what a record is by its keys; the walk through a file; lines of text; times."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.tiktok_items import other_side, when
from withhold.exports.tiktok_sections import MAP, _streamed, early, pointer, walked
from withhold.exports.tiktok_shapes import Shapes, plain, role_of
from withhold.exports.tiktok_txt import chat, records, role_of_text


@pytest.mark.parametrize(
    ("keys", "place", "role"),
    [
        ("Date Link Likes WhoCanView Title", "VideoList", "video"),
        ("date link likes", "anything", "video"),
        ("Date VideoLink Likes", "VideoList", "video"),
        ("Date VideoLink", "VideoList", ""),
        ("date Content", "SearchList", ""),
        ("Date DateDeleted Link Likes", "PostList", "deleted"),
        ("date comment photo url", "CommentsList", "comment"),
        ("FavoriteComment", "FavoriteCommentList", ""),
        ("Date From Content", "Chat History with bob:", "message"),
        ("CommentTime CommentContent RawTime", "Comments", "live-comment"),
        ("LiveStartTime RoomTitle", "GoLiveList", "live"),
        ("PlaceName Date ReviewText", "ReviewsList", "review"),
        ("Date Link", "RepostList", "repost"),
        ("Date Link", "StoryList", "story"),
        ("Date Link", "Share History", ""),
        ("Date Link", "CustomerSupportHistories", ""),
        ("Date UserName", "FansList", ""),
        ("date link", "ItemFavoriteList", ""),
        ("Date SharedContent Link Method", "ShareHistoryList", ""),
        ("bioDescription userName", "ProfileMap", "profile"),
        ("Description Name Platform", "PlatformInfo", "linked-profile"),
        ("PrivateAccount AppLanguage", "SettingsMap", "settings"),
        ("AdInterestCategories", "Ad Interests", "interests"),
        ("EntryText", "DiaryList", "unknown-words"),
    ],
)
def test_what_a_record_is(keys: str, place: str, role: str) -> None:
    found = frozenset(plain(key) for key in keys.split())
    assert role_of(found, plain(place)) == role
    assert Shapes().of(dict.fromkeys(keys.split()), place).role == role


def test_a_record_in_two_places_is_two_things() -> None:
    shapes = Shapes()
    assert shapes.of({"Date": 1, "Link": 2}, "RepostList").role == "repost"
    assert shapes.of({"Date": 1, "Link": 2}, "VideoList").role == ""


def test_shapes_do_not_grow_without_end() -> None:
    shapes = Shapes()
    for number in range(12_000):
        shapes.of({f"k{number}": 1}, "")
    assert len(shapes.seen) < 10_010


@pytest.mark.parametrize(
    ("keys", "number", "said"),
    [
        ((), MAP, ""), ((), 3, "/3"), (("a", "b c"), MAP, "/a/b c"),
        (("a/b", "~c"), 0, "/a~1b/~0c/0"),
    ],
)  # fmt: skip
def test_places_are_json_pointers(keys: tuple[str, ...], number: int, said: str) -> None:
    assert pointer(keys, number) == said


PLAIN = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5)
ANY = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=4), ANY, max_size=5))
def test_one_pass_finds_what_a_whole_file_has(whole: dict[str, Any]) -> None:
    """Maps come at their end in the one and at their beginning in the other; else the same."""
    streamed = list(_streamed(io.BytesIO(json.dumps(whole).encode())))
    key = repr
    assert sorted(streamed, key=key) == sorted(walked(whole), key=key)
    assert [one for one in streamed if one[1] != MAP] == [
        one for one in walked(whole) if one[1] != MAP
    ]


def found_early(body: bytes, folder: Path) -> dict[str, str]:
    (folder / "user_data.json").write_bytes(body)
    with Files([folder], Notes()) as files:
        return early(files, "user_data.json")


@pytest.mark.parametrize("before", [0, 65_530, 65_500, 200_000])
def test_two_facts_are_found_wherever_they_stand(tmp_path: Path, before: int) -> None:
    body = json.dumps(
        {"x": "y" * before, "P": {"userName": "ad\u00e4"}, "S": {"Private Account": "On"}}
    )
    assert found_early(body.encode(), tmp_path) == {"username": "adä", "privateaccount": "On"}


def test_two_facts_far_from_each_other_are_both_found(tmp_path: Path) -> None:
    body = json.dumps({"userName": "ada", "x": "y" * 300_000, "Private Account": "On"})
    assert found_early(body.encode(), tmp_path) == {"username": "ada", "privateaccount": "On"}


def test_names_of_others_and_words_in_a_text_are_no_facts(tmp_path: Path) -> None:
    said = '"userName": "eve", "Private Account": "On"'
    body = json.dumps({"FansList": [{"UserName": "bob"}], "comment": said})
    assert found_early(body.encode(), tmp_path) == {}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Chat History with bob:", "bob"), ("Chat History with bob_::", "bob_"),
        ("Group Chat with the club:", "the club"), ("bob", "bob"), ("", ""),
        ("Chat History with a with b", "a with b"),
    ],
)  # fmt: skip
def test_the_other_side_of_a_conversation(said: str, name: str) -> None:
    assert other_side(said) == name


@pytest.mark.parametrize(
    ("said", "read", "zone"),
    [
        ("2024-11-24 08:55:16", "2024-11-24T08:55:16", "assumed-utc"),
        ("2024-11-24 08:55:16 UTC", "2024-11-24T08:55:16", "utc"),
        ("2024-11-24T08:55:16+01:00", "2024-11-24T07:55:16", "offset"),
        (1_732_438_516, "2024-11-24T08:55:16", "utc"),
        (1_732_438_516_000, "2024-11-24T08:55:16", "utc"),
    ],
)
def test_times(said: Any, read: str, zone: str) -> None:
    assert when(said) == (datetime.fromisoformat(f"{read}+00:00"), "second", zone)
    assert when("") == (None, "none", "none")


@pytest.mark.parametrize(
    "said", ["soon", [1], {"a": 1}, 1e300, float("nan"), "0000-01-01 00:00:00"]
)
def test_what_is_no_time_is_said(said: Any) -> None:
    with pytest.raises((ValueError, OverflowError, OSError)):
        when(said)


@pytest.mark.parametrize(
    ("head", "role"),
    [
        (b"", ""), (b"\xef\xbb\xbfYou have no data in this section\r\n", ""),
        (b"Date: x\nLink: y\n", ""), (b"Date: x\nUserName: y\n", ""),
        (b"Date: x\nLink: y\nLike(s): 3\nWho can view: Everyone\n", "video"),
        (b"Date: x\nComment: y\n", "comment"), (b">>> Chat History with x::\n", "message"),
        (b"Username: x\nBio: y\n", "profile"), (b"Private Account: Off\n", "settings"),
        (b"Date: x\nStimmung: y\n", None), (b"no form at all", None),
    ],
)  # fmt: skip
def test_what_a_text_file_holds(head: bytes, role: str | None) -> None:
    assert role_of_text(head) == role


def test_a_text_that_looks_like_a_field_stays_in_its_record() -> None:
    body = b"Date: 1\nComment: a\nUrl: u\n\nDate: 2\nComment: b\nPS: c\n\nUrl: not a link\nUrl: v\n"
    found = list(records(io.BytesIO(body)))
    assert [at for at, _ in found] == [1, 5]
    assert found[1][1]["Comment"] == "b\nPS: c"


def test_lines_of_a_conversation() -> None:
    body = (
        b">>> Chat History with bob::\n\n2024-01-02 03:04:05 UTC ada: one\nmore: of one\n\n"
        b"2024-01-02 03:04:06 bob: two\n\n>>> Group Chat with all::\n"
        b"2024-01-02 03:04:07 UTC cyd: x\n"
    )
    found = list(chat(io.BytesIO(body)))
    assert [(at, record["From"], record["Content"]) for at, _, record in found] == [
        (3, "ada", "one\nmore: of one"), (6, "bob", "two"), (9, "cyd", "x")
    ]  # fmt: skip
    assert [other_side(place) for _, place, _ in found] == ["bob", "bob", "all"]


def test_the_zone_is_utc_where_it_is_named() -> None:
    assert when("2024-01-02 03:04:05 UTC")[0] == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_day_is_no_more_than_a_day() -> None:
    assert when("2024-11-24")[1:] == ("day", "assumed-utc")
    assert when("2024-11-24 08:55 UTC")[1:] == ("minute", "utc")
