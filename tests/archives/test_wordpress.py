"""WordPress: statuses, comments, whose site it is, and XML that nobody should trust."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from tests.archives.made.truth import hits, reading, told
from tests.archives.made.wordpress import HEAD, TAIL, comment, export, item, made
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options
from withhold.exports.wordpress import READER
from withhold.exports.wordpress_xml import TEXT_AT_MOST, elements


def read(body: bytes, folder: Path, *, others: bool = False) -> tuple[list[Post], Notes]:
    folder.mkdir(exist_ok=True)
    return reading(READER, {"site.xml": body}, folder, others=others)


def test_every_item_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth, others = made(1, 140)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    (done,) = notes.understood.values()
    assert done.others == others
    strange = [one for one in notes.not_understood if one.facts.get("value") == "strange"]
    assert len(strange) == len(notes.not_understood) == 20
    assert (notes.account, notes.exported) == ("ada.example", "2026-01-02")
    assert {post.community for post in posts} == {"Ada & Co"}


def test_others_comments_are_kept_when_asked_for(tmp_path: Path) -> None:
    body = export(item(raw=comment(1) + comment(2, comment_author_email="ADA@example.org")))
    posts, _ = read(body, tmp_path, others=True)
    assert [(post.kind, post.authored) for post in posts] == [
        ("post", "own"), ("comment", "others"), ("comment", "own"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "generator", "platform"),
    [
        ("https://wordpress.com/", "", "wordpress-com"),
        ("http://wordpress.com", "", "wordpress-com"),
        ("", "WordPress.com", "wordpress-com"),
        ("", "WordPress/6.5", "wordpress"),
        ("https://wordpress.com.evil.example/", "", "wordpress"),
    ],
)
def test_whose_site_it_is_stands_in_the_file(
    tmp_path: Path, base: str, generator: str, platform: str
) -> None:
    (post,), _ = read(export(item(), base=base, generator=generator), tmp_path)
    assert post.platform == platform


def test_it_is_recognised_by_listing_and_by_structure(tmp_path: Path) -> None:
    body = made(1, 2)[0]["ada.wordpress.2026-01-02.xml"]
    assert hits(READER, {"ada.wordpress.2026-01-02.xml": body}, tmp_path) == (1, 2)
    assert hits(READER, {"a.WordPress.com-2024-01-01.001.xml": b""}, tmp_path / "e") == (1, 0)
    assert hits(READER, {"x/backup.xml": body}, tmp_path / "b") == (0, 2)
    feed = b'<rss version="2.0"><channel><item><title>x</title></item></channel></rss>'
    assert hits(READER, {"feed.xml": feed}, tmp_path / "c") == (0, 0)


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        ("1", ("public", "item-field", "live")),
        ("0", ("private", "item-field", "draft")),
        ("spam", ("private", "item-field", "deleted")),
        ("trash", ("private", "item-field", "deleted")),
        ("", ("unknown", "none", "live")),
    ],
)
def test_a_comment_is_as_open_as_it_was_approved(
    tmp_path: Path, approved: str, expected: tuple[str, str, str]
) -> None:
    body = export(item(raw=comment(4, comment_user_id="1", comment_approved=approved)))
    (_, post), _ = read(body, tmp_path)
    assert (post.audience, post.audience_by, post.state) == expected
    assert post.url == ("https://ada.example/1#comment-4" if approved == "1" else "")
    assert post.reply_to == "https://ada.example/?p=1"


def test_a_ping_from_an_author_is_no_comment_of_theirs(tmp_path: Path) -> None:
    body = export(item(raw=comment(4, comment_user_id="1", comment_type="pingback")))
    posts, notes = read(body, tmp_path)
    assert (len(posts), notes.understood["site.xml"].others) == (1, 1)


def test_an_attachment_is_as_open_as_what_it_belongs_to(tmp_path: Path) -> None:
    more = {"wp__post_type": "attachment", "wp__status": "inherit"}
    body = export(
        item(1, wp__status="private"),
        item(2, wp__post_parent="1", wp__attachment_url="https://a.example/v.mp4", **more),
        item(3, wp__post_parent="99", wp__attachment_url="https://a.example/d.pdf", **more),
        item(4, wp__post_parent="0", wp__attachment_url="https://a.example/p", **more),
    )
    posts, _ = read(body, tmp_path)
    assert [(post.kind, post.audience, post.audience_by) for post in posts[1:]] == [
        ("video", "private", "item-field"), ("post", "unknown", "none"),
        ("photo", "public", "item-field"),
    ]  # fmt: skip


def test_attachments_of_another_file_of_the_export(tmp_path: Path) -> None:
    more = {"wp__post_type": "attachment", "wp__status": "inherit", "wp__post_parent": "1"}
    files = {"a.xml": export(item(1, wp__status="draft")), "b.xml": export(item(2, **more))}
    posts, _ = reading(READER, files, tmp_path)
    assert [post.state for post in posts] == ["draft", "draft"]


def test_numbers_of_another_site_say_nothing(tmp_path: Path) -> None:
    """Every site counts from 1: what is private on one has no word on the other's pictures."""
    one = item(7, wp__status="private")
    two = item(8, wp__status="inherit", wp__post_parent="7", wp__post_type="attachment")
    files = {"a.xml": export(one), "b.xml": export(two, home="https://other.example")}
    posts, _ = reading(READER, files, tmp_path)
    assert [post.audience for post in posts] == ["private", "unknown"]


