"""watch: the verdicts of now against those of the last look, each difference graded.

Two looks may group content otherwise, so they are compared cell by cell (actor, use, kind of
content, audience), and cells with the same two answers are told as one. What is not known is no
better than a yes; a no that is weaker is worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.sentences import deciding
from withhold.verbs.change import Change, Effect
from withhold.verdict import PracticeAnswer, Reason, Verdict
from withhold.words import AUDIENCES, KINDS, STRENGTHS, Audience, Kind

_AUDIENCES: tuple[Audience, ...] = (*AUDIENCES, "unknown")


class Group(Struct, frozen=True):
    """Content of which the same is told: each of these kinds for each of these audiences."""

    kinds: tuple[Kind, ...]
    audience: tuple[Audience, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """What became of the answer on some content of one account or site.

    ``before`` None: it was not asked about then; ``after`` None: nothing is known of it any more.
    ``practices`` are the ids of those whose own answer differs: they made the difference.
    ``because``: what began, or became known, of them since the last look; empty where the owner's
    own act or signal made it.
    """

    subject: str
    effect: Effect
    before: Verdict | None
    after: Verdict | None
    content: tuple[Group, ...] = ()
    practices: tuple[str, ...] = ()
    because: tuple[Change, ...] = ()

    @property
    def shown(self) -> Verdict:
        """The verdict that says of whom and what account or site it is."""
        one = self.after or self.before
        assert one is not None  # noqa: S101 - one of the two is there
        return one

    @property
    def key(self) -> str:
        """The same for the same change, whenever it is told."""
        ends = (f"{one.answer}/{one.strength}" if one else "-" for one in (self.before, self.after))
        one = self.shown
        names = (name for each in self.content for name in (*each.kinds, *each.audience))
        parts = (*names, *self.practices, *ends)
        return " ".join((self.subject, one.actor, one.use, *parts))


def differences(
    subject: str, before: Iterable[Verdict], after: Iterable[Verdict]
) -> list[Difference]:
    """Every cell whose answer differs, grouped, the worse ones first."""
    old, new = _cells(before), _cells(after)
    groups: dict[tuple[object, ...], list[_Cell]] = {}
    for cell in dict.fromkeys((*old, *new)):
        one, other = old.get(cell), new.get(cell)
        if _alike(one, other):
            continue
        groups.setdefault((cell[0], cell[1], _said(one), _said(other)), []).append(cell)
    found = [
        _told(subject, cells, old.get(cells[0]), new.get(cells[0])) for cells in groups.values()
    ]
    order = ("worse", "unclear", "better")
    return sorted(found, key=lambda one: (order.index(one.effect), one.key))


def graded(before: Verdict | None, after: Verdict | None) -> Effect:
    """What it is for the person.

    From no to "not known" or to "may" is worse, the other way is better. A yes of which nothing
    is known any more is unclear, as it is in ``changes``: silence is no no.
    """
    if before is None or after is None:
        return "worse" if after and after.answer == "allowed" else "unclear"
    if before.answer != after.answer:
        if after.answer == "allowed":
            return "worse"
        if before.answer == "allowed":
            return "better" if after.answer == "disallowed" else "unclear"
        return "better" if after.answer == "disallowed" else "worse"
    if before.strength and after.strength and before.strength != after.strength:
        weaker = STRENGTHS.index(after.strength) > STRENGTHS.index(before.strength)
        return "worse" if weaker else "better"
    gone, come = _open(before) - _open(after), _open(after) - _open(before)
    if bool(gone) == bool(come):
        return "unclear"
    return "worse" if come else "better"


def slim(verdict: Verdict) -> Verdict:
    """What the next look needs of a verdict: its answer, and the reasons that decide."""
    why = deciding(verdict) if verdict.reasons else None
    return replace(
        verdict,
        open=(),
        limits=(),
        steps=(),
        reasons=(why,) if why else (),
        practices=tuple(replace(one, open=(), reasons=_kept(one)) for one in verdict.practices),
    )


def _kept(one: PracticeAnswer) -> tuple[Reason, ...]:
    """The first reason, which says by whose words; and the act or signal that decides."""
    first = one.reasons[:1]
    acts = ("signal-", "shield-", "switch-", "request-", "letter-", "law-forbids")
    decides = [why for why in one.reasons[1:] if why.code.startswith(acts)][:1]
    return tuple(replace(why, sources=()) for why in (*first, *decides))


# Cells ------------------------------------------------------------------------------------------

_Cell = tuple[str, str, Kind, Audience]


def _cells(verdicts: Iterable[Verdict]) -> dict[_Cell, Verdict]:
    return {
        (one.actor, one.use, kind, audience): one
        for one in verdicts
        for kind in one.kinds
        for audience in one.audience
    }


def _said(verdict: Verdict | None) -> tuple[object, ...]:
    """What must be the same for nothing to have changed: the answers, not their words or days."""
    if verdict is None:
        return ()
    practices = sorted((one.id, one.answer, one.strength or "") for one in verdict.practices)
    return (verdict.answer, verdict.strength or "", *practices)


def _alike(before: Verdict | None, after: Verdict | None) -> bool:
    """Whether nothing is to be told; what was never asked of and is no yes is no news."""
    if before is None or after is None:
        return all(one is None or one.answer != "allowed" for one in (before, after))
    same = (before.answer, before.strength) == (after.answer, after.strength)
    return same and _open(before) == _open(after)


def _open(verdict: Verdict) -> frozenset[str]:
    return frozenset(one.id for one in verdict.practices if one.answer == "allowed")


def _told(
    subject: str, cells: Sequence[_Cell], before: Verdict | None, after: Verdict | None
) -> Difference:
    return Difference(
        subject=subject,
        effect=graded(before, after),
        before=before,
        after=after,
        content=tuple(_rectangles(cells)),
        practices=_moved(before, after),
    )


def _moved(before: Verdict | None, after: Verdict | None) -> tuple[str, ...]:
    """The practices whose own answer differs, in the order of now."""
    old = {one.id: (one.answer, one.strength) for one in before.practices} if before else {}
    new = {one.id: (one.answer, one.strength) for one in after.practices} if after else {}
    return tuple(one for one in dict.fromkeys((*new, *old)) if old.get(one) != new.get(one))


def _rectangles(cells: Sequence[_Cell]) -> list[Group]:
    """Cells in groups whose kinds times audiences name nothing else."""
    of_kind: dict[Kind, set[Audience]] = {}
    for cell in cells:
        of_kind.setdefault(cell[2], set()).add(cell[3])
    kinds_of: dict[tuple[Audience, ...], list[Kind]] = {}
    for kind in (one for one in KINDS if one in of_kind):
        audiences = tuple(one for one in _AUDIENCES if one in of_kind[kind])
        kinds_of.setdefault(audiences, []).append(kind)
    return [Group(tuple(kinds), audiences) for audiences, kinds in kinds_of.items()]
