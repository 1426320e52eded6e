"""Content-Usage: the table by hand from the drafts, Google's matcher for paths, hostile input."""

from __future__ import annotations

import time
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jwm.robotstxt.googlebot import RobotsMatcher
from tests.unit.signals import usage_cases

from withhold.errors import BadInput
from withhold.signals import content_usage, robots
from withhold.signals.usage_rules import Said, Value
from withhold.words import Use

CASES = usage_cases.table("content_usage.toml")
LABELS: dict[Use, str] = {"train-ai": "train-ai", "ai-input": "ai-use", "search": "search"}
UNREAD = {"train-ai": None, "ai-input": None, "search": None}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_table(case: dict[str, Any]) -> None:
    if "header" in case:
        read = content_usage.in_header(case["header"])
    else:
        read = content_usage.in_robots(robots.read(case["robots"].encode()), case["path"])
    assert usage_cases.answer(read) == usage_cases.expected(case)


def test_every_code_is_met_in_the_table() -> None:
    """But the one that needs a file of its own size."""
    met = {note for case in CASES for note in case.get("notes", ())}
    assert met == set(get_args(content_usage.Note)) - {"too-long"}
    whys = {one.split()[-1] for case in CASES for one in case["says"] if "?" in one}
    assert whys == set(get_args(content_usage.Why)) - {"too-long"}


def test_a_statement_repeats_the_words_and_where_they_stand() -> None:
    file = robots.read(b"User-agent: GPTBot\n  Content-Usage: /a train-ai=n  # no\n")
    (one,) = content_usage.in_robots(
        file, "/a", site="example.org", place="https://example.org/robots.txt", on=date(2026, 11, 1)
    ).statements
    assert (one.token, one.line, one.text) == ("GPTBot", 2, "Content-Usage: /a train-ai=n  # no")
    assert (one.signal, one.use, one.allowed) == ("content-usage", "train-ai", False)
    assert (one.site, one.place) == ("example.org", "https://example.org/robots.txt")
    assert one.on == date(2026, 11, 1)


def test_a_header_speaks_to_everyone() -> None:
    long = "train-ai=n, search=y, x=" + "a" * 500
    one, two = content_usage.in_header([long], site="example.org").statements
    assert (one.token, one.signal, one.place) == ("*", "content-usage", "header Content-Usage")
    assert (one.use, two.use, one.line) == ("train-ai", "search", None)
    assert one.text == long[:200]
    assert one.site == "example.org"


def test_a_value_alone() -> None:
    assert content_usage.read_value("search=y, train-ai=n") == Value(
        (Said("search", True), Said("train-ai", False))
    )


# Google's matcher knows nothing of Content-Usage. Asked rule by rule whether a Disallow with the
# same path would match, it gives all that the draft's order needs.


def google_matches(pattern: str, path: str) -> bool:
    file = f"User-agent: *\nDisallow: {pattern}\n".encode()
    return not RobotsMatcher().AllowedByRobots(file, ["a"], "http://h.example" + path)


@given(
    rules=st.lists(
        st.tuples(st.from_regex(r"(/[ab/*]{0,4}\$?)?", fullmatch=True), st.sampled_from("yn?")),
        min_size=1,
        max_size=6,
    ),
    path=st.from_regex("/[ab/]{0,5}", fullmatch=True),
)
@example([("/a*", "y"), ("/ab", "n"), ("", "n")], "/ab")
def test_the_longest_path_decides_and_then_the_most_restrictive(
    rules: list[tuple[str, str]], path: str
) -> None:
    matching = [(p, v) for p, v in rules if not p or google_matches(p, path)]
    longest = max((len(p) for p, _ in matching), default=0)
    values = {v for p, v in matching if len(p) == longest}
    expected = next((v for v in "ny?" if v in values), None)
    lines = "".join(f"Content-Usage: {p} train-ai={v.replace('?', '0')}\n" for p, v in rules)
    read = content_usage.in_robots(robots.read(f"User-agent: *\n{lines}".encode()), path)
    answers = {True: "y", False: "n", None: "?"}
    assert [answers[one.allowed] for one in read.statements] == ([expected] if expected else [])


