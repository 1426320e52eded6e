"""Verdicts that read the same, put together for a person to read."""

from __future__ import annotations

from collections.abc import Iterable

from withhold.faces.report.rows import Speaker
from withhold.verdict import Verdict
from withhold.words import STRENGTHS

STANDINGS: tuple[str, ...] = ("allowed", *STRENGTHS, "unknown")
"""The order in which answers stand everywhere: may, each no by its strength, not known."""

_GROUPS = {"allowed": "group_may", "asked": "group_asked", "unknown": "group_unknown"}


def standing(one: Verdict) -> str:
    """The answer; of a no its strength."""
    return one.strength or one.answer


def in_order(groups: Iterable[list[Verdict]]) -> list[list[Verdict]]:
    """What reads the same, as answers stand everywhere."""
    return sorted(groups, key=lambda these: STANDINGS.index(standing(these[0])))


def read_alike(found: Iterable[Verdict], speaker: Speaker) -> list[list[Verdict]]:
    """Verdicts that read the same but for their content stand in one paragraph."""
    groups: dict[tuple[object, ...], list[Verdict]] = {}
    for one in found:
        closed = tuple((p.id, p.answer, p.strength) for p in one.practices if p.strength)
        half = closed if one.answer == "allowed" else ()
        key = (one.actor, one.use, one.answer, one.open, speaker.headline(one), half)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def by_group(found: Iterable[Verdict]) -> list[tuple[str, list[Verdict]]]:
    """Who may, who promised not to, who is only asked, of whom it is not known; none empty."""
    named: dict[str, list[Verdict]] = {}
    for one in sorted(found, key=lambda each: STANDINGS.index(standing(each))):
        named.setdefault(_GROUPS.get(standing(one), "group_promised"), []).append(one)
    return list(named.items())
