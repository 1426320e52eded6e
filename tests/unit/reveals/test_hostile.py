"""No text takes long: time is bounded by its length, whatever stands in it."""

from __future__ import annotations

import time

import pytest

from withhold.catalog.reveals import RevealWords
from withhold.reveals.coordinates import coordinates
from withhold.reveals.find import AT_MOST, find
from withhold.reveals.mail import mails

MILLION = 1_000_000
TEXTS = {
    "a@": "a@",
    "a@a.": "a@a.",
    "digits": "7",
    "digits apart": "7 ",
    "digits and dots": "7.",
    "plus": "+",
    "spaces": " ",
    "lines": "\n",
    "names": "Anna ",
    "who works": "I work at ",
    "children": "my daughter ",
    "illness": "i have cancer ",
    "gaps": "i was born a b c d e ",
    "streets": "12 Oak Street ",
    "german streets": "Straße 5 ",
    "rues": "12 rue de la ",
    "calles": "calle de la Mayor ",
    "degrees": "48°08'",
    "places": "48.1371, 11.5761 ",
    "accounts": "DE89 3704 0044 ",
    "links": "https://maps.google.com/",
    "numbers": "call 0151 2345678 ",
    "accents": "e\u0301",
    "capitals": "A",
    "apostrophes": "i'm'",
    "points spelled": "a [at] b [dot] ",
    "points": " dot a at b",
}


HANGS = 10
"""Seconds that only what is not linear takes, also where lines are counted; speed: bench."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_million_characters_end_soon(name: str, words: RevealWords) -> None:
    piece = TEXTS[name]
    find(piece * 3, words)  # phrases are compiled when first tried
    text = piece * (MILLION // len(piece))
    began = time.process_time()
    find(text, words)
    assert time.process_time() - began < HANGS


@pytest.mark.parametrize("name", ["a@", "a@a.", "digits", "digits and dots", "degrees", "places"])
def test_the_rules_are_linear_beyond_the_bound_too(name: str) -> None:
    piece = TEXTS[name]
    text = piece * (MILLION // len(piece))
    began = time.process_time()
    list(mails(text))
    list(coordinates(text))
    assert time.process_time() - began < HANGS


def test_the_bound_is_what_the_documentation_says() -> None:
    assert AT_MOST == 100_000
