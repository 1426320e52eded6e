"""What a post gives away about people: spans of its text. Pure; the words are knowledge."""

from withhold.catalog.reveals import RevealWords
from withhold.reveals.find import AT_MOST, RULES, find
from withhold.reveals.language import language_of
from withhold.reveals.reveal import Reveal

__all__ = ["AT_MOST", "RULES", "Reveal", "RevealWords", "find", "language_of"]
