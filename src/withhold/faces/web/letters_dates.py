"""The dates of all cases: by month as a table, and as a file for a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from withhold.faces.web.letters_known import Known, all_standings, known
from withhold.faces.web.views import Ask, File, Route
from withhold.rights.calendar import SEND_AFTER, as_ics
from withhold.verbs.request_standing import Standing, dated


class Entry(Struct, frozen=True, kw_only=True):
    """Something that is due on a day. ``rule`` says why on that day; empty = nobody set it."""

    on: date
    what: str
    id: str
    service: str
    rule: str
    past: bool


class Month(Struct, frozen=True, kw_only=True):
    """The dates of one month; ``title`` is its name."""

    title: str
    entries: Sequence[Entry]


def months(found: Iterable[Standing], have: Known) -> list[Month]:
    """What is due in the open cases, by month, the earliest first."""
    from babel.dates import format_date

    entries = sorted(
        (entry for one in found if one.is_open for entry in _entries(one, have)), key=_day
    )
    return [
        Month(title=format_date(first, "LLLL y", locale=have.lang), entries=tuple(these))
        for first, these in groupby(entries, key=_month)
    ]


def _entries(one: Standing, have: Known) -> Iterator[Entry]:
    def entry(on: date, what: str, rule: str = "") -> Entry:
        return Entry(
            on=on,
            what=what,
            id=one.case.id,
            service=one.service,
            rule=rule,
            past=on < one.when,
        )

    drafted = one.case.first("drafted")
    if drafted and not one.case.first("sent"):
        yield entry(drafted.on + SEND_AFTER, have.p["date_send"], have.p["date_send_rule"])
    if one.due:
        name = f"date_{one.due.clock}"
        said = have.p[name] if name in have.p else have.p["date_answer"]
        yield entry(one.due.date, said, have.said(one.due.rule))
    by = one.step.by
    if by and by != (one.due.date if one.due else None):
        yield entry(by, have.p["date_by"], have.p["date_by_rule"])


def _day(one: Entry) -> tuple[date, str]:
    return one.on, one.id


def _month(one: Entry) -> date:
    return one.on.replace(day=1)


def calendar(ask: Ask) -> File:
    """The dates as one iCalendar file; opened again later, it replaces what it wrote before."""
    found = all_standings(ask, known(ask))
    body = as_ics(dated(found), ask.setting.now(), ask.setting.lang)
    return File(body=body, type="text/calendar", name="withhold-letters.ics")


ROUTES = (Route(path="/letters/dates.ics", get=calendar),)
