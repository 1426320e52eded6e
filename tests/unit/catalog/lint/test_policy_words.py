"""``policy-words.toml`` says everything in every language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root
from withhold.catalog.policy_words import any_of, any_word, policy_words

WORDS = "policy-words.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the words of policies and the places that these name."""
    for name in (WORDS, "places.toml"):
        shutil.copy(default_root() / name, made_root / name)
    return made_root


def test_the_words_have_no_finding(root: Path) -> None:
    assert [one for one in found(root) if WORDS in one] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"februar|feber|feb", ', "", "lang.de: 11 months"),
        ('"february|feb"', '"february|jan"', "lang.en: a name is that of two months"),
        ('until = ["bis"]', "until = []", "lang.de: until is empty"),
        ('"follows"', '"Follows"', "lang.en: hang: 'Follows' is not written small"),
        ('"follows"', '" "', "lang.en: hang: ' ' is not written small"),
        ('"follows"', '"below"', "lang.en: hang: a word stands twice"),
        ('"UE" = ["EU"], "États', '"UE" = ["XX"], "États', "lang.fr: places: UE: XX is no place"),
        ("[lang.de]", "[lang.xx]", "lang.de: is not there"),
    ],
)
def test_what_is_missing_or_fits_nothing_is_found(
    root: Path, old: str, new: str, said: str
) -> None:
    folder.change(root, WORDS, old, new)
    lines = [one for one in found(root) if WORDS in one]
    assert len(lines) == 1
    assert said in lines[0]
    assert lines[0].endswith(" [policy_words]")


def test_a_list_as_a_pattern_of_whole_words() -> None:
    pattern = any_of(["in", "in force", "u.s."])
    assert [one.group() for one in pattern.finditer("In force within the u.s. in")] == [
        "In force",
        "u.s.",
        "in",
    ]
    assert any_word("outside").search("Außerhalb der EU")
    assert set(policy_words().lang) >= {"en", "de"}
