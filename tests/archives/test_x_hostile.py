"""X: what is cut, odd, missing or too much costs itself only; the manifest is held against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.truth import reading
from tests.archives.made.x import ACCOUNT, account, manifest, message, read_tweets, script, tweet
from withhold.exports import x_long
from withhold.exports.x import READER


def test_counts_that_differ_from_the_manifest_and_files_that_are_missing_are_noted(
    tmp_path: Path,
) -> None:
    said = manifest(tweets=("data/tweets.js", 3), note=("data/note-tweet.js", 2),
                    app=("data/app.js", 0))  # fmt: skip
    posts, notes = read_tweets(tmp_path, tweet(), tweet(), manifest=said)
    assert len(posts) == 2
    assert [(one.path, one.why, one.at, one.facts) for one in notes.not_understood] == [
        ("data/manifest.js", "part-missing", "data/note-tweet.js", {"expected": "2"}),
        ("data/tweets.js", "count-differs", "", {"expected": "3", "found": "2"}),
    ]
    assert notes.understood["data/tweets.js"].expected == 3


@pytest.mark.parametrize("folder", ["", "data/", "twitter-2026/data/", "unpacked/"])
def test_files_of_the_manifest_are_found_wherever_the_archive_lies(
    folder: str, tmp_path: Path
) -> None:
    files = {
        f"{folder}manifest.js": manifest(tweets=("data/tweets.js", 2)),
        f"{folder}tweets.js": script("tweets", [{"tweet": tweet()}]),
    }
    _, notes = reading(READER, files, tmp_path)
    assert [(one.path, one.why) for one in notes.not_understood] == [
        (f"{folder}tweets.js", "count-differs")
    ]


def test_lists_that_nobody_knows_are_not_understood_unless_they_are_empty(tmp_path: Path) -> None:
    files = account() | {
        "data/community-note.js": script("community_note", [{"communityNote": {"x": 1}}]),
        "data/moment.js": b"window.YTD.moment.part0 = [ ]",
        "data/odd.js": b"nothing",
        "data/x.bin": b"?",
    }
    _, notes = reading(READER, files, tmp_path)
    assert notes.ignored == {"data/moment.js": "no-content"}
    assert {one.path: one.why for one in notes.not_understood} == {
        "data/community-note.js": "no-reader", "data/odd.js": "wrong-form",
        "data/x.bin": "no-reader",
    }  # fmt: skip


def test_without_an_account_no_message_is_taken_for_ones_own(tmp_path: Path) -> None:
    body = script("direct_messages", [{"dmConversation": {"messages": [message(1, ACCOUNT, "a")]}}])
    posts, notes = reading(READER, {"data/direct-messages.js": body}, tmp_path)
    assert posts == []
    assert notes.understood["data/direct-messages.js"].others == 1
    assert [one.why for one in notes.not_understood] == ["missing-field"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24+00:00"),
        ("2015-01-24 02:02:37 +0000", "2015-01-24T02:02:37+00:00"),
        ("2010-05-31 00:00:00 +0000", "2010-05-31T00:00:00+00:00"),
    ],
)
def test_times_are_read_in_every_form(said: str, day: str, tmp_path: Path) -> None:
    posts, notes = read_tweets(tmp_path, tweet(created_at=said))
    assert posts[0].created is not None
    assert posts[0].created.isoformat() == day
    assert posts[0].precision == ("day" if day.startswith("2010") else "second")
    assert notes.not_understood == []


@pytest.mark.parametrize(
    "said",
    ["Wed Oct 10 20:19:24 +0000 0000", "Wed Foo 10 20:19:24 +0000 2018", "0000-01-01", "", None,
     17, -1e300, ["x"], "Wed Oct 99 20:19:24 +0000 2018", "x" * 30],
)  # fmt: skip
def test_a_time_that_is_none_costs_the_time_only(said: Any, tmp_path: Path) -> None:
    posts, notes = read_tweets(tmp_path, tweet(created_at=said), tweet())
    assert [post.text for post in posts] == ["hello", "hello"]
    assert posts[0].created is None
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "/0")]


@pytest.mark.parametrize("odd", [None, 1, "x", [], {}, [[]], {"tweet": 3}, {"tweet": {"id": []}}])
def test_one_odd_entry_hides_no_other(odd: Any, tmp_path: Path) -> None:
    body = script("tweets", [{"tweet": tweet("before")}, odd, {"tweet": tweet("after")}])
    posts, notes = reading(READER, {"data/tweets.js": body}, tmp_path)
    assert [post.text for post in posts] == ["before", "after"]
    assert {one.at for one in notes.not_understood} == {"/1"}


@pytest.mark.parametrize(
    "more",
    [
        {"entities": 1}, {"entities": {"urls": 5}}, {"entities": {"urls": [1, {"url": ""}]}},
        {"entities": {"urls": [{"url": "", "expanded_url": "x"}]}},
        {"entities": {"media": {"a": 1}}}, {"extended_entities": {"media": [3, {}]}},
        {"extended_entities": {"media": [{"video_info": {"variants": [None, {"url": 3}]}}]}},
        {"coordinates": {"coordinates": ["x", None]}}, {"geo": {"coordinates": []}},
        {"coordinates": {"coordinates": [1e400, 2]}}, {"in_reply_to_user_id_str": [1]},
        {"in_reply_to_status_id_str": {"a": 1}}, {"community_id_str": 5.5},
    ],
)  # fmt: skip
def test_fields_of_any_type_cost_themselves_only(more: dict[str, Any], tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet("hello", **more))
    assert [post.text for post in posts] == ["hello"]


def test_ids_may_be_numbers_over_two_to_the_53(tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet(id_str=1800000000000000001))
    assert posts[0].id == "1800000000000000001"
    assert posts[0].url == "https://x.com/i/web/status/1800000000000000001"


def test_an_id_that_is_no_number_gives_no_address(tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet(id_str="../../x"), tweet(id_str="", id=None))
    assert [post.url for post in posts] == ["", ""]
    assert posts[1].id.startswith("~")


@pytest.mark.parametrize("cut", [30, 200, -40, -3])
def test_a_script_that_is_cut_gives_what_stands_before_the_cut(cut: int, tmp_path: Path) -> None:
    whole = script("tweets", [{"tweet": tweet(f"n{n}")} for n in range(20)])
    posts, notes = reading(READER, {"data/tweets.js": whole[:cut]}, tmp_path)
    assert [post.text for post in posts] == [f"n{n}" for n in range(len(posts))]
    assert len(posts) < 21
    assert (len(posts) >= 18) == (cut < 0)
    assert notes.not_understood


def test_a_script_may_end_in_a_semicolon_and_begin_with_a_mark(tmp_path: Path) -> None:
    body = b"\xef\xbb\xbf" + script("tweets", [{"tweet": tweet()}]) + b" ;\r\n"
    posts, notes = reading(READER, {"data/tweets.js": body}, tmp_path)
    assert [post.text for post in posts] == ["hello"]
    assert notes.not_understood == []


def test_a_text_of_a_million_is_cut_and_links_do_not_let_it_grow(tmp_path: Path) -> None:
    link = {"url": "https://t.co/aaaaaaaaaa", "expanded_url": "https://example.org/" + "y" * 4000}
    long = "https://t.co/aaaaaaaaaa " * 50_000
    posts, notes = read_tweets(tmp_path, tweet(long, entities={"urls": [link]}))
    assert len(posts[0].text) == 1_000_000
    assert [one.why for one in notes.not_understood] == ["too-long"]


@pytest.mark.parametrize(
    "said",
    [b"[1]", b"{", b'{"dataTypes": {"a": {"files": 3}}}', b'{"userInfo": 1, "archiveInfo": []}',
     b'{"dataTypes": {"a": {"files": [{"fileName": "data/tweets.js", "count": "\xc2\xb2"}]}}}'],
)  # fmt: skip
def test_a_manifest_of_any_kind_costs_itself_only(said: bytes, tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet(), manifest=b"window.__THAR_CONFIG = " + said)
    assert [post.text for post in posts] == ["hello"]


def test_an_archive_in_parts_says_so(tmp_path: Path) -> None:
    said = manifest().replace(b'"isPartialArchive": false', b'"isPartialArchive": true')
    _, notes = read_tweets(tmp_path, tweet(), manifest=said)
    assert [(one.name, one.value, one.control) for one in notes.settings] == [
        ("archive-is-partial", "yes", False)
    ]


def test_notes_that_are_too_many_to_be_kept_are_posts_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(x_long, "HELD_AT_MOST", 10)
    notes = [{"noteTweet": {"tweetId": str(n), "core": {"text": f"long {n}"}}} for n in range(3)]
    posts, _ = read_tweets(
        tmp_path, tweet("cut", id_str="0"), note_tweet=script("note_tweet", notes)
    )
    assert sorted(post.text for post in posts) == ["long 0", "long 1", "long 2"]
    assert [post.text for post in posts][-1] == "long 0"  # that one was kept for its tweet


@pytest.mark.parametrize("sender", [None, 3, {}, {"name": 4}, []])
def test_a_chat_of_nobody_is_nobodys(sender: Any, tmp_path: Path) -> None:
    mine = {"message": "mine", "sender": "User", "createdAt": "0000"}
    chats = [{"grokChatItem": {"message": "x", "sender": sender}}, 5, {"grokChatItem": mine}]
    posts, notes = read_tweets(tmp_path, grok_chat_item=script("grok_chat_item", chats))
    assert [post.text for post in posts] == ["mine"]
    assert {one.why for one in notes.not_understood} == {"missing-field", "wrong-type", "bad-date"}


def test_only_the_five_escapes_are_resolved(tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet("&lt;&gt;&amp;&quot;&#39; &amp;lt; &copy &eacute;"))
    assert posts[0].text == "<>&\"' &lt; &copy &eacute;"
    assert posts[0].raw.startswith("&lt;")
