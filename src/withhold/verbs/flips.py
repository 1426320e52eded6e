"""flips: which answers flip between two folders of knowledge, by which facts, by whose rule.

A flip is another answer, another strength or other spans that were open, for what somebody can
ask: nothing done, or a control done that was there before. What is new and was not asked about
before flips nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.catalog.facts_changed import Changed, facts_changed
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Practice
from withhold.law_facts import Forbids
from withhold.verbs.flip_boxes import boxes
from withhold.verbs.flip_cells import Answered, Cell, Said, Two, of_actor, of_platform
from withhold.verbs.flip_rules import Broken, broken

What = Literal["answer", "strength", "span", "reach"]
DAYS_AT_MOST = 6
"""Days that are asked for: today, and those to come on which a changed fact begins or ends."""


class Flip(Struct, frozen=True, kw_only=True):
    """One answer that flips, with all the content and places for which it flips alike.

    ``done`` is the control that was done; ``reach`` says that only then the answer differs.
    ``causes`` are the facts that differ; ``broken`` the rules that are not met.
    """

    what: What
    platform: str
    actor: str
    use: str
    when: date
    before: Said
    after: Said
    kinds: tuple[str, ...]
    audience: tuple[str, ...]
    places: tuple[str, ...]
    plans: tuple[str, ...]
    account_kinds: tuple[str, ...]
    done: str
    causes: tuple[Changed, ...]
    broken: tuple[Broken, ...]


class Flips(Struct, frozen=True, kw_only=True):
    """All flips; ``changed``: facts that differ in what decides, whether or not one flips.

    ``asked`` counts the questions that were asked of both folders.
    """

    flips: tuple[Flip, ...]
    changed: tuple[Changed, ...]
    asked: int

    @property
    def unmet(self) -> tuple[Flip, ...]:
        """Those that do not meet the rule."""
        return tuple(one for one in self.flips if one.broken)


def flips(before: Knowledge, after: Knowledge, today: date) -> Flips:
    """Asks everything that the changed facts concern of both, today and on the days to come."""
    changed = facts_changed(before, after)
    counted = 0
    found: list[Flip] = []
    for when in _days(changed, today):
        two = Two(before, after, when)
        answers: list[Answered] = []
        for name in _platforms(changed, before, after):
            answers += of_platform(name, two)
        for name in sorted({one.owner for one in changed if one.folder == "actors"}):
            answers += of_actor(name, two)
        counted += len(answers)
        found += _grouped(answers, changed, when, after)
    return Flips(flips=tuple(_once(found)), changed=tuple(changed), asked=counted)


def _days(changed: Sequence[Changed], today: date) -> list[date]:
    coming = sorted({day for one in changed for day in one.days if day > today})
    return [today, *coming[: DAYS_AT_MOST - 1]]


def _platforms(changed: Sequence[Changed], before: Knowledge, after: Knowledge) -> list[str]:
    named: set[str] = set()
    for one in changed:
        if one.what == "law":
            for ban in (one.before, one.after):
                if isinstance(ban, Forbids):
                    named |= {ref.partition("/")[0] for ref in ban.practices}
        elif one.folder == "platforms":
            named.add(one.owner)
    for name, old in before.platforms.items():
        new = after.platforms.get(name)
        if new is None or (new.operator, new.audiences) != (old.operator, old.audiences):
            named.add(name)
    return sorted(named & before.platforms.keys())


# What flips -----------------------------------------------------------------------------------


def _what(before: Said, after: Said) -> What | None:
    if before.answer != after.answer:
        return "answer"
    if before.strength != after.strength:
        return "strength"
    return "span" if before.open != after.open else None


def _grouped(
    answers: Iterable[Answered], changed: Sequence[Changed], when: date, after: Knowledge
) -> Iterator[Flip]:
    """Flips of one day, those with nothing done first; a control that only follows is not told."""
    groups: dict[_Same, dict[tuple[str, ...], list[Cell]]] = {}
    plain: set[tuple[object, ...]] = set()
    answered = list(answers)
    for cell, was, now in answered:
        if not cell.done and _what(was, now):
            plain.add(_place_of(cell))
    for cell, was, now in answered:
        what = _what(was, now)
        if cell.done:
            if _place_of(cell) in plain:
                continue
            what = "reach" if what or was.past != now.past else None
        if what:
            key = _Same(what, cell.platform, cell.actor, cell.use, cell.done, was, now)
            groups.setdefault(key, {}).setdefault(cell.places, []).append(cell)
    for key, by_place in groups.items():
        for box in boxes(by_place.values()):
            yield _flip(key, box, changed, when, after)


class _Same(Struct, frozen=True):
    """What must be equal for two cells to be told as one flip."""

    what: What
    platform: str
    actor: str
    use: str
    done: str
    before: Said
    after: Said


def _place_of(cell: Cell) -> tuple[object, ...]:
    return (
        *(cell.platform, cell.actor, cell.use, cell.kind, cell.audience),
        *(cell.places, cell.plan, cell.account_kind),
    )


def _flip(
    key: _Same,
    cells: Sequence[Cell],
    changed: Sequence[Changed],
    when: date,
    after: Knowledge,
) -> Flip:
    causes = _causes(cells[0], changed, after)
    return Flip(
        what=key.what,
        platform=key.platform,
        actor=key.actor,
        use=key.use,
        when=when,
        before=key.before,
        after=key.after,
        kinds=_all(one.kind for one in cells),
        audience=_all(one.audience for one in cells),
        places=tuple(sorted({place for one in cells for place in one.places})),
        plans=_all(one.plan for one in cells),
        account_kinds=_all(one.account_kind for one in cells),
        done=key.done,
        causes=causes,
        broken=broken(causes),
    )


def _all(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _once(found: Iterable[Flip]) -> Iterator[Flip]:
    """On a later day only what does not flip today already."""
    told: dict[tuple[object, ...], date] = {}
    for one in found:
        content = (one.kinds, one.audience, one.places, one.plans, one.account_kinds)
        key = (one.platform, one.actor, one.use, one.done, one.what, *content)
        if told.setdefault(key, one.when) == one.when:
            yield one


# By which facts -------------------------------------------------------------------------------


def _causes(cell: Cell, changed: Sequence[Changed], after: Knowledge) -> tuple[Changed, ...]:
    """The changed facts that can have made this answer another one."""
    place = cell.places[0]
    practices = [one for one in changed if _is_practice(one, cell) and _holds(one, place, after)]
    laws = [one for one in changed if one.what == "law" and _names(one, cell.platform)]
    controls = [
        one
        for one in changed
        if one.what == "control" and one.owner == cell.platform and cell.done in ("", one.id)
    ]
    shields = [one for one in changed if one.what == "shield" and one.owner == cell.platform]
    if cell.done:
        return tuple([one for one in controls if one.id == cell.done] or [*practices, *laws])
    return tuple([*practices, *laws] or shields or controls)


def _is_practice(one: Changed, cell: Cell) -> bool:
    folder, owner = ("platforms", cell.platform) if cell.platform else ("actors", cell.actor)
    if (one.what, one.folder, one.owner) != ("practice", folder, owner):
        return False
    both = [side for side in (one.before, one.after) if isinstance(side, Practice)]
    return any(
        (side.actor, side.use) == (cell.actor, cell.use)
        and cell.kind in side.content
        and cell.audience in side.audience
        for side in both
    )


def _holds(one: Changed, place: str, after: Knowledge) -> bool:
    both = [side for side in (one.before, one.after) if isinstance(side, Practice | Control)]
    return any(after.places.applies(place, side.places, side.not_places) for side in both)


def _names(one: Changed, platform: str) -> bool:
    return any(
        ref.startswith(f"{platform}/")
        for side in (one.before, one.after)
        if isinstance(side, Forbids)
        for ref in side.practices
    )
