"""The words of bundles, and how counts and sizes are said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomli

Words = Mapping[str, str]


def words_of(lang: str) -> dict[str, str]:
    """All of one language."""
    path = Path(__file__).parents[1] / "phrases" / f"bundle.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def marks_of(words: Words) -> dict[str, str]:
    """What stands in the place of what was withheld, by kind."""
    found = {key[5:]: said for key, said in words.items() if key.startswith("mark_")}
    return found | {"client": ""}


def number_said(number: int, words: Words) -> str:
    """``158,216``, as the language writes it."""
    return f"{number:,}".replace(",", words["thousands"])


def withheld_said(counts: Mapping[str, int], words: Words) -> str:
    """``mail addresses: 3, names: 1``; empty where nothing was."""
    return ", ".join(words[f"kind_{kind}"].format(n=n) for kind, n in counts.items())


def how_to_check(lang: str) -> bytes:
    """``HOW-TO-CHECK.txt``."""
    path = Path(__file__).parent / "templates" / f"bundle_check.{lang}.txt"
    return path.read_bytes()
