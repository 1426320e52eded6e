"""The words of ``withhold vault``: the same in both languages, with the same holes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import withhold

FOLDER = Path(withhold.__file__).parent / "faces" / "phrases"
HOLES = re.compile(r"\{\w+\}")


def test_words_are_there_in_both_languages() -> None:
    english, german = (
        tomllib.loads((FOLDER / f"vault.{lang}.toml").read_text("utf-8")) for lang in ("en", "de")
    )
    assert english.keys() == german.keys()
    for key, text in english.items():
        assert sorted(HOLES.findall(text)) == sorted(HOLES.findall(german[key])), key
