"""Which clause of the later version is which of the earlier: equal ones, then the most alike."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.overlap import alike
from withhold.policies.sentences import normal

NEAR = 75.0
"""From here on it is the same sentence, edited."""
REWORDED = 58.0
"""From here on it is taken for the same one, written anew."""
AT_MOST = 300
"""Clauses of one side that are aligned: a policy has dozens, a text made to harm any number."""


class Aligned(Struct, frozen=True, kw_only=True):
    """One to one: ``same`` clauses, ``edited`` ones with how alike they are, and what is left."""

    same: tuple[tuple[Clause, Clause], ...]
    edited: tuple[tuple[Clause, Clause, float], ...]
    gone: tuple[Clause, ...]
    new: tuple[Clause, ...]


def align(before: Mapping[str, Clause], after: Mapping[str, Clause]) -> Aligned:
    """The clauses of both sides, by their keys, each in one place."""
    same = tuple((before[key], one) for key, one in after.items() if key in before)
    gone = [one for key, one in before.items() if key not in after]
    new = [one for key, one in after.items() if key not in before]
    left, right = gone[:AT_MOST], new[:AT_MOST]
    letters = [normal(one.sentence) for one in left], [normal(one.sentence) for one in right]
    scored = sorted(
        (-score, i, j)
        for i, one in enumerate(letters[0])
        for j, other in enumerate(letters[1])
        if (score := alike(one, other)) >= REWORDED
    )
    edited, taken, given = [], set(), set()
    for score, i, j in scored:
        if i in taken or j in given:
            continue
        taken.add(i)
        given.add(j)
        edited.append((left[i], right[j], -score))
    return Aligned(
        same=same,
        edited=tuple(edited),
        gone=tuple(one for i, one in enumerate(gone) if i not in taken),
        new=tuple(one for j, one in enumerate(new) if j not in given),
    )
