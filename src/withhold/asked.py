"""One question with all that answers it, and how a reason names what it rests on.

Pure, as the question is: what was seen and what is known are arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.facts import Actor, Control, Platform, Practice, Shield
from withhold.law_facts import Law
from withhold.verdict import Reason
from withhold.words import Content, Observation, Span, Statement

Seen = Observation | Statement
Owner = Platform | Actor
REQUESTS = ("form", "email")
"""Kinds of control that ask an actor for something and need its answer."""
EVERYONE = "*"
"""The token by which a site speaks to all that have no group of their own."""


class Asked(Struct, frozen=True):
    """One question with all that answers it, so that it is handed around as one value."""

    content: Content
    where: str
    when: date
    knowledge: Knowledge
    seen: tuple[Seen, ...]
    owner: Owner

    def applies(self, thing: Practice | Control) -> bool:
        """Whether a practice or control holds for this place, plan and kind of account."""
        places = self.knowledge.places
        if not places.applies(self.where, thing.places, thing.not_places):
            return False
        account = self.content.account
        if account is None:
            return True
        plan_fits = not thing.plans or not account.plan or account.plan in thing.plans
        return plan_fits and (not thing.account_kinds or account.kind in thing.account_kinds)


def holds(span: Span, when: date) -> bool:
    """Whether a day lies in the half-open span."""
    return (span.since is None or span.since <= when) and (span.until is None or when < span.until)


def days(text: str) -> timedelta:
    """``180 days`` as a timedelta."""
    return timedelta(days=int(text.split(" ", 1)[0]))


def reason(
    code: str,
    owner: Owner,
    thing: Practice | Control | Shield,
    ask: Asked,
    **facts: str | dict[str, str],
) -> Reason:
    """A reason that rests on one practice, control or shield of a file of knowledge."""
    sources = tuple(owner.source[name] for name in thing.sources if name in owner.source)
    checked = max((one.seen for one in sources), default=None)
    if isinstance(thing, Control):
        checked = thing.verified.on
    speaks = ask.knowledge.actors.get(thing.actor) if isinstance(thing, Practice) else None
    facts = {"name": (speaks.names or speaks.name) if speaks else owner.name, **facts}
    if not isinstance(thing, Control):
        facts = {"what": thing.what, **facts}
    return Reason(
        code=code,
        facts=facts,
        sources=sources,
        rests_on=ask.knowledge.file_of(owner, getattr(thing, "id", "shield")),
        checked=checked,
        due=checked + days(thing.recheck_after) if checked else None,
    )


def whose_words(practice: Practice, owner: Owner) -> Literal["own", "platform", "reported"]:
    """Who says what an actor does: itself, the platform of it, or only others of it."""
    kinds = {owner.source[name].kind for name in practice.sources if name in owner.source}
    if not kinds & {"official", "archived", "regulator"}:
        return "reported"
    if isinstance(owner, Platform) and practice.actor != owner.operator:
        return "platform"
    return "own"


def all_unverified(names: Sequence[str], owner: Owner) -> bool:
    """Whether a fact rests on memory alone."""
    return {owner.source[name].kind for name in names if name in owner.source} == {"unverified"}


def label(control: Control) -> dict[str, str]:
    """What a control is called, per language; its id where no words are known."""
    return dict(control.label) or {"en": control.id}


def law_checked(law: Law) -> date:
    """The newest day on which a source of a law was read."""
    return max(one.seen for one in law.source.values())
