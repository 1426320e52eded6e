"""The table of ai.txt, its hostile inputs, and that writing keeps what is there."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.errors import BadInput
from withhold.signals import ai_txt

CASES = tomllib.loads((Path(__file__).parent / "ai_txt.toml").read_text(encoding="utf-8"))["case"]
WORDS = {True: "yes", False: "no", None: "neither"}


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any]) -> None:
    (file,) = (one["file"] for one in CASES if one["id"] == case.get("file_of", case["id"]))
    read = ai_txt.read(file.encode())
    said = read.decide(case["path"], site="example.com", on=date(2026, 11, 23))
    assert [f"{one.token} {WORDS[one.allowed]} {one.line}" for one in said] == case["says"]
    assert list(read.notes) == case.get("notes", [])
    for one in said:
        assert (one.signal, one.use, one.place) == ("ai-txt", "train-ai", "/ai.txt")
        assert (one.site, one.on) == ("example.com", date(2026, 11, 23))
    if "text" in case:
        assert said[0].text == case["text"]


def test_the_table_has_its_size() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len(CASES) >= 20


HOSTILE = {
    "binary": bytes(range(256)) * 100,
    "10 MB": b"User-Agent: *\nDisallow: /\n" * 400_000,
    "one long line": b"Disallow: *." + b"a" * 10_000_000,
    "long white space": b"Disallow:" + b" " * 10_000_000 + b"*.jpg",
    "many tokens": b"".join(b"User-Agent: t%d\nDisallow: *.jpg\n" % n for n in range(15_000)),
    "many types": b"User-Agent: *\n" + b"Disallow:*.jpg\n" * 34_000,
    "wildcards": b"User-Agent: *\nDisallow: /" + b"*a" * 2_000 + b"b\n",
    "utf-16": "User-Agent: *\nDisallow: *.jpg\n".encode("utf-16"),
    "lines without colon": b"x\n" * 200_000,
    "nothing but CR": b"\r" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    started = time.process_time()
    said = ai_txt.read(HOSTILE[name]).decide("/" + "a" * 2_000 + ".jpg")
    assert time.process_time() - started < 4
    assert len({one.token for one in said}) == len(said)


def test_the_limit_is_noted() -> None:
    read = ai_txt.read(b"User-Agent: *\nDisallow: /\n" + b"#\n" * 300_000)
    assert "limit-500-kib" in read.notes
    assert [one.allowed for one in read.decide("/")] == [False]


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            ["User-Agent: *", "User-agent: A", "Disallow: *.c", "Allow: /", "Disallow:", "x: y", ""]
        )
        | st.text(max_size=12),
        max_size=8,
    ).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")),
    st.text(max_size=20),
)
def test_nothing_raises(body: bytes, path: str) -> None:
    read = ai_txt.read(body)
    for one in read.decide(path):
        assert one.line
        assert len(one.text) <= 200


# Writing ---------------------------------------------------------------------------------------


def says(body: bytes, path: str) -> bool | None:
    """What is said to everyone; None for nothing."""
    return next((one.allowed for one in ai_txt.read(body).decide(path) if one.token == "*"), None)


def test_write_from_nothing() -> None:
    body = ai_txt.write(None)
    assert body.decode().splitlines()[1:-1] == ["User-Agent: *", "Disallow: /", "Disallow: *"]
    assert [says(body, path) for path in ("/", "/a.jpg", "/b/c")] == [False] * 3


def test_write_but_for_some_types() -> None:
    body = ai_txt.write(None, but=["txt", "PY"])
    assert [says(body, path) for path in ("/a.txt", "/a.py", "/a.jpg")] == [True, True, False]
    body = ai_txt.write(None, allowed=True, but=["jpg"])
    assert [says(body, path) for path in ("/a.jpg", "/a.txt")] == [False, True]


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"# mine",
        b"# mine\r\nUser-Agent: Friend\r\nAllow: /\r\n",
        b"User-Agent: *\nAllow: *.txt\n",
        "# größe\n".encode("latin-1"),
        b"# mine\r",
    ],
)
def test_the_rest_stays_byte_for_byte(before: bytes) -> None:
    once = ai_txt.write(before)
    assert once.startswith(before)
    assert ai_txt.write(once) == once
    assert says(once, "/a.jpg") is False
    other = ai_txt.write(once + b"# after\n", allowed=True)
    assert other.startswith(before)
    assert other.endswith(b"# after\n")
    assert says(other, "/a.jpg") is True
    assert other.count(b"BEGIN") == 1


def test_the_exceptions_of_the_owner_stay() -> None:
    assert says(ai_txt.write(b"User-Agent: *\nAllow: *.txt\n"), "/a.txt") is True


def test_a_line_that_stands_against_it_is_named() -> None:
    with pytest.raises(BadInput) as raised:
        ai_txt.write(b"User-Agent: *\nAllow: /\n")
    assert "/ai.txt:2: Allow: /" in raised.value.message


@pytest.mark.parametrize(
    "body",
    [b"Training: deny\n", b"<html></html>", b"#\n" * 300_000, b"\0", b"# x\n" + b"#\n" * 255_970],
)
def test_what_is_another_file_is_never_changed(body: bytes) -> None:
    with pytest.raises(BadInput):
        ai_txt.write(body)


def test_many_begins_without_an_end_take_no_long_time() -> None:
    started = time.process_time()
    with pytest.raises(BadInput, match="do not pair"):
        ai_txt.write(b"# BEGIN withhold\n" * 20_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "body",
    [
        b"# BEGIN withhold\nUser-Agent: mine\nDisallow: /x\n",
        b"# END withhold\nUser-Agent: mine\nDisallow: /x\n",
        b"# END withhold\n# BEGIN withhold\n",
    ],
)
def test_lines_of_the_owner_are_never_taken_for_ours(body: bytes) -> None:
    """A mark without its pair once took all up to the block that was written next to it."""
    with pytest.raises(BadInput, match="do not pair"):
        ai_txt.write(body)


def test_a_line_that_only_begins_like_a_mark_is_the_owners() -> None:
    body = b"# BEGIN withholding nothing\nUser-Agent: mine\nDisallow: /x\n"
    once = ai_txt.write(body)
    assert once.startswith(body)
    assert ai_txt.write(once) == once


@pytest.mark.parametrize("odd", ["", ".txt", "*", "a/b", "x" * 17, "a\nAllow: /"])
def test_types_are_endings(odd: str) -> None:
    with pytest.raises(BadInput):
        ai_txt.write(None, but=[odd])
