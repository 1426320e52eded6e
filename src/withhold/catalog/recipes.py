"""Reads the recipes of ``knowledge/recipes/`` and the words that are the same on every page.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

from pathlib import Path

from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.catalog.safe import walked
from withhold.errors import BadKnowledge
from withhold.steps import Human, MenuWords, Recipe

FOLDER = "recipes"
_READ_AT_MOST = 256 * 1024


def load_recipes(root: Path | None = None) -> dict[str, Recipe]:
    """All recipes that ship, by the control they are for. Raises BadKnowledge, one line."""
    root = root or default_root()
    found: dict[str, Recipe] = {}
    for one in ids_in(root, FOLDER):
        recipe = load_recipe(root / FOLDER / f"{one}.toml", f"{FOLDER}/{one}.toml")
        if recipe.id != one:
            raise BadKnowledge(f"{FOLDER}/{one}.toml: id: expected `{one}`", "the name of the file")
        if recipe.control in found:
            raise BadKnowledge(
                f"{FOLDER}/{one}.toml: {recipe.control} has a recipe already", "one each"
            )
        found[recipe.control] = recipe
    return found


def recipe_of(control: str, root: Path | None = None) -> Recipe | None:
    """The recipe that ships for ``platform/control``; None where there is none."""
    root = root or default_root()
    path = root / FOLDER / f"{control.replace('/', '-')}.toml"
    return load_recipe(path, f"{FOLDER}/{path.name}") if path.is_file() else None


def load_recipe(path: Path, shown_as: str = "") -> Recipe:
    """One recipe from a file, also from elsewhere. Raises BadKnowledge for what does not hold."""
    try:
        if path.stat().st_size > _READ_AT_MOST:
            raise BadKnowledge(f"{path.name}: larger than 256 KiB", "a recipe is a page of text")
    except OSError as why:
        raise BadKnowledge(f"{path.name}: cannot be read ({why.strerror})", "its name?") from why
    recipe = read(path, Recipe, shown_as)
    for block in (recipe.show, recipe.read, recipe.set, recipe.verify, recipe.undo):
        for step in walked(block):
            if isinstance(step, Human) and not "".join(step.what.values()).strip():
                raise BadKnowledge(
                    f"{shown_as or path.name}: a step of a person without words",
                    'what they should do, at least in English: what = {en = "Press Save."}',
                )
    return recipe


def menu_words(root: Path | None = None) -> MenuWords:
    """The words that mean the same on every page."""
    return read((root or default_root()) / "menu-words.toml", MenuWords, "menu-words.toml")
