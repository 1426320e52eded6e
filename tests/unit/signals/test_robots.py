"""Expected answers here are written by hand from RFC 9309, or asked of Google's own matcher."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.unit.signals.google_robots import google

from withhold.signals import robots
from withhold.signals.robots import Decision

MODES = ("rfc", "google")
CASES = tomllib.loads((Path(__file__).parent / "robots_modes.toml").read_text())["case"]


# file, token, path, allowed, line, why: the same in both modes
TRICKY = [
    # Groups and tokens (2.1, 2.2.1)
    (b"User-agent: *\nDisallow: /a\n", "GPTBot", "/a", False, 2, "star-group"),
    (b"user-AGENT: gptBOT\nDISALLOW: /a\n", "GPTBot", "/a", False, 2, "own-group"),
    (b"User-agent: *\nDisallow: /a\n", "GPTBot", "/A", True, None, "no-rule-matches"),
    (b"User-agent: CCBot\nDisallow: /\n", "GPTBot", "/", True, None, "no-group"),
    (b"User-agent: Applebot\nDisallow: /\n", "Applebot-Extended", "/", True, None, "no-group"),
    (b"User-agent: Applebot-Extended\nDisallow: /\n", "Applebot", "/", True, None, "no-group"),
    (b"User-agent: Claude\nDisallow: /\n", "ClaudeBot", "/", True, None, "no-group"),
    (b"User-agent: Google\nDisallow: /\n", "Google-Extended", "/", True, None, "no-group"),
    (
        b"User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nAllow: /b\n",
        *("GPTBot", "/a", True, None, "no-rule-matches"),
    ),
    (
        b"User-agent: a\nDisallow: /x\n\nUser-agent: b\nDisallow: /y\n\nUser-agent: A\nDisallow:/z",
        *("a", "/z", False, 8, "own-group"),
    ),
    (b"User-agent: a\nUser-agent: b\n\n\nDisallow: /x\n", "a", "/x", False, 5, "own-group"),
    (
        b"User-agent: *\nDisallow: /x\nUser-agent: *\nDisallow: /y",
        "a",
        "/x",
        False,
        2,
        "star-group",
    ),
    (b"User-agent: a\nUser-agent: *\nDisallow: /x", "a", "/x", False, 3, "own-group"),
    (b"User-agent: a\nDisallow: /x\nUser-agent: b", "b", "/x", True, None, "no-rule-matches"),
    (
        b"User-agent: a\nDisallow: /x\nUser-agent:\nDisallow: /",
        "a",
        "/",
        True,
        None,
        "no-rule-matches",
    ),
    (b"Disallow: /\nUser-agent: a\nDisallow: /x\n", "a", "/", True, None, "no-rule-matches"),
    # Other records never end a group (2.2.4)
    (b"User-agent: a\nSitemap: s\nUser-agent: b\nDisallow: /", "a", "/", False, 4, "own-group"),
    (
        b"User-agent: a\nDisallow: /x\nCrawl-delay: 1\nDisallow: /y",
        "a",
        "/y",
        False,
        4,
        "own-group",
    ),
    (b"User-agent: a\nCrawl-delay: 1\nUser-agent: b\nDisallow: /", "a", "/", False, 4, "own-group"),
    # Longest match, ties (2.2.2)
    (b"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "x", "/a/b/c", True, 3, "star-group"),
    (b"User-agent: *\nAllow: /a\nDisallow: /a/b\n", "x", "/a/b/c", False, 3, "star-group"),
    (b"User-agent: *\nDisallow: /a\nAllow: /a\n", "x", "/a", True, 3, "star-group"),
    (b"User-agent: *\nDisallow: /a\nDisallow: /a\n", "x", "/a", False, 2, "star-group"),
    (b"User-agent: *\nAllow: /p\nDisallow: /*.html\n", "x", "/p.html", False, 3, "star-group"),
    (b"User-agent: *\nAllow: /$\nDisallow: /\n", "x", "/", True, 2, "star-group"),
    (b"User-agent: *\nAllow: /$\nDisallow: /\n", "x", "/a", False, 3, "star-group"),
    (b"User-agent: *\nDisallow:\n", "x", "/a", True, 2, "star-group"),
    (b"User-agent: *\nDisallow: a\n", "x", "/a", True, None, "no-rule-matches"),
    # Special characters (2.2.3)
    (b"User-agent: *\nDisallow: *.gif$\n", "x", "/a/b.gif", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: *.gif$\n", "x", "/a/b.gif?c", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /*/b$\n", "x", "/b/b/b", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a*a$\n", "x", "/a", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /a*\n", "x", "/a", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a*$\n", "x", "/ab", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a$\n", "x", "/a", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a$\n", "x", "/a/", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /a$b\n", "x", "/a$b", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a # not /b\n", "x", "/a", False, 2, "star-group"),
    (b"User-agent: a#b\nDisallow: /\n", "a", "/", False, 2, "own-group"),
    (b"# User-agent: a\nDisallow: /\n", "a", "/", True, None, "no-group"),
    (b"User-agent: *\nDisallow: /*aba*aba\n", "x", "/ababa", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /*aba*aba\n", "x", "/abaaba", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /\nAllow: /index.html/x\n", "x", "/", False, 2, "star-group"),
    # Percent-encoding (2.2.2)
    ("User-agent: *\nDisallow: /ツ\n".encode(), "x", "/%E3%83%84", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /%E3%83%84\n", "x", "/%E3%83%84", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /%e3%83%84\n", "x", "/%E3%83%84", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /\xe9\n", "x", "/%E9", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /a%2Fb\n", "x", "/a/b", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /a/b\n", "x", "/a%2Fb", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /a%2fb\n", "x", "/a%2Fb", False, 2, "star-group"),
    (b"User-agent: *\nDisallow: /%2541\n", "x", "/%41", True, None, "no-rule-matches"),
    (b"User-agent: *\nDisallow: /100%\n", "x", "/100%", False, 2, "star-group"),
    # Octets and ends of line (2.2)
    (b"\xef\xbb\xbfUser-agent: a\nDisallow: /\n", "a", "/", False, 2, "own-group"),
    (b"User-agent: a\rDisallow: /\r", "a", "/", False, 2, "own-group"),
    (b"User-agent: a\r\n\r\nDisallow: /\r\n", "a", "/", False, 3, "own-group"),
    (b"User-agent: a\n\rDisallow: /\n", "a", "/", False, 3, "own-group"),
    (b" \tUser-agent \t:\t a \t\n\t Disallow : / \n", "a", "/", False, 2, "own-group"),
    (b"User-agent: a\nDisallow: /", "a", "/", False, 2, "own-group"),
    (b"User-agent: a\n: /\nDisallow\n/\nDisallow: /b\n", "a", "/", True, None, "no-rule-matches"),
    (b"\xff\xfe\x00\nUser-agent: a\nDisallow: /\n", "a", "/", False, 3, "own-group"),
    (b"User-agent: a\nX: " + b"y" * 100_000 + b"\nDisallow: /", "a", "/", False, 3, "own-group"),
    (b"<html>\nUser-agent: a\nDisallow: /\n", "a", "/", False, 3, "own-group"),
    (b"", "a", "/", True, None, "no-group"),
]


@pytest.mark.parametrize(("body", "token", "path", "allowed", "line", "why"), TRICKY)
@pytest.mark.parametrize("mode", MODES)
def test_tricky(
    mode: Any, body: bytes, token: str, path: str, allowed: bool, line: int | None, why: Any
) -> None:
    assert robots.read(body, mode).decide(token, path) == Decision(allowed, line, why)


@pytest.mark.parametrize(("body", "token", "path", "allowed", "line"), [row[:5] for row in TRICKY])
def test_tricky_answers_are_googles_too(
    body: bytes, token: str, path: str, allowed: bool, line: int | None
) -> None:
    assert google(body, token, path) == (allowed, line)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_modes_differ_as_the_table_says(case: dict[str, Any]) -> None:
    body = case["robots"].encode()
    assert case["rfc"] != case["google"]
    assert case["reason"]
    assert case["paragraph"]
    assert robots.read(body, "rfc").decide(case["token"], case["path"]).allowed is case["rfc"]
    lenient = robots.read(body, "google").decide(case["token"], case["path"])
    assert (lenient.allowed, lenient.line) == google(body, case["token"], case["path"])
    assert lenient.allowed is case["google"]


def test_google_reads_16663_octets_of_a_line() -> None:
    body = b"User-agent: *\nDisallow: /" + b"a" * 20_000 + b"\n"
    pattern = 16_663 - len("Disallow: ")
    for octets, allowed in ((pattern - 1, True), (pattern, False), (pattern + 1, False)):
        path = "/" + "a" * (octets - 1)
        assert google(body, "x", path)[0] is allowed
        assert robots.read(body, "google").decide("x", path).allowed is allowed
    path = "/" + "a" * 17_000
    assert google(body, "x", path) == (False, 2)
    assert robots.read(body, "google").decide("x", path).allowed is False
    assert robots.read(body, "rfc").decide("x", path).allowed is True
    assert robots.read(body, "rfc").decide("x", path + "a" * 3_000).allowed is False


def test_why_the_robots_txt_itself_is_allowed() -> None:
    read = robots.read(b"User-agent: *\nDisallow: /\nDisallow: /robots.txt\nDisallow: /*.txt\n")
    assert read.decide("a", "/robots.txt") == Decision(True, None, "robots-txt")
    assert read.decide("a", "/robots.txt?x").allowed is False


def test_paths_as_callers_give_them() -> None:
    read = robots.read(b"User-agent: *\nDisallow: /a?b\nDisallow: /$\n")
    assert read.decide("x", "/a?b#c").allowed is False
    assert read.decide("x", "a?b").allowed is False
    assert read.decide("x", "").allowed is False
    assert read.decide("x", "/c#/a?b").allowed is True


def test_a_token_that_only_looks_the_same_is_another() -> None:
    read = robots.read(b"User-agent: kbot\nDisallow: /\n")
    assert read.decide("KBot", "/").allowed is False
    assert read.decide("\u212abot", "/").allowed is True  # KELVIN SIGN, a k in lower case


HOSTILE = {
    "stars": "/" + "*a" * 30 + "b",
    "stars-anchored": "/" + "*a" * 30 + "$",
    "only-stars": "/" + "*" * 30 + "b$",
    "long-pieces": "/" + "*aaaaaaaaaaaaaaab" * 30,
    "nearly": "/" + "*ab" * 29 + "*ba$",
}


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["/" + "a" * 2_000, "/" + "ab" * 4_000, "/" + "a" * 8_000 + "c"])
@pytest.mark.parametrize("mode", MODES)
def test_30_wildcards_take_less_than_a_millisecond(mode: Any, pattern: str, path: str) -> None:
    body = f"User-agent: *\nDisallow: {pattern}\n".encode()
    read = robots.read(body, mode)
    taken = []
    for _ in range(20):
        start = time.process_time()
        decision = read.decide("x", path)
        taken.append(time.process_time() - start)
    assert (decision.allowed, decision.line) == google(body, "x", path)
    assert min(taken) < 0.001


def test_many_at_once_with_shared_merged_and_star_groups() -> None:
    read = robots.read(
        b"User-agent: *\nUser-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /y\n"
        b"User-agent: c\nUser-agent: d\nDisallow: /z\nUser-agent: c\nDisallow: /y\n"
    )
    tokens = ["a", "*", "b", "c", "d", "none", "A"]
    own, star = "own-group", "star-group"
    no = Decision(True, None, "no-rule-matches")
    assert read.decide_all(tokens, ["/x", "/y", "/z"]) == [
        (Decision(False, 3, own), no, no),
        (Decision(False, 3, star), no, no),
        (no, Decision(False, 5, own), no),
        (no, Decision(False, 10, own), Decision(False, 8, own)),
        (no, no, Decision(False, 8, own)),
        (Decision(False, 3, star), no, no),
        (Decision(False, 3, own), no, no),
    ]
    assert read.decide_all(tokens, []) == [()] * 7
    assert read.decide_all([], ["/x"]) == []
