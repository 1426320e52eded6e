"""What was asked of an actor by letter, under a law or without one, and what it answered.

A letter needs no control: the observation of it names the practices it is about. It closes what an
actor does from the day on which it was sent or granted, never what was before.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from withhold.asked import Asked
from withhold.controls import Run, in_runs
from withhold.facts import Practice
from withhold.verdict import Reason
from withhold.words import Observation, Strength

RIGHT = "right:"
"""``facebook/right:object-training``: what stands where a control stands else."""
_LOOK_AGAIN = timedelta(days=90)
"""As for a control: what an actor granted may be taken back with its next terms."""
_OWN = ("own", "own-over-others")
"""Whose posts a letter reaches: what others posted of its sender is not in the sender's hand."""


class Letters(Struct, frozen=True):
    """What was seen of one act toward one actor, about one practice."""

    runs: tuple[Run, ...]

    @property
    def last(self) -> Run:
        """How it stands now."""
        return self.runs[-1]


def letters(practice: Practice, ask: Asked) -> list[Letters]:
    """The letters about a practice up to the day asked, one after the other for each act."""
    about = f"{ask.owner.id}/{practice.id}"
    if ask.content.authored not in _OWN:
        return []
    by_act: dict[str, list[Observation]] = {}
    for one in ask.seen:
        if isinstance(one, Observation) and about in one.practices and _counts(one, ask):
            by_act.setdefault(one.control, []).append(one)
    found = []
    for seen in by_act.values():
        states = sorted(seen, key=lambda one: one.on)
        runs = in_runs((one.value in ("sent", "confirmed"), one) for one in states)
        if runs:
            found.append(Letters(tuple(runs)))
    return found


def strength_of(seen: Observation) -> Strength:
    """A written answer is the actor's own word; that there was one needs the answer itself."""
    if seen.value == "sent":
        return "asked"
    return "promised" if seen.how in ("shown", "observed") else "told"


def letter_reason(seen: Observation, practice: Practice, ask: Asked) -> Reason:
    """The reason that rests on one letter or its answer."""
    codes = {"asked": "letter-sent", "promised": "letter-granted", "told": "letter-granted-told"}
    refused = seen.value not in ("sent", "confirmed")
    speaks = ask.knowledge.actors.get(practice.actor)
    return Reason(
        code="letter-refused" if refused else codes[strength_of(seen)],
        facts={
            "name": (speaks.names or speaks.name) if speaks else ask.owner.name,
            "date": str(seen.on),
        },
        rests_on=f"observation {seen.id}".strip() + f" ({seen.control})",
        checked=seen.on,
        due=seen.on + _LOOK_AGAIN,
    )


def _counts(seen: Observation, ask: Asked) -> bool:
    """Whether it was recorded by the day asked, and of this account or this site."""
    account = ask.content.account
    named = {ask.content.site} if account is None else {account.key, account.platform, ""}
    return seen.on <= ask.when and seen.account in named
