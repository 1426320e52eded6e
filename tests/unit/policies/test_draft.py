"""From a clause to the draft of a practice."""

from __future__ import annotations

from datetime import date

import pytest

from withhold.facts import Practice
from withhold.policies import read
from withhold.words import AUDIENCES

SEEN = date(2026, 11, 26)


def practice(text: str) -> Practice:
    [clause] = read(text, "text")
    return clause.to_practice(actor="acme", source="terms", id="train", seen=SEEN)


def test_what_the_sentence_names_stands_in_the_draft() -> None:
    made = practice(
        "From 1 March 2026 we will train AI on public photos and posts of users in the United "
        "Kingdom unless you opt out."
    )
    assert made.says == "conditional"
    assert made.use == "train-ai"
    assert made.actor == "acme"
    assert made.content == ["post", "photo"]
    assert made.audience == ["public"]
    assert made.places == ["GB"]
    assert made.default == "on"
    assert made.since == date(2026, 3, 1)
    assert made.known_since is None
    assert made.condition == {"en": "opt out"}
    assert made.sources == ["terms"]


def test_what_it_does_not_name_stays_general() -> None:
    made = practice("We do not use your content to train AI.")
    assert made.says == "no"
    assert made.audience == list(AUDIENCES)
    assert made.places == ["WORLD"]
    assert made.content == ["post"]
    assert made.since is None
    assert made.known_since == SEEN
    assert made.what["en"].startswith("We do not use")


def test_of_the_open_web_only_what_is_public() -> None:
    assert practice("We train AI on publicly available data.").audience == ["public"]


def test_a_restriction_of_the_reader_is_no_practice() -> None:
    with pytest.raises(ValueError, match="no practice"):
        practice("You may not use our content to train AI.")
