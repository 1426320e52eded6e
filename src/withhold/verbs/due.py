"""Which facts are due for a re-check: labels after 90 days, practices 180, laws 365."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.refusals import days
from withhold.words import Source


class Due(Struct, frozen=True, kw_only=True):
    """A fact past its re-check."""

    tier: int
    what: str
    kind: str
    checked: date
    due: date


def due(knowledge: Knowledge, today: date) -> Iterator[Due]:
    """What is due, in order of tier and of how long it has been due. Superseded facts never are."""
    found = [one for one in _all(knowledge) if one.due < today]
    yield from sorted(found, key=lambda one: (one.tier, one.due, one.what))


def _all(knowledge: Knowledge) -> Iterator[Due]:
    for platform in knowledge.platforms.values():
        for practice in platform.practice:
            if (platform.id, practice.id) not in knowledge.superseded:
                checked = _newest(practice.sources, platform.source)
                if checked:
                    yield Due(
                        tier=platform.tier,
                        what=f"{platform.id}/{practice.id}",
                        kind="practice",
                        checked=checked,
                        due=checked + days(practice.recheck_after),
                    )
        for control in platform.control:
            if (platform.id, control.id) not in knowledge.superseded:
                yield Due(
                    tier=platform.tier,
                    what=f"{platform.id}/{control.id}",
                    kind="control",
                    checked=control.verified.on,
                    due=control.verified.on + days(control.recheck_after),
                )
    for law in knowledge.laws.values():
        checked = max((one.seen for one in law.source.values()), default=None)
        if checked:
            yield Due(
                tier=1,
                what=f"laws/{law.id}",
                kind="law",
                checked=checked,
                due=checked + days(law.recheck_after),
            )
    for crawler in knowledge.crawlers.values():
        checked = max((one.seen for one in crawler.source.values()), default=None)
        if checked:
            yield Due(
                tier=2,
                what=f"crawlers/{crawler.id}",
                kind="crawler",
                checked=checked,
                due=checked + days(crawler.recheck_after),
            )


def _newest(names: list[str], sources: dict[str, Source]) -> date | None:
    return max((sources[name].seen for name in names if name in sources), default=None)
