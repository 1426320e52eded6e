"""Who says that they heed what a site says: companies by signals, with whose words and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.facts import Source
from withhold.told_by_signals import ROBOTS

Heeding = Literal["yes", "in-part", "no", "not-stated", "not-looked-up", "no-token"]
_WEAKEST: tuple[Heeding, ...] = ("no", "not-looked-up", "not-stated", "in-part", "yes")


class Heeds(Struct, frozen=True, kw_only=True):
    """What one company says of one signal. ``tokens``: of robots.txt, the names that it reads."""

    says: Heeding
    tokens: tuple[str, ...] = ()
    looked_at: str = ""
    sources: tuple[Source, ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """One company; ``cells`` by the name of the signal."""

    actor: str
    cells: Mapping[str, Heeds]


def heeds(signals: Iterable[str], knowledge: Knowledge) -> list[Row]:
    """Those that train on what is on the web, each with what it says of these signals."""
    wanted = list(signals)
    return [
        Row(actor=actor, cells={one: _cell(actor, one, knowledge) for one in wanted})
        for actor, known in sorted(knowledge.actors.items())
        if any(one.use == "train-ai" for one in known.practice)
    ]


def sums(signal: str, rows: Iterable[Row]) -> list[tuple[Heeding, int]]:
    """How many companies say what of one signal, from a yes to nothing known."""
    count = Counter(one.cells[signal].says for one in rows)
    return [(one, count[one]) for one in get_args(Heeding) if count[one]]


def _cell(actor: str, signal: str, knowledge: Knowledge) -> Heeds:
    if signal == ROBOTS:
        return _of_robots(actor, knowledge)
    kind = knowledge.signals[signal]
    for one in kind.heeded:
        if one.actor == actor and "train-ai" in one.uses:
            return Heeds(
                says=one.says,
                looked_at=one.looked_at,
                sources=tuple(kind.source[name] for name in one.sources if name in kind.source),
            )
    return Heeds(says="not-looked-up")


def _of_robots(actor: str, knowledge: Knowledge) -> Heeds:
    """By the tokens of its practices that train: where they differ, the weakest of them."""
    ways = dict.fromkeys(
        token
        for one in knowledge.actors[actor].practice
        if one.use == "train-ai" and one.says != "no"
        for token in one.via
    )
    known = [knowledge.crawlers[one] for one in ways if one in knowledge.crawlers]
    if not known:
        return Heeds(says="no-token")
    weakest = min(known, key=lambda one: _WEAKEST.index(one.honours.says))
    said = [one for one in known if one.honours.says == weakest.honours.says]
    return Heeds(
        says=weakest.honours.says,
        tokens=tuple(one.token for one in known),
        looked_at=weakest.honours.looked_at,
        sources=tuple(
            dict.fromkeys(
                one.source[name]
                for one in said
                for name in one.honours.sources
                if name in one.source
            )
        ),
    )
