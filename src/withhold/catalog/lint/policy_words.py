"""``policy-words.toml`` says everything in every language: a list that is empty finds nothing.

There are twelve months, and none is named twice; places have codes that are known; words are
written small, for they are compared so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.catalog.places import Places
from withhold.catalog.policy_words import FILE, WordsOfPolicies, policy_words
from withhold.rights_facts import LETTER_LANGS


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    if not (root / FILE).is_file():
        return
    words = policy_words(root).lang
    for needed in LETTER_LANGS:
        if needed not in words:
            yield Finding(file=FILE, thing=f"lang.{needed}", message="is not there")
    for lang, here in words.items():
        for message in (*_lists(here), *_months(here), *_places(here, knowledge.places)):
            yield Finding(file=FILE, thing=f"lang.{lang}", message=message)


def _lists(words: WordsOfPolicies) -> Iterator[str]:
    for name in WordsOfPolicies.__struct_fields__:
        listed = getattr(words, name)
        if not listed:
            yield f"{name} is empty"
        if name == "places":
            continue
        for one in listed:
            if not one.strip() or one != one.lower():
                yield f"{name}: {one!r} is not written small"
        if len(set(listed)) < len(listed):
            yield f"{name}: a word stands twice"


def _months(words: WordsOfPolicies) -> Iterator[str]:
    if len(words.months) != 12:
        yield f"{len(words.months)} months"
    names = [name for one in words.months for name in one.split("|")]
    if len(set(names)) < len(names):
        yield "a name is that of two months"


def _places(words: WordsOfPolicies, places: Places) -> Iterator[str]:
    for name, codes in words.places.items():
        for code in codes:
            if code not in places.names:
                yield f"places: {name}: {code} is no place"
