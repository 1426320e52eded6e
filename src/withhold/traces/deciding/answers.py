"""The answer for one record, and its reason as a code that counts and sorts.

=============================  ===================================================================
``allowed``                    nothing that is known of it refuses
``no:TOKEN:robots:LINE``       robots.txt refuses the token (``*``: everyone) in this line
``no:TOKEN:SIGNAL:WHERE``      another signal does, in a line of robots.txt, ``header`` or ``meta``
``since:...``                  the same, said by the robots.txt of now: it was not refused then
``unknown:no-robots``          what robots.txt said is not known
``unknown:robots-unreachable``  the server had no answer (RFC 9309, 2.3.1.4), or asked to wait
``unknown:not-in-table``       the hash of the robots.txt stands in no row of the table of bodies
``unknown:rsl:LINE``           robots.txt names licence terms (RSL), which were not read
``unknown:SIGNAL:WHERE``       a signal is there and cannot be read as yes or no
``unknown:headers``            the headers cannot be read
``unknown:bad-url``            no address of a page, so no path to ask for
``unknown:no-crawl-time``      a day was asked for, and when the record was crawled is not known
``unknown:after-when``         it was crawled after the day that was asked for
=============================  ===================================================================

Tokens stand as knowledge or the asker spells them: nothing of a record's own gets into a code.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from withhold.words import Answer as Said
from withhold.words import Statement


class Answer(Struct, frozen=True, gc=False):
    """What becomes of a record by itself; whether it is kept then is the question's ``unknown``."""

    answer: Said
    reason: str


ALLOWED = Answer("allowed", "allowed")


def unknown(why: str) -> Answer:
    """Nothing refuses, and something that may is not known."""
    return Answer("unknown", f"unknown:{why}")


def no(token: str, layer: str, where: int | str, start: Literal["no", "since"] = "no") -> Answer:
    """A refusal: whom, by what, and in which line or place."""
    return Answer("disallowed", f"{start}:{token}:{layer}:{where}")


def where(one: Statement) -> int | str:
    """Where a signal's statement stands: a line of robots.txt, ``header`` or ``meta``."""
    if one.place.startswith("header"):
        return "header"
    return "meta" if one.place == "meta" else one.line or 0
