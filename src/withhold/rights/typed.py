"""What people typed, made fit for a letter: on one line, without hidden characters, in bounds.

Nothing is cut off silently: what is longer than its bound is refused with one line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from withhold.errors import BadInput

MOST_LISTED = 100
"""So many addresses, works or annexes one letter lists."""
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Format characters that words are spelt with, in Persian and Hindi for example."""


def one_line(what: str, text: str, most: int) -> str:
    """The text on one line; BadInput where it has more than ``most`` characters."""
    if len(text) > 10 * most:
        raise _too_long(what, most)
    line = " ".join("".join(_kept(one) for one in unicodedata.normalize("NFC", text)).split())
    if len(line) > most:
        raise _too_long(what, most)
    return line


def lines(what: str, text: str, most: int) -> str:
    """The text with its own line breaks, each line as above, at most one empty between two."""
    if len(text) > 10 * most:
        raise _too_long(what, most)
    found: list[str] = []
    for one in text.splitlines():
        line = one_line(what, one, most)
        if line or (found and found[-1]):
            found.append(line)
    whole = "\n".join(found).strip("\n")
    if len(whole) > most:
        raise _too_long(what, most)
    return whole


def listed(what: str, many: Iterable[str], most: int) -> str:
    """One per line; blank ones are left out. BadInput where there are more than 100."""
    found = [line for one in many if (line := one_line(what, one, most))]
    if len(found) > MOST_LISTED:
        raise BadInput(
            f"{what}: a letter lists at most {MOST_LISTED}, these are {len(found)}",
            "name the account instead, or write two letters",
        )
    return "\n".join(found)


def _kept(one: str) -> str:
    kind = unicodedata.category(one)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    if kind in ("Cf", "Cs", "Co", "Cn") and one not in _JOINERS:
        return ""
    return one


def _too_long(what: str, most: int) -> BadInput:
    return BadInput(f"{what}: at most {most} characters", "shorten it; nothing was cut off for you")
