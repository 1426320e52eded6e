"""A made-up law, controllers and authorities, for the tests of which right applies."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit import made
from withhold.catalog.beyond_law import BeyondLaw, NoAuthority, Nothing, UnderAge, Voluntary
from withhold.catalog.load import Knowledge
from withhold.catalog.places import Places
from withhold.catalog.rights import RightsKnown
from withhold.law_facts import Law, LawAct
from withhold.rights.acts import Entitlements, entitled
from withhold.rights.case import Person
from withhold.rights_facts import Authority, Controller, Door

DAY = date(2026, 3, 1)
EU = ["EU"]
WORDS = {"en": "this far", "de": "so weit"}
PLACES = Places(
    {
        **made.places().names,
        "DE-BY": {"en": "Bavaria", "de": "Bayern"},
        "DE-NW": {"en": "North Rhine", "de": "NRW"},
        "US-CA": {"en": "California"},
        "NZ": {"en": "New Zealand"},
        "EEA": {"en": "EEA"},
    },
    made.places().groups | {"EEA": frozenset({"DE", "FR"})},
)


def line(act: str = "object-training", **more: Any) -> LawAct:
    usual = {
        "act": act,
        "article": f"s. {act}",
        "reaches": WORDS,
        "not_reaches": {"en": "no further", "de": "nicht weiter"},
        "read": "official",
        "sources": ["text"],
    }
    return LawAct(**(usual | more))


def law(id: str, *lines: LawAct, **more: Any) -> Law:
    return made.law(id, **({"places": EU, "act": list(lines)} | more))


def controller(id: str, answers: str, *doors: Door, **more: Any) -> Controller:
    usual = {
        "name": id.title(),
        "answers_for": answers.split(),
        "places": ["WORLD"],
        "seat": "FR",
        "timezone": "Europe/Paris",
        "source": {},
    }
    return Controller(id=id, door=list(doors), **(usual | more))


def door(kind: str = "form", **more: Any) -> Door:
    usual = {"to": "https://acme.example/form", "seen": DAY, "sources": []}
    return Door(kind=kind, **(usual | more))  # type: ignore[arg-type]


def authority(id: str, *places: str, **more: Any) -> Authority:
    usual = {"name": id, "names": {"en": id}, "languages": ["de"], "seen": DAY, "source": {}}
    return Authority(id=id, places=list(places), **(usual | more))


BEYOND = BeyondLaw(
    nothing=[
        Nothing(places=["US-PA"], who=["person"], text={"en": "none in PA", "de": "keins in PA"}),
        Nothing(places=["WORLD"], who=["person"], text={"en": "not looked up", "de": "unbekannt"}),
        Nothing(places=["WORLD"], who=["author", "publisher"], text={"en": "no text", "de": "nie"}),
    ],
    under_age=[
        UnderAge(places=["US-CA"], text={"en": "a guardian", "de": "Vormund"}),
        UnderAge(places=["WORLD"], text={"en": "mostly a parent", "de": "meist Eltern"}),
    ],
    voluntary={"voluntary-form": Voluntary(reaches=WORDS, not_reaches=WORDS)},
    no_authority=[
        NoAuthority(places=["WORLD"], text={"en": "not recorded"}),
        NoAuthority(places=["US-PA"], text={"en": "none in PA"}),
    ],
    choose_part={"en": "In {country}: which?", "de": "In {country}: welches?"},
    unread={"no": {"en": "{article}: not read"}, "relayed": {"en": "{article}: relayed"}},
    no_controller={"en": "nobody for {name}"},
    no_basis={"en": "no basis named"},
)
CONTROLLERS = (
    controller("acme-fr", "acme", lead_authority="fr-cnil"),
    controller("pal", "partner"),
)


def rights(*controllers: Controller, authorities: tuple[Authority, ...] = ()) -> RightsKnown:
    return RightsKnown(
        controllers={one.id: one for one in controllers or CONTROLLERS},
        authorities={one.id: one for one in authorities},
        beyond=BEYOND,
    )


def knowledge(*laws: Law, **acme: Any) -> Knowledge:
    known = made.knowledge(made.platform(**acme), laws=laws)
    return Knowledge(platforms=known.platforms, actors=known.actors, places=PLACES, laws=known.laws)


def ask(
    known: Knowledge,
    place: str = "DE-BY",
    subject: str = "acme",
    when: date = DAY,
    known_rights: RightsKnown | None = None,
    **person: Any,
) -> Entitlements:
    return entitled(Person(place=place, **person), subject, when, known, known_rights or rights())


def acts(found: Entitlements) -> list[tuple[str, str, tuple[str, ...]]]:
    """(act, controller, practices) each, in order."""
    return [(one.act, one.controller, one.practices) for one in found.acts]
