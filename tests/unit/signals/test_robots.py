"""Expected answers here are written by hand from RFC 9309, or asked of Google's own matcher."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.signals import robots
from withhold.signals.robots import Decision

MODES = ("rfc", "google")
CASES = tomllib.loads((Path(__file__).parent / "robots_modes.toml").read_text())["case"]


def google(body: bytes, token: str, path: str) -> tuple[bool, int | None]:
    """What Google's matcher answers, and the line it names (None for its 0)."""
    matcher = RobotsMatcher()
    allowed = matcher.AllowedByRobots(body, [token], "http://h.example" + path)
    return allowed, matcher.matching_line() or None


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


MANAGED = b"""\
License: https://h.example/all.xml
User-Agent: *
Content-Signal: search=yes, ai-train=no # said
Allow: /
User-agent: GPTBot
Content-Usage: /a train-ai=n
User-agent: ccbot
disallow: /
User-agent: gptbot
Noted: \xe2\x82\xac
Sitemap: https://h.example/s.xml
"""


def test_what_else_is_read() -> None:
    read = robots.read(MANAGED)
    assert read.tokens == ("GPTBot", "ccbot")
    assert read.sitemaps == ("https://h.example/s.xml",)
    assert [(o.line, o.key, o.value, o.tokens) for o in read.others] == [
        (1, "License", "https://h.example/all.xml", ()),
        (3, "Content-Signal", "search=yes, ai-train=no", ("*",)),
        (6, "Content-Usage", "/a train-ai=n", ("GPTBot", "ccbot")),
        (10, "Noted", "€", ("GPTBot",)),
    ]
    assert read.group_line("GPTBOT") == 5
    assert read.group_line("CCBot") == 7
    assert read.group_line("*") == 2
    assert read.group_line("Bytespider") is None
    assert read.has_own_group("gptbot")
    assert not read.has_own_group("*")
    assert not read.has_own_group("Bytespider")
    assert not robots.read(b"User-agent:\nDisallow: /").has_own_group("")
    assert read.line_text(3) == "Content-Signal: search=yes, ai-train=no # said"
    assert read.line_text(10) == "Noted: €"
    for line in (0, -1, 13):
        with pytest.raises(IndexError):
            read.line_text(line)


