"""When an answer is due: a day, the rule that gives it, and the count step by step.

The rules are data (``[[clock]]`` in ``knowledge/laws``); here they are counted. Every date is local
to the one who has to act. Whose public holidays count is our reading, and each count says so.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from withhold.catalog.find import not_found
from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.catalog.rights_words import ClockWords, clock_words
from withhold.errors import BadInput
from withhold.law_facts import Clock, Law
from withhold.rights.case import Deadline
from withhold.rights.clock_words import Step, in_words, step
from withhold.rights.working_days import Workplace, workplace

_YEARS = range(1900, 2201)


def due_on(
    law: str,
    received: date,
    controller_place: str,
    *,
    clock: str = "answer",
    extended: date | None = None,
    until: date | None = None,
    identity_asked: date | None = None,
    identity_given: date | None = None,
    only_sent: bool = False,
    received_at: datetime | None = None,
    timezone: str = "",
    laws: Mapping[str, Law] | None = None,
    words: ClockWords | None = None,
) -> Deadline:
    """The last day on which the other side is in time.

    ``received``: the day of the event that the clock starts from (of ``answer``: the receipt), as
    it was there; ``received_at`` with ``timezone`` (IANA, of the controller) gives it instead.
    ``controller_place``: ISO 3166, ``IE``, ``DE-BY``; of a clock that an authority has: its place.
    ``extended``: the day on which they said that they take longer, ``until``: the date that they
    named. ``identity_asked``, ``identity_given``: they asked who you are, you answered.
    ``only_sent``: nobody saw the receipt; ``received`` is the day of sending, and is called so.
    ``law#clock`` as an act names it may stand in ``clock``. ``laws``, ``words``: in which the rule
    and the words of the steps stand; without them, what is shipped.

    Raises NotFound for a law or clock that is not known; BadInput for a time without zone, a day
    before the one it follows, a day on which the rule did not hold; BadKnowledge for words that
    lack a step.
    """
    if "#" in clock:
        law, _, clock = clock.partition("#")
    steps: list[Step] = []
    if isinstance(received, datetime):
        received_at, received = received, received.date()
    if received_at is not None:
        received, at = _local_day(received_at, timezone)
        steps.append(at)
    whole = _law(law, laws)
    rule = _clock(whole, clock, received)
    for day, name in (
        (received, "the first day"),
        (extended, "the day of the extension"),
        (until, "the named date"),
        (identity_asked, "the day they asked who you are"),
        (identity_given, "the day of your answer"),
    ):
        if day is not None and day.year not in _YEARS:
            raise BadInput(f"{name} lies in the year {day.year}", "check the date")
    if until and not extended:
        raise BadInput(
            "a date that they named belongs to an extension", "name the day on which they said it"
        )
    if identity_given and not identity_asked:
        raise BadInput(
            "who you are was answered, but not asked", "name the day on which they asked, too"
        )
    _in_order(received, extended, "the extension was said")
    _in_order(received, identity_asked, "they asked who you are")
    _in_order(identity_asked, identity_given, "you said who you are")
    place = whole.places[0] if rule.holidays == "law" else controller_place
    began = "sent" if only_sent and rule.starts == "receipt" else rule.starts
    count = _Count(rule, workplace(place, tuple(rule.not_holidays)), received, began)
    steps += count.run(extended, until, identity_asked, identity_given)
    words = _known_words() if words is None else words
    said = dict(rule.rule)
    if extended and (rule.extension_months or rule.extension_days):
        said = {lang: _and(text, rule.extension_says.get(lang, "")) for lang, text in said.items()}
    return Deadline(
        date=count.due,
        rule=said,
        steps=tuple(in_words(one, words) for one in steps),
        law=whole.id,
        clock=rule.id,
    )


class _Count:
    """One count: where it starts, what stopped it, whether it was extended."""

    def __init__(self, rule: Clock, days: Workplace, received: date, began: str) -> None:
        self.rule = rule
        self.began = began
        self.days = days
        self.start = received
        self.paused = 0
        self.longer = False
        self.due = received

    def run(
        self, extended: date | None, until: date | None, asked: date | None, given: date | None
    ) -> list[Step]:
        """Counts, and says each step; the result is ``due``."""
        how = "counted-from" if self.rule.counts == "corresponding-date" else "not-counted"
        said = [step(how, event=step(self.began, date=self.start))]
        first, _ = self._end()
        in_time = asked is not None and asked <= first
        if asked and in_time:
            said.append(self._identity(asked, given))
            first, _ = self._end()
        if extended:
            stands = in_time and given is None and bool(self.rule.pauses or self.rule.restarts)
            said.append(self._extension(extended, first, stands))
        if asked and not in_time:
            if asked <= self._end()[0]:
                said.append(self._identity(asked, given))
            else:
                said.append(step("asked-late", asked=asked))
        self.due, steps = self._end()
        said += steps
        if self.longer and until:
            said.append(self._named(until, first))
        if self.rule.rolls or self.rule.counts == "business-days":
            whose = self.days.said(self.due)
            own = self.rule.holidays != "law"
            said.append(step("our-reading", holidays=whose) if own else whose)
        return said

    def _end(self) -> tuple[date, list[Step]]:
        """The last day as things stand, and how it was reached."""
        rule, days = self.rule, self.days
        months = rule.months + (rule.extension_months if self.longer else 0)
        number = rule.days + (rule.extension_days if self.longer else 0)
        end = self.start
        said: list[Step] = []
        if months:
            end = months_later(end, months)
            last = "-last" if end.day < self.start.day else ""
            said.append(_number(months, f"month{last}", f"months{last}", end))
        if number and rule.counts == "business-days":
            end, passed = days.after(end, number)
            said.append(_number(number, "business-day", "business-days", end))
            said += [
                step("passed", date=one, why=why) for one in passed if (why := days.why_not(one))
            ]
        elif number:
            end += timedelta(days=number)
            said.append(_number(number, "day", "days", end))
        if self.paused:
            end += timedelta(days=self.paused)
            said.append(_number(self.paused, "stood-still-one", "stood-still", end))
        if rule.counts == "eu-1182-71" and number >= 2 and days.between(self.start, end) < 2:
            end, _ = days.after(self.start, 2)
            said.append(step("two-working-days", end=end))
        if why := days.why_not(end):
            if rule.rolls:
                said.append(step("moved", date=end, why=why, next=days.from_on(end)))
                end = days.from_on(end)
            else:
                said.append(step("not-moved", date=end, why=why))
        return end, said

    def _identity(self, asked: date, given: date | None) -> Step:
        rule = self.rule
        asking = step("asked", asked=asked)
        if not (rule.pauses or rule.restarts):
            return step("asked-no-stop", asking=asking)
        if given is None:
            effect = "asked-open-starts" if rule.restarts else "asked-open-stands"
            return step(effect, asking=asking)
        if rule.restarts:
            self.start = given
            return step("answered-starts", asking=asking, given=given)
        self.paused = (given - asked).days
        return step("answered-stood", asking=asking, given=given)

    def _extension(self, extended: date, first: date, stands: bool) -> Step:
        if not (self.rule.extension_months or self.rule.extension_days):
            return step("extended-unknown", said=extended)
        if extended > first and not stands:
            return step("extended-late", said=extended, first=first)
        self.longer = True
        return step("extended", said=extended, first=first)

    def _named(self, until: date, first: date) -> Step:
        if until > self.due:
            return step("named-too-late", until=until, last=self.due)
        if until == self.due:
            return step("named-last", until=until)
        if until < first:
            self.due = first
            return step("named-too-early", until=until, first=first)
        self.due = until
        return step("named-earlier", until=until)


def months_later(day: date, months: int) -> date:
    """The day of the same number so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _and(text: str, more: str) -> str:
    """Two sentences; the second may have been written as the rest of one."""
    return f"{text.rstrip('.')}. {more[:1].upper()}{more[1:]}" if more else text


