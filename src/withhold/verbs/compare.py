"""Places side by side: which of them are treated alike, and how one platform answers in each.

What is known names places by rules (``places``, ``not_places``). Two places that no rule tells
apart get the same answers, so the question is asked once for each such group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.facts import Actor, Platform
from withhold.verbs.check import Asking, check_account
from withhold.verbs.owner import Owner
from withhold.verbs.plan import Plan, plan
from withhold.verdict import Verdict
from withhold.words import Account

May = Literal["yes", "part", "no", "unknown"]
Way = Literal["switch", "request", "part", "audience", "none", "nothing-open"]


class Look(Struct, frozen=True, kw_only=True):
    """How one platform answers in one place: the verdicts, the plan, and both in one word.

    ``may``: whether anyone it names may train on something of yours there (``yes`` = on all that
    was asked, ``part`` = on some of it). ``way``: the surest way to say no to what stands open,
    ``part`` when something of it stays open whatever you do.
    """

    platform: str
    place: str
    verdicts: tuple[Verdict, ...]
    plan: Plan

    @property
    def may(self) -> May:
        """In one word, over content and actors; ``anyone`` who scrapes is a thing of its own."""
        asked = [one for one in self.verdicts if one.use == "train-ai" and one.actor != "anyone"]
        answers = {one.answer for one in asked}
        if "allowed" in answers:
            return "yes" if answers == {"allowed"} else "part"
        return "no" if answers == {"disallowed"} else "unknown"

    @property
    def way(self) -> Way:
        """In one word: what closes what stands open."""
        kinds = {step.kind for step in self.plan.steps if step.closes}
        if self.plan.steps and self.plan.no_control:
            return "part"
        if kinds & {"toggle", "robots"}:
            return "switch"
        if kinds:
            return "request"
        if self.plan.steps:
            return "part"
        if self.plan.last_resorts:
            return "audience"
        return "none" if self.plan.no_control else "nothing-open"


def look(account: Account, asking: Asking) -> Look:
    """What is so on one account, and what makes it no."""
    return Look(
        platform=account.platform,
        place=asking.place,
        verdicts=tuple(check_account(account, asking)),
        plan=plan_of(account, asking),
    )


def plan_of(account: Account, asking: Asking) -> Plan:
    """What makes it no on one account, of which nothing was seen."""
    return plan(Owner(place=asking.place, accounts=(account,)), asking)


# Which places are treated alike ---------------------------------------------------------------

Owned = Platform | Actor
Rule = tuple[Sequence[str], Sequence[str]]


def alike(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """All places in groups that no rule of what is known tells apart, the largest last.

    Codes within a group are sorted, groups are in order of size and first code.
    """
    return _groups(knowledge.places, list(_rules(knowledge)))


def all_places(places: Places) -> list[str]:
    """Every code that can be a person's place; groups cannot."""
    return [one for one in places.names if one not in places.groups and one != WORLD]


def _groups(places: Places, rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    found: dict[tuple[bool, ...], list[str]] = {}
    for place in all_places(places):
        here = places.lies_in(place)
        holds = tuple(
            not here.isdisjoint(named) and here.isdisjoint(left_out) for named, left_out in rules
        )
        found.setdefault(holds, []).append(place)
    groups = (tuple(sorted(these)) for these in found.values())
    return sorted(groups, key=lambda one: (len(one), one))


def _rules(knowledge: Knowledge) -> Iterator[Rule]:
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for rule in _every_rule(knowledge):
        key = (tuple(rule[0]), tuple(rule[1]))
        if key not in seen:
            seen.add(key)
            yield rule


def _every_rule(knowledge: Knowledge) -> Iterator[Rule]:
    owners: list[Owned] = [*knowledge.platforms.values(), *knowledge.actors.values()]
    for owner in owners:
        for practice in owner.practice:
            yield practice.places, practice.not_places
    for platform in knowledge.platforms.values():
        for control in platform.control:
            yield control.places, control.not_places
    for law in knowledge.laws.values():
        yield law.places, ()
        for one in law.forbids:
            yield one.places, ()
