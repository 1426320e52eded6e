"""Slugs and aliases are unique, so that a name means one thing; a retired slug is not used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for folder, things in (("platforms", knowledge.platforms), ("actors", knowledge.actors)):
        taken: dict[str, str] = {slug: slug for slug in things}
        for slug, thing in things.items():
            for alias in thing.aliases:
                other = taken.setdefault(alias.lower(), slug)
                if other != slug:
                    message = f"alias {alias!r} also stands for {other}"
                    yield Finding(file=f"{folder}/{slug}.toml", message=message)
            if slug in knowledge.retired:
                yield Finding(file=f"{folder}/{slug}.toml", message="the slug is retired")
    for platform in knowledge.platforms.values():
        ids = [one.id for one in platform.practice] + [one.id for one in platform.control]
        ids += [one.id for one in platform.dispute]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            file = f"platforms/{platform.id}.toml"
            yield Finding(file=file, thing=twice, message="id used twice")
    for actor in knowledge.actors.values():
        own = [one.id for one in actor.practice]
        for twice in sorted({one for one in own if own.count(one) > 1}):
            yield Finding(file=f"actors/{actor.id}.toml", thing=twice, message="id used twice")
    for old, new in knowledge.retired.items():
        if new not in knowledge.platforms and new not in knowledge.actors:
            message = f"redirects to {new!r}, which is not there"
            yield Finding(file="history/retired.toml", thing=old, message=message)
