"""The recipes that ship: enough of them, told in the languages promised, none half filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.catalog.lint.recipes import FILL_IN
from withhold.catalog.load import Knowledge
from withhold.catalog.recipes import load_recipes

EIGHT = ("linkedin", "facebook", "instagram", "threads", "tiktok", "reddit", "tumblr", "x")
REPLICAS = sorted((Path(__file__).parents[1] / "replicas").glob("*.toml"))


def test_as_many_as_promised(root: Path) -> None:
    recipes = load_recipes(root)
    assert len(recipes) >= 28
    assert sum(one.runs for one in recipes.values()) >= 12


def test_the_eight_of_the_example_are_told_in_french_and_spanish_too(
    knowledge: Knowledge,
) -> None:
    """That their recipes have every text in these languages, the lint says."""
    for slug in EIGHT:
        assert knowledge.platforms[slug].shown_in == ["fr", "es"], slug


def test_no_recipe_says_that_it_was_run_on_the_live_page(root: Path) -> None:
    """Nobody of this project has; who does, changes this test and names the observation."""
    assert {one.checked.how for one in load_recipes(root).values()} <= {"source", "replica"}


@pytest.mark.parametrize("path", REPLICAS, ids=lambda path: path.stem)
def test_no_page_of_ours_is_half_filled_in(path: Path) -> None:
    assert FILL_IN not in path.read_text(encoding="utf-8")
