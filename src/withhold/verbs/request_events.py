"""done: what happened in a case, by the person's word, and what a reply says.

Events are only ever added, so what cannot have happened is refused before it is written.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from withhold.catalog.find import not_found
from withhold.errors import BadInput
from withhold.keep import Store
from withhold.rights.case import Case, Event, EventKind
from withhold.rights.replies import messages
from withhold.rights_facts import OUTCOMES
from withhold.verbs.record import storable
from withhold.verbs.request_seen import REFUSES

STATES: tuple[EventKind, ...] = tuple(
    one for one in get_args(EventKind) if one not in ("drafted", "reply")
)
"""What a person can say has happened."""
_ONCE: tuple[EventKind, ...] = ("received", "complained", "closed")
_ONCE_MORE = ("bounce", "wrong-address", "wants-form", *REFUSES)
"""After these a letter may be sent once more: elsewhere, by another way, or as an answer."""
_AT_MOST = 64 * 1024 * 1024


def happened(
    store: Store,
    reference: str,
    state: str,
    on: date,
    now: datetime,
    evidence: Path | None = None,
    note: str = "",
    named: str = "",
) -> Case:
    """Adds what the person says has happened. ``evidence`` is a file that shows it, ``named`` as
    its owner calls it where that is not what it is called on disk.

    Raises NotFound for the case or state; BadInput for what cannot have happened, or a file that
    cannot be kept.
    """
    if state not in STATES:
        raise not_found("state", state, STATES, f"one of {', '.join(STATES)}")
    filed = store.cases.of(reference)
    kind: EventKind = state
    _must_be_possible(filed.case, kind, on)
    with store.together():
        digest, message_id = (
            _kept(store, evidence, named or evidence.name) if evidence else ("", "")
        )
        event = Event(kind=kind, on=on, evidence=digest, message_id=message_id, note=note)
        return store.cases.add(reference, event, now)


def says(
    store: Store, reference: str, reply: int, outcome: str, until: date | None, now: datetime
) -> Case:
    """Records what the n-th reply says. Raises NotFound; BadInput for a date without extension."""
    if outcome not in OUTCOMES:
        raise not_found("outcome", outcome, OUTCOMES, f"one of {', '.join(OUTCOMES)}")
    if until and outcome != "extension":
        raise BadInput("--until is the date that an extension names", "--outcome extension")
    return store.cases.choose(reference, reply, outcome, until, now)


def arrived_there(evidence: Path, timezone: str, on: date, named: str = "") -> date | None:
    """The day that it was at the other side when a kept mail was sent, where that is a later one.

    The term runs from the day of receipt there. None where the file is no mail with a date.
    """
    try:
        first = next(iter(messages(evidence.read_bytes(), named or evidence.name)), None)
        zone = ZoneInfo(timezone)
    except (OSError, ZoneInfoNotFoundError, ValueError):
        return None
    if first is None or first.sent is None:
        return None
    try:
        there = first.sent.astimezone(zone).date()
    except OverflowError:  # the first or last day of all, in another zone
        return None
    return there if there > on else None


def _must_be_possible(case: Case, kind: EventKind, on: date) -> None:
    if case.first("closed"):
        raise BadInput(f"{case.id} is closed", "begin another: withhold apply SUBJECT --letter")
    sent = case.last("sent")
    if kind in _ONCE and case.first(kind):
        raise BadInput(f"{case.id}: {kind} is recorded already", "what is recorded stays")
    if kind == "sent":
        if sent and not _once_more(case, sent):
            raise BadInput(
                f"{case.id} is marked as sent already, on {sent.on}",
                "if the day is wrong: withhold own forget --case, and begin it again",
            )
        return
    if kind == "closed":
        return
    if sent is None:
        raise BadInput(
            f"{case.id} is not marked as sent yet",
            f"withhold done {case.id} --state sent --on DATE",
        )
    if on < sent.on:
        raise BadInput(f"{on} lies before the day it was sent, {sent.on}", "look at --on")
    asked = case.last("identity-asked")
    if kind == "identity-given":
        wanted = any(one.outcome == "wants-identity" for one in case.events)
        if asked is None and not wanted:
            raise BadInput(
                f"{case.id}: nobody asked who you are, by what is recorded",
                f"withhold done {case.id} --state identity-asked --on DATE",
            )
        if asked and on < asked.on:
            raise BadInput(f"{on} lies before the day they asked, {asked.on}", "look at --on")


def _once_more(case: Case, sent: Event) -> bool:
    """Whether the last letter came back, was turned away to another door, or was refused."""
    after = case.events[case.events.index(sent) + 1 :]
    return any(one.kind == "reply" and one.outcome in _ONCE_MORE for one in after)


def _kept(store: Store, path: Path, name: str) -> tuple[str, str]:
    """The digest of a file that is kept, and its Message-ID where it is a mail."""
    try:
        if path.stat().st_size > _AT_MOST:
            raise BadInput(f"{path}: larger than 64 MiB", "keep a letter or a receipt, not more")
        body = path.read_bytes()
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its name") from why
    named = ""
    if name.lower().endswith(".eml"):
        first = next(iter(messages(body, name)), None)
        named = first.message_id if first else ""
    return store.evidence.keep(body, storable(name)), named
