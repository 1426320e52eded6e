"""``history/corrections.toml``: our own mistakes; the file may be missing, and never half right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.catalog.load import load
from withhold.errors import BadKnowledge

TWO = """
[[correction]]
fact = "acme/train"
on = 2024-06-15
text = { en = "It said that all posts are used.", de = "Da stand, alles werde benutzt." }

[[correction]]
fact = "company-scrapeco/scrape"
on = 2024-06-20
text = { en = "The day was wrong." }
"""


def put(root: Path, text: str) -> Path:
    (root / "history" / "corrections.toml").write_text(text, encoding="utf-8")
    return root


def test_without_the_file_there_is_none(made_root: Path) -> None:
    assert not (made_root / "history/corrections.toml").exists()
    assert load(made_root).corrections == ()


@pytest.mark.parametrize("text", ["", "correction = []\n", "# none so far\n"])
def test_an_empty_file_is_none_too(made_root: Path, text: str) -> None:
    assert load(put(made_root, text)).corrections == ()


def test_the_newest_comes_first(made_root: Path) -> None:
    found = load(put(made_root, TWO)).corrections
    assert [(one.fact, one.on) for one in found] == [
        ("company-scrapeco/scrape", date(2024, 6, 20)),
        ("acme/train", date(2024, 6, 15)),
    ]
    assert found[1].text["de"] == "Da stand, alles werde benutzt."


def test_it_is_read_whatever_platforms_are_asked_for(made_root: Path) -> None:
    assert len(load(put(made_root, TWO), platforms=[]).corrections) == 2


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[[correction]]\non = 2024-06-15\ntext = { en = "A" }\n', "fact"),
        ('[[correction]]\nfact = "acme/train"\ntext = { en = "A" }\n', "on"),
        ('[[correction]]\nfact = "acme/train"\non = 2024-06-15\n', "text"),
        ('[[correction]]\nfact = "a"\non = "soon"\ntext = { en = "A" }\n', "on"),
        ('[[correction]]\nfact = "a"\non = 2024-06-15\ntext = { en = "A" }\nwho = "me"\n', "who"),
        ("[[correction\n", ""),
    ],
)
def test_a_file_that_does_not_hold_is_named(made_root: Path, text: str, field: str) -> None:
    with pytest.raises(BadKnowledge) as raised:
        load(put(made_root, text))
    assert raised.value.message.startswith("history/corrections.toml")
    assert field in raised.value.message


def test_it_is_no_history_of_a_platform(made_root: Path) -> None:
    """A platform named ``corrections`` does not exist, so nothing is merged from the file."""
    known = load(put(made_root, TWO))
    assert {slug for slug, _ in known.superseded} == {"acme"}
