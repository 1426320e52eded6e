"""The normal form of a robots.txt says what the file says; equal rules have equal hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from withhold.signals import robots
from withhold.traces.surveying.policy import by_name, policy, said

FILE = b"""\xef\xbb\xbf# the shop
Disallow: /before-any-group
User-Agent: GPTBot   # the one
useragent : nobody
USER-AGENT:CCBot
Disallow:  /a b #\xe4
Sitemap: https://example.org/s.xml
Crawl-delay: 3

allow: /a
User-agent: *
Disallow:
"""
NORMAL = b"user-agent:gptbot\nuser-agent:ccbot\ndisallow:/a b\nallow:/a\nuser-agent:*\ndisallow:"


def test_the_normal_form_is_as_it_is_written_down() -> None:
    found = policy(FILE)
    assert found.normal == NORMAL
    assert found.hash == hashlib.sha256(NORMAL).hexdigest()
    assert (found.signals, found.web_page, found.cut) == (False, False, False)


@pytest.mark.parametrize(
    "other",
    [
        NORMAL,
        NORMAL.replace(b"\n", b"\r\n"),
        NORMAL.replace(b"\n", b"\r"),
        b"\n\n# x\n" + NORMAL.replace(b"ccbot", b"CCBOT") + b"\nHost: a\n",
        NORMAL.replace(b":", b" : "),
    ],
)
def test_what_says_the_same_in_the_same_order_has_one_hash(other: bytes) -> None:
    assert policy(other).hash == policy(FILE).hash


@pytest.mark.parametrize(
    "other",
    [
        NORMAL.replace(b"/a b", b"/A b"),
        NORMAL.replace(b"allow:/a\n", b""),
        NORMAL.replace(b"ccbot", b"ccbot2"),
        NORMAL.replace(b"user-agent:*\n", b"user-agent:x\n"),
        b"",
    ],
)
def test_what_says_something_else_has_another(other: bytes) -> None:
    assert policy(other).hash != policy(FILE).hash


def test_signals_pages_and_long_files_are_noted() -> None:
    assert policy(b"User-agent: *\nContent-Signal: ai-train=no\n").signals
    assert not policy(b"# Content-Signal: ai-train=no\n").signals
    assert policy(b" <!DOCTYPE html><p>User-agent: x").web_page
    assert not policy(b"<!DOCTYPE html>\nUser-agent: x\nDisallow: /").web_page
    rules = b"User-agent: a\n" + b"Disallow: /x\n" * 60_000
    long = policy(rules)
    assert long.cut
    assert long.normal.count(b"\n") == (robots.LIMIT - len(b"User-agent: a\n")) // 13


def test_what_is_said_names_the_statement_and_the_rule() -> None:
    told = said(NORMAL, by_name(["GPTBot", "Other", "CCBot"]), "/a%20b")
    assert [(one.token, one.allowed, one.statement, one.rule, one.own_group) for one in told] == [
        ("*", True, 6, "Disallow: ", True),
        ("CCBot", False, 3, "Disallow: /a b", True),
        ("GPTBot", False, 3, "Disallow: /a b", True),
    ]
    (star,) = said(b"", by_name(["GPTBot"]), "/")
    assert (star.allowed, star.statement, star.why, star.own_group) == (True, 0, "no-group", False)


lines = st.lists(
    st.sampled_from(
        [
            b"User-agent: *",
            b"user-agent: GPTBot",
            b"USER-AGENT :\tccbot # x",
            b"User-agent:",
            b"User-agent",
            b"Disallow: /",
            b"Disallow: /a*b$",
            b" \x0cAllow:/a/",
            b"Disallow:",
            b"Disallow /",
            b"#Disallow: /",
            b"Disallow#: /",
            b"Dis\x00allow: /",
            b"Disallow: /\x00\xff",
            b"Sitemap: x",
            b"Content-Usage: train-ai=n",
            b"",
            b"\xc2\xa0Allow: /a",
            b"\xe2\x80\xa8Disallow: /a",
        ]
    ),
    max_size=14,
)


@given(lines, st.sampled_from([b"\n", b"\r\n", b"\r"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_the_normal_form_decides_as_the_file_itself(
    some: list[bytes], end: bytes, mark: bytes
) -> None:
    body = mark + end.join(some)
    whole, normal = robots.read(body), robots.read(policy(body).normal)
    for token in ("GPTBot", "CCBot", "Else", "*"):
        for path in ("/", "/a/", "/axb", "/a/b"):
            mine, its = normal.decide(token, path), whole.decide(token, path)
            assert (mine.allowed, mine.why) == (its.allowed, its.why)
        assert normal.has_own_group(token) == whole.has_own_group(token)


@pytest.mark.real
def test_real_files_are_decided_as_protego_and_the_reader_do(corpus: Path) -> None:
    files = sorted((corpus / "signals" / "robots").glob("*.txt"))[::11]
    tokens = ("GPTBot", "CCBot", "ClaudeBot", "Bytespider")
    assert len(files) > 100
    agree = asked = 0
    for file in files:
        body = file.read_bytes()
        told = {one.token: one.allowed for one in said(policy(body).normal, by_name(tokens), "/")}
        whole, peer = robots.read(body), Protego.parse(body.decode("utf-8", "replace"))
        for token in tokens:
            mine = told.get(token, told["*"])
            assert mine == whole.decide(token, "/").allowed, file.name
            agree += mine == peer.can_fetch("https://h.example/", token)
            asked += 1
    assert agree / asked > 0.99  # Protego takes tokens by substring
