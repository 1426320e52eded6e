"""Files made of what robots.txt are made of: Google's mode is Google, many is one by one."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.signals.google_robots import google

from withhold.signals import robots

MODES = ("rfc", "google")

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