def test_an_alternative_text_goes_with_the_picture(tmp_path: Path) -> None:
    meta = (
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        "<wp:meta_value><![CDATA[A cat]]></wp:meta_value></wp:postmeta>"
    )
    address = "https://a.example/c.png"
    body = export(item(wp__post_type="attachment", wp__attachment_url=address, raw=meta))
    (post,), _ = read(body, tmp_path)
    assert [(one.path, one.text) for one in post.media] == [(address, "A cat")]


@pytest.mark.parametrize(
    ("gmt", "pub", "local", "zone", "hour"),
    [
        ("2020-05-06 07:08:09", "", "2020-05-06 09:08:09", "utc", 7),
        ("0000-00-00 00:00:00", "Wed, 06 May 2020 07:08:09 +0000", "", "offset", 7),
        ("0000-00-00 00:00:00", "Wed, 30 Nov -0001 00:00:00 +0000", "2020-05-06 09:08:09",
         "unknown", 9),
        ("x", "y", "z", "none", None),
    ],
)  # fmt: skip
def test_the_time_is_the_best_that_is_written(
    tmp_path: Path, gmt: str, pub: str, local: str, zone: str, hour: int | None
) -> None:
    body = export(item(wp__post_date_gmt=gmt, pubDate=pub, wp__post_date=local))
    (post,), notes = read(body, tmp_path)
    assert (post.zone, post.created.hour if post.created else None) == (zone, hour)
    assert [one.why for one in notes.not_understood] == ([] if hour else ["bad-date"])


# Hostile XML -------------------------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        '<!DOCTYPE rss [<!ENTITY m SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE rss>",
        "<!-- " + "x" * 70_000 + " -->" + BOMB,
    ],
)
def test_document_types_are_refused(tmp_path: Path, doctype: str) -> None:
    body = export(item(content__encoded="]]>&m;<![CDATA["))
    body = body.replace(b"<!-- gen", doctype.encode() + b"<!-- gen", 1)
    posts, notes = read(body, tmp_path)
    assert posts == []
    assert [one.why for one in notes.not_understood] in (["wrong-form"], ["no-reader"])


@pytest.mark.parametrize("entity", [BOMB, '<!DOCTYPE r [<!ENTITY m SYSTEM "file:///etc/passwd">]>'])
def test_an_entity_behind_a_feigned_start_is_not_opened(tmp_path: Path, entity: str) -> None:
    """A comment can hold ``<rss``: the parser itself must not expand either."""
    body = export(item(title="]]>&m;<![CDATA["))
    body = body.replace(b"<!-- gen", b"<!-- <rss -->" + entity.encode() + b"<!-- gen", 1)
    start = time.process_time()
    posts, _ = read(body, tmp_path)
    assert time.process_time() - start < 20
    assert all("root:" not in post.text and len(post.text) < 1000 for post in posts)


def test_control_characters_are_spaces(tmp_path: Path) -> None:
    body = export(item(content__encoded="a\x0bb\x00c"), item(2))
    posts, notes = read(body, tmp_path)
    assert [post.text for post in posts] == ["T\na b c", "T\nx"]
    assert notes.not_understood == []


def test_an_ampersand_that_nobody_escaped_is_noted_and_hides_nothing(tmp_path: Path) -> None:
    body = export(item(), item(2)).replace(
        b"<![CDATA[https://ada.example/1]]>", b"https://a/?b&c=d"
    )
    posts, notes = read(body, tmp_path)
    assert len(posts) == 2
    assert {one.why for one in notes.not_understood} == {"not-xml"}
    assert notes.not_understood[0].at.startswith("line ")


HALVES = [
    ("&#55357;&#56832;", "\N{GRINNING FACE}"),
    ("&#xD83D;&#xde00;", "\N{GRINNING FACE}"),
    ("&#x0d83d;&#056832;&#xD83C;&#xDF75;", "\N{GRINNING FACE}\N{TEACUP WITHOUT HANDLE}"),
    ("&#xD83D;", "\ufffd"),
    ("&#xDE00;", "\ufffd"),
    ("&#xD83D;&#xD83D;&#xDE00;", "\ufffd\N{GRINNING FACE}"),
    ("&#xDE00;&#xD83D;", "\ufffd\ufffd"),
    ("&#55000;&#57999;", "\ud6d8\ue28f"),
]
"""References as they are written, and what they say (Unicode, D72 to D75)."""


@pytest.mark.parametrize(("written", "said"), HALVES)
def test_halves_of_a_character_are_put_together(tmp_path: Path, written: str, said: str) -> None:
    body = export(item(), item(2)).replace(b"<![CDATA[T]]>", f"a {written} b".encode(), 1)
    posts, notes = read(body, tmp_path)
    assert [post.text for post in posts] == [f"a {said} b\nx", "T\nx"]
    assert notes.not_understood == []


