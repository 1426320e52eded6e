"""The controls of an account: which there are, what was seen of them, and how strong that is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from withhold.asked import REQUESTS, Asked, days, label
from withhold.facts import Control, Platform
from withhold.verdict import Reason
from withhold.words import Observation, Span, Strength

_BY_HOW: dict[str, Strength] = {
    "told": "told",
    "clicked": "told",  # a click that was not read back is what the owner says, no more
    "shown": "shown",
    "observed": "observed",
}


class Run(Struct, frozen=True):
    """Consecutive states of one control that say the same: no (``refuses``) or not."""

    refuses: bool
    states: tuple[Observation, ...]
    span: Span


def controls(ask: Asked) -> list[Control]:
    """The controls that this kind of account has in this place, for content by this author."""
    if not isinstance(ask.owner, Platform):
        return []
    return [
        one
        for one in ask.owner.control
        if ask.applies(one) and (one.kind == "none" or ask.content.authored in one.reaches)
    ]


def says_no(control: Control, seen: Observation) -> bool:
    """Whether the state seen is the one that says no."""
    if control.kind in REQUESTS:
        return seen.value in ("sent", "confirmed")
    return bool(control.want) and seen.value == control.want


def strength_of(control: Control, seen: Observation) -> Strength:
    """How strong a no is that was seen in this way; an answered request is the actor's word."""
    if control.kind not in REQUESTS:
        return _BY_HOW[seen.how]
    if seen.value == "sent":
        return "asked"
    # a written answer is the actor's own word; that there was one needs the letter itself
    return "promised" if seen.how in ("shown", "observed") else "told"


def runs(control: Control, ask: Asked) -> list[Run]:
    """What was seen of one control of this account up to the day asked, as runs, oldest first."""
    return in_runs((says_no(control, one), one) for one in _states(control, ask))


def in_runs(states: Iterable[tuple[bool, Observation]]) -> list[Run]:
    """States in the order of their days, each with whether it says no, as runs.

    Between two readings the state is what the earlier one said. A state that was contradicted on
    the day it was seen closes nothing.
    """
    found: list[Run] = []
    for refuses, seen in states:
        if found and found[-1].refuses == refuses:
            found[-1] = Run(refuses, (*found[-1].states, seen), found[-1].span)
            continue
        if found:
            found[-1] = Run(
                found[-1].refuses, found[-1].states, Span(found[-1].span.since, seen.on)
            )
        found.append(Run(refuses, (seen,), Span(seen.on, None)))
    return [run for run in found if run.span.since != run.span.until]


def _states(control: Control, ask: Asked) -> list[Observation]:
    account = ask.content.account
    if account is None:
        return []
    named = {account.key}
    if not account.name or control.scope not in ("blog", "site"):
        named |= {account.platform, ""}  # said of all accounts there
    about = f"{account.platform}/{control.id}"
    found = (one for one in ask.seen if isinstance(one, Observation) and one.control == about)
    return sorted(
        (one for one in found if one.account in named and one.on <= ask.when),
        key=lambda one: one.on,
    )


def state_reason(code: str, control: Control, seen: Observation, ask: Asked) -> Reason:
    """A reason that rests on an observation of a control."""
    return Reason(
        code=code,
        facts={
            "name": ask.owner.name,
            "label": label(control),
            "date": str(seen.on),
            "state": seen.value,
        },
        rests_on=f"observation {seen.id}".strip() + f" ({seen.control})",
        checked=seen.on,
        due=seen.on + days(control.recheck_after),
    )
