"""HTML as text: what a person reads, a line per block, and nothing that runs."""

from __future__ import annotations

import time

import pytest

from withhold.exports import markup
from withhold.exports.markup import is_too_deep, text_of


@pytest.fixture(params=["parsed", "tag by tag"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Small pieces, and the same as if they had too many tags to be parsed."""
    if request.param == "tag by tag":
        monkeypatch.setattr(markup, "TAGS_AT_MOST", 0)
    return str(request.param)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain  text\nas it is", "plain  text\nas it is"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("a<p>b</p>c<div>d</div>", "a\nb\nc\nd"),
        ("<ul><li>x</li><li>y</li></ul>", "x\ny"),
        ("<b>bo</b>ld <a href='u'>link</a>", "bold link"),
        ("a &amp; b &lt;c&gt; &eacute; &#128512;", "a & b <c> é 😀"),
        ("a<script>alert('x < y')</script>b", "ab"),
        ("a<style>p{}</style>b<noscript>c</noscript>", "ab"),
        ("a<SCRIPT>x</SCRIPT>b", "ab"),
        ("a<!-- hidden -->b", "ab"),
        ("<p>  spaced \n out </p>", "spaced\nout"),
        ("<p onclick='x()'>y</p>", "y"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_what_a_person_reads(way: str, html: str, text: str) -> None:
    assert text_of(html) == text


def test_an_escaped_tag_is_text(way: str) -> None:
    assert text_of("&lt;script&gt;alert(1)&lt;/script&gt;") == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 50_000 + "x",
        "<p>" + "<table><tr><td>" * 20_000 + "x",
        "<script>" * 100_000 + "x",
        "<!--" * 100_000 + "x",
        "<a " * 100_000 + "x",
        "<a " + 'b="c" ' * 100_000 + ">x",
        "&" * 100_000 + "<x",
        "<p>\ud800 &#xd800; &#0; &#xffffffff;\0x",
    ],
)
def test_hostile_html_ends_soon_in_a_text(html: str) -> None:
    began = time.process_time()
    assert isinstance(text_of(html), str)
    assert time.process_time() - began < 15


def test_a_long_line_is_spaced_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<p> a\t b\xa0\u2003c \x0b d&nbsp;&nbsp;e  </p>" * 3
    short = text_of(html)
    monkeypatch.setattr(markup, "LONG", 0)
    assert text_of(html) == short == "a b c d e\na b c d e\na b c d e"


@pytest.mark.parametrize(
    ("html", "deep"),
    [
        ("<div>" * 40_000, True), ("<DIV><b></DIV>" * 40_000, True),
        ("<b><table></b></table>" * 40_000, True), ("<div a='<'>" * 40_000, True),
        ("<div>" * 10_000, False), ("<div><br><img src='x'><p>y</p></div>" * 40_000, False),
        ("<div>" * 2_000 + "<a></a>" * 40_000, False), ("a < b " * 40_000, False),
    ],
)  # fmt: skip
def test_a_page_is_too_deep_by_what_is_open_in_it(html: str, deep: bool) -> None:
    assert is_too_deep(html) is deep
