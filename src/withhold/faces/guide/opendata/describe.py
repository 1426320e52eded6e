"""The descriptions of the data dictionary in another language."""

from __future__ import annotations

import functools
from pathlib import Path

import tomli


def describe(text: str, lang: str) -> str:
    """An English description, or a field's ``form``, in a language; English where there is none."""
    return _translated().get(text, text) if lang == "de" else text


@functools.cache
def _translated() -> dict[str, str]:
    return tomli.loads(Path(__file__).with_name("de.toml").read_text(encoding="utf-8"))
