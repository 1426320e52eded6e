"""A new recipe says which lines are to be filled in; filled in it holds, and so does its page."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import msgspec
import pytest

from tests.replicas.described import LANGUAGES, Replica
from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root, load
from withhold.catalog.scaffold_recipe import recipe, replica
from withhold.facts import Control, Platform

ACME = "platforms/acme.toml"
URL = 'url = "https://acme.example/settings/ai?x=1#y"'
BLOCKS = {"show", "read", "set", "verify", "undo"}


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder, in which a control has an address and words that a source shows."""
    for name in ("menu-words.toml", "step-words.toml"):
        shutil.copy(default_root() / name, made_root / name)
    label = 'label = { en = "Improve Acme", de = "Acme verbessern" }'
    quoted = label.replace("Acme v", '„Acme\\" v')
    folder.change(made_root, ACME, label, f"{quoted}\nlabel_seen = true\n{URL}")
    return made_root


def _of(root: Path, control: str) -> tuple[Platform, Control]:
    acme = load(root).platforms["acme"]
    return acme, next(one for one in acme.control if one.id == control)


def _new(root: Path, control: str) -> Path:
    path = root / "recipes" / f"acme-{control}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(recipe(*_of(root, control), folder.TODAY), encoding="utf-8")
    return path


def _fill(path: Path) -> None:
    """As a person would: `off` is what is wanted of a switch, all else are words."""
    text = path.read_text(encoding="utf-8")
    for blank, filled in (
        ('want = "FILL-IN"', 'want = "off"'),
        ('domains = ["FILL-IN"]', 'domains = ["acme.example"]'),
        ('"https://FILL-IN"', '"https://acme.example/settings"'),
        ('"/FILL-IN"', '"/settings"'),
        ("FILL-IN", "Words"),
    ):
        text = text.replace(blank, filled)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("control", ["switch", "objection", "go-private"])
def test_every_line_to_fill_in_is_told_and_no_other(root: Path, control: str) -> None:
    path = _new(root, control)
    lines = path.read_text(encoding="utf-8").split("\n")
    wanted = [n for n, text in enumerate(lines, 1) if "FILL-IN" in text.partition("#")[0]]
    said = found(root)
    assert [int(one.split(":")[1]) for one in said] == wanted
    assert len(wanted) >= 4
    assert all(one.endswith("is to be filled in or taken out [recipes]") for one in said)


@pytest.mark.parametrize("control", ["switch", "objection", "go-private"])
def test_what_is_filled_in_is_clean(root: Path, control: str) -> None:
    path = _new(root, control)
    _fill(path)
    assert found(root) == []


def test_what_the_control_says_stands_in_it_already(root: Path) -> None:
    made = tomllib.loads(_new(root, "switch").read_text(encoding="utf-8"))
    assert (made["id"], made["control"], made["want"]) == ("acme-switch", "acme/switch", "off")
    assert made["domains"] == ["acme.example"]
    assert made["checked"] == {"how": "source", "on": folder.TODAY}
    assert made["target"]["switch"]["names"] == {
        "en": ["Improve Acme"],
        "de": ['„Acme" verbessern'],
    }
    assert made["target"]["switch"]["seen"] == ["en"]
    assert made["sign"]["here"] == [{"path": "/settings/ai"}]
    assert made["show"][0]["url"] == "https://acme.example/settings/ai?x=1#y"
    assert made.keys() >= BLOCKS


def test_words_that_no_source_shows_are_not_said_to_be_seen(root: Path) -> None:
    folder.change(root, ACME, "label_seen = true\n", "")
    made = tomllib.loads(_new(root, "switch").read_text(encoding="utf-8"))
    assert made["target"]["switch"]["seen"] == []


def test_what_is_sent_is_only_shown(root: Path) -> None:
    made = tomllib.loads(_new(root, "objection").read_text(encoding="utf-8"))
    assert BLOCKS & made.keys() == {"show"}
    assert [one["do"] for one in made["show"]] == ["open", "human"]


def test_what_says_no_of_an_audience_is_left_to_the_one_who_looks(root: Path) -> None:
    made = tomllib.loads(_new(root, "go-private").read_text(encoding="utf-8"))
    assert made["want"] == "FILL-IN"


def test_texts_stand_in_every_language_of_the_platform(root: Path) -> None:
    folder.change(root, ACME, "tier = 1", 'tier = 1\nshown_in = ["fr"]')
    made = tomllib.loads(_new(root, "objection").read_text(encoding="utf-8"))
    assert set(made["note"]) == set(made["show"][1]["what"]) == {"en", "de", "fr"}


@pytest.mark.parametrize(
    ("control", "start", "wanted"), [("switch", "on", "off"), ("go-private", "off", "on")]
)
def test_the_page_is_one_that_can_be_served(
    root: Path, control: str, start: str, wanted: str
) -> None:
    text = replica(*_of(root, control))
    made = msgspec.toml.decode(text, type=Replica)
    assert (made.id, made.brand) == (f"acme-{control}", "Acme")
    assert (made.start, made.wanted) == (start, wanted)
    known = ("acme.example", "/settings/ai") if control == "switch" else ("FILL-IN", "/FILL-IN")
    assert (made.host, made.path) == known
    for words in (made.title, made.heading, made.label, made.decoy[0].label):
        # to be written by hand: words that are read from the recipe would only agree with it
        assert words == dict.fromkeys(LANGUAGES, "FILL-IN")
