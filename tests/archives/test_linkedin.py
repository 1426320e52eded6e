"""LinkedIn: files by columns, rows that leave their header, own words told from others'."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.archives.made.linkedin import (
    ARTICLE,
    MESSAGES,
    SHARES,
    made_basic,
    made_complete,
    shares,
)
from tests.archives.made.reddit import table
from tests.archives.made.truth import Truth, hits, reading, told
from withhold.exports.linkedin import READER
from withhold.exports.linkedin_rows import when
from withhold.exports.post import Post

LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1"
AT = "2020-01-02 03:04:05"


def bare(post: Post) -> Truth:
    """What was read, without an id that was made of its content."""
    found = told(post)
    return found._replace(id="") if found.id.startswith("~") else found


def test_every_record_of_a_basic_archive(tmp_path: Path) -> None:
    files, truth = made_basic()
    posts, notes = reading(READER, files, tmp_path)
    assert [bare(post) for post in posts] == truth
    assert notes.not_understood == []
    assert notes.ignored == {
        "Connections.csv": "not-published", "Email Addresses.csv": "not-published",
        "LearningCoachMessages.csv": "no-content",
    }  # fmt: skip
    assert notes.account == "adä-byron"
    assert notes.understood["messages.csv"].others == 2
    assert notes.understood["Invitations.csv"].others == 1
    assert notes.understood["learning_coach_messages.csv"].others == 1


def test_every_record_of_a_complete_archive(tmp_path: Path) -> None:
    files, truth = made_complete(1, 90)
    posts, notes = reading(READER, files, tmp_path)
    assert [bare(post) for post in posts] == truth
    assert notes.not_understood == []
    assert sorted(notes.ignored.values()) == ["not-published", "not-published"]
    assert notes.exported == "2026-03-09"
    assert {post.zone for post in posts if post.kind == "post"} == {"assumed-utc"}


def test_rows_that_leave_their_header_are_read_by_value(tmp_path: Path) -> None:
    body, truth = shares(2, 40, shifted=True)
    posts, notes = reading(READER, {"Shares.csv": body}, tmp_path)
    assert [told(post) for post in posts] == truth
    assert [[one.path for one in post.media] for post in posts[:2]] == [
        ["https://media.example.org/1.png"], []
    ]  # fmt: skip
    assert [(one.why, one.at) for one in notes.not_understood] == [("header", "row 1")]


def test_messages_of_others_are_kept_when_asked_for(tmp_path: Path) -> None:
    posts, _ = reading(READER, made_basic()[0], tmp_path, others=True)
    others = [post.text for post in posts if post.authored == "others"]
    assert others == ["his words", "say", "his", "a namesake"]


def test_names_alone_do_not_tell_one_from_several(tmp_path: Path) -> None:
    head = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT"
    rows = [
        ["c", "", "Ada B", "", to, "2020-01-02 03:04:05 UTC", "", to] for to in ("Bo", "Bo, Cy")
    ]
    files = {
        "Profile.csv": table("First Name,Last Name,Headline,Summary", [["Ada", "B", "", ""]]),
        "messages.csv": table(head, rows),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert [(post.kind, post.audience) for post in posts if "message" in post.kind] == [
        ("message", "private"), ("message", "unknown")
    ]  # fmt: skip


def test_html_of_a_message_is_read_and_kept(tmp_path: Path) -> None:
    posts, _ = reading(READER, made_basic()[0], tmp_path)
    (one,) = [post for post in posts if post.kind == "group-message"]
    assert (one.text, one.raw, one.community) == ("to two", "<p>to <b>two</b></p>", "Club")


def test_without_a_profile_no_message_is_taken_for_ones_own(tmp_path: Path) -> None:
    body = made_basic()[0]["messages.csv"]
    posts, notes = reading(READER, {"messages.csv": body}, tmp_path)
    assert posts == []
    assert notes.understood["messages.csv"].others == 7
    assert [one.why for one in notes.not_understood] == ["missing-field"]


def test_recognition_by_names_and_by_columns(tmp_path: Path) -> None:
    basic, complete = made_basic()[0], made_complete(1, 3)[0]
    assert hits(READER, basic, tmp_path / "a") == (5, 5)
    by_name, by_columns = hits(READER, complete, tmp_path / "b")
    assert by_name >= 6
    assert by_columns >= 4
    renamed = {f"x/{number}.csv": body for number, body in enumerate(basic.values())}
    assert hits(READER, renamed, tmp_path / "c") == (0, 5)
    other = {"posts.csv": b"id,title\n", "comments/comments.csv": b"Date,Link\n"}
    assert hits(READER, other, tmp_path / "d") == (0, 0)


def test_a_summary_of_several_paragraphs_is_no_preamble(tmp_path: Path) -> None:
    text = "First, a line, with commas.\n\nSecond, another, with commas."
    files = {"Profile Summary.csv": table("Profile Summary", [[text]])}
    (post,), notes = reading(READER, files, tmp_path)
    assert (post.text, notes.not_understood) == (text, [])


def test_line_breaks_as_linkedin_writes_them(tmp_path: Path) -> None:
    row = [AT, LINK, 'one"\n"two', "", "", "PUBLIC"]
    (post,), _ = reading(READER, {"Shares.csv": table(SHARES, [row])}, tmp_path)
    assert (post.text, post.raw) == ("one\ntwo", 'one"\n"two')


def test_words_over_a_link_are_own_over_others(tmp_path: Path) -> None:
    rows = [
        [AT, LINK, "read this", "https://example.org", "", ""],
        [AT, LINK, "", "https://example.org", "", ""],
    ]
    posts, _ = reading(READER, {"Shares.csv": table(SHARES, rows)}, tmp_path)
    assert [(post.text, post.authored) for post in posts] == [
        ("read this", "own-over-others"), ("https://example.org", "own")
    ]  # fmt: skip


def test_a_comment_with_an_id_of_its_own(tmp_path: Path) -> None:
    urn = "urn:li:comment:(activity:7,9)"
    link = f"https://www.linkedin.com/feed/update/urn:li:activity:7?commentUrn={urn}"
    body = table("Date,Link,Message", [[AT, link, "yes"]])
    (post,), _ = reading(READER, {"Comments.csv": body}, tmp_path)
    assert (post.id, post.reply_to, post.url) == (urn, "urn:li:activity:7", link)


def test_an_article_that_does_not_say_whether_it_was_published(tmp_path: Path) -> None:
    html = b"<html><body><h1>On</h1><p>words</p></body></html>"
    (post,), _ = reading(READER, {"Articles/2018-07-15_on.html": html}, tmp_path)
    assert (post.audience, post.state, post.precision) == ("unknown", "live", "day")
    assert post.created == datetime(2018, 7, 15, tzinfo=UTC)


def test_an_article_of_a_day_that_is_none(tmp_path: Path) -> None:
    html = ARTICLE.format("A", "javascript:x", "").replace("2020-05-06", "2020-99-06").encode()
    (post,), notes = reading(READER, {"Articles/a.html": html}, tmp_path)
    assert (post.created, post.url) == (None, "")
    assert [one.why for one in notes.not_understood] == ["bad-date"]


@pytest.mark.parametrize(
    ("said", "read", "precision", "zone"),
    [
        ("2024-08-16 11:57:09 UTC", "2024-08-16T11:57:09", "second", "utc"),
        ("2024/08/16 11:57:09 UTC", "2024-08-16T11:57:09", "second", "utc"),
        ("2024-08-16 11:57", "2024-08-16T11:57:00", "minute", "assumed-utc"),
        ("2024-08-16", "2024-08-16T00:00:00", "day", "assumed-utc"),
        ("2024-08-16T11:57:09+02:00", "2024-08-16T09:57:09", "second", "offset"),
        ("22 Mar 2021", "2021-03-22T00:00:00", "day", "unknown"),
        ("8/16/24, 11:57 PM", "2024-08-16T23:57:00", "minute", "unknown"),
        ("12/1/2023, 12:05 AM", "2023-12-01T00:05:00", "minute", "unknown"),
        ("x on May 1, 2020 at 12:00 PM (GMT)", "2020-05-01T12:00:00", "minute", "utc"),
        ("x on May 1, 2020 at 1:00 AM (PDT)", "2020-05-01T01:00:00", "minute", "unknown"),
    ],
)
def test_times(said: str, read: str, precision: str, zone: str) -> None:
    assert when(said) == (datetime.fromisoformat(f"{read}+00:00"), precision, zone)


@pytest.mark.parametrize(
    "said",
    ["0000-01-01 00:00:00", "soon", "99 Mar 2021", "1 Mär 2021", "13/32/24, 1:00 PM", "9" * 99],
)
def test_what_is_no_time_is_noted_and_the_post_kept(tmp_path: Path, said: str) -> None:
    rows = [[AT, LINK, "a", "", "", ""], [said, LINK, "b", "", "", ""], [AT, LINK, "c", "", "", ""]]
    posts, notes = reading(READER, {"Shares.csv": table(SHARES, rows)}, tmp_path)
    assert [(post.text, post.created is None) for post in posts] == [
        ("a", False), ("b", True), ("c", False)
    ]  # fmt: skip
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "row 2")]


def test_a_text_that_is_too_long_is_cut_and_noted(tmp_path: Path) -> None:
    row = [AT, LINK, "x" * 1_000_001, "", "", ""]
    (post,), notes = reading(READER, {"Shares.csv": table(SHARES, [row])}, tmp_path)
    assert len(post.text) == 1_000_000
    assert [one.why for one in notes.not_understood] == ["too-long"]


def test_rows_with_nothing_in_them_are_noted(tmp_path: Path) -> None:
    files = {
        "Shares.csv": table(SHARES, [["", "", "", "", "", ""]]),
        "Rich_Media.csv": table("Date/Time,Media Description,Media Link", [[AT, "", ""]]),
        "Skills.csv": table("Name", [["", ""], ["Flutter", ""]]),
    }
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["Flutter"]
    assert {one.path for one in notes.not_understood if one.why == "missing-field"} == {
        "Shares.csv", "Rich_Media.csv"
    }  # fmt: skip


def test_nothing_is_passed_over_in_silence(tmp_path: Path) -> None:
    files = {
        "Shares.csv": table(SHARES, []), "New.csv": table("Date,Story Text", [["x", "words"]]),
        "Other.csv": table("Date,Thing", [["x", "y"]]), "empty.csv": b"", "blank.csv": b"\n",
        "a.xml": b"<a/>", "p.jpg": b"x", "guide_messages.csv": table(MESSAGES, []),
    }  # fmt: skip
    _, notes = reading(READER, files, tmp_path)
    assert {one.path: one.why for one in notes.not_understood} == {
        "New.csv": "no-reader", "a.xml": "no-reader", "blank.csv": "header"
    }  # fmt: skip
    assert notes.ignored == {
        "Other.csv": "not-published", "empty.csv": "no-content", "p.jpg": "media"
    }  # fmt: skip


def test_a_post_costs_little(tmp_path: Path) -> None:
    body, _ = shares(3, 5_000, shifted=False)
    began = time.process_time()
    posts, _ = reading(READER, {"Shares.csv": body}, tmp_path)
    spent = time.process_time() - began
    assert len(posts) == 5_000
    assert spent < 1, f"{spent / len(posts) * 1e6:.0f} microseconds a post"
