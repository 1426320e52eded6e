"""The language of a document: by its small words where they are clear, else by py3langid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from withhold.catalog.policy_words import PolicyWords
from withhold.errors import MissingExtra
from withhold.language_model import identifier
from withhold.policies.passage import Passage

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SHORTEST = 40
"""Characters below which no language is told."""
_LONGEST = 4_000
"""Characters that are looked at: spread over the document, which may quote another language."""
_SHARE, _AHEAD = 0.12, 3
"""Small words of a language among all words, and how many times those of the next."""
_NO_LANGUAGE = "zxx"
_WORD = re.compile(r"[^\W\d_]+")


def language_of(passages: Sequence[Passage], words: PolicyWords) -> str:
    """An ISO 639 code; ``""`` where the text is too short to tell or in no language.

    Raises MissingExtra where small words do not tell and py3langid is not installed.
    """
    sample = _sample(passages)
    if len(sample) < SHORTEST:
        return ""
    told = _by_small_words(sample, words) or str(_identifier().classify(sample[:1_000])[0])
    return "" if told == _NO_LANGUAGE else told


def _sample(passages: Sequence[Passage]) -> str:
    """Whole sentences rather than names: the longest of every so many passages."""
    step = max(1, len(passages) // 16)
    taken: list[str] = []
    for at in range(0, len(passages), step):
        longest = max(passages[at : at + step], key=lambda one: len(one.text))
        taken.append(longest.text[: _LONGEST // 16])
    return " ".join(taken)[:_LONGEST]


def _by_small_words(sample: str, words: PolicyWords) -> str:
    """The language whose small words stand out; ``""`` where none does."""
    seen = Counter(_WORD.findall(sample.lower()))
    total = seen.total()
    counts = sorted(
        ((sum(seen[one] for one in of.small), lang) for lang, of in words.lang.items()),
        reverse=True,
    )
    (most, lang), (next_most, _) = counts[0], counts[1]
    return lang if most >= _SHARE * total and most >= _AHEAD * next_most and most > 4 else ""


def _identifier() -> LanguageIdentifier:
    """Loaded when first asked for: its model is large, and it needs numpy."""
    try:
        return identifier(shares=False)
    except ImportError as why:
        raise MissingExtra(
            "telling the language of a policy needs an extra", 'pip install "withhold[policies]"'
        ) from why