@given(st.lists(st.sampled_from([True, False]), min_size=1, max_size=6), st.integers(0, 5))
def test_one_more_no_at_the_same_path_never_permits(said: list[bool], at: int) -> None:
    """A law of the question: adding a refusal never makes an answer more permissive."""
    lines = [content_usage.write({"train-ai": one}, "/a") for one in said]
    lines.insert(at, "Content-Usage: /a train-ai=n")
    file = robots.read("\n".join(["User-agent: *", *lines]).encode())
    (one,) = content_usage.in_robots(file, "/a").statements
    assert one.allowed is False


# Writing -------------------------------------------------------------------------------------


def test_what_is_written() -> None:
    assert content_usage.write({"search": True, "train-ai": False}) == (
        "Content-Usage: train-ai=n, search=y"
    )
    assert content_usage.write({"ai-input": False}, "/blog/") == "Content-Usage: /blog/ ai-use=n"
    assert content_usage.write_value({"train-ai": False}) == "train-ai=n"


def test_a_use_without_a_label_is_left_out() -> None:
    assert content_usage.write({"ads": False, "train-ai": False}) == "Content-Usage: train-ai=n"
    assert content_usage.write({"ads": False}) == content_usage.write_value({}) == ""


@pytest.mark.parametrize(
    ("path", "written"),
    [("/a b#c", "/a%20b%23c"), ("/ü", "/%C3%BC"), ("/a\nDisallow: /", "/a%0ADisallow:%20/")],
)
def test_what_cannot_stand_in_a_path_is_encoded(path: str, written: str) -> None:
    line = content_usage.write({"train-ai": False}, path)
    assert line == f"Content-Usage: {written} train-ai=n"


def test_a_path_begins_with_a_slash() -> None:
    with pytest.raises(BadInput, match="begins with /"):
        content_usage.write({"train-ai": False}, "blog/")


WISHES = st.dictionaries(st.sampled_from(list(LABELS)), st.booleans(), min_size=1)


@given(wish=WISHES, path=st.text("ab/ü #?&~%é\n", max_size=8).map("/".__add__))
def test_what_is_written_is_read(wish: dict[Use, bool], path: str) -> None:
    line = content_usage.write(wish, path)
    file = robots.read(f"User-agent: GPTBot\n{line}\nAllow: /\n".encode())
    asked = path.replace("#", "%23")  # a path that is asked for ends at its fragment
    read = content_usage.in_robots(file, asked)
    assert {one.use: one.allowed for one in read.statements} == wish
    assert {one.token for one in read.statements} == {"GPTBot"}
    header = content_usage.in_header([content_usage.write(wish).partition(": ")[2]])
    assert {one.use: one.allowed for one in header.statements} == wish
    assert read.notes == header.notes == ()


# Hostile input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "\0\1\2\xff",
        "\ufefftrain-ai=n",
        "train-ai=n\0",
        "train-ai=n\nsearch=y",
        "träin-ai=n",
        "train-ai=\ud800",
        'train-ai="n',
        "train-ai=:n",
        "train-ai=@99999999999999999",
        "(" * 50_000,
        "train-ai=" + "(" * 50_000,
        "train-ai=n, ",
        "{" * 10_000,
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>',
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_dictionary_is_unknown_and_never_a_no(text: str) -> None:
    read = content_usage.in_header([text])
    assert {one.use: one.allowed for one in read.statements} == UNREAD
    assert read.notes == ("not-a-dictionary",)