def _number(number: int, one: str, more: str, end: date) -> Step:
    return step(one, end=end) if number == 1 else step(more, number=number, end=end)


def _in_order(first: date | None, then: date | None, what: str) -> None:
    if first and then and then < first:
        raise BadInput(f"{what} on {then}, before {first}", "check the two dates")


def _local_day(at: datetime, timezone: str) -> tuple[date, Step]:
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadInput(
            "the time of receipt has no time zone", "write it as 2026-01-31T23:30:00+01:00"
        )
    if not timezone:
        raise BadInput(
            "the time zone of the controller is not given",
            "name it as Europe/Dublin, or give a day",
        )
    try:
        local = at.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError) as why:
        raise BadInput("that is no time zone", "write it as Europe/Dublin") from why
    return local.date(), step("there", zone=timezone, time=f"{local:%Y-%m-%d %H:%M}")


def _law(law: str, laws: Mapping[str, Law] | None) -> Law:
    if laws is not None:
        if law not in laws:
            raise not_found("law", law, laws, "the laws stand in knowledge/laws")
        return laws[law]
    known = _known_laws()
    if law not in known:
        raise not_found("law", law, known, "the laws stand in knowledge/laws")
    return _read_law(law)


@lru_cache(maxsize=1)
def _known_laws() -> tuple[str, ...]:
    return tuple(ids_in(default_root(), "laws"))


@lru_cache(maxsize=64)
def _read_law(law: str) -> Law:
    return read(default_root() / "laws" / f"{law}.toml", Law, f"laws/{law}.toml")


@lru_cache(maxsize=1)
def _known_words() -> ClockWords:
    return clock_words()


def _clock(law: Law, clock: str, on: date) -> Clock:
    named = [one for one in law.clock if one.id == clock]
    if not named:
        known = {one.id: one.id for one in law.clock}
        raise not_found("clock", clock, known, f"{law.id} has {', '.join(known) or 'none'}")
    for one in named:
        if (one.since is None or one.since <= on) and (one.until is None or on < one.until):
            return one
    spans = " or ".join(f"{one.since or ''} to {one.until or 'now'}".strip() for one in named)
    raise BadInput(f"{law.id}#{clock} did not hold on {on}", f"it is known for: {spans}")
