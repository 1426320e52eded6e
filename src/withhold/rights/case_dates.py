"""The dates that run in a case: which rule of which law, from which event on, in whose place.

``clock`` counts one date; here stands which of them a case has, and what it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from withhold.errors import WithholdError
from withhold.law_facts import Law
from withhold.rights.case import Case, Deadline, Event
from withhold.rights.clock import due_on


def dates_of(
    case: Case,
    today: date,
    controller_place: str,
    laws: Mapping[str, Law],
    *,
    authority_place: str = "",
) -> dict[str, Deadline]:
    """The dates that run in a case, by the clock of its act; none where no rule sets one.

    ``answer``, with an extension counted; then ``answer-not-extended`` as well. ``authority-news``
    and ``complaint-acknowledge`` run after a complaint. ``complaint-to-controller`` is there where
    the law of today has the company take complaints first. Where no receipt is recorded it is
    counted from the day of sending, and the steps say so.
    """
    law, _, clock = clock_of(case, laws).partition("#")
    arrived = next((one for one in reversed(case.events) if one.kind in ("received", "sent")), None)
    found: dict[str, Deadline] = {}
    if not clock or not arrived:
        return found

    def add(name: str, clock: str, start: Event | None, place: str, longer: Event | None) -> None:
        if start is None:
            return
        asked, given = _identity(case, start) if clock == "answer" else (None, None)
        try:
            found[name] = due_on(
                law,
                start.on,
                place,
                clock=clock,
                laws=laws,
                extended=longer.on if longer else None,
                until=longer.until if longer else None,
                identity_asked=asked.on if asked else None,
                identity_given=given.on if given else None,
                only_sent=start.kind != "received",
            )
        except WithholdError:  # no such rule, or not on that day: then no date runs
            return

    longer = next(
        (one for one in case.events if one.outcome == "extension" and one.on >= arrived.on), None
    )
    add("answer", clock, arrived, controller_place, longer)
    if longer:
        add("answer-not-extended", clock, arrived, controller_place, None)
    own, complained = case.last("complained-to-controller"), case.last("complained")
    now = Event(kind="drafted", on=today)
    add("complaint-to-controller", "complaint-acknowledge", now, controller_place, None)
    add("complaint-acknowledge", "complaint-acknowledge", own, controller_place, None)
    place = authority_place or case.place or controller_place
    add("authority-news", "authority-news", complained, place, None)
    return found


def _identity(case: Case, start: Event) -> tuple[Event | None, Event | None]:
    """When they last asked who you are, and the answer to it; asked twice before it is asked once,
    from the first time on."""
    asked: Event | None = None
    given: Event | None = None
    for one in case.events:
        if one.on < start.on:
            continue
        if one.kind == "identity-asked" and (asked is None or given is not None):
            asked, given = one, None
        elif one.kind == "identity-given" and asked is not None and one.on >= asked.on:
            given = one
    return asked, given


def clock_of(case: Case, laws: Mapping[str, Law]) -> str:
    """``law#clock`` by which an answer to this act is due; empty where none is named."""
    law = laws.get(case.law)
    named = next((one.clock for one in law.act if one.act == case.act), "") if law else ""
    if not named:
        return ""
    return named if "#" in named else f"{case.law}#{named}"
