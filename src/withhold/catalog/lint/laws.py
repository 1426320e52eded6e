"""A law or order that forbids a practice names one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    known = {f"{owner.id}/{one.id}" for _, owner, one in finding.practices(knowledge)}
    for law in knowledge.laws.values():
        file = f"laws/{law.id}.toml"
        for one in law.forbids:
            for name in one.practices:
                if name not in known:
                    yield Finding(file=file, message=f"forbids unknown practice {name!r}")
            if not one.sources:
                yield Finding(file=file, message="forbids: no source")
            for source in one.sources:
                if source not in law.source:
                    yield Finding(file=file, message=f"unknown source {source!r}")
