"""The language of a text: one of the four that are read, or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from withhold.errors import MissingExtra
from withhold.language_model import identifier

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGS = ("en", "de", "fr", "es")
SHORTEST = 20
"""Characters below which no language is guessed."""
_LONGEST = 1_000
"""Characters that are looked at, at most: more do not make it surer."""


def _identifier() -> LanguageIdentifier:
    """Loaded when first asked for: it takes seconds, and numpy."""
    try:
        return identifier(shares=True)
    except ImportError as why:
        raise MissingExtra(
            "telling languages needs an extra", 'pip install "withhold[archives]"'
        ) from why


def language_of(text: str) -> tuple[str, float]:
    """(``en``, ``de``, ``fr``, ``es`` or ``other``; its share of the likelihood, 0 to 1).

    ``("", 0.0)`` for a text that is too short to tell. Raises MissingExtra without py3langid.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        return "", 0.0
    lang, share = _identifier().classify(text[:_LONGEST])
    return (lang if lang in LANGS else "other"), float(share)
