"""What became of policies, as lines: the three days apart, the sentences of before and of now.

The sentences are others' words: made inert, cut, and never more than a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from withhold.faces.report.plain import printable
from withhold.policies.versions import NOTICED, Pair
from withhold.verbs.watch_documents import DocumentChange, Documents, Unseen

Words = Mapping[str, str]
_PAIRS, _LONGEST = 6, 400


class PolicyLine(Struct, frozen=True):
    """A paragraph: what it begins with, and how far it is set in (0 to 2)."""

    text: str
    level: int = 0
    head: str = ""


def lines(found: Documents, words: Words) -> Iterator[PolicyLine]:
    """The changes that concern the place, those elsewhere in one line, then what was not seen."""
    counts = {"n": found.looked, "seen": found.seen, "first": found.first}
    yield PolicyLine(words["policies_head"].format_map(counts))
    for one in found.here:
        yield PolicyLine(change_line(one, words, found.names), 1, words[one.effect])
        yield from (PolicyLine(text, 2) for text in sentences(one, words))
    for one in found.changes:
        if not one.here:
            yield PolicyLine(change_line(one, words, found.names), 1, words["elsewhere"])
    if not found.changes:
        yield PolicyLine(words[_quiet(found)], 1)
    if found.unseen:
        yield PolicyLine(words["policies_unseen"])
        yield from (PolicyLine(unseen_line(one, words, found.names), 1) for one in found.unseen)


def _quiet(found: Documents) -> str:
    """What is said where no change is told: of what was not seen nothing is."""
    if not found.seen:
        return "policies_none_seen"
    if found.seen == found.first:
        return "policies_all_first"
    return "policies_quiet_seen" if found.unseen else "policies_quiet"


def change_line(one: DocumentChange, words: Words, names: Words) -> str:
    """``LinkedIn, Privacy Policy: it says something else of training (seen ..., in force ...).``"""
    change = one.change
    days = [
        words[name].format(date=day)
        for name, day in (
            ("day_seen", change.seen),
            ("day_published", change.published),
            ("day_in_force", change.in_force),
        )
        if day
    ]
    name = "policy_replaced" if change.grade == "document-replaced" else "policy_changed"
    return words[name].format(
        document=_called(one.document, one.title, names),
        days=f" ({', '.join(days)})" if days else "",
    )


def sentences(one: DocumentChange, words: Words) -> Iterator[str]:
    """The clauses before and after, then the address."""
    told = [pair for pair in one.change.pairs if pair.grade in NOTICED]
    for pair in told[:_PAIRS]:
        yield from _both(pair, words)
    if len(told) > _PAIRS:
        yield words["notice_more"].format(n=len(told) - _PAIRS)
    if one.url:
        yield one.url


def unseen_line(one: Unseen, words: Words, names: Words) -> str:
    """Which, why, and when it is worth another look."""
    why = words.get(f"unseen_{one.reason}") or words["unseen_other"]
    detail = f" ({printable(one.detail)[:_LONGEST]})" if one.detail else ""
    if one.next_try:
        detail += f"; {words['policy_again'].format(date=f'{one.next_try:%Y-%m-%d %H:%M}')}"
    document = _called(one.document, one.title, names)
    return words["policy_unseen"].format(document=document, why=why, detail=detail)


def _called(document: str, title: str, names: Words) -> str:
    """Whose it is, by name, and its title where that does not say both; without one its id."""
    of = document.partition("/")[0]
    name = names.get(of, of)
    if not title:
        return printable(document)
    whole = title if title.casefold().startswith(name.casefold()) else f"{name}, {title}"
    return printable(whole)


def values(found: Documents) -> dict[str, Any]:
    """The same as plain values, for JSON."""
    return {
        "looked": found.looked,
        "first": found.first,
        "changes": [
            {
                "document": one.document,
                "title": one.title,
                "url": one.url,
                "effect": one.effect,
                "grade": one.change.grade,
                "here": one.here,
                "seen": _day(one.change.seen),
                "published": _day(one.change.published),
                "in_force": _day(one.change.in_force),
                "pairs": [
                    {
                        "grade": pair.grade,
                        "before": pair.before.sentence if pair.before else None,
                        "after": pair.after.sentence if pair.after else None,
                    }
                    for pair in one.change.pairs
                    if pair.grade in NOTICED
                ],
            }
            for one in found.changes
        ],
        "unseen": [
            {
                "document": one.document,
                "url": one.url,
                "reason": one.reason,
                "detail": one.detail,
                "next_try": one.next_try.isoformat() if one.next_try else None,
            }
            for one in found.unseen
        ],
    }


def _day(day: object) -> str | None:
    return str(day) if day else None


def _both(pair: Pair, words: Words) -> Iterator[str]:
    before, after = pair.before, pair.after
    quoted = words["policy_quoted"]
    if before:
        head = words["policy_before" if after else "policy_gone"]
        yield quoted.format(head=head, sentence=_cut(before.sentence))
    if after:
        head = words["policy_now" if before else "policy_new"]
        yield quoted.format(head=head, sentence=_cut(after.sentence))


def _cut(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
