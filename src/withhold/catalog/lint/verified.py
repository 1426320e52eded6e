"""Nothing is marked `page` or `live` without the evidence that shows it.

Honesty is the product: never claim more than was seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for file, platform, one in finding.controls(knowledge):
        if one.verified.how != "source" and not one.verified.evidence:
            message = f"verified by {one.verified.how} without evidence"
            yield Finding(file=file, thing=one.id, message=message)
        seen = [platform.source[name].seen for name in one.sources if name in platform.source]
        if one.verified.how == "source" and seen and one.verified.on > max(seen):
            message = f"verified on {one.verified.on}, but its newest source is of {max(seen)}"
            yield Finding(file=file, thing=one.id, message=message)
