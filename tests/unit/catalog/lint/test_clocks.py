"""A step of a deadline without its sentence, or with another gap, is found."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.clock_gaps import CLOCK_GAPS
from withhold.catalog.load import default_root

FILE = "clock-words.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the real words."""
    shutil.copy(default_root() / FILE, made_root / FILE)
    return made_root


def test_the_words_have_no_finding(root: Path) -> None:
    assert found(root) == []


def test_the_words_are_those_of_the_closed_list_with_its_gaps() -> None:
    words = tomllib.loads((default_root() / FILE).read_text(encoding="utf-8"))["say"]
    assert set(words) == set(CLOCK_GAPS)
    for name, gaps in CLOCK_GAPS.items():
        for lang in ("en", "de"):
            text = words[name][lang]
            assert all(text.count("{" + gap + "}") == 1 for gap in gaps), (name, lang)
            assert text.count("{") == text.count("}") == len(gaps), (name, lang)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('de = "ein Samstag"', "", "saturday: no text in de"),
        ('de = "ein Samstag"', 'de = " "', "saturday: no text in de"),
        ("[say.sunday]", "[say.monday]", "sunday: no text in en"),
        ("[say.sunday]", "[say.monday]", "monday: is no step"),
        (
            'de = "{event}, zählt nicht mit"',
            'de = "{date}, zählt nicht mit"',
            "not-counted: de: gaps date, not event",
        ),
        ("ein Sonntag", "ein {name}", "sunday: de: gaps name, not none"),
        ('"a public holiday ({name})"', '"a public holiday"', "holiday: en: gaps none, not name"),
        ("ein Sonntag", "ein {0}", "sunday: de: a brace that is no gap"),
        ("ein Sonntag", "ein {", "sunday: de: a brace that is no gap"),
        (
            'en = "one month later: {end}"',
            'en = "one month later: {end} {end.year}"',
            "month: en: a brace that is no gap",
        ),
    ],
)
def test_a_change_is_found(root: Path, old: str, new: str, finding: str) -> None:
    folder.change(root, FILE, old, new)
    lines = found(root)
    assert all(line.endswith(" [clocks]") for line in lines)
    assert any(finding in line for line in lines), lines
