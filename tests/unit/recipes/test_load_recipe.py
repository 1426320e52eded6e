"""What a recipe from elsewhere has to say, so that it can be said to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.recipes import load_recipe
from withhold.errors import BadKnowledge


@pytest.mark.parametrize("what", ["{}", '{en = " "}', '{en = "", de = "\\t"}'])
def test_a_step_of_a_person_needs_words(tmp_path: Path, what: str) -> None:
    text = (default_root() / "recipes" / "linkedin-ai-training-toggle.toml").read_text("utf-8")
    file = tmp_path / "own.toml"
    file.write_text(text + f'\n[[show]]\ndo = "human"\nwhat = {what}\n', "utf-8")
    with pytest.raises(BadKnowledge, match=r"^own\.toml: a step of a person without words"):
        load_recipe(file)
    file.write_text(text + '\n[[show]]\ndo = "human"\nwhat = {de = "Sichern."}\n', "utf-8")
    assert load_recipe(file).show[-1].what == {"de": "Sichern."}  # type: ignore[union-attr]
