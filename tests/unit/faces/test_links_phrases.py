"""What is said of addresses is there in every language, with the same gaps, for every grade."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from withhold.faces.report.links import words_of
from withhold.verbs.link_grades import TROUBLES, Grade
from withhold.words import LANGS


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_the_same_words_with_the_same_gaps(lang: str) -> None:
    first, here = words_of("en"), words_of(lang)
    assert first.keys() == here.keys()
    assert {key for key in first if gaps(first[key]) != gaps(here[key])} == set()
    assert all(text.strip() for text in here.values())


def test_every_grade_has_a_heading_and_every_trouble_says_what_to_do() -> None:
    words = words_of("en")
    assert [one for one in get_args(Grade) if one not in words] == []
    assert [one for one in TROUBLES if f"do_{one}" not in words] == []
    assert TROUBLES[0] == "gone"
    assert "there" not in TROUBLES
