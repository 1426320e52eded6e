"""Two versions of a document: what changed in what it says. Judged by clauses, not by bytes.

The same sentence under the same lead is the same clause; sentences that are nearly equal are
aligned one to one and judged by their parts (who, what, whether, with which control), so that
another rendering, a list number or the new name of a product raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.grading import Grade, Why, grade_edited, grade_gone, grade_new
from withhold.policies.overlap import another, share_kept
from withhold.policies.pairing import NEAR, Aligned, align
from withhold.policies.reading import Reading
from withhold.policies.said import Said, said_in

NOTICED: tuple[Grade, ...] = ("worse", "unclear", "document-replaced", "better")


class Pair(Struct, frozen=True, kw_only=True):
    """A clause before and after; None: it is new, or gone. ``grade`` of this pair alone."""

    before: Clause | None
    after: Clause | None
    grade: Grade
    why: tuple[Why, ...] = ()
    """Which parts decided."""


class Change(Struct, frozen=True, kw_only=True):
    """What became of a document between two days on which it was seen.

    ``seen`` the day the later version was seen, ``published`` and ``in_force`` by its own words.
    ``restrictions`` are those of the reader that are new or gone: listed, and no reason to tell
    anybody. ``other_language``: the later version is in another language, so that nothing is
    compared; it is ``re-rendered``, since a page that is served in French today has not changed
    its terms.
    """

    grade: Grade
    seen: date | None = None
    published: date | None = None
    in_force: date | None = None
    pairs: tuple[Pair, ...] = ()
    overlap: float = 1.0
    """Share of the earlier version's sentences that stand in the later one, 0 to 1."""
    restrictions: tuple[Pair, ...] = ()
    other_language: bool = False

    @property
    def noticed(self) -> bool:
        """Whether a person is told."""
        return self.grade in NOTICED

    @property
    def announced(self) -> bool:
        """Whether it is to hold only after the day on which it was seen."""
        return self.seen is not None and any(day > self.seen for day in self.days_in_force)

    @property
    def days_in_force(self) -> tuple[date, ...]:
        """The day the document names, then those that its new or changed clauses name."""
        days = [self.in_force] if self.in_force else []
        days += [
            pair.after.since
            for pair in self.pairs
            if pair.grade in NOTICED and pair.after is not None and pair.after.since is not None
        ]
        return tuple(dict.fromkeys(days))


def compare(before: Reading, after: Reading, seen: date | None = None) -> Change:
    """What changed in what a document says. Raises MissingExtra without RapidFuzz."""
    return compare_said(said_in(before), said_in(after), seen)


def compare_said(before: Said, after: Said, seen: date | None = None) -> Change:
    """The same of versions that were made ready before."""
    kept = share_kept(before.lines, after.lines)

    def change(grade: Grade, pairs: Iterable[Pair] = (), other_language: bool = False) -> Change:
        return Change(
            grade=grade,
            seen=seen,
            published=after.published,
            in_force=after.in_force,
            pairs=tuple(pairs),
            overlap=kept,
            restrictions=tuple(_restrictions(before, after)),
            other_language=other_language,
        )

    if before.lang and after.lang and before.lang != after.lang:
        return change("re-rendered", other_language=True)
    if another(before.face, after.face, kept):
        return change("document-replaced", _side_by_side(before, after))
    aligned = align(before.practices, after.practices)
    pairs = [*_edited(aligned), *_left(aligned, before, after)]
    grades = {pair.grade for pair in pairs}
    for grade in ("worse", "unclear", "better"):
        if grade in grades:
            return change(grade, pairs)
    moved = [
        Pair(before=old, after=new, grade="moved")
        for old, new in aligned.same
        if old.headings != new.headings
    ]
    return change("moved" if moved or _other_order(before, after) else "re-rendered", pairs + moved)


def _edited(aligned: Aligned) -> Iterator[Pair]:
    for old, new, score in aligned.edited:
        grade, why = grade_edited(old, new, reworded=score < NEAR)
        yield Pair(before=old, after=new, grade=grade, why=why)


def _left(aligned: Aligned, before: Said, after: Said) -> Iterator[Pair]:
    """What is new or gone; not what stands on the other side and was only cut otherwise."""
    new = [one for one in aligned.new if not before.holds(one)]
    gone = [one for one in aligned.gone if not after.holds(one)]
    denied = any(one.says == "no" for one in new)
    for one in gone:
        grade, why = grade_gone(one, list(after.practices.values()), denied)
        yield Pair(before=one, after=None, grade=grade, why=why)
    for one in new:
        grade, why = grade_new(one, list(before.practices.values()))
        yield Pair(before=None, after=one, grade=grade, why=why)


def _side_by_side(before: Said, after: Said) -> Iterator[Pair]:
    """What either document says; none of it is a change."""
    for one in before.practices.values():
        yield Pair(before=one, after=None, grade="document-replaced")
    for one in after.practices.values():
        yield Pair(before=None, after=one, grade="document-replaced")


def _restrictions(before: Said, after: Said) -> Iterator[Pair]:
    for key, one in before.restrictions.items():
        if key not in after.restrictions and not after.holds(one):
            yield Pair(before=one, after=None, grade="re-rendered")
    for key, one in after.restrictions.items():
        if key not in before.restrictions and not before.holds(one):
            yield Pair(before=None, after=one, grade="re-rendered")


def _other_order(before: Said, after: Said) -> bool:
    """Whether the clauses of both stand in another order."""
    old = [key for key in before.practices if key in after.practices]
    return old != [key for key in after.practices if key in before.practices]
