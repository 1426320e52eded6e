"""The text of pages: what a reader has before them, in UTF-8, in time."""

from __future__ import annotations

import json
import time

import pytest

from withhold.traces.corpus.html_text import page_text, text_of, utf8


def words(page: str, charset: str = "utf-8") -> str:
    """The words of a page with one space between them."""
    return " ".join(page_text(page.encode(charset), charset).decode().split())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Green, <b>26</b> inches</p><p>by the river</p>", "Green, 26 inches by the river"),
        ("to<wbr>ma<i>to</i>es", "tomatoes"),
        ("one<br>two<BR/>three", "one two three"),
        ('<a href="x" title="y">in a link</a>, and on', "in a link, and on"),
        ("<SPAN CLASS=x>A</SPAN>B", "AB"),
        ("a<script>var b = '<p>no</p>';</script>c", "a c"),
        ("a<SCRIPT type=x>no</Script >c", "a c"),
        ("a<style>p { no }</style>c", "a c"),
        ("a<!-- no <p>no</p> -->c", "ac"),
        ("by <!-- -->Ada<!-- -->, late", "by Ada, late"),  # as React writes what it fills in
        ('<a title="x > y">in</a> a link', "in a link"),
        ("<a title='<b>x</b>' href=y>in</a> a link", "in a link"),
        ("<p title=Tom's>one</p><p title='two'>three", "one three"),
        ('<a href="x>one</a> two <b class="y">three</b>', "one two three"),
        ("<label>A</label>, <big>b</big>c", "A, bc"),
        ("<![CDATA[a]]", "a]]"),
        ("a<!--> c", "a c"),
        ("a<script>never closed", "a"),
        ("<noscript>for crawlers</noscript>", "for crawlers"),
        ("Tom &amp; Anna&#39;s &quot;caf&eacute;&quot;", 'Tom & Anna\'s "café"'),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<article>whole</article><basefont>b", "whole b"),
        ("", ""),
    ],
)
def test_what_a_reader_sees(page: str, text: str) -> None:
    assert words(page) == text


@pytest.mark.parametrize(
    "page",
    [
        "<" * 300_000,
        "<a" * 200_000,
        "<!--" * 100_000,
        "<script" * 60_000,
        "&" * 300_000,
        '<a ="' * 90_000,
        "<a ='\"" * 90_000,
        "<a " + "=" * 300_000,
        '<a x="' + "= ' " * 90_000,
    ],
)
def test_nothing_takes_longer_than_its_length(page: str) -> None:
    begun = time.process_time()
    page_text(page.encode())
    assert time.process_time() - begun < 5  # a quadratic reader needs minutes


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("café".encode(), "", "café"),
        ("café".encode("latin-1"), "", "café"),
        ("café".encode("latin-1"), "iso-8859-1", "café"),
        ("\u201ccafé\u201d".encode("cp1252"), "iso-8859-1", "\u201ccafé\u201d"),
        ("счастье".encode("koi8-r"), "koi8-r", "счастье"),
        ("счастье".encode("cp1251"), "windows-1251", "счастье"),
        ("日本".encode("shift_jis"), "shift_jis", "日本"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        ("日本".encode(), "shift_jis", "日本"),  # the server is wrong about it
        ("café".encode("utf-16"), "", "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "", "café"),
        ("café".encode("latin-1"), "no-such-charset", "café"),
        ("café".encode(), "rot13", "café"),  # a codec of Python's that is none of text
    ],
)
def test_every_charset_becomes_utf_8(body: bytes, charset: str, text: str) -> None:
    assert utf8(body, charset).decode() == text


def test_a_page_names_its_own_charset() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>счастье'.encode("cp1251")
    assert page_text(page).decode().strip() == "счастье"
    page = page.replace(b'charset="windows-1251"', b'content="text/html; charset=windows-1251"')
    assert page_text(page).decode().strip() == "счастье"


def test_a_text_that_is_cut_within_a_letter_stays_utf_8() -> None:
    assert utf8("schön, Grüße".encode()[:-2]).decode("utf-8", "replace").startswith("schön, Grü")


ASKED = "It’s “late”, she said 😀"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/rss+xml", "<p>It&#8217;s &#8220;late&#8221;, she said &#x1f600;</p>"),
        ("application/rss+xml", f"<d><![CDATA[{ASKED}]]></d>"),
        (
            "text/xml",
            "<d>&lt;p&gt;It&amp;rsquo;s &lt;b&gt;“late”&lt;/b&gt;, she said 😀",
        ),
        ("application/json", json.dumps({"a": ASKED})),
        ("application/ld+json", json.dumps({"a": ASKED}, indent=1, ensure_ascii=False)),
        ("text/html", f"<p>{ASKED}</p>"),
        ("text/plain", ASKED),
    ],
)
def test_a_text_is_read_in_every_media_type(kind: str, body: str) -> None:
    assert ASKED in text_of(kind, body.encode()).decode()


def test_escapes_of_json_mean_what_json_says() -> None:
    text = 'a "b" \\ c/d\te\nf 😀 é \\u0041'
    written = json.dumps(text).replace("/", "\\/").encode()
    assert text_of("application/json", written).decode() == f'"{text}"'
    assert text_of("application/json", b"\\ud83d \\x \\").decode() == "? \\x \\"


def test_long_values_of_attributes_in_xml_are_texts_and_encodings_are_as_it_says() -> None:
    said = "A comment of more than fifty letters, in a row, café and счастье."
    xml = f"<?xml version='1.0' encoding='koi8-r'?><row Id='1' Text=\"{said}\" />".replace(
        "é", "&#233;"
    )
    assert said in text_of("application/xml", xml.encode("koi8-r")).decode()


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "raw-unicode-escape"]
)
def test_a_codec_that_no_page_is_written_in_is_a_name_that_nobody_knows(charset: str) -> None:
    """A script that knew none writes ``charset=undefined``."""
    assert page_text(b"caf\xe9 \\x41", charset) == "café \\x41".encode()
    page = f'<meta charset="{charset}">'.encode() + b"caf\xe9"
    assert page_text(page).strip() == "café".encode()


@pytest.mark.parametrize(
    ("letters", "codec", "label"),
    [
        ("朱镕基", "gbk", "gb2312"),
        ("①髙島", "cp932", "shift_jis"),
        ("똠방각하", "cp949", "euc-kr"),
        ("“ğ”", "cp1254", "iso-8859-9"),
        ("“ก”", "cp874", "tis-620"),
        ("“é”", "cp1252", "iso-8859-1"),
    ],
)
def test_a_name_means_what_the_web_means_by_it(letters: str, codec: str, label: str) -> None:
    assert utf8(letters.encode(codec), label).decode() == letters
    page = f'<meta charset="{label}"><p>{letters}'.encode(codec)
    assert page_text(page).decode().strip() == letters


@pytest.mark.parametrize("label", ["utf-16", "UTF-16LE", "utf-32"])
def test_a_page_that_can_be_read_by_octets_is_not_of_two_a_letter(label: str) -> None:
    assert page_text(f'<meta charset="{label}"><p>café'.encode()).decode().strip() == "café"
    said = f'<?xml version="1.0" encoding="{label}"?><p>caf\u00e9</p>'.encode()
    assert "café" in text_of("application/xml", said).decode()


def test_no_octets_are_taken_for_a_mark_that_is_not_there() -> None:
    assert utf8(b"caf\xc3\xa9", "utf-8-sig") == b"caf\xc3\xa9"
    assert utf8(b"\xef\xbb\xbfcaf\xc3\xa9", "latin-1") == b"caf\xc3\xa9"
