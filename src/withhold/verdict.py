"""Verdict and Reason, and how answers combine. Reasons are never dropped.

Refusals about *one* practice: the most restrictive wins, the strongest of them is named.
*Practices* of one actor and use that reach the content: the least restrictive decides. One left
open makes the verdict ``allowed``; otherwise one that is not known makes it ``unknown``; it is
``disallowed`` only when every one is refused or denied, with the weakest strength among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from withhold.facts import Source
from withhold.words import STRENGTHS, Answer, Audience, Kind, Span, Strength

STALE_CODES = ("policy-differs", "policy-says-more")
"""Of limits: a policy contradicts what is known, or says something of which nothing is known."""


class Reason(Struct, frozen=True, kw_only=True):
    """Why an answer is what it is: a code, what fills its sentence, and what it rests on.

    ``code`` has a sentence per language in ``knowledge/reasons/``; ``facts`` fills its gaps and
    may hold texts by language. ``rests_on`` names the file of knowledge or the observation;
    ``checked`` is the newest day on which a source said so, ``due`` the day a re-check is due.
    """

    code: str
    facts: dict[str, str | dict[str, str]] = {}
    sources: tuple[Source, ...] = ()
    rests_on: str = ""
    checked: date | None = None
    due: date | None = None

    def overdue(self, when: date) -> bool:
        """Whether the day of the question lies past the day a re-check was due."""
        return self.due is not None and self.due < when


class Step(Struct, frozen=True, kw_only=True):
    """A control that would bring the answer nearer to no, and how far it reaches.

    ``closes``, ``narrows`` and ``leaves`` are ids of practices that stand open now.
    """

    control: str
    closes: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


class PracticeAnswer(Struct, frozen=True, kw_only=True):
    """The answer of one practice inside a verdict; it keeps its own spans and reasons."""

    id: str
    answer: Answer
    strength: Strength | None = None
    open: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Verdict(Struct, frozen=True, kw_only=True):
    """The answer for one actor, one use and content that is treated alike."""

    actor: str
    use: str
    where: str
    when: date
    answer: Answer
    strength: Strength | None = None
    platform: str = ""
    site: str = ""
    path: str = ""
    account: str = ""
    kinds: tuple[Kind, ...] = ()
    audience: tuple[Audience, ...] = ()
    open: tuple[Span, ...] = ()
    practices: tuple[PracticeAnswer, ...] = ()
    reasons: tuple[Reason, ...] = ()
    limits: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether a policy seen since says something else than what it rests on.

        The answer stays what knowledge says: a sentence that a machine found changes none.
        """
        return any(one.code in STALE_CODES for one in self.limits)

    @property
    def overdue(self) -> date | None:
        """When what it rests on was last checked, if a re-check is overdue; else None."""
        beside = ("control-", "law-lets", "no-control", "switch-", "request-")
        deciding = [one for one in self.reasons if not one.code.startswith(beside)]
        late = [one.checked for one in deciding if one.overdue(self.when)]
        return min((day for day in late if day), default=None)


def strongest(strengths: Iterable[Strength]) -> Strength:
    """Of several refusals of one practice, the one that is named."""
    return min(strengths, key=STRENGTHS.index)


def weakest(strengths: Iterable[Strength]) -> Strength:
    """Of several practices that are all refused, the one that the verdict hangs by."""
    return max(strengths, key=STRENGTHS.index)


def combine(practices: Sequence[PracticeAnswer]) -> tuple[Answer, Strength | None]:
    """The least restrictive of the practices decides; with none at all nothing is known."""
    answers = {one.answer for one in practices}
    if "allowed" in answers:
        return "allowed", None
    if not answers or "unknown" in answers:
        return "unknown", None
    return "disallowed", weakest(one.strength for one in practices if one.strength)


def treated_alike(verdict: Verdict) -> tuple[object, ...]:
    """What must be equal for two contents to share a verdict: nothing is averaged away."""
    return (
        verdict.actor,
        verdict.use,
        verdict.where,
        verdict.when,
        verdict.answer,
        verdict.strength,
        verdict.account,
        verdict.site,
        verdict.path,
        verdict.open,
        tuple((one.id, one.answer, one.strength) for one in verdict.practices),
        tuple((step.control, step.closes, step.narrows, step.leaves) for step in verdict.steps),
        tuple(reason.code for reason in verdict.limits),
    )


def merge(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One verdict per group of content kinds and audiences that is treated alike.

    Kinds join a group only when they share their audiences in it, so ``kinds`` x ``audience`` of
    a merged verdict names nothing that was not asked.
    """
    by_kind: dict[tuple[object, ...], Verdict] = {}
    for verdict in verdicts:
        key = (verdict.kinds, treated_alike(verdict))
        known = by_kind.get(key)
        by_kind[key] = (
            verdict if known is None else replace(known, audience=known.audience + verdict.audience)
        )
    groups: dict[tuple[object, ...], Verdict] = {}
    for verdict in by_kind.values():
        group = (verdict.audience, treated_alike(verdict))
        known = groups.get(group)
        groups[group] = (
            verdict if known is None else replace(known, kinds=known.kinds + verdict.kinds)
        )
    return list(groups.values())


# Spans of time -------------------------------------------------------------------------------


def _start(span: Span) -> date:
    return span.since or date.min


def _end(span: Span) -> date:
    return span.until or date.max


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=_start):
        if joined and _start(span) <= _end(joined[-1]):
            if _end(span) > _end(joined[-1]):
                joined[-1] = Span(joined[-1].since, span.until)
        else:
            joined.append(span)
    return tuple(joined)


def without(spans: Iterable[Span], closed: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of ``spans`` outside ``closed``."""
    left = list(union(spans))
    for shut in union(closed):
        rest: list[Span] = []
        for span in left:
            if _end(shut) <= _start(span) or _end(span) <= _start(shut):
                rest.append(span)
                continue
            if _start(span) < _start(shut):
                rest.append(Span(span.since, shut.since))
            if _end(shut) < _end(span):
                rest.append(Span(shut.until, span.until))
        left = rest
    return tuple(left)


def both(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """What lies in ``spans`` and in ``others``."""
    return without(spans, without([Span()], others))


def up_to(spans: Iterable[Span], when: date) -> tuple[Span, ...]:
    """The spans as they stand on a day: what begins later is left out, what goes on is open."""
    return tuple(
        Span(span.since, span.until if span.until and span.until <= when else None)
        for span in spans
        if _start(span) <= when
    )


def in_order(spans: Sequence[Span]) -> bool:
    """Whether spans are disjoint, in order and none is empty."""
    return all(_start(s) < _end(s) for s in spans) and all(
        _end(a) < _start(b) for a, b in pairwise(spans)
    )