@pytest.mark.parametrize("size", [64 * 1024, 10 * 1024 * 1024])
def test_a_long_header_is_not_cut_but_refused(size: int) -> None:
    values = ["train-ai=n", "x=" + "a" * size]
    started = time.process_time()
    read = content_usage.in_header(values)
    assert time.process_time() - started < 1
    assert {one.use: one.allowed for one in read.statements} == UNREAD
    assert read.notes == ("too-long",)
    assert {one.why for one in read.statements} == {"too-long"}


def test_at_the_limit_it_is_read() -> None:
    text = "train-ai=n, x="
    text += "a" * (content_usage.LIMIT - len(text))
    (one,) = content_usage.in_header([text]).statements
    assert one.allowed is False


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Content-Usage: /a train-ai=n\n" * 16_000,
        b"User-agent: *\n" + b"".join(b"Content-Usage: /%d train-ai=n\n" % n for n in range(16000)),
        b"User-agent: *\nContent-Usage: /" + b"*a" * 240_000 + b" train-ai=n\n",
        b"".join(b"User-agent: %d\nAllow:\nContent-Usage: train-ai=n\n" % n for n in range(9000)),
        b"User-agent: *\nContent-Usage: " + b"train-ai," * 50_000,
    ],
    ids=["one-path", "many-paths", "wildcards", "many-groups", "one-long-line"],
)
def test_a_hostile_file_takes_no_long_time(body: bytes) -> None:
    file = robots.read(body)
    started = time.process_time()
    content_usage.in_robots(file, "/" + "a" * 1000)
    assert time.process_time() - started < 5


FUZZ = st.one_of(
    st.text(),
    st.text('train-ai=yn,;"()?:@%*/ \t\\019N'),
    st.lists(st.sampled_from(["train-ai", "=", "n", ",", ";", '"', " ", "(", ")", "y"])).map(
        "".join
    ),
)


@settings(max_examples=300)
@given(st.lists(FUZZ, max_size=3))
def test_any_header_is_read(values: list[str]) -> None:
    read = content_usage.in_header(values)
    assert set(read.notes) <= set(get_args(content_usage.Note))
    for one in read.statements:
        assert (one.allowed is None) == (one.why in get_args(content_usage.Why))


LINES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"User-agent: *", b"User-agent: a", b"Disallow: /a", b"Allow: /", b""]),
    st.builds(
        lambda path, text: f"Content-Usage: {path} {text}".encode("utf-8", "surrogatepass"),
        st.sampled_from(["", "/", "/a", "/a*$"]),
        FUZZ,
    ),
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=12).map(b"\n".join), st.text(max_size=8))
def test_any_file_is_read(body: bytes, path: str) -> None:
    for mode in ("rfc", "google"):
        file = robots.read(body, mode)
        read = content_usage.in_robots(file, path)
        assert set(read.notes) <= set(get_args(content_usage.Note))
        heard = [(one.token.lower(), one.use) for one in read.statements]
        assert len(set(heard)) == len(heard)
        for one in read.statements:
            assert one.line
            assert one.text == file.line_text(one.line).strip()[:200]
            assert (one.allowed is None) == (one.why in get_args(content_usage.Why))
        for use, tokens in read.unreached.items():
            assert ("*", use) in heard
            assert not {(token.lower(), use) for token in tokens} & set(heard)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("Useragent: *\nContent-Usage: train-ai=n\n", {"*": False}),
        (
            "User-agent: *\nDisallow:\nUseragent: GPTBot/1.2\nContent-Usage: train-ai=n\n",
            {"GPTBot": False},
        ),
        (
            "User-agent: *\nContent-Usage: train-ai=y\nDissallow:\nuser agent: a\n"
            "Content-Usage: train-ai=n\n",
            {"*": True, "a": False},
        ),
    ],
)
def test_whom_google_takes_a_line_to_address_is_told(file: str, told: dict[str, bool]) -> None:
    """Its groups begin where Google forgives how ``User-agent`` is spelled."""
    read = content_usage.in_robots(robots.read(file.encode(), "google"), "/")
    assert {one.token: one.allowed for one in read.statements} == told
