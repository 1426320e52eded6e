"""Which practices a demand is about: at this place, on this day, for this kind of account.

Training own models, and giving to others who train: the other uses (ranking, advertising,
answers) are no matter of these demands.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.errors import NotFound
from withhold.facts import Actor, Control, Platform, Practice
from withhold.words import AccountKind, ControlKind

TRAINING = ("train-ai", "licence-to-third-party")
"""Uses of a practice that a demand about training can be about."""
ANYONE = "anyone"
"""Others who scrape what is public: nobody to write to."""
Owner = Platform | Actor


class Practised(Struct, frozen=True):
    """One practice with the platform or actor in whose file it stands."""

    owner: Owner
    practice: Practice

    @property
    def name(self) -> str:
        """``facebook/public-posts-eu``, as elsewhere."""
        return f"{self.owner.id}/{self.practice.id}"

    @property
    def is_done(self) -> bool:
        """Whether they say that they do it, if only under a condition."""
        return self.practice.says in ("yes", "conditional")


class Instead(Struct, frozen=True, kw_only=True):
    """One way that needs no law: a setting, a form, or what a site can say to a crawler."""

    kind: ControlKind
    control: str = ""
    """``facebook/friends-only``; empty of ``robots``."""
    label: dict[str, str] = {}
    url: str = ""
    practices: tuple[str, ...] = ()
    """What it covers, fully or in part."""
    partly: bool = False
    """Whether it covers some of them only in part."""
    tokens: tuple[str, ...] = ()
    """Of ``robots``: product tokens that this company's crawlers heed, by its own words."""
    helps: dict[str, str] = {}
    """Of ``none``: what still helps where the platform offers nothing."""


def owners_of(subject: str, knowledge: Knowledge) -> tuple[Owner, ...]:
    """The files of that name: a platform, an actor, or both; raises NotFound."""
    known: tuple[dict[str, Platform] | dict[str, Actor], ...]
    known = (knowledge.platforms, knowledge.actors)
    found = tuple(things[subject] for things in known if subject in things)
    if not found or subject == ANYONE:
        raise NotFound(
            f"{subject[:60]!r}: no company or platform of that id to write to",
            "withhold knowledge list platforms and list actors name them",
        )
    return found


def practised(
    owners: tuple[Owner, ...], place: str, when: date, adult: bool, knowledge: Knowledge
) -> tuple[Practised, ...]:
    """Those of training that hold, or are announced, here on this day; also where they say no."""
    kind: AccountKind = "personal" if adult else "minor"
    return tuple(
        Practised(owner, one)
        for owner in owners
        for one in owner.practice
        if one.use in TRAINING
        and one.actor != ANYONE
        and (not one.account_kinds or kind in one.account_kinds)
        and knowledge.places.applies(place, one.places, one.not_places)
        and _stands(one, when)
    )


def _stands(one: Practice, when: date) -> bool:
    """From its announcement on: one may say no before it begins. What is not known then is not."""
    days = [day for day in (one.announced, one.since, one.known_since) if day]
    return (not days or min(days) <= when) and (one.until is None or when < one.until)


def instead_of_law(
    owners: tuple[Owner, ...],
    about: tuple[Practised, ...],
    place: str,
    when: date,
    adult: bool,
    knowledge: Knowledge,
) -> tuple[Instead, ...]:
    """What can be done without a law about these practices, in the order of the files."""
    found = []
    for owner in owners:
        ids = [one.practice.id for one in about if one.owner is owner]
        if isinstance(owner, Platform):
            offered = (c for c in owner.control if _is_offered(c, place, when, adult, knowledge))
            found += [one for control in offered for one in _way(owner, control, ids)]
        tokens = {
            token: None
            for one in about
            if one.owner is owner and one.practice.id in ids
            for token in one.practice.via
        }
        if tokens:
            names = tuple(one.name for one in about if one.owner is owner and one.practice.via)
            found.append(Instead(kind="robots", practices=names, tokens=tuple(tokens)))
    return tuple(found)


def _is_offered(
    control: Control, place: str, when: date, adult: bool, knowledge: Knowledge
) -> bool:
    kind: AccountKind = "personal" if adult else "minor"
    return (
        knowledge.places.applies(place, control.places, control.not_places)
        and (not control.account_kinds or kind in control.account_kinds)
        and (control.since is None or control.since <= when)
        and (control.until is None or when < control.until)
    )


def _way(owner: Platform, control: Control, ids: list[str]) -> list[Instead]:
    covered = {one: how for one, how in control.covers.items() if one in ids and how != "not"}
    if control.kind == "none":
        named = [one for one in control.covers if one in ids]
        names = tuple(f"{owner.id}/{one}" for one in named)
        name = f"{owner.id}/{control.id}"
        if not names:
            return []
        return [Instead(kind="none", control=name, practices=names, helps=control.helps)]
    if not covered:
        return []
    return [
        Instead(
            kind=control.kind,
            control=f"{owner.id}/{control.id}",
            label=dict(control.label),
            url=control.url,
            practices=tuple(f"{owner.id}/{one}" for one in covered),
            partly="part" in covered.values(),
        )
    ]
