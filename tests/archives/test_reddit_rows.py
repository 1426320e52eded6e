"""Reddit: a row as a post, one case each; columns and what they make of a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.archives.made.reddit import CHAT, DRAFTS, MULTI, POSTS, table
from tests.archives.made.truth import reading
from withhold.exports.notes import Notes
from withhold.exports.post import Post
from withhold.exports.reddit import READER, role_of
from withhold.exports.reddit_rows import Row, account_of, draft, multireddit, post, preference, when

AT = "2021-05-06 07:08:09 UTC"


def row(header: str, **said: str) -> Row:
    cells = {name: said.get(name, "") for name in header.split(",")}
    return Row(path="x.csv", part="a.zip", number=3, cells=cells)


def one(found: Post | None) -> Post:
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("columns", "role"),
    [
        (POSTS, "posts"), ("id,permalink,date,ip,subreddit,gildings,url", "posts-headers"),
        ("id,permalink,date,subreddit,link,parent,body", "comments"),
        ("id,permalink,date,subreddit,link,parent", "comments-headers"),
        ("id,permalink,from,to,subject,body", "messages"),
        ("id,permalink,from,to", "messages-headers"),
        (CHAT, "chat"), (DRAFTS, "drafts"), (MULTI, "multireddits"),
        ("scheduled_post_id,subreddit,title,body,url,submission_time,recurrence", "drafts"),
        ("announcement_id,from_username,subject,body", "announcements"),
        ("statistic,value", "statistics"), ("preference,value", "preferences"),
        ("type,preference", "kept-by-reddit"), ("id,permalink", "kept-by-reddit"),
        ("post_id,user_selection,text", "votes"), ("username,note", "kept-by-reddit"),
        ("id,text", ""), ("id,description", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_file_is(columns: str, role: str) -> None:
    assert role_of(frozenset(filter(None, columns.split(",")))) == role


@pytest.mark.parametrize(
    ("permalink", "url", "by"),
    [
        ("/r/x/comments/a/t/", "https://www.reddit.com/r/x/comments/a/t/", "given"),
        ("https://old.reddit.com/r/x/", "https://old.reddit.com/r/x/", "given"),
        ("https://redd.it/a", "https://redd.it/a", "given"),
        ("", "https://www.reddit.com/comments/a/", "built"),
        ("//evil.example/x", "https://www.reddit.com/comments/a/", "built"),
        ("https://reddit.com.evil.example/x", "https://www.reddit.com/comments/a/", "built"),
        ("javascript:alert(1)", "https://www.reddit.com/comments/a/", "built"),
    ],
)
def test_only_reddits_own_pages_are_addresses(permalink: str, url: str, by: str) -> None:
    found = one(post(row(POSTS, id="t3_a", permalink=permalink), Notes()))
    assert (found.url, found.url_by) == (url, by)


def test_a_pointer_names_part_file_and_row() -> None:
    found = one(post(row(POSTS, id="a"), Notes())).source
    assert (found.part, found.path, found.at) == ("a.zip", "x.csv", "row 3")


def test_a_draft_with_a_public_link_may_have_been_seen() -> None:
    seen = [
        one(draft(row(DRAFTS, id="d", title="t", is_public_link=said), Notes()))
        for said in ("true", "false", "")
    ]
    assert [(it.audience, it.audience_by, it.state) for it in seen] == [
        ("unknown", "none", "draft"), ("private", "item-field", "draft"),
        ("private", "item-field", "draft"),
    ]  # fmt: skip


def test_a_scheduled_post_is_a_draft_of_a_day_to_come(tmp_path: Path) -> None:
    head = "scheduled_post_id,subreddit,title,body,url,submission_time,recurrence"
    body = table(head, [["s1", "x", "Soon", "", "", "2027-01-02 03:04:05 UTC", ""]])
    (found,), _ = reading(READER, {"scheduled_posts.csv": body}, tmp_path)
    assert (found.id, found.state, found.audience) == ("s1", "draft", "private")
    assert found.created == datetime.fromisoformat("2027-01-02T03:04:05+00:00")


@pytest.mark.parametrize(
    ("privacy", "audience", "by"),
    [("public", "public", "item-field"), ("Private", "private", "item-field"),
     ("hidden", "unknown", "none"), ("", "unknown", "none")],
)  # fmt: skip
def test_who_sees_a_multireddit_its_row_says(privacy: str, audience: str, by: str) -> None:
    found = one(multireddit(row(MULTI, id="m", description="d", privacy=privacy), Notes()))
    assert (found.kind, found.audience, found.audience_by) == ("profile", audience, by)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("hide_from_robots", "hide-from-robots"), ("enable_followers", "enable-followers"),
        ("third_party_site_data_personalized_ads", "third-party-site-data-personalized-ads"),
        ("Search Include Over 18", "search-include-over-18"), ("theme", ""), ("lang", ""),
    ],
)  # fmt: skip
def test_preferences_on_who_sees_what_are_kept(name: str, kept: str) -> None:
    found = preference(row("preference,value", preference=name, value="true"))
    assert (found.name if found else "") == kept
    assert found is None or (found.value, found.control) == ("true", False)


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([("Ada", "bob"), ("cyd", "ada")], "ada"), ([("u/ada", "bob"), ("ada", "cyd")], "ada"),
        ([("ada", "bob")], ""), ([("ada", "bob"), ("bob", "ada")], ""),
        ([("ada", "bob"), ("cyd", "dan")], ""), ([], ""), ([("", ""), ("ada", "bob")], ""),
    ],
)  # fmt: skip
def test_who_is_in_every_message(pairs: list[tuple[str, str]], name: str) -> None:
    rows = ((number, {"from": left, "to": right}) for number, (left, right) in enumerate(pairs))
    assert account_of([rows]) == name


@pytest.mark.parametrize(
    ("said", "read", "zone"),
    [
        (AT, "2021-05-06T07:08:09", "utc"),
        ("2021-05-06 07:08:09", "2021-05-06T07:08:09", "assumed-utc"),
        ("2021-05-06T07:08:09Z", "2021-05-06T07:08:09", "offset"),
        ("1620284889", "2021-05-06T07:08:09", "utc"),
    ],
)  # fmt: skip
def test_times(said: str, read: str, zone: str) -> None:
    assert when(said) == (datetime.fromisoformat(f"{read}+00:00"), "second", zone)


@pytest.mark.parametrize("byte", [b"\0", b"\xff", b'"', b"\r", b"\xef\xbb\xbf"])
def test_strange_bytes_hide_no_other_row(tmp_path: Path, byte: bytes) -> None:
    good = b"a,/r/x/comments/a/t/,2021-05-06 07:08:09 UTC,,x,0,Title,,body\r\n"
    body = POSTS.encode() + b"\r\n" + good + b"b," + byte + b",\r\n" + good.replace(b"a,", b"c,", 1)
    posts, notes = reading(READER, {"posts.csv": body}, tmp_path)
    assert {"t3_a", "t3_c"} <= {found.id for found in posts}
    assert notes.not_understood


def test_a_day_is_no_more_than_a_day() -> None:
    assert when("2024-11-24")[1:] == ("day", "assumed-utc")
    assert when("2024-11-24 08:55 UTC")[1:] == ("minute", "utc")
