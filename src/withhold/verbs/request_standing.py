"""plan, status: where each case stands on a day, its next step, and the date with its rule.

A case is read as it was on the day asked: what was recorded of later days is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import NextSteps
from withhold.keep import Filed
from withhold.rights.authority import ToComplain, authority_for
from withhold.rights.calendar import Dated
from withhold.rights.case import Case, Deadline, Event
from withhold.rights.case_dates import dates_of
from withhold.rights.next_steps import Next, next_step
from withhold.rights_facts import NO_ANSWER, Controller


class Standing(Struct, frozen=True, kw_only=True):
    """One case on one day."""

    filed: Filed
    """With the events up to that day."""
    when: date
    service: str
    controller: Controller | None
    step: Next
    dates: dict[str, Deadline]
    due: Deadline | None = None
    """The date that runs now, with its rule; None where none does."""
    unread: tuple[int, ...] = ()
    """Numbers of the replies of which nobody said what they say."""
    to_complain: ToComplain | None = None
    """Where a complaint would go; None where the place is not known any more."""

    @property
    def case(self) -> Case:
        """The case with its events."""
        return self.filed.case

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or waited for."""
        return self.step.kind not in ("done", "watch", "watch-claim", "nothing-more")

    @property
    def late_by(self) -> int:
        """By how many days the answer is late; 0 = it is not."""
        return max(0, (self.when - self.due.date).days) if self.due else 0


def standings(
    cases: Iterable[Filed],
    when: date,
    knowledge: Knowledge,
    rights: RightsKnown,
    words: NextSteps,
) -> list[Standing]:
    """All cases that had begun by a day, those that are due first."""
    begun = [(each, one) for each in cases if (one := as_of(each, when)).case.events]
    found = [_standing(one, each, when, knowledge, rights, words) for each, one in begun]
    return sorted(found, key=lambda one: (not one.is_open, one.due.date if one.due else date.max))


def as_of(filed: Filed, when: date) -> Filed:
    """A case as it was on a day, by the days on which things happened, not were written down.

    Who was asked for their identity is so from that reply on.
    """
    events: list[Event] = []
    for one in sorted(filed.case.events, key=_day):
        if one.on > when:
            continue
        events.append(one)
        if one.kind == "reply" and one.outcome == "wants-identity":
            events.append(Event(kind="identity-asked", on=one.on))
    return replace(filed, case=replace(filed.case, events=tuple(events)))


def _day(event: Event) -> date:
    return event.on


def dated(found: Iterable[Standing]) -> list[Dated]:
    """The dates of all cases, for a calendar."""
    return [
        Dated(
            case=one.case,
            deadlines=tuple(day for name, day in one.dates.items() if name in _RUNS),
            name=one.controller.name if one.controller else one.service,
            over=tuple(
                day.clock
                for name, day in one.dates.items()
                if name in _RUNS and not _runs(name, one.case)
            ),
        )
        for one in found
    ]


_RUNS = ("answer", "complaint-acknowledge", "authority-news")
"""Dates that the other side has to keep, in the order in which they follow each other."""


def _standing(
    filed: Filed,
    recorded: Filed,
    when: date,
    knowledge: Knowledge,
    rights: RightsKnown,
    words: NextSteps,
) -> Standing:
    case = filed.case
    whom = rights.controllers.get(case.controller)
    place = knowledge.places.code(case.place)
    goes = authority_for(place, whom, rights, knowledge.places) if place else None
    first = rights.authorities.get(goes.authority) if goes else None
    dates = {}
    if whom:
        at = first.places[0] if first else ""
        dates = dates_of(case, when, whom.seat, knowledge.laws, authority_place=at)
    owner = knowledge.platforms.get(case.subject) or knowledge.actors.get(case.subject)
    running = [name for name in _RUNS if name in dates and _runs(name, case)]
    # a reply is named by its place among those recorded, of whatever days they are
    replies = [one for one in recorded.case.events if one.kind == "reply"]
    return Standing(
        filed=filed,
        when=when,
        service=owner.name if owner else case.subject,
        controller=whom,
        step=next_step(case, when, dates, words),
        dates=dates,
        due=dates[running[-1]] if running else None,
        unread=tuple(
            n for n, one in enumerate(replies, start=1) if one.on <= when and not one.outcome
        ),
        to_complain=goes,
    )


def _runs(name: str, case: Case) -> bool:
    """Whether a date still runs, or has passed without what it is for."""
    if case.first("closed"):
        return False
    if name == "answer":
        return not _answered(case) and not case.last("complained")
    if name == "complaint-acknowledge":
        return case.last("complained-to-controller") is not None and not case.last("complained")
    return case.last("complained") is not None


_NOT_YET = ("", *NO_ANSWER, "extension", "wants-identity", "wants-form", "wrong-address")
"""After these the answer itself is still owed."""


def _answered(case: Case) -> bool:
    return any(one.kind == "reply" and one.outcome not in _NOT_YET for one in case.events)
