"""HTML to passages: menus and scripts left out, collapsed sections kept."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from tests.unit.policies.passages_of import passage, texts
from withhold.policies.passages import document_of

PAGE = """<!doctype html><html><head><title>Acme &amp; you</title>
<style>p { color: red }</style><script>var a = "<p>no text</p>";</script></head>
<body><!-- <p>no text</p> --><nav><ul><li>Menu</ul></nav>
<h1>Acme <em>Privacy</em> Policy</h1><p>Effective: 3 May 2025.<br><br>Second.
<h2>Use</h2><p>We use it to:<ul><li>train <a href="/ai?a=1&amp;b=2">our models</a>
<ul><li>small ones<p>And large.</p></ul><li>show it</ul>
<p>Hello <span hidden>not seen </span>there<svg><title>icon</title></svg>.</p>
<table><tr><th>Why<th>What</tr><tr><td>Training</td><td>Posts</td></tr>
<tr><td>Other<td><ul><li>ads<li>safety</ul></tr></table>
<footer>Imprint</footer></body></html>"""


def test_headings_lists_and_links() -> None:
    assert texts(document_of(PAGE, "html"), "heading") == ["Acme Privacy Policy", "Use"]
    item = passage("train our models", PAGE, "html")
    assert (item.kind, item.lead) == ("item", "We use it to:")
    assert item.headings == ("Acme Privacy Policy", "Use")
    assert item.links == (("our models", "/ai?a=1&b=2"),)
    assert passage("And large.", PAGE, "html").lead == "We use it to: train our models"
    assert passage("show it", PAGE, "html").lead == "We use it to:"


def test_breaks_part_paragraphs() -> None:
    assert "Second." in texts(document_of(PAGE, "html"))


def test_rows_have_the_words_of_their_header() -> None:
    assert texts(document_of(PAGE, "html"), "row") == [
        "Why; What",
        "Why: Training; What: Posts",
        "Other",
        "ads",
        "safety",
    ]
    assert passage("safety", PAGE, "html").lead == "Why: Other"


def test_what_nobody_reads_is_left_out_and_menus_are_counted() -> None:
    document = document_of(PAGE, "html")
    whole = " ".join(texts(document))
    for word in ("no text", "Menu", "not seen", "icon", "Imprint", "color"):
        assert word not in whole
    assert 0.85 < document.kept < 1.0
    without = PAGE.replace("<ul><li>Menu</ul>", "").replace("Imprint", "")
    assert document_of(without, "html").kept == 1.0


def test_places_are_those_in_the_text_made_of_it() -> None:
    passages = document_of(PAGE, "html").passages
    assert passages[0].start == 0
    for one, following in pairwise(passages):
        assert one.end - one.start == len(one.text)
        assert following.start >= one.end


def test_a_collapsed_section_is_read_and_told() -> None:
    long = "We train our models on what you post. " * 8
    document = document_of(
        f"<p>Hi there.</p><div style='display: none'><p>{long}</p></div>", "html"
    )
    assert long.strip() in texts(document)
    assert document.notes == ("collapsed",)
    short = document_of("<p>Hi there.</p><div style='display:none'><p>Gone</p></div>", "html")
    assert (texts(short), short.notes) == (["Hi there."], ())


def test_a_section_in_an_item_and_a_list_of_terms() -> None:
    page = (
        "<ol><li><h3>Data</h3><p>We keep it.</p></li></ol>"
        "<dl><dt>Posts</dt><dd>We use these to:<ul><li>train</ul></dd></dl>"
    )
    kept = passage("We keep it.", page, "html")
    assert (kept.kind, kept.headings) == ("paragraph", ("Data",))
    assert passage("train", page, "html").lead == "Posts We use these to:"


def test_bold_lines_buttons_and_unknown_elements() -> None:
    page = "<x-faq><b>How we <i>train</i></b></x-faq><x-a>We do.</x-a><button>A</button><b>B.</b>"
    document = document_of(page, "html")
    assert [(one.text, one.kind) for one in document.passages] == [
        ("How we train", "heading"),
        ("We do.", "paragraph"),
        ("A B.", "paragraph"),
    ]


def test_two_links_side_by_side_are_two_words() -> None:
    assert texts(document_of("<p><a href=a>One</a><a href=b>two</a>s", "html")) == ["One twos"]


def test_a_table_that_only_lays_out_is_no_row() -> None:
    page = "<table><tr><td><p>First words.</p><p>Second words.</p></td></tr></table>"
    assert texts(document_of(page, "html"), "paragraph") == ["First words.", "Second words."]


def test_the_title_of_the_window_stands_in_for_a_heading() -> None:
    assert (
        document_of("<title>Terms &amp; more</title><p>We say so.", "html").title == "Terms & more"
    )


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b"<meta charset='windows-1252'>", "cp1252"),
        (b'<meta http-equiv=content-type content="text/html; charset=iso-8859-1">', "cp1252"),
        (b"<meta charset=us-ascii>", "cp1252"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=cp037>", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_letters_by_the_page_s_own_charset(head: bytes, charset: str) -> None:
    document = document_of(head + "<p>“Für Änderungen”</p>".encode(charset), "html")
    assert texts(document) == ["“Für Änderungen”"]
    assert document.notes == ()


def test_a_byte_order_mark_says_utf_16() -> None:
    assert texts(document_of("<p>We say so.</p>".encode("utf-16"), "html")) == ["We say so."]


@pytest.mark.parametrize("charset", [b"hex", b"rot13", b"nonsense", b"utf-7"])
def test_a_charset_that_is_none_raises_nothing(charset: bytes) -> None:
    assert texts(document_of(b"<meta charset=" + charset + b"><p>We say so.", "html")) == [
        "We say so."
    ]


@pytest.mark.parametrize("charset", [b"utf-7", b"unicode_escape", b"raw_unicode_escape", b"cp037"])
def test_a_page_says_to_us_what_it_says_to_others(charset: bytes) -> None:
    page = b"<meta charset=" + charset + b"><p>We +AGE- say \\u0061 \\ud83d so."
    assert texts(document_of(page, "html")) == ["We +AGE- say \\u0061 \\ud83d so."]


def test_a_page_of_which_nearly_nothing_was_kept_is_read_again() -> None:
    inside = "".join(
        f"<p>We train models on post number {n}, says paragraph {n}.</p>" for n in range(40)
    )
    document = document_of(f"<body><p>Hi.</p><nav><div>{inside}</div></nav></body>", "html")
    assert document.notes == ("fallback",)
    assert "number 39" in " ".join(texts(document))
    assert document.kept > 0.9


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>a" * 50_000,
        "<div>" * 500_000,
        '<a x="' * 300_000,
        '<a x=">"' * 300_000,
        "<" * 1_000_000,
        "<!--" * 300_000,
        "<script>" * 300_000,
        "<nav>" * 200_000,
        "<div hidden>" * 100_000,
        "<table><tr><td>" * 100_000,
        "<table><tr>" + "<td>a" * 200_000,
        "<a href=x>y" * 200_000,
        "<br>" * 500_000,
        "&amp;" * 500_000,
    ],
)
def test_hostile_pages_take_linear_time(page: str) -> None:
    began = time.process_time()
    document = document_of(page, "html")
    assert time.process_time() - began < 10
    assert all(len(one.text) <= 1_200_000 for one in document.passages)


def test_an_accent_of_its_own_is_part_of_its_letter() -> None:
    document = document_of("<h1>Fu\u0308r</h1><p><a href=x>Beitra\u0308ge</a>, so.", "html")
    assert texts(document) == ["Für", "Beiträge, so."]
    assert document.passages[1].links == (("Beiträge", "x"),)
