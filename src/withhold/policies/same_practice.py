"""Whether a clause of a policy and a practice of ``knowledge/`` speak of the same thing.

By actor, use, content, audience and place. "Perhaps" is an answer of its own: what is not clear is
shown to a person, never counted as a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.facts import Actor, Platform, Practice
from withhold.policies.clause import Clause

Owner = Platform | Actor
Alike = Literal["same", "perhaps", "other"]
_FEW = 2
"""A practice on at most so many kinds of content, posts not among them, is a special one."""


class About(Struct, frozen=True, kw_only=True):
    """Of whom a document is read, and for which places; ``WORLD`` = for everywhere by its word.

    ``places`` are those of the document; empty where it says nothing of places.
    """

    owner: Owner
    knowledge: Knowledge
    places: tuple[str, ...] = ()

    @property
    def speaker(self) -> str:
        """The actor that says "we"."""
        return self.owner.operator if isinstance(self.owner, Platform) else self.owner.id

    def where(self, clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The places that a clause holds for and those it does not; ((), ...) = not stated."""
        return clause.places or self.places, clause.not_places


def trainers(clause: Clause, about: About) -> frozenset[str]:
    """The actors of knowledge that a clause speaks of; empty where it does not say which.

    A name counts where it stands whole in what the sentence calls the actor.
    """
    if clause.actor == "own":
        return frozenset({about.speaker})
    if clause.actor_name:
        return _named(clause.actor_name, about.knowledge.actors) - {about.speaker}
    return frozenset()


def _named(said: str, actors: Mapping[str, Actor]) -> frozenset[str]:
    words = f" {' '.join(_plain(said))} "
    return frozenset(
        slug
        for slug, actor in actors.items()
        if slug != "anyone"
        and any(f" {' '.join(_plain(name))} " in words for name in (actor.name, *actor.aliases))
    )


def _plain(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text.casefold()).split()


def alike(clause: Clause, practice: Practice, about: About) -> Alike:
    """Whether a practice is about what a clause is about."""
    if is_beside(clause):
        return "other"
    parts = (
        "perhaps" if clause.whose == "customers" else "same",
        _same_actor(clause, practice, about),
        _same_use(clause, practice),
        _same_content(clause, practice),
        _same_places(clause, practice, about),
        "perhaps" if practice.plans or practice.account_kinds else "same",
    )
    if "other" in parts:
        return "other"
    return "perhaps" if "perhaps" in parts else "same"


def is_beside(clause: Clause) -> bool:
    """Whether it is about the company's own content, or about what others than it train."""
    return clause.whose == "own" or clause.actor in ("customer", "reader")


def _same_actor(clause: Clause, practice: Practice, about: About) -> Alike:
    if clause.actor == "own":
        return "same" if practice.actor == about.speaker else "other"
    if practice.actor == about.speaker:
        return "other"
    named = trainers(clause, about)
    if named:
        return "same" if practice.actor in named else "other"
    return "other" if clause.actor_name else "perhaps"


def _same_use(clause: Clause, practice: Practice) -> Alike:
    if clause.use == practice.use:
        return "same"
    # that others train is said of them, or of the licence that they are given
    passed_on = {clause.use, practice.use} == {"train-ai", "licence-to-third-party"}
    return "perhaps" if passed_on and clause.actor in ("third-party", "affiliate") else "other"


def _same_content(clause: Clause, practice: Practice) -> Alike:
    if clause.whose == "public" and "page" not in practice.content:
        return "perhaps" if "public" in practice.audience else "other"
    if clause.audience and set(clause.audience).isdisjoint(practice.audience):
        return "other"
    if clause.content:
        return "other" if set(clause.content).isdisjoint(practice.content) else "same"
    return "other" if is_special(practice) else "same"


def is_special(practice: Practice) -> bool:
    """Whether it is about a few kinds of content only (messages), so not about "your content"."""
    return len(practice.content) <= _FEW and "post" not in practice.content


def _same_places(clause: Clause, practice: Practice, about: About) -> Alike:
    places, not_places = about.where(clause)
    if not places:
        if WORLD in practice.places:
            return "same"
        return "perhaps"
    known = about.knowledge.places
    here = spread(known, tuple(places), tuple(not_places))
    there = spread(known, tuple(practice.places), tuple(practice.not_places))
    return "other" if here.isdisjoint(there) else "same"


def spread(places: Places, named: Iterable[str], but: Iterable[str] = ()) -> frozenset[str]:
    """The single places that codes and groups stand for, states included, without ``but``."""
    wanted, left_out = _countries(places, named), _countries(places, but)
    return frozenset(
        one
        for one in places.names
        if one not in places.groups
        and (not wanted.isdisjoint((WORLD, one, one.partition("-")[0])))
        and left_out.isdisjoint((WORLD, one, one.partition("-")[0]))
    ) - {WORLD}


def _countries(places: Places, named: Iterable[str]) -> frozenset[str]:
    return frozenset(code for one in named for code in places.groups.get(one, (one,)))


# Clauses among themselves -----------------------------------------------------------------------


def says_the_same(clause: Clause) -> tuple[object, ...]:
    """What is equal in two sentences that state one practice, however they are worded."""
    return (
        clause.restricts_reader,
        clause.says,
        clause.actor,
        clause.actor_name.casefold(),
        clause.use,
        clause.whose,
        frozenset(clause.content),
        frozenset(clause.audience),
        frozenset(clause.places),
        frozenset(clause.not_places),
        clause.default,
        clause.since,
    )


def grouped(clauses: Iterable[Clause]) -> list[Sequence[Clause]]:
    """The clauses that state one practice together, in the order of the document."""
    found: dict[tuple[object, ...], list[Clause]] = {}
    for one in clauses:
        found.setdefault(says_the_same(one), []).append(one)
    return list(found.values())
