"""Every fact names its sources, and every source named stands in the file, with a web address.

A fact without source and date is a bug: nobody could check or correct it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for file, owner, practice in finding.practices(knowledge):
        yield from _named(file, practice.id, practice.sources, owner.source)
    for file, owner, control in finding.controls(knowledge):
        yield from _named(file, control.id, control.sources, owner.source)
    for platform in knowledge.platforms.values():
        file = f"platforms/{platform.id}.toml"
        for shield in platform.shield:
            yield from _named(file, "shield", shield.sources, platform.source)
        for dispute in platform.dispute:
            yield from _named(file, dispute.id, dispute.sources, platform.source)
        terms = platform.automation_terms
        if terms.says in ("forbids", "allows") or terms.source:
            yield from _named(file, "automation_terms", [terms.source], platform.source)
    for crawler in knowledge.crawlers.values():
        file = f"crawlers/{crawler.id}.toml"
        if not crawler.source:
            yield Finding(file=file, message="no source")
        if crawler.honours.says != "not-stated":
            yield from _named(file, "honours", crawler.honours.sources, crawler.source)
        elif not crawler.honours.looked_at:
            yield Finding(file=file, message="not-stated needs the place that was looked at")
    for signal in knowledge.signals.values():
        file = f"signals/{signal.id}.toml"
        for heeds in signal.heeded:
            if heeds.says != "not-stated":
                yield from _named(file, heeds.actor, heeds.sources, signal.source)
            elif not heeds.looked_at:
                message = "not-stated needs the place that was looked at"
                yield Finding(file=file, thing=heeds.actor, message=message)
    for host in knowledge.hosts.values():
        for way in host.way:
            yield from _named(f"hosts/{host.id}.toml", way.id, way.sources, host.source)
    for folder, things in (
        ("actors", knowledge.actors),
        ("laws", knowledge.laws),
        ("signals", knowledge.signals),
        ("hosts", knowledge.hosts),
        ("claims", knowledge.claims),
    ):
        for thing in things.values():
            if not thing.source:
                yield Finding(file=f"{folder}/{thing.id}.toml", message="no source")
    for file, name, source in finding.sources(knowledge):
        if not source.url.startswith(("https://", "http://")):
            yield Finding(file=file, thing=name, message="url: expected a web address")


def _named(file: str, thing: str, names: list[str], known: Collection[str]) -> Iterator[Finding]:
    if not names:
        yield Finding(file=file, thing=thing, message="no source")
    for name in names:
        if name not in known:
            yield Finding(file=file, thing=thing, message=f"unknown source {name!r}")
