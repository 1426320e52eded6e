"""A host's ways stand in both languages with the same number of steps, and claim no more than seen.

Where to click is the first thing that goes stale: `verified` lies on no later day than the newest
source, and `page` or `live` names its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge
from withhold.site_facts import Host, Way
from withhold.words import LANGS


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    taken: dict[str, str] = {slug: slug for slug in knowledge.hosts}
    for host in knowledge.hosts.values():
        file = f"hosts/{host.id}.toml"
        for alias in host.aliases:
            other = taken.setdefault(alias.lower(), host.id)
            if other != host.id:
                yield Finding(file=file, message=f"alias {alias!r} also stands for {other}")
        if not host.way and not host.note:
            yield Finding(file=file, message="neither a way nor a note that says why there is none")
        ids = [way.id for way in host.way]
        for way in host.way:
            if ids.count(way.id) > 1:
                yield Finding(file=file, thing=way.id, message="id used twice")
            for message in _of_way(way, host, today):
                yield Finding(file=file, thing=way.id, message=message)
        for lang in LANGS:
            if host.note and not host.note.get(lang, "").strip():
                yield Finding(file=file, message=f"note: no text in {lang}")


def _of_way(way: Way, host: Host, today: date) -> Iterator[str]:
    counts = {lang: len([one for one in way.steps.get(lang, ()) if one.strip()]) for lang in LANGS}
    if len(set(counts.values())) > 1 or not all(counts.values()):
        yield f"steps: the same number in every language, got {counts}"
    for lang in LANGS:
        if way.reach and not way.reach.get(lang, "").strip():
            yield f"reach: no text in {lang}"
    seen = [host.source[name].seen for name in way.sources if name in host.source]
    if way.verified.how != "source" and not way.verified.evidence:
        yield f"verified by {way.verified.how} without evidence"
    if way.verified.how == "source" and seen and way.verified.on > max(seen):
        yield f"verified on {way.verified.on}, but its newest source is of {max(seen)}"
    if way.verified.on > today:
        yield "verified in the future"
