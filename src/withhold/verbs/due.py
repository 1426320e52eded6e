"""Which facts are due for a re-check: labels after 90 days, practices 180, laws 365."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from withhold.asked import days
from withhold.catalog.load import Knowledge
from withhold.claims import Claim
from withhold.facts import Source
from withhold.law_facts import Law
from withhold.site_facts import Crawler, Ranges, SignalKind


class Due(Struct, frozen=True, kw_only=True):
    """A fact past its re-check."""

    tier: int
    what: str
    kind: str
    checked: date
    due: date


def due(
    knowledge: Knowledge, today: date, ranges: Mapping[str, Ranges] | None = None
) -> Iterator[Due]:
    """What is due, in order of tier and of how long it has been due. Superseded facts never are.

    ``ranges`` are lists of addresses, which are no part of what every question needs.
    """
    found = [one for one in _all(knowledge, ranges or {}) if one.due < today]
    yield from sorted(found, key=lambda one: (one.tier, one.due, one.what))


Checked = tuple[int, str, str, date | None, str]
"""Tier, what, kind, the newest day a source said so, and after how long it is due again."""


def _all(knowledge: Knowledge, ranges: Mapping[str, Ranges]) -> Iterator[Due]:
    lists = [
        (2, f"ranges/{one.id}", "ranges", one.seen, one.recheck_after) for one in ranges.values()
    ]
    for tier, what, kind, checked, after in (*_platforms(knowledge), *_others(knowledge), *lists):
        if checked:
            again = checked + days(after)
            yield Due(tier=tier, what=what, kind=kind, checked=checked, due=again)


def _platforms(knowledge: Knowledge) -> Iterator[Checked]:
    for one in knowledge.platforms.values():
        for practice in one.practice:
            if (one.id, practice.id) not in knowledge.superseded:
                newest = _newest(practice.sources, one.source)
                what = f"{one.id}/{practice.id}"
                yield one.tier, what, "practice", newest, practice.recheck_after
        for control in one.control:
            if (one.id, control.id) not in knowledge.superseded:
                what = f"{one.id}/{control.id}"
                yield one.tier, what, "control", control.verified.on, control.recheck_after
        for shield in one.shield:
            if shield.until is None:
                newest = _newest(shield.sources, one.source)
                yield one.tier, f"{one.id}/shield", "shield", newest, shield.recheck_after


def _others(knowledge: Knowledge) -> Iterator[Checked]:
    for actor in knowledge.actors.values():
        for practice in actor.practice:
            newest = _newest(practice.sources, actor.source)
            yield 2, f"{actor.id}/{practice.id}", "practice", newest, practice.recheck_after
    for host in knowledge.hosts.values():
        for way in host.way:
            newest = _newest(way.sources, host.source)
            yield 2, f"hosts/{host.id}/{way.id}", "way", newest, way.recheck_after
    kinds: tuple[tuple[int, str, Mapping[str, Law | Crawler | SignalKind | Claim]], ...] = (
        (1, "law", knowledge.laws),
        (2, "crawler", knowledge.crawlers),
        (2, "signal", knowledge.signals),
        (2, "claim", knowledge.claims),
    )
    for tier, kind, things in kinds:
        for thing in things.values():
            newest = max((one.seen for one in thing.source.values()), default=None)
            yield tier, f"{kind}s/{thing.id}", kind, newest, thing.recheck_after


def _newest(names: list[str], sources: dict[str, Source]) -> date | None:
    return max((sources[name].seen for name in names if name in sources), default=None)
