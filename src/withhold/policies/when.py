"""From when, for what was posted when, and where a sentence holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from withhold.policies.clause import Reach
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

BEFORE_DATE = 3
"""Words between ``from`` and its day, at most."""


def since_of(signs: Signs, months: Sequence[str]) -> tuple[date | None, Mark | None]:
    """The first day that the sentence names as the one from which it holds."""
    here = signs.here
    number = _numbers(tuple(months))
    for at in range(len(here) - 2):
        found = _day(here.words[at : at + 3], number)
        if found is None:
            continue
        mark = next(
            (
                one
                for one in signs.of("since", first=max(0, at - BEFORE_DATE), last=at)
                if one.last == at
            ),
            None,
        )
        if mark is not None:
            return found, Mark("since", mark.first, at + 3)
    return None, None


@lru_cache(maxsize=4)
def _numbers(months: tuple[str, ...]) -> dict[str, int]:
    return {name: at for at, many in enumerate(months, 1) for name in many.split("|")}


def _day(words: tuple[str, ...], number: dict[str, int]) -> date | None:
    """``november 3 2025``, ``3rd november 2025``, ``2025 11 03``; a year has four digits."""
    a, b, c = (re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word) for word in words)
    try:
        if a in number and b.isdecimal() and c.isdecimal() and len(c) == 4:
            return date(int(c), number[a], int(b))
        if b in number and a.isdecimal() and c.isdecimal() and len(c) == 4:
            return date(int(c), number[b], int(a))
        if len(a) == 4 and a.isdecimal() and b.isdecimal() and c.isdecimal():
            return date(int(a), int(b), int(c))
    except ValueError:
        return None
    return None


def reach_of(signs: Signs) -> tuple[Reach, Mark | None]:
    """Whether what was posted before is meant as well."""
    any_time = signs.any("any_time")
    if any_time is not None:
        return "any-time", any_time
    forward = signs.any("forward_only")
    return ("forward-only", forward) if forward is not None else ("not-stated", None)


def places_of(signs: Signs) -> tuple[tuple[str, ...], tuple[str, ...], list[Mark]]:
    """(places it holds in, places it does not, the words)."""
    found: list[tuple[int, str, bool, Mark]] = []
    for name, marks in signs.marks.items():
        if not name.startswith("place:"):
            continue
        for one in marks:
            away = signs.any("elsewhere", first=max(0, one.first - 8), last=one.first)
            found.append((one.first, name.partition(":")[2], away is not None, one))
    found.sort(key=lambda one: one[0])
    here = dict.fromkeys(code for _, code, away, _ in found if not away)
    not_here = dict.fromkeys(code for _, code, away, _ in found if away)
    return tuple(here), tuple(not_here), [one[3] for one in found]
