"""What one look of ``watch`` found, as lines for a person and as Markdown.

The worse comes first. Nothing here holds a post; what is said of a practice is the sentence that
``knowledge/`` has of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from withhold.faces.report import changes
from withhold.faces.report.plain import markdown, printable
from withhold.faces.report.watched_differences import (
    account_name,
    difference_line,
    news_line,
    reasons_of,
    sources_said,
)
from withhold.faces.report.watched_told import Line, Teller
from withhold.verbs.change import Change
from withhold.verbs.watch import ahead_key
from withhold.verbs.watch_due import DueNow


def lines(told: Teller) -> Iterator[Line]:
    """Everything, in the order in which it matters."""
    found, words = told.found, told.words
    if found.accounts or found.sites or found.due:
        yield Line(head_line(told))
        yield Line(sum_line(told))
    for one in found.differences:
        yield Line(difference_line(one, told), 1, words[one.effect])
        yield from (Line(text, 2) for text in reasons_of(one, told))
    for change in found.news:
        yield Line(news_line(change, told), 1, words[change.effect])
        yield from (Line(text, 2) for text in sources_said(change.sources, told))
    for change in found.elsewhere:
        yield Line(news_line(change, told), 1, words["elsewhere"])
    if found.worse:
        yield Line(words["worse_hint"], 1)
    yield from _to_come(told)
    yield from _waiting(told)
    if found.not_seen:
        yield Line(words["not_seen_head"])
        yield from (Line(f"{printable(one.site)}: {one.why}", 1) for one in found.not_seen)
    if told.documents:
        from withhold.faces.report import watched_policies

        for each in watched_policies.lines(told.documents, words):
            yield Line(each.text, each.level, each.head)
    yield Line(words["disclaimer"])


def as_markdown(told: Teller) -> str:
    """The same as a list that can be pasted anywhere."""
    said: list[str] = []
    for one in lines(told):
        if one.level == 0:
            said += ["", f"**{markdown(one.text)}**" if said else f"# {markdown(one.text)}"]
            continue
        head = f"**{markdown(one.head)}** " if one.head else ""
        said.append(f"{'  ' * (one.level - 1)}- {head}{markdown(one.text)}")
    return "\n".join(said).strip()


# One thing each -------------------------------------------------------------------------------


def head_line(told: Teller) -> str:
    """``Looked at 3 accounts, 1 site · Pennsylvania · 2026-11-26``."""
    found, words = told.found, told.words
    parts = [
        words[name if n == 1 else f"{name}s"].format(n=n)
        for name, n in (("account", found.accounts), ("site", found.sites))
        if n
    ]
    place = told.speaker.knowledge.places.name(found.where, told.lang)
    return words["head"].format(what=", ".join(parts), place=place, date=found.when)


def sum_line(told: Teller) -> str:
    """Whether anything changed, since which day; or that there is nothing to compare with."""
    found, words = told.found, told.words
    if found.since is None:
        return words["first"]
    effects = [*(one.effect for one in found.differences), *(one.effect for one in found.news)]
    counted = [
        words[f"count_{name}"].format(n=effects.count(name))
        for name in ("worse", "better", "unclear")
        if name in effects
    ]
    name = "changed" if counted else "nothing"
    said = words[name].format(date=found.since, what=", ".join(counted))
    if found.first:
        names = ", ".join(map(printable, found.first))
        said += " " + words["first_of"].format(names=names)
    return said


def ahead_line(change: Change, told: Teller) -> str:
    """``2026-12-01 (in 5 days): LinkedIn ...``."""
    n = (change.on - told.found.when).days
    left = told.words["left_one" if n == 1 else "left"].format(n=n)
    when = told.words["ahead_on"].format(date=change.day, left=left)
    return f"{when}: {changes.sentence(change, told.speaker, told.found.where)}"


def due_line(one: DueNow, told: Teller, *, private: bool = False) -> str:
    """What waits, with its day; ``private`` as above."""
    words, speaker, when = told.words, told.speaker, told.found.when
    if one.kind == "knowledge":
        name = "knowledge_line_one" if one.n == 1 else "knowledge_line"
        return words[name].format(name=speaker.platform(one.ref), n=one.n, seen=one.seen)
    text = speaker.sentences.text(one.text)
    if one.kind == "case":
        day = words["due_none"]
        if one.on:
            day = words["late" if one.late(when) else "due_on"].format(date=one.on)
        name = f"{one.subject} ({one.account})" if one.account and not private else one.subject
        said = words["case_line"].format(subject=printable(name), ref=one.ref, text=text)
        return f"{day}. {said}"
    return words["control_line"].format(
        subject=printable(account_name(one.subject, speaker, private=private)),
        label=told.short["quoted"].format(text) if text else one.ref,
        seen=one.seen,
    )


# Parts ----------------------------------------------------------------------------------------


def _to_come(told: Teller) -> Iterator[Line]:
    found, words = told.found, told.words
    if found.ahead:
        yield Line(words["ahead_head"])
    for change in found.ahead:
        yield Line(ahead_line(change, told), 1, _fresh(ahead_key(change), told))
        yield from (Line(text, 2) for text in sources_said(change.sources, told))
    if found.ahead:
        yield Line(words["plan_hint"], 1)


def _waiting(told: Teller) -> Iterator[Line]:
    found, words = told.found, told.words
    if found.due:
        yield Line(words["due_head"])
    for one in found.due:
        yield Line(due_line(one, told), 1, _fresh(one.key, told))
        if one.kind == "control":
            account = one.subject.partition(":")[2]
            step = quote(f"{one.ref}@{account}" if account else one.ref)
            yield Line(words["control_next"].format(ref=one.ref, step=step), 2)


def _fresh(key: str, told: Teller) -> str:
    """The mark of what was not told before; on a first look nothing was."""
    return told.words["new"] if told.found.since and key in told.found.new else ""
