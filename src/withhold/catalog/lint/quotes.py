"""A quote has at most 25 words: enough to find the place, not a copy of the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge

LONGEST = 25


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for file, name, source in finding.sources(knowledge):
        words = len(source.quote.split())
        if words > LONGEST:
            message = f"quote of {words} words, at most {LONGEST}"
            yield Finding(file=file, thing=name, message=message)
        if source.quote and source.read == "no":
            yield Finding(file=file, thing=name, message="a quote from a source nobody read")
