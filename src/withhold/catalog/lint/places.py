"""Places are ISO 3166 codes, US states, German Länder, known groups or WORLD; UK is written GB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Practice


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    things: list[tuple[str, Practice | Control]] = [
        *((file, one) for file, _, one in finding.practices(knowledge)),
        *((file, one) for file, _, one in finding.controls(knowledge)),
    ]
    for file, one in things:
        for place in (*one.places, *one.not_places):
            if place not in knowledge.places.names:
                yield Finding(file=file, thing=one.id, message=f"unknown place {place!r}")
        if not one.places:
            yield Finding(file=file, thing=one.id, message="no place (WORLD is one)")
    for law in knowledge.laws.values():
        for place in (*law.places, *(place for one in law.forbids for place in one.places)):
            if place not in knowledge.places.names:
                yield Finding(file=f"laws/{law.id}.toml", message=f"unknown place {place!r}")
    for group, members in knowledge.places.groups.items():
        for place in members:
            if place not in knowledge.places.names:
                yield Finding(file="places.toml", thing=group, message=f"unknown place {place!r}")
