"""One change: what happened to one thing that is known, on which day, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.asked import Owner
from withhold.catalog.places import Places
from withhold.facts import Source, Text
from withhold.words import ControlKind

Code = Literal[
    "training-starts",
    "training-ends",
    "licence-starts",
    "licence-ends",
    "use-starts",
    "use-ends",
    "opt-in-starts",
    "opt-in-ends",
    "condition-starts",
    "condition-ends",
    "promise-starts",
    "promise-ends",
    "falls-silent",
    "terms-changed",
    "terms-widened",
    "announced",
    "control-offered",
    "control-withdrawn",
    "control-replaced",
    "label-changed",
    "shield-closed",
    "shield-part",
    "shield-opened",
    "shield-changed",
    "shield-ends",
    "law-in-force",
    "law-ends",
    "law-forbids",
    "law-lifted",
]
"""Closed list; each has its sentence in the table ``change`` of ``knowledge/reasons/``."""

Effect = Literal["better", "worse", "unclear"]
Precision = Literal["day", "month", "year", "known"]
Whose = Literal["own", "platform", "reported"]


class Change(Struct, frozen=True, kw_only=True):
    """What happened to a practice, a control, a shield or a law.

    ``on`` is the day it took effect; with precision ``known`` the day a source shows it, which is
    no beginning; of ``announced`` the day of the announcement, and ``for_day`` is what it names.
    ``platform`` is empty on the open web and of a law; ``thing`` is an id, or ``shield``.
    ``before`` is what held until then, where it is known. ``whose`` words a practice rests on.
    """

    on: date
    precision: Precision = "day"
    code: Code
    effect: Effect
    platform: str = ""
    actor: str = ""
    thing: str
    places: tuple[str, ...] = ("WORLD",)
    not_places: tuple[str, ...] = ()
    what: Text
    before: Text = {}
    sources: tuple[Source, ...] = ()
    rests_on: str
    use: str = ""
    whose: Whose = "own"
    kind: ControlKind | Literal[""] = ""
    for_day: date | None = None
    for_precision: Precision = "day"

    @property
    def day(self) -> str:
        """``on`` as ISO 8601, no finer than it is known: ``2024-10-03``, ``2024-10``, ``2024``."""
        return _written(self.on, self.precision)

    @property
    def day_named(self) -> str:
        """``for_day`` the same way; empty where nothing is announced."""
        return _written(self.for_day, self.for_precision) if self.for_day else ""


def concerns(change: Change, place: str, places: Places) -> bool:
    """Whether it holds for a person in that place."""
    return places.applies(place, change.places, change.not_places)


def sources_of(owner: Owner, *names: Iterable[str]) -> tuple[Source, ...]:
    """The sources of several facts of one file, each once, in the order they are named."""
    wanted = dict.fromkeys(name for some in names for name in some)
    return tuple(owner.source[name] for name in wanted if name in owner.source)


def joined(texts: Iterable[Text]) -> Text:
    """Several texts as one, per language; English where one has no other."""
    known = list(texts)
    langs = dict.fromkeys(lang for text in known for lang in text)
    return {
        lang: " ".join(text.get(lang) or text.get("en", "") for text in known).strip()
        for lang in langs
    }


def _written(on: date, precision: Precision) -> str:
    return on.isoformat()[: {"month": 7, "year": 4}.get(precision, 10)]
