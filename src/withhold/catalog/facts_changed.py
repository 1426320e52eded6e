"""Which facts differ between two folders of knowledge in what decides an answer.

Words, addresses, quotes and notes decide nothing: who puts a label or a quote right changes no
answer. What moved to ``history/`` with its ``until`` is the same fact, ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.facts import Actor, Control, Platform, Practice, Shield, Source
from withhold.law_facts import Forbids, Law

Thing = Practice | Control | Shield | Forbids
What = Literal["practice", "control", "shield", "law"]
Folder = Literal["platforms", "actors", "laws"]
_PARTS: tuple[What, ...] = ("practice", "control", "shield")
DECIDES: dict[What, tuple[str, ...]] = {
    "practice": (
        *("says", "use", "actor", "content", "audience", "places", "not_places", "plans"),
        *("account_kinds", "default", "since", "known_since", "until", "via"),
    ),
    "control": (
        *("kind", "covers", "want", "places", "not_places", "plans", "account_kinds", "reaches"),
        *("effect", "scope", "since", "until"),
    ),
    "shield": ("stance", "refuses", "admits", "since", "known_since", "until"),
    "law": ("practices", "since", "until", "places"),
}
"""The fields of each kind of fact that an answer depends on."""
Kept = Literal["new", "superseded", "corrected", "overwritten"]


class Changed(Struct, frozen=True, kw_only=True):
    """One fact that differs. ``before`` None: it is new; ``after`` None: it is there no more.

    ``kept`` says where what was so stands now: nowhere (``overwritten``), in history with its
    ``until``, or in the list of our own mistakes. ``old`` and ``new`` are its sources.
    """

    what: What
    folder: Folder
    owner: str
    id: str
    before: Thing | None
    after: Thing | None
    fields: tuple[str, ...]
    kept: Kept
    old: tuple[Source, ...] = ()
    new: tuple[Source, ...] = ()
    file_before: str = ""
    file_after: str = ""

    @property
    def ref(self) -> str:
        """``linkedin/ai-training-toggle``, as the list of corrections names it."""
        return _ref(self.folder, self.owner, self.id)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it begins or ends, before and after."""
        ends = (getattr(one, name, None) for one in (self.before, self.after) for name in _DATES)
        return tuple(sorted({day for day in ends if day}))


_DATES = ("since", "known_since", "until")


def facts_changed(before: Knowledge, after: Knowledge) -> list[Changed]:
    """All facts that differ, of platforms, companies and laws, in a fixed order."""
    return [
        *_of_owners(before, after, "platforms"),
        *_of_owners(before, after, "actors"),
        *_of_laws(before, after),
    ]


class _Side(Struct, frozen=True):
    """What one folder of knowledge says of one kind of fact of one owner."""

    things: list[Thing]
    of: Platform | Actor | Law | None
    known: Knowledge


def _of_owners(
    before: Knowledge, after: Knowledge, folder: Literal["platforms", "actors"]
) -> Iterator[Changed]:
    """Platforms or actors; of those that are new nothing was known, so nothing changed."""
    olds: dict[str, Platform | Actor] = getattr(before, folder)
    news: dict[str, Platform | Actor] = getattr(after, folder)
    for name, old in sorted(olds.items()):
        new = news.get(name)
        for what in _PARTS:
            earlier = _Side(list(getattr(old, what, ())), old, before)
            later = _Side(list(getattr(new, what, ())), new, after)
            yield from _compared(what, folder, name, earlier, later)


def _of_laws(before: Knowledge, after: Knowledge) -> Iterator[Changed]:
    for name in sorted(before.laws.keys() | after.laws.keys()):
        old, new = before.laws.get(name), after.laws.get(name)
        earlier = _Side(list(old.forbids) if old else [], old, before)
        later = _Side(list(new.forbids) if new else [], new, after)
        yield from _compared("law", "laws", name, earlier, later)


def _compared(
    what: What, folder: Folder, owner: str, earlier: _Side, later: _Side
) -> Iterator[Changed]:
    corrected = {one.fact for one in later.known.corrections}
    corrected -= {one.fact for one in earlier.known.corrections}
    for was, now in _pairs(what, earlier.things, later.things):
        name = _id(now if was is None else was) or what
        yield Changed(
            what=what,
            folder=folder,
            owner=owner,
            id=name,
            before=was,
            after=now,
            fields=_differing(what, was, now),
            kept=_kept(what, was, later.things, _ref(folder, owner, name) in corrected),
            old=_sources(was, earlier.of),
            new=_sources(now, later.of),
            file_before=_file(what, owner, was, earlier),
            file_after=_file(what, owner, now, later),
        )


def _pairs(
    what: What, earlier: Sequence[Thing], later: Sequence[Thing]
) -> list[tuple[Thing | None, Thing | None]]:
    """What differs, side by side: the same fact ended before the same fact changed."""
    rest = [one for one in later if not any(_same(what, one, other) for other in earlier)]
    found: list[tuple[Thing | None, Thing | None]] = []
    for one in earlier:
        if any(_same(what, one, other) for other in later):
            continue
        named = [other for other in rest if _id(other) == _id(one)]
        ended = [other for other in named if _ends(what, one, other)]
        now = next(iter([*ended, *named]), None)
        if now is not None:
            rest.remove(now)
        found.append((one, now))
    return [*found, *((None, one) for one in rest)]


def _ref(folder: Folder, owner: str, name: str) -> str:
    return f"company-{owner}/{name}" if folder == "actors" else f"{owner}/{name}"


def _kept(what: What, was: Thing | None, later: Sequence[Thing], corrected: bool) -> Kept:
    if was is None:
        return "new"
    if any(_ends(what, was, one) for one in later):
        return "superseded"
    return "corrected" if corrected else "overwritten"


def _ends(what: What, was: Thing, now: Thing) -> bool:
    """Whether a fact is what was so, with the day on which it ended and nothing else changed."""
    if _differing(what, was, now) != ("until",):
        return False
    return getattr(was, "until", None) is None and getattr(now, "until", None) is not None


def _same(what: What, one: Thing, other: Thing) -> bool:
    return _id(one) == _id(other) and not _differing(what, one, other)


def _differing(what: What, one: Thing | None, other: Thing | None) -> tuple[str, ...]:
    if one is None or other is None:
        return ()
    return tuple(
        name for name in DECIDES[what] if _plain(getattr(one, name)) != _plain(getattr(other, name))
    )


def _plain(value: object) -> object:
    """A list of words says the same in any order."""
    return sorted(value) if isinstance(value, list) else value


def _id(thing: Thing | None) -> str:
    return str(getattr(thing, "id", ""))


def _sources(thing: Thing | None, owner: Platform | Actor | Law | None) -> tuple[Source, ...]:
    if thing is None or owner is None:
        return ()
    return tuple(owner.source[one] for one in thing.sources if one in owner.source)


def _file(what: What, owner: str, thing: Thing | None, side: _Side) -> str:
    if thing is None:
        return ""
    if isinstance(side.of, Platform | Actor):
        return side.known.file_of(side.of, _id(thing) or what)
    return f"laws/{owner}.toml"
