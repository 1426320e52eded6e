"""Dates are in order and none lies in the future of the day of the check.

``seen`` is at most today; announced <= since < until, of a shield too; a practice without ``since``
says from which day a source shows it (``known_since``), so that the past is not claimed.
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
    for file, name, source in finding.sources(knowledge):
        if source.seen > today:
            yield Finding(file=file, thing=name, message=f"seen {source.seen} lies in the future")
    for file, _, one in finding.practices(knowledge):
        if one.since and one.until and one.since >= one.until:
            yield Finding(file=file, thing=one.id, message="since must lie before until")
        if one.since and one.announced and one.announced > one.since:
            yield Finding(file=file, thing=one.id, message="announced must not lie after since")
        if one.known_since and one.until and one.known_since >= one.until:
            yield Finding(file=file, thing=one.id, message="known_since must lie before until")
        if one.since is None and one.known_since is None:
            yield Finding(file=file, thing=one.id, message="neither since nor known_since")
        if one.since and one.known_since:
            yield Finding(file=file, thing=one.id, message="since makes known_since superfluous")
        superseded = file.startswith("history/")
        if superseded and one.until is None:
            yield Finding(file=file, thing=one.id, message="a superseded fact needs until")
        if not superseded and one.until and one.until <= today:
            yield Finding(file=file, thing=one.id, message="ended: belongs in history/")
    for file, _, control in finding.controls(knowledge):
        if control.since and control.until and control.since >= control.until:
            yield Finding(file=file, thing=control.id, message="since must lie before until")
        if control.verified.on > today:
            yield Finding(file=file, thing=control.id, message="verified in the future")
        if file.startswith("history/") and control.until is None:
            yield Finding(file=file, thing=control.id, message="a superseded control needs until")
    for platform in knowledge.platforms.values():
        for shield in platform.shield:
            began = shield.since or shield.known_since
            if began is None:
                message = "a shield needs since or known_since"
                yield Finding(file=f"platforms/{platform.id}.toml", message=message)
            elif shield.until and began >= shield.until:
                message = "a shield begins before its until"
                yield Finding(file=f"platforms/{platform.id}.toml", message=message)
