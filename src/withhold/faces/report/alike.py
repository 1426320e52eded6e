"""Verdicts that read the same, put together for a person to read."""

from __future__ import annotations

from collections.abc import Iterable

from withhold.faces.report.rows import Speaker
from withhold.verdict import Verdict


def read_alike(found: Iterable[Verdict], speaker: Speaker) -> list[list[Verdict]]:
    """Verdicts that read the same but for their content stand in one paragraph."""
    groups: dict[tuple[object, ...], list[Verdict]] = {}
    for one in found:
        closed = tuple((p.id, p.answer, p.strength) for p in one.practices if p.strength)
        half = closed if one.answer == "allowed" else ()
        key = (one.actor, one.use, one.answer, one.open, speaker.headline(one), half)
        groups.setdefault(key, []).append(one)
    return list(groups.values())
