"""The dates of cases as one iCalendar file (RFC 5545): what is due when, and what is to be sent.

An update replaces: the id of an entry is made of the case and the clock, its sequence grows with
the events of the case, and what is over stays in the file as cancelled, so that it leaves the
calendar too. Nothing is sent anywhere by this; the owner opens the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from withhold.errors import BadInput
from withhold.rights.case import Case, Deadline

if TYPE_CHECKING:
    from icalendar import Event as Entry

SEND_AFTER = timedelta(days=2)
"""A drafted letter is reminded of so long after its day, where no other day is given."""
_NINE = timedelta(hours=9)
_LONGEST = 200
_SAYS = {
    "en": {
        "due": "Answer due: {name} ({id})",
        "authority-news": "News of the authority due: {name} ({id})",
        "look": "Look whether they answered: {name} ({id})",
        "send": "Send your letter: {name} ({id})",
        "why-send": "The letter was drafted on {on} and is not marked as sent: no period runs.",
        "counted": "How it was counted:",
        "advice": "Information, not legal advice.",
    },
    "de": {
        "due": "Antwort fällig: {name} ({id})",
        "authority-news": "Nachricht der Behörde fällig: {name} ({id})",
        "look": "Nachsehen, ob eine Antwort kam: {name} ({id})",
        "send": "Ihren Brief absenden: {name} ({id})",
        "why-send": "Der Brief wurde am {on} entworfen und ist nicht als gesendet vermerkt. "
        "Noch läuft keine Frist.",
        "counted": "So wurde gezählt:",
        "advice": "Information, keine Rechtsberatung.",
    },
}


class Dated(Struct, frozen=True, kw_only=True):
    """A case and its dates.

    ``name``: of the other side, as a person knows it. ``over``: ids of clocks that have been
    answered. ``send_on``: when to be reminded of sending, instead of two days after the draft.
    """

    case: Case
    deadlines: tuple[Deadline, ...] = ()
    name: str = ""
    over: tuple[str, ...] = ()
    send_on: date | None = None


def as_ics(cases: Iterable[Dated], now: datetime, lang: str = "en") -> bytes:
    """One calendar with an all-day entry and a reminder for each date; ``now`` needs a zone.

    A reminder of a due answer comes at nine on the day after: only then is it late.
    """
    if now.utcoffset() is None:
        raise BadInput("the time has no zone", "write it as 2026-11-26T09:00:00+01:00")
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//withhold//rights//EN")
    calendar.add("version", "2.0")
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for dated in cases:
        for entry in _entries(dated, lang if lang in _SAYS else "en"):
            entry.add("dtstamp", stamp)
            entry.add("sequence", len(dated.case.events))
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entries(dated: Dated, lang: str) -> Iterator[Entry]:
    case, says = dated.case, _SAYS[lang]
    facts = {"name": plain(dated.name or case.subject), "id": plain(case.id)}
    closed = case.first("closed") is not None
    drafted = case.first("drafted")
    if drafted is not None:
        yield _entry(
            uid=f"{case.id}-send",
            on=dated.send_on or drafted.on + SEND_AFTER,
            says=says["send"].format(**facts),
            more=f"{says['why-send'].format(on=drafted.on)}\n{says['advice']}",
            remind=(_NINE, says["send"].format(**facts)),
            over=closed or case.first("sent") is not None,
        )
    for one in dated.deadlines:
        steps = "\n".join(f"- {_in(lang, step)}" for step in one.steps)
        rule = _in(lang, one.rule)
        yield _entry(
            uid=f"{case.id}-{one.law}-{one.clock}",
            on=one.date,
            says=says.get(one.clock, says["due"]).format(**facts),
            more=f"{rule}\n{says['counted']}\n{steps}\n{says['advice']}",
            remind=(timedelta(days=1) + _NINE, says["look"].format(**facts)),
            over=closed or one.clock in dated.over,
        )


def _entry(
    *, uid: str, on: date, says: str, more: str, remind: tuple[timedelta, str], over: bool
) -> Entry:
    from icalendar import Alarm, Event

    entry = Event()
    entry.add("uid", f"{plain(uid).replace(' ', '-')}@withhold")
    entry.add("dtstart", on)
    entry.add("summary", says)
    entry.add("description", "\n".join(plain(line, 1000) for line in more.split("\n")))
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if over else "CONFIRMED")
    if not over:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", remind[0])
        alarm.add("description", remind[1])
        entry.add_component(alarm)
    return entry


def _in(lang: str, text: Mapping[str, str]) -> str:
    return text.get(lang) or text.get("en", "")


def plain(text: str, longest: int = _LONGEST) -> str:
    """The text as one line without control characters, cut where it is too long."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return line if len(line) <= longest else line[: longest - 1] + "…"
