"""Every actor named has a file; parents and operators too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for file, _, one in finding.practices(knowledge):
        if one.actor not in knowledge.actors:
            yield Finding(file=file, thing=one.id, message=f"unknown actor {one.actor!r}")
    for platform in knowledge.platforms.values():
        if platform.operator not in knowledge.actors:
            message = f"unknown operator {platform.operator!r}"
            yield Finding(file=f"platforms/{platform.id}.toml", message=message)
    for actor in knowledge.actors.values():
        if actor.parent and actor.parent not in knowledge.actors:
            message = f"unknown parent {actor.parent!r}"
            yield Finding(file=f"actors/{actor.id}.toml", message=message)
        for one in actor.practice:
            if one.actor != actor.id:
                message = f"actor: expected {actor.id!r}"
                yield Finding(file=f"actors/{actor.id}.toml", thing=one.id, message=message)
    for crawler in knowledge.crawlers.values():
        if crawler.operator not in knowledge.actors:
            message = f"unknown operator {crawler.operator!r}"
            yield Finding(file=f"crawlers/{crawler.id}.toml", message=message)
    for signal in knowledge.signals.values():
        named = [heeds.actor for heeds in signal.heeded]
        file = f"signals/{signal.id}.toml"
        for name in dict.fromkeys(named):
            if name not in knowledge.actors:
                yield Finding(file=file, thing=name, message=f"unknown actor {name!r}")
            if named.count(name) > 1:
                yield Finding(file=file, thing=name, message=f"{name!r} stands twice")
