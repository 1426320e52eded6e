"""The steps of a count in words: one text by language for each step.

What is said is chosen in ``clock`` and ``working_days``; how, stands in ``clock-words.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from withhold.catalog.letter_gaps import GAP
from withhold.catalog.rights_words import ClockWords
from withhold.errors import BadKnowledge
from withhold.words import LANGS


class Step(Struct, frozen=True):
    """A sentence by its id, and what fills its gaps: the same in all languages, a text by
    language, or another sentence."""

    name: str
    facts: Mapping[str, str | int | date | Mapping[str, str] | Step]


def step(name: str, /, **facts: str | int | date | Mapping[str, str] | Step) -> Step:
    """That sentence with these facts."""
    return Step(name, facts)


def in_words(one: Step, words: ClockWords) -> dict[str, str]:
    """The step in each language.

    Raises BadKnowledge where its sentence is missing or has other gaps than its facts.
    """
    return {lang: _said(one, words, lang) for lang in LANGS}


def _said(one: Step, words: ClockWords, lang: str) -> str:
    text = words.say.get(one.name, {}).get(lang, "")
    parts = GAP.split(text)  # texts and names of gaps, by turns
    if not text or set(parts[1::2]) != set(one.facts):
        gaps = ", ".join(sorted(one.facts)) or "none"
        raise BadKnowledge(
            f"clock-words.toml: {one.name}: {lang}: no sentence with just these gaps: {gaps}",
            "withhold knowledge lint finds what else is missing",
        )
    for at, name in enumerate(parts[1::2]):
        fact = one.facts[name]
        if isinstance(fact, Step):
            parts[2 * at + 1] = _said(fact, words, lang)
        elif isinstance(fact, Mapping):
            parts[2 * at + 1] = fact.get(lang) or fact.get("en", "")
        else:
            parts[2 * at + 1] = str(fact)
    return "".join(parts)
