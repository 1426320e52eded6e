"""All that the facts of one platform tell apart, before and after: what is asked for flips.

For each actor and use that is named: every kind of content, audience, place, plan and kind of
account that some practice, control or ban treats apart, with nothing done, and with each control
done. Equal sets of practices get equal answers, so each is asked only once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from msgspec import Struct

from withhold.asked import REQUESTS
from withhold.catalog.load import Knowledge
from withhold.facts import Actor, Control, Platform, Practice
from withhold.may_train import may_train
from withhold.verbs.check import audiences_of
from withhold.verbs.compare import all_places
from withhold.words import KINDS, Account, AccountKind, Content, Observation, Span

SITE = "https://site.example"
"""The site that stands for any, of what companies say of the open web."""


class Said(Struct, frozen=True):
    """One answer, as far as a flip goes. ``past``: the control takes back what was used."""

    answer: str
    strength: str | None = None
    open: tuple[Span, ...] = ()
    past: bool = False


NOTHING = Said("not-asked")
"""Where the platform or the company is not known any more."""


class Cell(Struct, frozen=True):
    """One question; ``platform`` is empty on the open web, ``done`` where nothing is done."""

    platform: str
    actor: str
    use: str
    kind: str
    audience: str
    places: tuple[str, ...]
    plan: str = ""
    account_kind: AccountKind = "personal"
    done: str = ""


class Two(Struct, frozen=True):
    """Both folders of knowledge, and the day that is asked for."""

    before: Knowledge
    after: Knowledge
    when: date


Answered = tuple[Cell, Said, Said]


def of_platform(name: str, two: Two) -> Iterator[Answered]:
    """Every question about one platform with its answers before and after."""
    sides = [one.platforms[name] for one in (two.before, two.after) if name in one.platforms]
    practices = [one for side in sides for one in side.practice]
    controls = [one for side in sides for one in side.control]
    things: list[Practice | Control] = [*practices, *controls]
    kinds: list[AccountKind] = ["personal"]
    kinds += sorted({kind for one in things for kind in one.account_kinds} - {"personal"})
    plans = ["", *sorted({plan for one in things for plan in one.plans})]
    done: list[Control | None] = [None]
    done += [one for one in sides[0].control if one.kind != "none" and one.want]
    rules = [(one.places, one.not_places) for one in things]
    rules += _bans(name, two)
    rules += [
        (one.places, one.not_places)
        for actor in {one.actor for one in practices}
        for one in _of_the_web(actor, two)
    ]
    pairs = dict.fromkeys((one.actor, one.use) for one in practices)
    asked: dict[tuple[object, ...], tuple[Said, Said]] = {}
    for (actor, use), places, plan, account_kind, control in product(
        pairs, _alike(rules, two), plans, kinds, done
    ):
        named = [one for one in practices if (one.actor, one.use) == (actor, use)]
        named += [one for one in _of_the_web(actor, two) if one.use == use]
        if control and not any(control.covers.get(one.id, "not") != "not" for one in named):
            continue
        account = Account(platform=name, plan=plan, kind=account_kind)
        for kind, audience in _contents(practices, account, sides):
            content = Content(kind=kind, audience=audience, account=account)  # type: ignore[arg-type]
            reached = tuple(kind in one.content and audience in one.audience for one in named)
            made = control.id if control else ""
            key = (actor, use, places, plan, account_kind, made, reached, audience == "public")
            if key not in asked:
                seen = _seen(name, control, two.when)
                asked[key] = (
                    _ask(actor, content, places[0], use, two.before, two.when, seen),
                    _ask(actor, content, places[0], use, two.after, two.when, seen),
                )
            cell = Cell(name, actor, use, kind, audience, places, plan, account_kind, made)
            yield cell, *asked[key]


def _of_the_web(actor: str, two: Two) -> list[Practice]:
    """What a company does with the open web, which reaches what is public here, too."""
    sides = (one.actors[actor] for one in (two.before, two.after) if actor in one.actors)
    return [one for side in sides for one in side.practice]


def of_actor(name: str, two: Two) -> Iterator[Answered]:
    """Every question about what one company does with a public page of the open web."""
    sides: list[Actor] = [one.actors[name] for one in (two.before, two.after) if name in one.actors]
    practices = [one for side in sides for one in side.practice]
    kinds = [kind for kind in KINDS if any(kind in one.content for one in practices)]
    places = _alike([(one.places, one.not_places) for one in practices], two)
    for use, here, kind in product(dict.fromkeys(one.use for one in practices), places, kinds):
        content = Content(kind=kind, site=SITE)
        both = [
            _ask(name, content, here[0], use, one, two.when, ()) for one in (two.before, two.after)
        ]
        yield Cell("", name, use, kind, "public", here), both[0], both[1]


def _ask(
    actor: str,
    content: Content,
    place: str,
    use: str,
    knowledge: Knowledge,
    when: date,
    seen: tuple[Observation, ...],
) -> Said:
    account = content.account
    if actor not in knowledge.actors or (account and account.platform not in knowledge.platforms):
        return NOTHING
    found = may_train(actor, content, place, when, knowledge, seen, use)
    past = any(one.code == "also-past" for one in found.limits)
    return Said(found.answer, found.strength, found.open, past)


def _seen(platform: str, control: Control | None, when: date) -> tuple[Observation, ...]:
    """The control was read in the state that says no, the day before; a request was granted."""
    if control is None:
        return ()
    value = "confirmed" if control.kind in REQUESTS else control.want
    return (
        Observation(
            control=f"{platform}/{control.id}",
            value=value,
            on=when - timedelta(days=1),
            how="observed",
            account=platform,
        ),
    )


def _contents(
    practices: Sequence[Practice], account: Account, sides: Sequence[Platform]
) -> list[tuple[str, str]]:
    kinds = [kind for kind in KINDS if any(kind in one.content for one in practices)]
    found = [
        (kind, audience)
        for kind in kinds
        for side in sides
        for audience in audiences_of(kind, account, side)
    ]
    return list(dict.fromkeys(found))


def _bans(platform: str, two: Two) -> list[tuple[list[str], list[str]]]:
    return [
        (ban.places, [])
        for known in (two.before, two.after)
        for law in known.laws.values()
        for ban in law.forbids
        if any(one.startswith(f"{platform}/") for one in ban.practices)
    ]


def _alike(rules: Sequence[tuple[list[str], list[str]]], two: Two) -> list[tuple[str, ...]]:
    """Places that no rule tells apart, before or after; the largest group last."""
    found: dict[tuple[bool, ...], list[str]] = {}
    both = (two.before.places, two.after.places)
    known = set(all_places(both[0])) & set(all_places(both[1]))
    distinct = list({(tuple(a), tuple(b)): None for a, b in rules})
    for place in sorted(known):
        holds = tuple(one.applies(place, a, b) for one in both for a, b in distinct)
        found.setdefault(holds, []).append(place)
    return sorted((tuple(one) for one in found.values()), key=lambda one: (len(one), one))
