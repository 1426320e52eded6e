"""What no law gives, and what has to be said beside what one gives.

Voluntary forms, registries of those who want to be left out, and plain sentences: that no law was
found, that a text was not seen, who acts for a child, that nobody is recorded to write to.
"""

from __future__ import annotations

from collections.abc import Iterable

from withhold.catalog.beyond_law import BeyondLaw
from withhold.facts import Actor, Platform
from withhold.law_facts import ActKind
from withhold.rights.asking import ASKS_AS, OF_WORKS, Asking
from withhold.rights.case import Entitled
from withhold.rights.practised import Instead

Said = dict[str, str]


def voluntary(
    by_law: Iterable[Entitled], instead: Iterable[Instead], ask: Asking
) -> list[Entitled]:
    """Forms that a company offers, where no law lets this person object toward it."""
    if "person" not in ASKS_AS[ask.person.party]:
        return []
    objected = {one.controller for one in by_law if one.act == "object-training"}
    forms = {name for one in instead if one.kind in ("form", "email") for name in one.practices}
    by_form: dict[str, list[str]] = {}
    by_door: dict[str, list[str]] = {}
    for one in ask.about:
        for whom in ask.whom(one) if one.is_done else ():
            if whom in objected:
                continue
            if one.name in forms:
                by_form.setdefault(whom, []).append(one.name)
            elif ask.offers(whom, "voluntary-form"):
                by_door.setdefault(whom, []).append(one.name)
    found = {**by_door, **by_form}  # what a form of the platform covers is known more exactly
    return [_unbound("voluntary-form", id, tuple(names), ask) for id, names in found.items()]


def registries(ask: Asking) -> list[Entitled]:
    """Lists of works to be left out, of those who keep one; for authors and publishers."""
    if ask.person.party == "person":
        return []
    names = tuple(one.name for one in ask.about if one.is_done)
    return [
        _unbound("opt-out-registry", one, names, ask)
        for one in ask.own()
        if ask.offers(one, "opt-out-registry")
    ]


def _unbound(act: ActKind, controller: str, names: tuple[str, ...], ask: Asking) -> Entitled:
    words = ask.rights.beyond.voluntary.get(act)
    return Entitled(
        act=act,
        law="",
        article="",
        controller=controller,
        practices=names,
        reaches=words.reaches if words else {},
        not_reaches=words.not_reaches if words else {},
        read="official",  # there is no text of a law that could have been read
    )


def nothing_found(by_law: tuple[Entitled, ...], ask: Asking) -> Said:
    """The sentence of each party that is left without an act; empty where none is."""
    texts = []
    for party in ASKS_AS[ask.person.party]:
        given = [one for one in by_law if (one.act in OF_WORKS) == (party != "person")]
        here = [
            one for one in ask.rights.beyond.nothing if party in one.who and ask.here(one.places)
        ]
        if not given and here:
            texts.append(max(here, key=lambda one: ask.exactness(one.places)).text)
    return joined(texts, " ")


def joined(texts: list[Said], between: str) -> Said:
    """Several texts as one, each said once; English where one has no other language."""
    once = [text for n, text in enumerate(texts) if text not in texts[:n]]
    langs = dict.fromkeys(lang for text in once for lang in text)
    return {lang: between.join(t.get(lang) or t.get("en", "") for t in once) for lang in langs}


def unread(by_law: Iterable[Entitled], words: BeyondLaw) -> tuple[Said, ...]:
    """One line for each article that was not seen in its official text."""
    once = {one.article: one.read for one in by_law if one.read in words.unread}
    return tuple(_filled(words.unread[read], article=what) for what, read in once.items())


def without_basis(ask: Asking) -> tuple[str, ...]:
    """Practices that name no basis, where a law ties the objection to one."""
    tied = any(
        line.act == "object-training" and line.bases and ask.may(line)
        for law in ask.knowledge.laws.values()
        if ask.in_force(law)
        for line in law.act
    )
    return tuple(one.name for one in ask.about if tied and one.is_done and not one.practice.basis)


def notes(ask: Asking, acts: tuple[Entitled, ...]) -> tuple[Said, ...]:
    """Of a person under age, of a basis that is not named, of whom nobody is recorded for."""
    words = ask.rights.beyond
    said: list[Said] = []
    if not ask.person.adult and ask.person.party != "publisher":
        here = [one for one in words.under_age if ask.here(one.places)]
        said += [one.text for one in sorted(here, key=lambda one: -ask.exactness(one.places))[:1]]
    if without_basis(ask) and words.no_basis:
        said.append(words.no_basis)
    if any(not one.controller for one in acts) and words.no_controller:
        known: dict[str, Platform | Actor] = {**ask.knowledge.platforms, **ask.knowledge.actors}
        nobody = [one.practice.actor for one in ask.about if ask.whom(one) == ("",)]
        nobody = nobody if ask.own() != ("",) else [ask.subject, *nobody]
        names = dict.fromkeys(known[one].name if one in known else one for one in nobody)
        said += [_filled(words.no_controller, name=name) for name in names]
    return tuple(said)


def _filled(text: Said, **gaps: str) -> Said:
    return {lang: one.format(**gaps) for lang, one in text.items()}
