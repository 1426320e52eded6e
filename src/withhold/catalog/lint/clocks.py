"""``clock-words.toml``: every step of a count has its sentence in every language, and no other.

The ids and the gaps of each are a closed list; a sentence with another gap could not be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.clock_gaps import CLOCK_GAPS, wrong_gaps
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.rights_words import clock_words
from withhold.words import LANGS

WORDS = "clock-words.toml"


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if (root / WORDS).is_file():
        for thing, message in _words(root):
            yield Finding(file=WORDS, thing=thing, message=message)


def _words(root: Path) -> Iterator[tuple[str, str]]:
    said = clock_words(root).say
    for name in said.keys() - CLOCK_GAPS.keys():
        yield name, "is no step"
    for name in CLOCK_GAPS:
        for lang in LANGS:
            text = said.get(name, {}).get(lang, "").strip()
            if not text:
                yield name, f"no text in {lang}"
            elif wrong := wrong_gaps(name, text):
                yield name, f"{lang}: {wrong}"
