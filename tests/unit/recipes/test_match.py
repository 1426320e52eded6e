"""Names compared: whole, or open in front or at the end, and never inside a longer word."""

from __future__ import annotations

import pytest

from withhold.catalog.menu_words import says


@pytest.mark.parametrize(
    ("text", "word", "fits"),
    [
        ("Photo of Mara", "Photo of ...", True),
        ("Photo of", "Photo of ...", True),
        ("A photo of Mara", "Photo of ...", False),
        ("mara's profile picture", "...'s profile picture", True),
        ("mara's profile picture Profile", "...'s profile picture", False),
        ("mara's profile picture Profile", "...'s profile picture...", True),
        ("Mara Kowalski Me", "... Me", True),
        ("Me", "... Me", False),
        ("Home", "... Me", False),
        ("Home page", "... Me ...", False),
        ("@mara", "@...", True),
        ("anything", "...", False),
        ("", "...", False),
        ("Weitergabe an Dritte für mara verhindern", "Weitergabe an Dritte für ...", True),
    ],
)
def test_a_word_may_be_open_in_front_or_at_the_end(text: str, word: str, fits: bool) -> None:
    assert says(text, {"en": [word]}) is fits
