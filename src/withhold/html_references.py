"""Character references of HTML as the characters that they are."""

from __future__ import annotations

import re
from html import unescape

_DIGITS = 7
"""Of the number of a character, at most: the last one is 1,114,111."""
_LONG = re.compile(rf"&#([0-9]{{{_DIGITS + 1},}}+)")
_NO_CHARACTER = "&#65533"


def unescaped(text: str) -> str:
    """The text with its references replaced, of no character by U+FFFD. Any text will do.

    ``html.unescape`` alone raises ValueError for a number of more digits than Python reads.
    """
    return unescape(_LONG.sub(_short, text)) if "&" in text else text


def _short(found: re.Match[str]) -> str:
    digits = found[1].lstrip("0") or "0"
    return f"&#{digits}" if len(digits) <= _DIGITS else _NO_CHARACTER
