"""Content-Signal: the table by hand from the policy, another reader for values, hostile input."""

from __future__ import annotations

import time
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from robotstxt import RobotsMatcher
from tests.unit.signals import usage_cases

from withhold.errors import BadInput
from withhold.signals import content_signal, robots
from withhold.signals.usage_rules import Said, Value
from withhold.words import Use

CASES = usage_cases.table("content_signal.toml")
SIGNALS: dict[Use, str] = {"train-ai": "ai-train", "ai-input": "ai-input", "search": "search"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_table(case: dict[str, Any]) -> None:
    read = content_signal.in_robots(robots.read(case["robots"].encode()), case["path"])
    assert usage_cases.answer(read) == usage_cases.expected(case)


def test_every_code_is_met_in_the_table() -> None:
    """But the one that needs a file of its own size."""
    met = {note for case in CASES for note in case.get("notes", ())}
    assert met == set(get_args(content_signal.Note)) - {"too-long"}
    whys = {one.split()[-1] for case in CASES for one in case["says"] if "?" in one}
    assert whys == set(get_args(content_signal.Why)) - {"too-long"}


def test_a_statement_repeats_the_words_and_where_they_stand() -> None:
    file = robots.read(b"User-agent: GPTBot\nContent-Signal: ai-train=no\n")
    (one,) = content_signal.in_robots(
        file, "/a", site="example.org", place="a/robots.txt", on=date(2026, 11, 1)
    ).statements
    assert (one.token, one.line, one.text) == ("GPTBot", 2, "Content-Signal: ai-train=no")
    assert (one.signal, one.use, one.allowed) == ("content-signal", "train-ai", False)
    assert (one.site, one.place, one.on) == ("example.org", "a/robots.txt", date(2026, 11, 1))


def test_a_value_alone() -> None:
    assert content_signal.read_value("search=yes,ai-train=no,use=reference") == Value(
        (Said("search", True), Said("train-ai", False)), ("use-reference",)
    )


# fast-robotstxt reads Content-Signal too: without paths, and the last of a signal counts there.


def other_reader(value: str) -> dict[str, bool | None]:
    matcher = RobotsMatcher()
    matcher.is_allowed(f"User-agent: *\nContent-Signal: {value}\n", "a", "http://h.example/")
    found: dict[str, bool | None] = matcher.content_signal or {}
    return {name: answer for name, answer in found.items() if answer is not None}


@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["ai-train", "ai-input", "search", "AI-Train", "train-ai", "use"]),
            st.sampled_from(["yes", "no", "YES", "No", "n", "reference", "maybe"]),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda pair: pair[0].lower(),
    ),
    comma=st.sampled_from([",", ", ", " ,\t"]),
    equals=st.sampled_from(["=", " = "]),
)
def test_another_reader_hears_the_same(
    pairs: list[tuple[str, str]], comma: str, equals: str
) -> None:
    value = comma.join(f"{name}{equals}{given}" for name, given in pairs)
    file = robots.read(f"User-agent: *\nContent-Signal: {value}\n".encode())
    heard = {
        SIGNALS[one.use].replace("-", "_"): one.allowed
        for one in content_signal.in_robots(file, "/").statements
        if one.use in SIGNALS and one.allowed is not None
    }
    assert heard == other_reader(value)


@given(st.permutations(["ai-train=no", "ai-train=yes", "ai-train=maybe", "search=yes"]))
def test_a_no_stands_whatever_stands_beside_it(pairs: list[str]) -> None:
    for text in (", ".join(pairs), "\nContent-Signal: ".join(pairs)):
        file = robots.read(f"User-agent: *\nContent-Signal: {text}\n".encode())
        answers = {one.use: one.allowed for one in content_signal.in_robots(file, "/").statements}
        assert answers == {"train-ai": False, "search": True}


# Writing -------------------------------------------------------------------------------------


def test_what_is_written() -> None:
    assert content_signal.write({"train-ai": False, "search": True}) == (
        "Content-Signal: search=yes, ai-train=no"
    )
    assert content_signal.write({"ai-input": False}, "/blog/") == (
        "Content-Signal: /blog/ ai-input=no"
    )
    assert content_signal.write({"ads": False}) == ""


def test_a_path_begins_with_a_slash() -> None:
    with pytest.raises(BadInput, match="begins with /"):
        content_signal.write({"train-ai": False}, "blog/")


@given(
    wish=st.dictionaries(st.sampled_from(list(SIGNALS)), st.booleans(), min_size=1),
    path=st.text("ab/ü ?&~%é\n", max_size=8).map("/".__add__),
)
def test_what_is_written_is_read(wish: dict[Use, bool], path: str) -> None:
    line = content_signal.write(wish, path)
    file = robots.read(f"User-agent: GPTBot\n{line}\nAllow: /\n".encode())
    read = content_signal.in_robots(file, path)
    assert {one.use: one.allowed for one in read.statements} == wish
    assert {one.token for one in read.statements} == {"GPTBot"}
    assert read.notes == ()
    assert other_reader(content_signal.write(wish).partition(": ")[2]) == {
        SIGNALS[use].replace("-", "_"): answer for use, answer in wish.items()
    }


# Hostile input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "\0\1\2\xff",
        "",
        "=",
        ",,,,",
        "{" * 10_000,
        "ai-train" * 5_000,
        "ai-trаin=no",  # a Cyrillic а
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>',
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_signal_says_nothing(text: str) -> None:
    assert content_signal.read_value(text).said == ()


def test_a_long_line_is_not_cut_but_refused() -> None:
    file = robots.read(b"User-agent: *\nContent-Signal: ai-train=yes" + b"," * 70_000)
    read = content_signal.in_robots(file, "/")
    assert {one.use: one.allowed for one in read.statements} == dict.fromkeys(SIGNALS)
    assert {one.why for one in read.statements} == set(read.notes) == {"too-long"}


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Content-Signal: /a ai-train=no\n" * 15_000,
        b"User-agent: *\nContent-Signal: " + b"ai-train=no," * 40_000,
        b"".join(b"User-agent: %d\nAllow:\nContent-Signal: ai-train=no\n" % n for n in range(9000)),
        b"Content-Signal: ai-train=no\n" * 400_000,
    ],
    ids=["one-path", "one-long-line", "many-groups", "10-MB-outside-of-groups"],
)
def test_a_hostile_file_takes_no_long_time(body: bytes) -> None:
    file = robots.read(body)
    started = time.process_time()
    content_signal.in_robots(file, "/a")
    assert time.process_time() - started < 5


FUZZ = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(["ai-train", "search", "use", "=", "no", "yes", ",", " ", "N", "train-ai"])
    ).map("".join),
)
LINES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"User-agent: *", b"User-agent: a", b"Disallow: /a", b"Allow: /", b""]),
    st.builds(
        lambda path, text: f"Content-Signal: {path} {text}".encode("utf-8", "surrogatepass"),
        st.sampled_from(["", "/", "/a", "/a*$"]),
        FUZZ,
    ),
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=12).map(b"\n".join), st.text(max_size=8))
def test_any_file_is_read(body: bytes, path: str) -> None:
    file = robots.read(body)
    read = content_signal.in_robots(file, path)
    assert set(read.notes) <= set(get_args(content_signal.Note))
    heard = [(one.token.lower(), one.use) for one in read.statements]
    assert len(set(heard)) == len(heard)
    for one in read.statements:
        assert one.line
        assert (one.allowed is None) == (one.why in get_args(content_signal.Why))
