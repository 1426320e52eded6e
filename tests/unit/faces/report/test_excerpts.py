"""A piece of a post: 80 characters at most, what is given away in it, no control characters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.exports.post import Media, Pointer, Post
from withhold.faces.report.excerpts import (
    ROOM,
    excerpt,
    kinds_said,
    place_in_archive,
    telling,
    way,
)
from withhold.keep.post_rows import Asked, Stored
from withhold.reveals.reveal import Reveal

WORDS = {"reveal_phone": "phone number", "reveal_health": "health", "possible": "possibly {kind}"}


def _stored(text: str = "", *reveals: Reveal, **more: Any) -> Stored:
    post = Post(platform="acme", id="1", text=text, **more)
    asked = Asked("acme", "acme", "post", "public", "item-field", "own", "live", "2024-01-01")
    return Stored(id=1, account="acme", archive=1, post=post, asked=asked, reveals=reveals)


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_it_is_short_printable_and_on_one_line(text: str, start: int, end: int) -> None:
    piece = str(excerpt(text, start, end))
    assert len(piece) <= ROOM
    assert all(char.isprintable() or char == "\N{NO-BREAK SPACE}" for char in piece)


@given(st.text("ab \n", max_size=300), st.text("cd", min_size=1, max_size=60),
       st.text("ab \n", max_size=300))  # fmt: skip
def test_what_is_given_away_stands_whole_in_it(before: str, hit: str, after: str) -> None:
    text = before + hit + after
    piece = excerpt(text, len(before), len(before) + len(hit))
    assert piece.hit == hit
    shown = str(piece).replace("…", "")
    assert shown.strip() in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "hit", "expected"),
    [
        ("ring +1 412", "+1 412", "ring +1 412"),
        ("a" * 100 + "HIT", "HIT", "…" + "a" * 76 + "HIT"),
        ("HIT" + "a" * 100, "HIT", "HIT" + "a" * 76 + "…"),
        ("a" * 100 + "HIT" + "b" * 100, "HIT", "…" + "a" * 37 + "HIT" + "b" * 38 + "…"),
        ("x" * 200, "x" * 200, "x" * 79 + "…"),
        ("a\r\n\x1b[31mb  HIT", "HIT", "a �[31mb HIT"),
    ],
)
def test_by_hand(text: str, hit: str, expected: str) -> None:
    start = text.index(hit)
    assert str(excerpt(text, start, start + len(hit))) == expected


def test_a_sure_one_is_shown_before_a_possible_one_and_words_before_a_place() -> None:
    text = "my flu, and 412"
    possible = Reveal(kind="health", start=3, end=6, sure=False)
    sure = Reveal(kind="phone", start=12, end=15)
    place = Reveal(kind="coordinates", start=0, end=0, media=1)
    media = (Media(path="a.jpg", place=(1.0, 2.0)),)
    assert telling(_stored(text, possible, sure)).hit == "412"
    assert telling(_stored(text, place, sure, media=media)).hit == "412"
    assert telling(_stored(text, possible)).hit == "flu"
    assert str(telling(_stored(text, place, media=media))) == text
    assert str(telling(_stored(""))) == ""


def test_what_the_description_of_a_picture_gives_away() -> None:
    media = (Media(path="a.jpg"), Media(path="b.jpg", text="sign: 412"))
    found = telling(_stored("none", Reveal(kind="phone", start=6, end=9, media=2), media=media))
    assert (found.before, found.hit) == ("sign: ", "412")
    nowhere = telling(_stored("none", Reveal(kind="phone", start=6, end=9, media=7)))
    assert len(str(nowhere)) <= ROOM


def test_kinds_are_named_once_and_possible_ones_are_marked() -> None:
    reveals = [
        Reveal(kind="phone", start=0, end=1),
        Reveal(kind="phone", start=2, end=3, sure=False),
        Reveal(kind="health", start=4, end=5, sure=False),
        Reveal(kind="phone", start=6, end=7),
    ]
    assert kinds_said(_stored("x" * 9, *reveals), WORDS) == ["phone number", "possibly health"]


def test_the_way_to_a_post_is_a_web_address_or_a_place_in_the_archive() -> None:
    assert way(_stored(url="https://acme.example/1")) == "https://acme.example/1"
    assert way(_stored(url="javascript:alert(1)")) == ""
    source = Pointer(part="a.zip", path="posts\x1b.json", at="/3")
    assert place_in_archive(_stored(source=source)) == "a.zip, posts�.json, /3"
    assert place_in_archive(_stored()) == ""
