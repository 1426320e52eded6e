"""The scanner is held to selectolax (lexbor), a whole HTML parser, over pages made of odd parts."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from withhold.signals.html_tags import tags

Found = list[tuple[str, str, dict[str, str]]]


def in_a_tree(page: str) -> Found:
    """The tags in the head, as a parser with scripting off builds it."""
    found = []
    for node in LexborHTMLParser(page).css("meta,link,base"):
        above, parent = [], node.parent
        while parent is not None:
            above.append(parent.tag)
            parent = parent.parent
        if "head" in above:
            values = {name: value or "" for name, value in node.attributes.items()}
            found.append((node.tag or "", "noscript" if "noscript" in above else "head", values))
    return found


def in_the_head(page: str) -> Found:
    found = [(tag.name, tag.where, tag.attributes) for tag in tags(page)]
    return [one for one in found if one[1] in ("head", "noscript")]


PARTS = ["<meta name=a content=b>", "<META name=\"x\" CONTENT='y>z'>", "<link rel=license href=x>"]
PARTS += ["<base href=y>", '<meta name=c content="d', "<meta/name=e/content=f>", "<meta name==g>"]
PARTS += ["<meta name = h>", '<meta name="i"content="j">', "<meta x='\"' name=k>", "<metal>"]
PARTS += ["<meta name=l'm content=n\"o>", "<meta name=&amp;&lt>", "<meta =p>", "<meta q='r' Q=s>"]
PARTS += ['<meta name="a&copy=1&copy;&notit;&not &amp;=b&#97=&lt=1&lt;=2&#x41;&#65 &nosuch;&">']
PARTS += ["<title>", "</title>", "<script>", "</script>", "<SCRIPT ", "<scripty>", "</scripty>"]
PARTS += ["<!--", "-->", "<!-->", "<!--->", "--!>", "<noscript>", "</noscript>", "<template>"]
PARTS += ["</template>", "<head>", "</head>", "<body>", "</body>", "<html>", "</html>", "<style>"]
PARTS += ["</style >", "<noframes>", "</noframes>", "</noframes", "</br>", "<br/>", "<textarea>"]
PARTS += ["</textarea>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<plaintext>", "<frameset>"]
PARTS += [" ", "\n", "x", "<", ">", '"', "=", "-", "!>", "</", "</ >", "</>", "<!doctype html>"]
PARTS += ["<?php ?>", "<p>", '<img src="a>b">', "<svg>", "<div>", "</p>", "</title/>", "<title/>"]
PARTS += ["<bgsound>", "<basefont>", "<template/>", "\0", "&nbsp;", "<meta name=\0>", "é"]


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join))
@example("<noscript><img></noscript><meta name=a>")
@example("<head></head><noscript><meta name=a></noscript><meta name=b>")
@example("</head><meta name=a></body><meta name=b>")
@example("<script><!-- <script> </script> <meta name=a> --></script><meta name=b>")
@example("<script><!--><script></script><meta name=b>")
@example("<template><plaintext></template><meta name=a>")
@example("<noscript></br><meta name=a>")
def test_the_head_is_the_one_of_a_whole_parser(page: str) -> None:
    assert in_the_head(page) == in_a_tree(page)


def test_the_comparison_sees_tags() -> None:
    page = '<title>a</title><meta name="b"><noscript><link href=c></noscript><p><base href=d>'
    expected = [("meta", "head", {"name": "b"}), ("link", "noscript", {"href": "c"})]
    assert in_a_tree(page) == in_the_head(page) == expected


def test_where_and_in_which_line() -> None:
    page = "<!--\n-->\n<meta a>\n<template><meta b>\n</template><noscript><meta c></noscript>\n"
    page += "<p>\n\n<meta\nd>"
    assert [(tag.where, tag.line, tag.raw) for tag in tags(page)] == [
        ("head", 3, "<meta a>"),
        ("template", 4, "<meta b>"),
        ("noscript", 5, "<meta c>"),
        ("body", 8, "<meta\nd>"),
    ]


@pytest.mark.parametrize("page", ["<meta", "<meta a", "<meta a='", "<meta a=b", "<meta a='b'", "<"])
def test_a_tag_that_never_ends_is_none(page: str) -> None:
    assert list(tags(page)) == list(tags(f"<!-- {page}")) == []


HOSTILE = ["<div>", "<", "<!--", "<!-- -->", "</", "<!", "<?", "&", "<script>", "<script><!--"]
HOSTILE += [
    "<template>",
    "<title>",
    "<noscript>",
    "<b a='\"",
    "<a b=",
    " a=",
    "a1 ",
    "<meta ",
    "</a",
]
HOSTILE += [
    "<meta name=robots>",
    '<meta a="',
    "<b><p>x",
    "<svg>",
    "--!>",
    "<script></script>",
    "\0",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("begin", ["", "<meta ", '<meta name="'])
def test_a_megabyte_takes_no_time(begin: str, piece: str) -> None:
    page = begin + piece * (1024 * 1024 // len(piece))
    start = time.process_time()
    for tag in tags(page):
        assert tag.attributes is not None
    assert time.process_time() - start < 3


@settings(deadline=None)
@given(st.text())
def test_nothing_raises(page: str) -> None:
    assert all(tag.raw in page and tag.line >= 1 for tag in tags(page))


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("9" * 5000, "\ufffd"),
        ("0" * 5000 + "65", "A"),
        ("0" * 5000, "\ufffd"),
        ("1114112", "\ufffd"),
    ],
)
def test_the_number_of_a_character_may_be_of_any_length(number: str, meant: str) -> None:
    (tag,) = tags(f'<meta name=robots content="noai, &#{number};">')
    assert tag.attributes["content"] == f"noai, {meant}"
