"""Which right applies: person's place x controller x practice and its legal basis x date.

A law says on which bases an act lies: an objection under Art. 21(1) GDPR only where the practice
rests on Art. 6(1)(e) or (f), so ``public-task`` or ``legitimate-interest``. Where a text of the
country itself gives an act it is taken before the one of the Union that it carries out. Which
works are the person's to reserve is asked, never assumed: ``missing`` says so.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.law_facts import ActKind, Law, LawAct
from withhold.rights.asking import OF_WORKS, Asking, residence
from withhold.rights.beyond import (
    joined,
    notes,
    nothing_found,
    registries,
    unread,
    voluntary,
    without_basis,
)
from withhold.rights.case import About, Entitled, Person
from withhold.rights.practised import Instead, Practised, instead_of_law, owners_of, practised

ORDER: tuple[ActKind, ...] = (
    "object-training",
    "restrict",
    "withdraw-consent",
    "opt-out-of-sale",
    "erase",
    "access",
    "recipients",
    "voluntary-form",
    "reserve",
    "opt-out-registry",
    "copyright-complaint",
    "removal",
)
"""In which order a person would do them: first what stops it, then what undoes it, then asking.

Where nothing stops it because no basis is named, asking comes first: see ``_in_order``."""
_ALWAYS: tuple[ActKind, ...] = ("access", *OF_WORKS)
"""Lie also where no training is known: one may ask, and one may reserve ahead."""
_BASIS_IS_TOLD = ("EU", "EEA", "GB")
"""Where the law says that whoever uses data names the basis."""
_POINT = re.compile(r"(.*?)\([a-z]\)( .*)")
_READ = ("no", "relayed", "official")


class Entitlements(Struct, frozen=True, kw_only=True):
    """All that a person may demand of one platform or company, and what is said beside it."""

    acts: tuple[Entitled, ...]
    """In the order in which a person would do them."""
    controllers: tuple[str, ...]
    """Ids of those whom they go to: who answers for the platform or company itself comes first."""
    nothing: dict[str, str] = {}
    """Said where no law was found that gives an act: by language; empty where one was."""
    instead: tuple[Instead, ...] = ()
    """What needs no law: settings, forms, robots.txt, or what helps where there is none."""
    unread: tuple[dict[str, str], ...] = ()
    """One line for each article that was not seen in its official text."""
    no_basis: tuple[str, ...] = ()
    """Practices that name no legal basis, so that whether an objection lies is not known."""
    notes: tuple[dict[str, str], ...] = ()
    """What else has to be said: of a person under age, a missing basis, an unknown controller."""


def entitled(
    person: Person, subject: str, when: date, knowledge: Knowledge, rights: RightsKnown
) -> Entitlements:
    """What this person may demand of a platform or company on that day, and what helps besides.

    Raises BadInput for an unknown residence and NotFound for an unknown ``subject``.
    """
    place = residence(person.place, knowledge.places)
    owners = owners_of(subject, knowledge)
    about = practised(owners, place, when, person.adult, knowledge)
    ask = Asking(person, subject, place, when, knowledge, rights, about)
    by_law = tuple(one for act in ORDER for one in _of_act(act, ask))
    done = tuple(one for one in about if one.is_done)
    instead = instead_of_law(owners, done, place, when, person.adult, knowledge)
    acts = (*by_law, *voluntary(by_law, instead, ask), *registries(ask))
    no_basis = without_basis(ask)
    acts = _in_order(acts, no_basis, ask)
    return Entitlements(
        acts=acts,
        controllers=_own_first(acts, ask),
        nothing=nothing_found(by_law, ask),
        instead=instead,
        unread=unread(by_law, rights.beyond),
        no_basis=no_basis,
        notes=notes(ask, acts),
    )


def _in_order(
    acts: tuple[Entitled, ...], no_basis: tuple[str, ...], ask: Asking
) -> tuple[Entitled, ...]:
    """As a person would do them. Who names no basis and gives no objection is asked for it first.

    Art. 13(1)(c) and 14(1)(c) of the GDPR and of the UK GDPR make the basis something to be told;
    only once it is named is it known whether an objection lies, so access goes before all else
    toward these controllers. Of other laws that tie the objection no such text was read.
    """
    told = no_basis if ask.here(_BASIS_IS_TOLD) else ()
    objected = {one.controller for one in acts if one.act == "object-training"}
    unnamed = {whom for one in ask.about if one.name in told for whom in ask.whom(one)}

    def place(one: Entitled) -> int:
        asks_first = one.act == "access" and one.controller in unnamed - objected
        return 0 if asks_first else 1 + ORDER.index(one.act)

    return tuple(sorted(acts, key=place))


def _own_first(acts: tuple[Entitled, ...], ask: Asking) -> tuple[str, ...]:
    named = dict.fromkeys(one.controller for one in acts if one.controller)
    own = [one for one in ask.own() if one in named]
    return tuple(dict.fromkeys([*own, *named]))


def missing(act: ActKind, about: About) -> tuple[str, ...]:
    """What has to be asked for before a letter can be written: ``works``; nothing is assumed."""
    return ("works",) if act in OF_WORKS and not any(one.strip() for one in about.works) else ()


def _of_act(act: ActKind, ask: Asking) -> list[Entitled]:
    """One per law and controller; only of the laws that name the place most exactly."""
    found: list[tuple[int, list[Entitled]]] = []
    for law in ask.knowledge.laws.values():
        lines = [one for one in law.act if one.act == act and ask.may(one)]
        if lines and ask.in_force(law):
            found.append((ask.exactness(law.places), _of_law(law, lines, ask)))
    best = max((exact for exact, acts in found if acts), default=0)
    return [one for exact, acts in found if exact == best for one in acts]


def _of_law(law: Law, lines: list[LawAct], ask: Asking) -> list[Entitled]:
    """One act of one law: each practice under the line that names its basis, by controller."""
    act = lines[0].act
    by: dict[str, list[tuple[str, LawAct]]] = {}
    for one in ask.about:
        wanted = one.is_done or (act in OF_WORKS and one.practice.says == "silent")
        line = _line(lines, one) if wanted else None
        if line is not None:
            for whom in ask.whom(one):
                by.setdefault(whom, []).append((one.name, line))
    general = next((line for line in lines if not line.bases), None)
    if act in _ALWAYS and general is not None:
        for whom in ask.own():
            by.setdefault(whom, [("", general)])
    return [_merged(law, controller, found) for controller, found in by.items()]


def _line(lines: list[LawAct], one: Practised) -> LawAct | None:
    """The line that names the basis of this practice, else one that lies whatever the basis."""
    fit = [line for line in lines if not line.uses or one.practice.use in line.uses]
    named = [line for line in fit if one.practice.basis and one.practice.basis in line.bases]
    return next(iter([*named, *(line for line in fit if not line.bases)]), None)


def _merged(law: Law, controller: str, found: list[tuple[str, LawAct]]) -> Entitled:
    """One letter per act: where several lines of a law are about one controller they join."""
    every = [line for _, line in found]
    lines = [line for n, line in enumerate(every) if line not in every[:n]]
    clock = lines[0].clock
    return Entitled(
        act=lines[0].act,
        law=law.id,
        article=_together([line.article for line in lines]),
        controller=controller,
        practices=tuple(name for name, _ in found if name),
        reaches=joined([line.reaches for line in lines], "; "),
        not_reaches=joined([line.not_reaches for line in lines], "; "),
        needs_grounds=any(line.needs_grounds for line in lines),
        clock=clock if "#" in clock or not clock else f"{law.id}#{clock}",
        read=min((line.read for line in lines), key=_READ.index),
    )


def _together(articles: list[str]) -> str:
    """``Art. 17(1)(b) GDPR`` and ``Art. 17(1)(c) GDPR`` are cited as ``Art. 17(1) GDPR``."""
    if len(articles) == 1:
        return articles[0]
    found = [_POINT.fullmatch(one) for one in articles]
    stems = {(one[1], one[2]) for one in found if one}
    if all(found) and len(stems) == 1:
        return "".join(stems.pop())
    return ", ".join(dict.fromkeys(articles))
