"""Expected answers are written by hand from the paragraphs that meta.toml names."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.unit.signals import robots_cases

from withhold.signals import meta
from withhold.signals.meta import LIMIT
from withhold.words import Statement

CASES = robots_cases.table("meta.toml")
NOAI = b'<meta name="robots" content="noai">'


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_read(case: dict[str, Any]) -> None:
    assert robots_cases.answer(case) == robots_cases.expected(case)


def test_a_statement_has_the_tag_and_its_line() -> None:
    read = meta.read(b"<title>\r\n</title>\r\n<meta name=robots\r\n  content='NoAI'>")
    assert read.statements(site="https://h.example", on=date(2026, 11, 23)) == [
        Statement(
            token="*",
            allowed=False,
            signal="noai",
            use="train-ai",
            site="https://h.example",
            on=date(2026, 11, 23),
            line=3,
            text="<meta name=robots content='NoAI'>",
            place="meta",
        )
    ]


def test_a_long_tag_is_cut_in_the_statement() -> None:
    (one,) = meta.read(b"<meta name=robots content=noai x=" + b"y" * 999 + b">").statements()
    assert (one.allowed, len(one.text)) == (False, 200)


def test_licences_have_their_line() -> None:
    (one,) = meta.read(b"\n<link rel=license href=/l>").licences
    assert (one.href, one.place, one.line) == ("/l", "link", 2)


def test_written_tags() -> None:
    assert meta.write({"train-ai"}, ["*", "bingbot"], ["noarchive"]) == (
        '<meta name="robots" content="noarchive">\n<meta name="bingbot" content="noarchive">\n'
    )
    assert meta.write({"search"}) == ""


def test_written_tags_in_another_parser() -> None:
    nodes = LexborHTMLParser(meta.write({"train-ai"}, ["*", "bingbot"])).css("head > meta")
    assert [(node.attributes["name"], node.attributes["content"]) for node in nodes] == [
        ("robots", "noai, noimageai, noarchive"),
        ("bingbot", "noai, noimageai, noarchive"),
    ]


def test_1_mib_is_read_and_no_half_tag() -> None:
    fill = b" " * (LIMIT - len(NOAI))
    for page, says in ((fill + NOAI, [False]), (fill + b" " + NOAI, [])):
        read = meta.read(page)
        assert [one.allowed for one in read.statements()] == says
        assert ("limit-1-mib" in read.notes) is not bool(says)
    assert meta.read(NOAI + b" " * 10_000_000).notes == ("limit-1-mib",)


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "TEXT/HTML; charset=utf-8", " text/html ;x", ";"]
)
def test_content_types_of_pages(content_type: str) -> None:
    assert [one.allowed for one in meta.read(NOAI, content_type).statements()] == [False]


@pytest.mark.parametrize("content_type", ["image/png", "text/plain", "application/json", "x"])
def test_content_types_of_others(content_type: str) -> None:
    assert meta.read(NOAI, content_type) == meta.Meta(notes=("not-html",))


BINARY = [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99, b"\0" * 9999, b"%PDF-1.7\n", b"\xff" * 9]
BINARY += [b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '" + b"x" * 99 + b"'>]><a>&b;&b;</a>"]
BINARY += [b"[" * 100_000, b'{"a":' * 10_000]


@pytest.mark.parametrize("octets", BINARY)
def test_what_is_no_page_says_nothing(octets: bytes) -> None:
    read = meta.read(octets)
    assert (read.statements(), read.licences, read.tdm_reservation) == ([], (), ())


@pytest.mark.parametrize(
    "piece",
    [b"<div>", b"<", b"<meta a=", NOAI, b'<meta name="bot" content="noarchive,x:nocache">', b"&"],
)
def test_ten_megabytes_take_no_time(piece: bytes) -> None:
    tokens = [f"bot{number}" for number in range(500)]
    start = time.process_time()
    meta.read(piece * (10_000_000 // len(piece)), "text/html", tokens).statements()
    assert time.process_time() - start < 4


PARTS = [NOAI, b"<meta name='a' content='noarchive'>", b"<meta property=robots content=noai>"]
PARTS += [b"<meta name=tdm-reservation content=1>", b"<link rel=license href=x>", b"<base href=y>"]
PARTS += [b"<!--", b"-->", b"<p>", b"</p>", b"<noscript>", b"<meta name=robots>", b"\xff", b"\0"]


@settings(deadline=None)
@given(st.binary() | st.lists(st.sampled_from(PARTS)).map(b"".join), st.text(max_size=20))
def test_nothing_raises(octets: bytes, content_type: str) -> None:
    for read in (meta.read(octets), meta.read(octets, content_type, ["A"])):
        found = read.statements()
        assert len({(one.signal, one.token) for one in found}) == len(found)
        assert len(set(read.notes)) == len(read.notes)


@given(st.lists(st.sampled_from(PARTS)).map(b"".join))
def test_what_follows_takes_nothing_back(octets: bytes) -> None:
    read = meta.read(b"<head>" + NOAI + octets)
    assert ("*", "noai", False) in [(o.token, o.signal, o.allowed) for o in read.statements()]


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_a_limit_that_cuts_a_character_does_not_change_the_others(cut: int) -> None:
    tag = '<link rel=license href="https://a.example/ü">'.encode()
    page = tag + b" " * (LIMIT - len(tag) - cut) + "😀".encode() * 2
    assert meta.read(page).licences[0].href == "https://a.example/ü"
