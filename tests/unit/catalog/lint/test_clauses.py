"""Words of clauses can be read, are all used, and name kinds and places that there are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root

EN = "clauses/en.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the words of clauses as they are, and all places."""
    shutil.copytree(default_root() / "clauses", made_root / "clauses")
    shutil.copy(default_root() / "places.toml", made_root / "places.toml")
    return made_root


def test_what_is_there_has_no_finding(root: Path) -> None:
    assert [one for one in found(root) if "clauses/" in one] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('away_from = ["from"]', 'away_from = ["... from"]', "`...` stands between words"),
        ('away_from = ["from"]', 'away_from = ["from ..."]', "`...` stands between words"),
        ('away_from = ["from"]', 'away_from = ["from? it?"]', "every word may be missing"),
        ('away_from = ["from"]', 'away_from = ["from {day}"]', "no list 'day'"),
        ('away_from = ["from"]', 'away_from = ["From"]', "'From' is no word"),
        ('away_from = ["from"]', 'away_from = ["fr*"]', "at the end of one word"),
        ('away_from = ["from"]', 'away_from = ["a?|from"]', "at the end of all alternatives"),
        ('away_from = ["from"]', 'away_from = ["from", "from"]', "'from' stands twice"),
        ('"january|jan", ', "", "months: not twelve"),
        ("[lists]", '[lists]\nnobody_names = ["x"]', "nobody_names: no phrase names this list"),
        ("[content]", '[content]\nsmell = ["smell"]', "smell: no kind of content"),
        ("[audience]", '[audience]\nfew = ["few"]', "few: no audience"),
        ("[place]", '[place]\nUK = ["uk"]', "UK: no place of places.toml"),
    ],
)
def test_one_change_one_finding(root: Path, old: str, new: str, said: str) -> None:
    assert any(said in one and one.startswith(EN) for one in found(root, (EN, old, new)))


def test_without_words_there_is_nothing_to_say(made_root: Path) -> None:
    assert not [one for one in found(made_root) if "clauses/" in one]
