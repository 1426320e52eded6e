"""What a post gives away about people: spans of its text. Pure; the words are knowledge.

``reveals.find`` finds them and needs the extra ``archives``; what a reveal is, can be said without.
"""

from withhold.catalog.reveals import RevealWords
from withhold.reveals.language import language_of
from withhold.reveals.reveal import Reveal

__all__ = ["Reveal", "RevealWords", "language_of"]
