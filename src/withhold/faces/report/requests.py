"""Where the cases stand: their next step, the date and the rule of the date, for ``plan``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

import msgspec

from withhold.faces.report.offers import Said, Words, act_name, deadline, text
from withhold.faces.report.plain import markdown, printable
from withhold.rights.calendar import as_ics
from withhold.verbs.request_files import state_of
from withhold.verbs.request_later import LATER
from withhold.verbs.request_standing import Standing, dated


def lines(found: Sequence[Standing], words: Words, lang: str) -> Iterator[Said]:
    """The open cases first; of one that is over one line."""
    if found:
        yield Said("", 0)
        yield Said(words["plan_head"], 0, "bold")
    for one in found:
        yield Said("", 0)
        yield Said(title(one, words), 0, "bold" if one.is_open else "")
        yield Said(text(one.step.text, lang))
        if one.due and one.is_open:
            yield Said(due_line(one, words))
            yield Said(text(one.due.rule, lang), 6, "dim")
        for number in one.unread:
            yield Said(words["plan_unread"].format(n=number))
            yield Said(f"withhold done {one.case.id} --reply {number} --outcome OUTCOME", copy=True)
        for command in commands(one):
            yield Said(command, copy=True)


def title(one: Standing, words: Words) -> str:
    """``WH-7K3Q9D · Facebook · object to training``."""
    case = one.case
    service = one.service + (f" ({printable(case.account)})" if case.account else "")
    return words["plan_case"].format(
        reference=case.id, service=service, act=act_name(case.act, words)
    )


def due_line(one: Standing, words: Words) -> str:
    """When the answer is due, and how many days that is from the day asked."""
    if one.due is None:
        return ""
    day, left = one.due.date, (one.due.date - one.when).days
    if left == 0:
        return words["plan_today"].format(date=day)
    if left < 0:
        name = "plan_late_one" if left == -1 else "plan_late"
        return words[name].format(date=day, days=-left)
    left_said = words["plan_left_one" if left == 1 else "plan_left"].format(days=left)
    return f"{words['plan_due'].format(date=day)}; {left_said}"


def commands(one: Standing) -> Iterator[str]:
    """What to type for the next step."""
    case, step = one.case, one.step
    if step.kind == "send":
        yield f"withhold apply {case.id} --letter"
        yield f"withhold done {case.id} --state sent"
    elif step.kind == "ask-past":
        yield f"withhold apply {case.subject} --letter --act erase"
    elif step.letter in LATER and step.kind != "wait-extended":
        yield f"withhold apply {case.id} --letter"
        if state := state_of(step.letter, case.act):
            yield f"withhold done {case.id} --state {state}"
    elif step.kind == "bounced":
        yield f"withhold apply {case.id} --letter"
    elif step.kind == "nothing-more":
        yield f"withhold done {case.id} --state closed"


def status_line(found: Sequence[Standing], words: Words) -> str:
    """One line for ``status``: how many are open, late, or have a reply to read."""
    open_ = [one for one in found if one.is_open]
    if not open_ and not any(one.unread for one in found):
        return ""
    name = "status_one" if len(open_) == 1 else "status_many"
    parts = [words[name].format(n=len(open_))]
    late = sum(one.late_by > 0 for one in open_)
    unread = sum(len(one.unread) for one in found)
    if late:
        parts.append(words["status_late"].format(n=late))
    if unread:
        say = "status_say_one" if unread == 1 else "status_say"
        parts.append(words[say].format(n=unread))
    return f"{'; '.join(parts)}."


def as_values(found: Iterable[Standing], words: Words, lang: str) -> list[dict[str, Any]]:
    """The cases as plain values, for JSON."""
    return [
        {
            "case": one.case.id,
            "act": one.case.act,
            "law": one.case.law,
            "subject": one.case.subject,
            "account": one.case.account,
            "controller": one.case.controller,
            "step": one.step.kind,
            "text": text(one.step.text, lang),
            "letter": one.step.letter,
            "by": str(one.step.by) if one.step.by else None,
            "due": deadline(one.due, lang) if one.due else None,
            "late_by": one.late_by,
            "unread": list(one.unread),
            "open": one.is_open,
            "authority": one.to_complain.authority if one.to_complain else "",
            "commands": list(commands(one)),
            "events": [msgspec.to_builtins(each) for each in one.case.events],
        }
        for one in found
    ]


def as_markdown(found: Sequence[Standing], words: Words, lang: str) -> list[str]:
    """The open cases as items of a checklist."""
    listed = []
    for one in found:
        mark = " " if one.is_open else "x"
        listed.append(f"- [{mark}] **{markdown(title(one, words))}**")
        listed.append(f"  - {markdown(text(one.step.text, lang))}")
        if one.due and one.is_open:
            listed.append(f"  - {due_line(one, words)}: {markdown(text(one.due.rule, lang))}")
        listed += [f"  - `{each}`" for each in commands(one)]
    return listed


def add_dates(calendar: bytes, found: Sequence[Standing], lang: str) -> bytes:
    """The dates of the cases in the calendar of the plan; an update replaces them."""
    from icalendar import Calendar

    if not found:
        return calendar
    whole = Calendar.from_ical(calendar)
    now = datetime.combine(max(one.when for one in found), time(), UTC)
    for entry in Calendar.from_ical(as_ics(dated(found), now, lang)).subcomponents:
        whole.add_component(entry)
    return bytes(whole.to_ical())