@pytest.mark.parametrize(
    ("body", "notes", "empty"),
    [
        (b"", ("empty-file",), True),
        (b" \r\n\t", ("empty-file",), True),
        (b"# nothing\n", ("no-rules",), True),
        (b"User-agent: *\n", ("no-rules",), True),
        (b"Disallow: /\n", ("rules-outside-groups", "no-rules"), True),
        (b"User-agent: *\nDisallow:\n", (), False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow:\n", ("byte-order-mark",), False),
        (b"User-agent: *\nDisallow: /\xe9\n", ("not-utf-8",), False),
        ("User-agent: *\nDisallow: /é\ufffd\n".encode(), (), False),
        (b"User-agent: *\nDisallow: /\x00\n", ("binary",), False),
        (
            "User-agent: *\nDisallow: /\n".encode("utf-16"),
            ("not-utf-8", "binary", "no-rules"),
            True,
        ),
        (b"\n<!DOCTYPE html><p>Not found", ("looks-like-html", "no-rules"), True),
        (b"<b>\nUser-agent: *\nDisallow: /\n", (), False),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_notes(mode: Any, body: bytes, notes: tuple[str, ...], empty: bool) -> None:
    read = robots.read(body, mode)
    assert sorted(read.notes) == sorted(notes)
    assert read.empty is empty


@pytest.mark.parametrize("mode", MODES)
def test_500_kib_are_read_and_no_half_line(mode: Any) -> None:
    head = b"User-agent: *\nDisallow: /a\n"
    fill = b"#" * (robots.LIMIT - len(head) - len(b"\nDisallow: /b"))
    fits = head + fill + b"\nDisallow: /b"
    assert len(fits) == robots.LIMIT
    for body in (fits, fits + b"\n", fits + b"\r\nDisallow: /c"):
        read = robots.read(body, mode)
        assert read.decide("x", "/b").allowed is False
        assert ("limit-500-kib" in read.notes) is (len(body) > robots.LIMIT)
        assert read.decide("x", "/c").allowed is True
    cut = robots.read(fits + b"ut-further\n", mode)
    assert cut.decide("x", "/a").allowed is False
    assert cut.decide("x", "/b").allowed is True  # nobody wrote "Disallow: /b"
    assert "limit-500-kib" in cut.notes


@pytest.mark.parametrize(
    "line", [b"Disallow: /x\n", b"User-agent: a\nDisallow: /*x\n", b"\0", b"\r"]
)
def test_50_mb_are_read_up_to_the_limit(line: bytes) -> None:
    body = b"User-agent: *\nDisallow: /a\n" + line * (50_000_000 // len(line))
    start = time.perf_counter()
    read = robots.read(body)
    assert read.decide("b", "/a").allowed is False
    assert time.perf_counter() - start < 5
    assert "limit-500-kib" in read.notes


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
        start = time.perf_counter()
        decision = read.decide("x", path)
        taken.append(time.perf_counter() - start)
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


# --- properties

KEYS = ("User-agent", "user-agent", "Useragent", "user agents", "Disallow", "Dissallow", "Allow")
KEYS += ("disallow", "allowed", "Sitemap", "Crawl-delay", "Content-Signal", "", "\x0bAllow")
VALUES = ("*", "* x", "*x", "GPTBot", "gptbot", "GPTBot/1.2", "Applebot", "Applebot-Extended", "/")
VALUES += ("", "/a", "/a*b", "/a*b$", "/a$", "$", "*", "*$", "/*/b", "/a$b", "/%61", "/%2f", "/é")
VALUES += ("/index.html", "/a/index.htm$", "/a b", "/a#c", "/**", "*.gif$", "a", "/a?b=c", "/%zz%")
TOKENS = ("GPTBot", "gptbot", "Applebot", "Applebot-Extended", "Other", "*", "GPTBot/1.2")
PATHS = ("/", "/a", "/a/", "/axb", "/a/b", "/é", "/%C3%A9", "/%c3%a9", "/%61", "/%2F", "/%2f")
PATHS += ("/index.html", "/a?b=c", "/x.gif", "/a$b", "/a b", "/a%20b", "/robots.txt", "/*", "/%zz%")
LINE = st.one_of(
    st.tuples(
        st.sampled_from(("", "", " ", "\t")),
        st.sampled_from(KEYS),
        st.sampled_from((":", ": ", " : ", " ", "  ", "::", ":\x0c", "")),
        st.sampled_from(VALUES),
        st.sampled_from(("", "", "", " # c", "\0x", " x")),
    ).map(lambda parts: "".join(parts).encode()),
    st.binary(max_size=20),
)
FILE = st.builds(
    lambda mark, lines: mark + b"".join(lines),
    st.sampled_from((b"", b"", b"\xef\xbb\xbf", b"\xef\xbb", b"\xef")),
    st.lists(st.builds(bytes.__add__, LINE, st.sampled_from((b"\n", b"\r\n", b"\r"))), max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(FILE, st.sampled_from(TOKENS), st.sampled_from(PATHS))
def test_google_mode_is_google(body: bytes, token: str, path: str) -> None:
    decision = robots.read(body, "google").decide(token, path)
    assert (decision.allowed, decision.line) == google(body, token, path)


@settings(deadline=None)
@given(st.binary() | FILE, st.text(), st.text(), st.sampled_from(MODES))
@example(b"\xed\xa0\x80", "\ud800", "\ud800", "rfc")
def test_nothing_raises(body: bytes, token: str, path: str, mode: Any) -> None:
    read = robots.read(body, mode)
    decision = read.decide(token, path)
    assert (decision.line is None) == (
        decision.why in ("no-group", "no-rule-matches", "robots-txt")
    )
    if decision.line is not None:
        assert read.line_text(decision.line)
    for spelled in read.tokens:
        line = read.group_line(spelled)
        assert line is not None
        assert read.decide_all([spelled], [path])[0][0].why != "star-group"
    for other in read.others:
        assert read.line_text(other.line)


@given(
    FILE,
    st.lists(st.sampled_from(TOKENS)),
    st.lists(st.sampled_from(PATHS)),
    st.sampled_from(MODES),
)
def test_many_at_once_is_one_by_one(
    body: bytes, tokens: list[str], paths: list[str], mode: Any
) -> None:
    read = robots.read(body, mode)
    one_by_one = [tuple(read.decide(token, path) for path in paths) for token in tokens]
    assert read.decide_all(tokens, paths) == one_by_one


@given(
    st.lists(st.tuples(st.sampled_from(("Allow", "Disallow")), st.sampled_from(VALUES[8:]))),
    st.sampled_from(VALUES[8:]),
    st.sampled_from(PATHS),
    st.sampled_from(MODES),
)
def test_one_more_disallow_never_allows(
    rules: list[tuple[str, str]], added: str, path: str, mode: Any
) -> None:
    """In the token's own group: a first own group would end what ``*`` says, as 2.2.1 wants."""
    body = "User-agent: *\nDisallow: /\nUser-agent: GPTBot\nX: 1\n"
    body += "".join(f"{key}: {value}\n" for key, value in rules)
    before = robots.read(body.encode(), mode).decide("GPTBot", path).allowed
    more = f"{body}Disallow: {added}\n".encode()
    after = robots.read(more, mode).decide("GPTBot", path).allowed
    assert before or not after
