"""What a document says, held against what ``knowledge/`` says of the same platform or company.

Only what clearly contradicts is called so: the same actor, use, content and place, and an answer
that cannot stand beside the other. All else that does not agree is for a person to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from withhold.facts import Practice
from withhold.policies.clause import Clause
from withhold.policies.reading import Reading
from withhold.policies.same_practice import About, alike, grouped, is_beside, is_special, trainers

Stand = Literal["agrees", "contradicts", "missing", "look", "not-compared"]
"""``missing``: nothing in knowledge is about it. ``look``: it may or may not differ. ``not-
compared``: it is not about what people or the public publish, or about the reader."""
STANDS: tuple[Stand, ...] = get_args(Stand)
Differs = Literal["says", "silent", "default", "since"]
"""What contradicts: yes where knowledge says no, or no for yes; a statement where knowledge calls
the texts silent; the state nobody touched; a day to come where knowledge has it in force."""


_WHOSE_AND_WHAT = 2


class Compared(Struct, frozen=True, kw_only=True):
    """One clause (``sentences`` of them say the same) and how knowledge stands to it.

    ``practices`` are ids: those that agree, else those it contradicts, else those to look at.
    ``actors``: whom of knowledge it speaks of; empty where it does not say which.
    """

    clause: Clause
    stand: Stand
    practices: tuple[str, ...] = ()
    differs: tuple[Differs, ...] = ()
    actors: tuple[str, ...] = ()
    sentences: int = 1


class Against(Struct, frozen=True, kw_only=True):
    """A document held against one file of knowledge, on ``day``.

    ``unstated``: practices in force that rest on this document, which no clause speaks of: the
    text may no longer say so. Empty where it is not known which practices rest on it.
    """

    of: str
    day: date
    compared: tuple[Compared, ...] = ()
    unstated: tuple[str, ...] = ()

    def count(self, stand: Stand) -> int:
        """How many clauses stand so."""
        return sum(one.stand == stand for one in self.compared)


def against(reading: Reading, about: About, when: date, resting: Iterable[str] = ()) -> Against:
    """How each clause stands to the practices in force on the day; ``resting`` are source names.

    A document that holds from a later day is held against what is known for that day.
    """
    day = max(when, reading.document.in_force or when)
    known = [one for one in about.owner.practice if _in_force(one, day)]
    found = [_compared(one, known, about, day) for one in grouped(reading.practices)]
    found = _nuanced(found)
    return Against(
        of=about.owner.id,
        day=day,
        compared=tuple(found),
        unstated=tuple(_unstated(found, known, set(resting), reading)),
    )


def _in_force(practice: Practice, day: date) -> bool:
    return (practice.since is None or practice.since <= day) and (
        practice.until is None or day < practice.until
    )


def _compared(
    clauses: Sequence[Clause], known: Sequence[Practice], about: About, day: date
) -> Compared:
    clause = clauses[0]
    actors = tuple(sorted(trainers(clause, about)))
    if is_beside(clause):
        return Compared(clause=clause, stand="not-compared", sentences=len(clauses))
    stands: dict[str, list[Practice]] = {
        "agrees": [],
        "look": [],
        "contradicts": [],
        "perhaps": [],
    }
    differs: dict[Differs, None] = {}
    for practice in known:
        near = alike(clause, practice, about)
        if near == "other":
            continue
        wrong = _differing(clause, practice, day)
        if near == "perhaps":
            # what may be meant speaks against a contradiction only where it would agree
            stands["look" if _agrees(clause, practice) and not wrong else "perhaps"].append(
                practice
            )
        elif wrong and is_special(practice) and _is_bare(clause):
            stands["look"].append(practice)
        elif wrong:
            stands["contradicts"].append(practice)
            differs.update(dict.fromkeys(wrong))
        else:
            stands["agrees" if _agrees(clause, practice) else "look"].append(practice)
    first = next((name for name, these in stands.items() if these), "missing")
    stand: Stand = "look" if first == "perhaps" else first  # type: ignore[assignment]
    if stand == "missing" and clause.whose == "customers":  # knowledge is about people's content
        stand = "not-compared"
    return Compared(
        clause=clause,
        stand=stand,
        practices=tuple(one.id for one in stands.get(first, ())),
        differs=tuple(differs) if stand == "contradicts" else (),
        actors=actors,
        sentences=len(clauses),
    )


# One clause, one practice -------------------------------------------------------------------------


def is_opt_in(clause: Clause) -> bool:
    """Whether the sentence itself says that nothing happens until somebody agrees."""
    return clause.says != "no" and (clause.default == "off" or clause.control.kind == "opt-in")


def is_opt_out(clause: Clause) -> bool:
    """Whether it says that it happens until somebody objects."""
    return clause.says != "no" and (
        clause.default == "on" or clause.control.kind in ("opt-out", "objection")
    )


def _is_bare(clause: Clause) -> bool:
    """Whether the content is named by one word, without a word on whose: "messages" of a system
    that filters them are not "your messages"."""
    return len(clause.object.split()) < _WHOSE_AND_WHAT


def _differing(clause: Clause, practice: Practice, day: date) -> list[Differs]:
    """What of the two cannot both be so; nothing where it is not clear."""
    found: list[Differs] = []
    does = clause.says == "yes" or is_opt_out(clause)
    if practice.says == "silent":
        return ["silent"] if clause.says in ("yes", "no") or does else []
    if practice.says == "no" and does:
        found.append("says")
    if practice.says == "yes" and clause.says == "no":
        found.append("says")
    if practice.says != "no":
        if practice.default == "on" and is_opt_in(clause) and not is_opt_out(clause):
            found.append("default")
        if practice.default == "off" and is_opt_out(clause) and not is_opt_in(clause):
            found.append("default")
    if clause.since and clause.since > day and practice.since and not found:
        found.append("since")
    return found


def _agrees(clause: Clause, practice: Practice) -> bool:
    """Whether both say the same, as far as the sentence goes."""
    if clause.says == practice.says:
        # a plain yes beside an opt-in leaves its "until you switch it on" out
        return practice.default != "off" or clause.says == "no" or is_opt_in(clause)
    if practice.says == "yes" and clause.says == "conditional":
        return is_opt_out(clause) or (practice.default == "off" and is_opt_in(clause))
    return practice.says == "conditional" and is_opt_in(clause)


# All of them --------------------------------------------------------------------------------------


def _nuanced(found: Sequence[Compared]) -> list[Compared]:
    """Where one clause agrees with a practice and another contradicts it, a person looks.

    The text says both, so that it says "yes, but": no contradiction of what is known.
    """
    agreed = {name for one in found if one.stand == "agrees" for name in one.practices}
    return [
        replace(one, stand="look", differs=())
        if one.stand == "contradicts" and agreed.intersection(one.practices)
        else one
        for one in found
    ]


def _unstated(
    found: Sequence[Compared], known: Sequence[Practice], resting: set[str], reading: Reading
) -> list[str]:
    if not reading.understood or not reading.document.passages:
        return []
    spoken = Counter(name for one in found for name in one.practices)
    return [
        one.id
        for one in known
        if one.says in ("yes", "no", "conditional")
        and resting.intersection(one.sources)
        and not spoken[one.id]
    ]
