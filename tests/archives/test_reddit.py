"""Reddit: files told by their columns, own lines told from others', and what hostile files hold."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.archives.made.reddit import COMMENTS, POSTS, made, table
from tests.archives.made.truth import hits, reading, told
from withhold.exports.reddit import READER

AT = "2021-05-06 07:08:09 UTC"


def row(**said: str) -> list[str]:
    """A row of posts.csv."""
    usual = {"id": "a1", "permalink": "/r/x/comments/a1/t/", "date": AT, "subreddit": "x"}
    return [{**usual, **said}.get(name, "") for name in POSTS.split(",")]


def test_every_post_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 120, full=True)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    assert notes.not_understood == []
    assert notes.ignored == {
        "messages_archive_headers.csv": "superseded", "post_headers.csv": "superseded",
        "post_votes.csv": "not-published", "saved_posts.csv": "not-published",
        "announcements.csv": "others", "friends.csv": "not-published",
        "ip_logs.csv": "not-published",
    }  # fmt: skip
    assert (notes.account, notes.exported) == ("ada", "2021-05-06")
    assert [(one.name, one.value, one.control) for one in notes.settings] == [
        ("hide-from-robots", "true", False)
    ]
    assert notes.understood["chat_history.csv"].others == 1
    assert notes.understood["messages_archive.csv"].others == 1


def test_messages_of_others_are_kept_when_asked_for(tmp_path: Path) -> None:
    posts, _ = reading(READER, made(1, 0, full=True)[0], tmp_path, others=True)
    assert [(post.id, post.authored) for post in posts if "message" in post.kind] == [
        ("m1", "own"), ("m2", "others"), ("m3", "own"), ("m4", "own"),
        ("t4_a", "own"), ("t4_b", "others"),
    ]  # fmt: skip


def test_links_are_made_whole_and_replies_named(tmp_path: Path) -> None:
    posts, _ = reading(READER, made(1, 40)[0], tmp_path)
    comments = [post for post in posts if post.kind == "comment"]
    assert {post.url_by for post in posts} == {"given"}
    assert all(post.url.startswith("https://www.reddit.com/r/cats/comments/") for post in posts)
    assert [one.reply_to for one in comments[:2]] == ["t3_p00000", "t3_p00001"]
    assert {post.community for post in posts} == {"cats"}
    assert {(post.precision, post.zone) for post in posts} == {("second", "utc")}


def test_headers_alone_are_posts_without_text(tmp_path: Path) -> None:
    head = "id,permalink,date,ip,subreddit,gildings,url"
    one = ["p1", "/r/x/comments/p1/t/", AT, "", "x", "0", ""]
    posts, _ = reading(READER, {"post_headers.csv": table(head, [one])}, tmp_path)
    assert [(post.id, post.text, post.audience) for post in posts] == [("t3_p1", "", "unknown")]


def test_files_are_told_by_columns_not_by_names(tmp_path: Path) -> None:
    files = made(1, 3)[0]
    assert hits(READER, files, tmp_path / "a") == (2, 2)
    renamed = {"x/eins.csv": files["posts.csv"], "x/zwei_1.csv": files["comments.csv"]}
    assert hits(READER, renamed, tmp_path / "b") == (0, 2)
    assert len(reading(READER, renamed, tmp_path)[0]) == 6
    apart = {"posts/posts.csv": b"post_id,title\n", "comments/comments.csv": b"Comment ID\n"}
    assert hits(READER, apart, tmp_path / "c") == (0, 0)


def test_numbered_parts_of_a_large_file_are_read(tmp_path: Path) -> None:
    files = {"posts_1.csv": table(POSTS, [row(id="a")]), "posts_2.csv": table(POSTS, [row(id="b")])}
    assert [post.id for post in reading(READER, files, tmp_path)[0]] == ["t3_a", "t3_b"]
    assert hits(READER, files, tmp_path) == (2, 2)


@pytest.mark.parametrize("name", ["", "u/Ada"])
def test_the_owner_is_whom_every_message_is_from_or_to(tmp_path: Path, name: str) -> None:
    head = "id,permalink,thread_id,date,ip,from,to,subject,body"
    mails = [
        ["1", "", "", AT, "", "ada", "bob", "", "one"],
        ["2", "", "", AT, "", "Cyd", "Ada", "", "two"],
    ]
    files = {"messages.csv": table(head, mails)}
    if name:
        files["statistics.csv"] = table("statistic,value", [["account_name", name]])
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["one"]
    assert notes.understood["messages.csv"].others == 1


def test_without_a_name_no_message_is_taken_for_ones_own(tmp_path: Path) -> None:
    head = "id,permalink,thread_id,date,ip,from,to,subject,body"
    files = {"messages.csv": table(head, [["1", "", "", AT, "", "ada", "bob", "", "one"]])}
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert [(one.why, one.facts) for one in notes.not_understood] == [
        ("missing-field", {"field": "account name"})
    ]


def test_what_a_moderator_took_away_is_deleted(tmp_path: Path) -> None:
    files = {
        "comments.csv": table(COMMENTS, [["a", "", AT, "", "x", "", "", "t3_b", "[removed]", ""]])
    }
    (post,) = reading(READER, files, tmp_path)[0]
    assert (post.state, post.url) == ("deleted", "")


def test_pictures_on_reddits_own_hosts_are_media(tmp_path: Path) -> None:
    rows = [
        row(id="a", url="https://i.redd.it/x.png"),
        row(id="b", url="https://example.org/x.png"),
    ]
    posts, _ = reading(READER, {"posts.csv": table(POSTS, rows)}, tmp_path)
    assert [[one.path for one in post.media] for post in posts] == [["https://i.redd.it/x.png"], []]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"date": "0000-01-01 00:00:00 UTC"}, "bad-date"), ({"date": "yesterday"}, "bad-date"),
        ({"date": "99999999999999999999"}, "bad-date"),
        ({"id": "", "permalink": ""}, "missing-field"),
        ({"body": "x" * 1_000_001}, "too-long"),
    ],
)  # fmt: skip
def test_one_broken_row_hides_no_other(tmp_path: Path, said: dict[str, str], why: str) -> None:
    rows = [row(id="a"), row(**said), row(id="z")]
    posts, notes = reading(READER, {"posts.csv": table(POSTS, rows)}, tmp_path)
    assert (posts[0].id, posts[-1].id) == ("t3_a", "t3_z")
    assert [(one.why, one.at) for one in notes.not_understood] == [(why, "row 2")]
    assert all(len(post.text) <= 1_000_000 for post in posts)


def test_rows_that_do_not_match_the_header_are_noted_and_read(tmp_path: Path) -> None:
    body = table(POSTS, [row(id="a")[:7], [*row(id="b"), "more"]])
    posts, notes = reading(READER, {"posts.csv": body}, tmp_path)
    assert [post.id for post in posts] == ["t3_a", "t3_b"]
    assert [one.why for one in notes.not_understood] == ["row-length", "row-length"]


def test_nothing_is_passed_over_in_silence(tmp_path: Path) -> None:
    files = {
        "posts.csv": table(POSTS, [row()]), "new.csv": b"id,title,mood\n1,words,good\n",
        "empty.csv": b"", "blank.csv": b"\n\n", "notes.txt": b"hello", "a.png": b"x",
        "torn.csv": b'id,permalink,date,subreddit,title,body\n"x',
    }  # fmt: skip
    _, notes = reading(READER, files, tmp_path)
    assert {one.path: one.why for one in notes.not_understood if one.path != "torn.csv"} == {
        "new.csv": "no-reader", "notes.txt": "no-reader", "blank.csv": "header",
    }  # fmt: skip
    assert notes.ignored == {"a.png": "media", "empty.csv": "no-content"}


def test_a_post_costs_little(tmp_path: Path) -> None:
    files, truth = made(3, 5_000)
    began = time.process_time()
    posts, _ = reading(READER, files, tmp_path)
    spent = time.process_time() - began
    assert len(posts) == len(truth) == 10_000
    assert spent < 2, f"{spent / len(posts) * 1e6:.0f} microseconds a post"


def test_a_post_whose_body_was_taken_away_is_deleted_also_with_its_title(tmp_path: Path) -> None:
    rows = [row(id="a", title="T", body="[removed]"), row(id="b", title="T", body="kept")]
    posts, _ = reading(READER, {"posts.csv": table(POSTS, rows)}, tmp_path)
    assert [(post.text, post.state) for post in posts] == [
        ("T\n\n[removed]", "deleted"), ("T\n\nkept", "live"),
    ]  # fmt: skip
