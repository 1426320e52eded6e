"""The words of the faces: of each part every language says the same, with the same gaps."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import withhold
from withhold.words import LANGS

FOLDER = Path(withhold.__file__).parent / "faces" / "phrases"
FILES = sorted(FOLDER.glob("*.toml"))
MORE = ("de", "show_control.es", "show_control.fr")
"""Say more than their English: codes that are English words already (``need_login``), and what of
the plan exists in English and German alone."""
SILENT = {"reason_read", "reason_saved"}
"""The sentence of the outcome says it already."""


def said(path: Path) -> dict[str, str]:
    """Each phrase by its key; of tables in tables with dots between."""
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def _flat(table: dict[str, Any], before: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, one in table.items():
        found += _flat(one, f"{before}{key}.") if isinstance(one, dict) else [(before + key, one)]
    return found


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_every_part_is_there_in_every_language_of_the_faces() -> None:
    there: dict[str, set[str]] = {}
    for path in FILES:
        part, _, lang = path.stem.rpartition(".")
        there.setdefault(part, set()).add(lang)
    assert len(there) > 20
    assert [part for part, langs in there.items() if not langs >= set(LANGS)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_says_what_english_says_with_the_same_gaps(path: Path) -> None:
    part = path.stem.rpartition(".")[0]
    first, here = said(FOLDER / (f"{part}.en.toml" if part else "en.toml")), said(path)
    assert first.keys() <= here.keys()
    assert path.stem in MORE or first.keys() == here.keys()
    assert [key for key in first if gaps(first[key]) != gaps(here[key])] == []
    assert [key for key, text in here.items() if not text.strip() and key not in SILENT] == []
