"""LinkedIn: what files are, addresses and ids, whose a message is, articles, hostile rows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.archives.made.linkedin import ARTICLE, INVITED, MESSAGES, MY_PAGE, SHARES
from tests.archives.made.reddit import table
from tests.archives.made.truth import reading
from withhold.exports.linkedin import READER, role_of
from withhold.exports.linkedin_items import urn_of
from withhold.exports.linkedin_messages import Me, is_mine, slug
from withhold.exports.linkedin_rows import Row, header_of, plain, unquoted

AT = "2020-01-02 03:04:05"
PULSE = "https://www.linkedin.com/pulse/on-mills"
BOB = "https://www.linkedin.com/in/bob"


def message(sender: str, page: str) -> Row:
    cells = {"from": sender, "senderprofileurl": page}
    return Row(path="", part="", number=1, fields=(), cells=cells)


@pytest.mark.parametrize(
    ("path", "header", "role"),
    [
        ("Shares.csv", SHARES, "shares"), ("x/Anything_99.csv", SHARES, "shares"),
        ("Comments_12.csv", "Date,Link,Message", "comments"),
        ("Rich Media.csv", "Date/Time,Media Description,Media Link", "richmedia"),
        ("messages.csv", MESSAGES, "messages"), ("guide_messages.csv", MESSAGES, "assistant"),
        ("coach_messages.csv", MESSAGES, "assistant"),
        ("learning_role_play_messages.csv", MESSAGES, "assistant"),
        ("LearningCoachMessages.csv", "Something,Else", ""),
        ("Invitations.csv", INVITED, "invitations"),
        ("Recommendations_Given.csv", "First Name,Text,Creation Date,Status", "given"),
        ("Recommendations Received.csv", "First Name,Text,Creation Date,Status", "received"),
        ("Empfehlungen.csv", "First Name,Text,Creation Date,Status", ""),
        ("Ad_Targeting.csv", "Member Age,Buyer Groups", "aboutme"),
        ("Inferences_about_you.csv", "Category,Type of inference,Description,Inference", "aboutme"),
        ("InstantReposts_1.csv", "Date,Link", "reposts"),
        ("Reactions.csv", "Date,Type,Link", "ignored"),
        ("Positions.csv", "Company Name,Title,Description", "profile"),
        ("Volunteering.csv", "Company Name,Role,Cause,Description", "profile"),
        ("Learning.csv", "Content Title,Content Description", "ignored"),
        ("Jobs/Job Applicant Saved Answers.csv", "Question,Answer", "ignored"),
        ("Receipts_v2.csv", "First Name,Description", "ignored"),
        ("Logins.csv", "Login Date,IP Address", "ignored"),
        ("Novel.csv", "Date,Body", ""), ("Novel.csv", "", "empty"),
    ],
)  # fmt: skip
def test_what_a_file_is(path: str, header: str, role: str) -> None:
    columns = tuple(plain(name) for name in header.split(",")) if header else ()
    assert role_of(path, columns) == role


def test_columns_stand_below_the_notes() -> None:
    head = b'Notes:\n"When exporting, ""some"" is left out"\n\nFirst Name,Last Name,URL\nBob,B,x\n'
    assert header_of(head) == ("firstname", "lastname", "url")
    assert header_of(b"") == ()
    assert header_of(b"\xef\xbb\xbfName\n") == ("name",)


@pytest.mark.parametrize(
    ("link", "urn"),
    [
        ("https://www.linkedin.com/feed/update/urn:li:share:7", "urn:li:share:7"),
        ("https://www.linkedin.com/feed/update/urn:li:groupPost:1-2", "urn:li:groupPost:1"),
        ("https://www.linkedin.com/posts/ada_mills-activity-70-AaAa", "urn:li:activity:70"),
        ("https://www.linkedin.com/posts/ada_ugcPost-71-AaAa", "urn:li:ugcPost:71"),
        ("https://www.linkedin.com/in/ada", ""), ("", ""),
    ],
)  # fmt: skip
def test_ids_in_addresses(link: str, urn: str) -> None:
    assert urn_of(link) == urn


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("a%20b", "a b"),
        ("zo%C3%AB", "zoë"),
        ("100%", "100%"),
        ("%zz%41", "%zzA"),
        ("%C3", "\ufffd"),
    ],
)
def test_quoted_addresses(address: str, read: str) -> None:
    assert unquoted(address) == read


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("https://www.linkedin.com/in/zo%C3%AB-b/", "zoë-b"), ("www.linkedin.com/in/Ada", "ada"),
        ("https://www.linkedin.com/in/ada?x=1", "ada"), ("https://example.org/ada", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_end_of_a_profiles_address(address: str, end: str) -> None:
    assert slug(address) == end


@pytest.mark.parametrize(
    ("me", "sender", "page", "mine"),
    [
        (Me(name="adab", slug="ada"), "Ada B", "https://www.linkedin.com/in/ada", True),
        (Me(name="adab", slug="ada"), "Ada B", "https://www.linkedin.com/in/ada2", False),
        (Me(name="adab", slug="ada"), "Renamed", "https://www.linkedin.com/in/ada", True),
        (Me(name="adab"), "Ada  B.", "https://www.linkedin.com/in/x", True),
        (Me(name="adab", slug="ada"), "Ada B", "", True),
        (Me(name="adab"), "LinkedIn Member", "", False), (Me(), "", "", False),
        (Me(), "Ada", "", False),
    ],
)  # fmt: skip
def test_whose_a_message_is(me: Me, sender: str, page: str, mine: bool) -> None:
    assert is_mine(message(sender, page), me) is mine


def test_the_owner_is_whom_a_sent_invitation_names(tmp_path: Path) -> None:
    rows = [
        ["Bob", "Ada", "8/16/24, 1:02 PM", "", "INCOMING", BOB, MY_PAGE],
        ["Ada", "Cyd", "8/16/24, 1:02 PM", "", "OUTGOING", "", "x"],
        ["Ada", "Dan", "8/16/24, 1:02 PM", "", "OUTGOING", MY_PAGE, "x"],
    ]
    posts, notes = reading(READER, {"Invitations.csv": table(INVITED, rows)}, tmp_path)
    assert (posts, notes.account) == ([], "adä-byron")


def test_scripts_and_styles_of_an_article_are_no_text(tmp_path: Path) -> None:
    html = ARTICLE.format(
        "On <b>mills</b>", "https://www.linkedin.com/pulse/on-mills?x=1", ""
    ).encode()
    (post,), _ = reading(READER, {"Articles/a.html": html}, tmp_path)
    assert "alert" not in post.text
    assert "x:y" not in post.text
    assert (post.id, post.url) == ("on-mills", PULSE)
    assert post.source.part == "archive.zip"


@pytest.mark.parametrize(
    "html",
    [
        b"<div>" * 200_000,
        b"<h1>" + b"<a " * 200_000,
        b"<h1" + b" " * 400_000,
        b"\xff\xfe\x00",
        b"<",
    ],
)
def test_hostile_articles_cost_little(tmp_path: Path, html: bytes) -> None:
    began = time.process_time()
    posts, _ = reading(READER, {"Articles/a.html": html}, tmp_path)
    assert len(posts) == 1
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "link",
    [
        "urn:li:comment:(" + "x" * 300_000, "urn:li:comment:(" * 20_000, "%C3" * 100_000,
        "_" * 300_000, "activity-" * 40_000,
    ],
    ids=["one urn", "many urns", "escapes", "signs", "words"],
)  # fmt: skip
def test_hostile_addresses_cost_little(tmp_path: Path, link: str) -> None:
    began = time.process_time()
    files = {
        "Comments.csv": table("Date,Link,Message", [[AT, link, "yes"]]),
        "Shares.csv": table(SHARES, [[link, link, "a", "", "", ""]]),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["yes", "a"]
    assert time.process_time() - began < 3


@pytest.mark.parametrize("byte", [b"\0", b"\xff", b'"', b"\r"])
def test_strange_bytes_hide_no_other_row(tmp_path: Path, byte: bytes) -> None:
    good = b"2020-01-02 03:04:05,urn:li:share:%d,text,,,PUBLIC\r\n"
    body = SHARES.encode() + b"\r\n" + good % 1 + b"x," + byte + b",\r\n" + good % 2
    posts, notes = reading(READER, {"Shares.csv": body}, tmp_path)
    assert {"urn:li:share:1", "urn:li:share:2"} <= {post.id for post in posts}
    assert notes.not_understood


def test_the_day_of_the_export_may_be_in_the_name_of_the_zip(tmp_path: Path) -> None:
    folder = "Basic_LinkedInDataExport_10-21-2023.zip/Shares.csv"
    _, notes = reading(READER, {folder: table(SHARES, [])}, tmp_path)
    assert notes.exported == "2023-10-21"


@pytest.mark.parametrize(
    ("member", "sender", "mine"),
    [
        ("Иван Петров", "Иван Петров", True), ("Иван Петров", "Пётр Иванов", False),
        ("李 Anna", "李 Anna", True), ("李 Anna", "王 Anna", False),
        ("Zoë Brandt", "zoe\u0308 brandt", True), ("🌊", "🔥", False),
    ],
)  # fmt: skip
def test_a_name_is_compared_in_its_own_script(
    tmp_path: Path, member: str, sender: str, mine: bool
) -> None:
    first, _, last = member.partition(" ")
    files = {
        "Profile.csv": table("First Name,Last Name", [[first, last]]),
        "messages.csv": table("CONVERSATION ID,FROM,CONTENT", [["1", sender, "words"]]),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert ("words" in [post.text for post in posts]) is mine


def comments(*rows: str) -> dict[str, bytes]:
    return {"Comments.csv": "\r\n".join(("Date,Link,Message", *rows, "")).encode()}


def test_quotes_of_a_comment_may_stand_behind_backslashes(tmp_path: Path) -> None:
    files = comments(
        f'{AT},{PULSE},"I said \\"hello\\", friend,\nand \\"bye\\""',
        f"{AT},{PULSE},plain",
        f'{AT},{PULSE},"C:\\new, \\\\"',
    )
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == [
        'I said "hello", friend,\nand "bye"', "plain", "C:\\new, \\\\",
    ]  # fmt: skip
    assert notes.not_understood == []


def test_a_backslash_at_the_end_of_a_comment_is_one(tmp_path: Path) -> None:
    files = comments(f'{AT},{PULSE},"a ""b"", C:\\"', f'{AT},{PULSE},"next"')
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ['a "b", C:\\', "next"]
    assert notes.not_understood == []


def test_a_sentence_of_an_article_is_no_stamp(tmp_path: Path) -> None:
    said = "Published on 2019-01-01, the study was read."
    html = f'<p class="created">Created on 2020-05-06 07:08</p><p>{said}</p>'
    (one,), _ = reading(READER, {"Articles/Articles/on-mills.html": html.encode()}, tmp_path)
    assert (one.text, one.state, one.audience) == (said, "draft", "private")
