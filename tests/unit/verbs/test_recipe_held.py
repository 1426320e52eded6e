"""A recipe that wants the opposite of its control is never used: it would read an open switch as
a no, and write that down as observed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.recipes.pages import WORDS
from withhold.catalog.load import load
from withhold.errors import BadInput
from withhold.verbs.settings import Chosen, choose

RECIPE = """\
format = 1
id = "mine"
control = "acme/switch"
domains = ["acme.example"]
want = "off"
checked = { how = "source", on = 2024-06-01 }

[target.switch]
role = ["switch"]
names = { en = ["Improve Acme"] }
near = { en = ["AI"] }

[[sign.here]]
path = "/settings"

[[show]]
do = "open"
url = "https://acme.example/settings"

[[read]]
do = "open"
url = "https://acme.example/settings"

[[read]]
do = "read"
target = "switch"

[[set]]
do = "set"
target = "switch"

[[set]]
do = "await-write"

[[verify]]
do = "reload-fresh"

[[verify]]
do = "read"
target = "switch"

[undo_not]
en = "It cannot."
"""


def _choose(root: Path, text: str) -> Chosen:
    path = root / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return choose("acme/switch", [], load(root), WORDS, root, path)


def test_a_recipe_that_holds_is_chosen(made_root: Path) -> None:
    chosen = _choose(made_root, RECIPE)
    assert chosen.foreign
    assert chosen.recipe.want == chosen.control.want == "off"


@pytest.mark.parametrize("want", ["on", "followers", "sent"])
def test_a_recipe_that_wants_something_else_is_refused(made_root: Path, want: str) -> None:
    with pytest.raises(
        BadInput, match=f"may not be run: acme/switch says no with off, not with {want}"
    ):
        _choose(made_root, RECIPE.replace('want = "off"', f'want = "{want}"'))


def test_an_audience_wants_on_or_off_where_it_is_read(made_root: Path) -> None:
    folder.change(made_root, "platforms/acme.toml", 'id = "go-private"', 'id = "private"')
    text = RECIPE.replace("acme/switch", "acme/private").replace('"off"', '"followers"')
    (made_root / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="a setting that is read is on or off"):
        choose("acme/private", [], load(made_root), WORDS, made_root, made_root / "mine.toml")


def test_a_recipe_that_does_not_begin_by_opening_is_refused(made_root: Path) -> None:
    opened = '[[read]]\ndo = "open"\nurl = "https://acme.example/settings"\n\n'
    assert opened in RECIPE
    with pytest.raises(BadInput, match="read: begins with open"):
        _choose(made_root, RECIPE.replace(opened, ""))