def test_halves_across_the_edge_of_a_chunk(tmp_path: Path) -> None:
    whole = b"&#55357;&#56832;" * 8
    body = export(item()).replace(b"<![CDATA[T]]>", whole, 1)
    for before in range(len(whole) + 1):
        pad = 64 * 1024 - before - body.index(whole)
        padded = body.replace(b"<channel>", b"<channel>" + b" " * pad, 1)
        assert padded.index(whole) + before == 64 * 1024
        (post,), _ = read(padded, tmp_path / str(before))
        assert post.text == "\N{GRINNING FACE}" * 8 + "\nx", before


def test_halves_in_utf_16_are_noted_and_the_next_item_is_read(tmp_path: Path) -> None:
    text = export(item(), item(2)).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    broken = text.replace("<![CDATA[T]]>", "a &#xD83D; b", 1).encode("utf-16")
    posts, notes = read(broken, tmp_path)
    assert [post.id for post in posts] == ["https://ada.example/?p=2"]
    assert ("not-xml", "item 1") in {(one.why, one.at) for one in notes.not_understood}


def test_a_text_beyond_the_limits_is_cut_and_the_next_item_read(tmp_path: Path) -> None:
    """The parser alone would end at 10 million bytes."""
    body = export(item(content__encoded="y" * 12_000_000), item(2))
    posts, notes = read(body, tmp_path)
    assert [len(post.text) for post in posts] == [1_000_000, 3]
    assert {one.why for one in notes.not_understood} == {"too-long"}
    plain = export(item(raw="<description>" + "z" * 12_000_000 + "</description>"), item(2))
    posts, _ = read(plain, tmp_path)
    assert [post.text for post in posts] == ["T\nx", "T\nx"]


@pytest.mark.parametrize("shift", range(0, 40, 3))
def test_marks_across_the_edge_of_a_chunk(tmp_path: Path, shift: int) -> None:
    long = "y" * (TEXT_AT_MOST + shift) + " <b>]]]]><![CDATA[></b> end"
    body = export(item(content__encoded=long), *(item(n) for n in range(2, 40)))
    posts, _ = read(body, tmp_path)
    assert [post.id for post in posts] == [f"https://ada.example/?p={n}" for n in range(1, 40)]
    assert {post.text for post in posts[1:]} == {"T\nx"}


def test_a_file_cut_anywhere_gives_what_stands_before(tmp_path: Path) -> None:
    body = export(*(item(number) for number in range(1, 10)))
    for number, place in enumerate(range(len(HEAD) + 200, len(body) - len(TAIL), 197)):
        posts, notes = read(body[:place], tmp_path / str(number))
        assert len(posts) >= body[:place].count(b"</item>")
        assert "cut-off" in {one.why for one in notes.not_understood}


def test_an_item_without_end_ends_the_reading(tmp_path: Path) -> None:
    endless = "<a>" + "<b>xxxxxxxxxxxxxxxxxxxxxxxx</b>" * 2_400_000
    posts, notes = read(export(item(), "<item>" + endless), tmp_path)
    assert [post.text for post in posts] == ["T\nx"]
    assert [one.why for one in notes.not_understood] == ["too-large"]


def test_items_of_nothing_and_files_of_something_else(tmp_path: Path) -> None:
    files = {
        "a.xml": export("<item></item>", "<item>text</item>", "<item><wp:comment/></item>"),
        "b.xml": b"<html/>", "c.xml": b"", "d.txt": b"x", "e.jpg": b"\xff\xd8",
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [(post.audience, post.text) for post in posts] == [("unknown", "")] * 3
    assert {one.path for one in notes.not_understood} == {"a.xml", "b.xml", "c.xml", "d.txt"}
    assert notes.ignored == {"e.jpg": "media"}


def test_items_that_were_read_are_let_go(tmp_path: Path) -> None:
    name = tmp_path / "a.xml"
    name.write_bytes(export(*(item(n) for n in range(300))))
    with Files([name], notes := Notes()) as files:
        before = [
            len(list(one.itersiblings(preceding=True)))
            for one in elements(files, "a.xml", notes)
            if one.tag == "item"
        ]
    assert before[0] > 1  # what the channel says
    assert before[1:] == [1] * 299


def test_posts_and_faults_say_where_they_stand(tmp_path: Path) -> None:
    body = export(item(1), item(2, raw=comment(4, comment_user_id="1")), item(3))[:-400]
    posts, notes = read(body, tmp_path)
    assert [post.source.at for post in posts][:3] == ["item 1", "item 2", "item 2, comment 1"]
    cut = [one for one in notes.not_understood if one.why == "cut-off"]
    assert [one.at for one in cut] == [f"byte {len(body)}"]
    assert not [one for one in notes.not_understood if one.why == "not-xml"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    name = tmp_path / "big.xml"
    name.write_bytes(export(*(item(n, content__encoded="w " * 2000) for n in range(3000))))
    with Files([name], notes := Notes()) as files:
        tracemalloc.start()
        count = sum(1 for _ in READER.read(files, notes, Options()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 3000
    assert peak < 6_000_000
