"""From a clause to the draft of a practice, as ``knowledge/platforms/`` keeps it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from withhold.facts import Practice
from withhold.words import AUDIENCES, Audience, Kind

if TYPE_CHECKING:
    from withhold.policies.clause import Clause

_EVERY_POST: tuple[Kind, ...] = ("post",)
LONGEST = 300
"""Characters of the sentence that ``what`` repeats until a person puts it in own words."""


def practice_of(
    clause: Clause,
    *,
    actor: str,
    source: str,
    id: str,
    seen: date | None = None,
) -> Practice:
    """A draft for a person to review: what the sentence does not say stays general.

    ``actor`` a file of ``knowledge/actors/``, ``source`` the key of the source that the caller
    adds, ``seen`` the day it was seen to say so: ``known_since`` where it names no day itself.
    Raises ValueError for a sentence that restricts the reader: that is no practice.
    """
    if clause.restricts_reader:
        raise ValueError("a restriction of the reader is no practice of the company")
    condition = {}
    if clause.says == "conditional":
        condition = {"en": clause.control.words or clause.sentence[:LONGEST]}
    return Practice(
        id=id,
        says=clause.says,
        use=clause.use,
        actor=actor,
        content=list(clause.content or _EVERY_POST),
        audience=_audience(clause),
        what={"en": clause.sentence[:LONGEST]},
        places=list(clause.places or ("WORLD",)),
        not_places=list(clause.not_places),
        default=clause.default,
        condition=condition,
        since=clause.since,
        known_since=seen if clause.since is None else None,
        sources=[source],
    )


def _audience(clause: Clause) -> list[Audience]:
    """Those that it names; of public content public, else all: the widest reading of a use."""
    if clause.audience:
        return list(clause.audience)
    return ["public"] if clause.whose == "public" else list(AUDIENCES)
