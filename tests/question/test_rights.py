"""Every case of rights gets the acts, controllers, door and authority that a person worked out."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import dropwhile
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.law_facts import Party
from withhold.rights.acts import ORDER, Entitlements, entitled
from withhold.rights.authority import authority_for
from withhold.rights.case import Entitled, Person
from withhold.rights.door import doors

HERE = Path(__file__).parent / "rights"
TODAY = date(2026, 11, 26)


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person, one platform or company, one day: what comes out, as a person worked it out.

    ``acts`` names for each controller the sets (``sets.toml``) that it is asked, in this order; the
    keys of ``about``, ``article`` are ``act controller``. Left out lists are empty, left out texts
    are not looked at.
    """

    id: str
    place: str
    subject: str
    acts: dict[str, list[str]]
    says: str = ""
    party: Party = "person"
    when: date = TODAY
    adult: bool = True
    about: dict[str, list[str]] = {}
    article: dict[str, str] = {}
    no_basis: list[str] = []
    instead: list[str] | None = None
    tokens: list[str] | None = None
    nothing: str = ""
    note: str = ""
    read: Literal["", "official", "relayed", "no"] = ""
    """Of the first act."""
    controller: str = ""
    """The first one."""
    door: str = ""
    """The best one for the first act toward the first controller: kind and address."""
    doors: dict[str, str] = {}
    authority: str = ""
    lead: str = ""
    choose: list[str] = []
    no_authority: str = ""


def _cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(HERE.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        found += msgspec.convert(raw.get("case", []), list[Case])
    return found


CASES = _cases()
SETS: dict[str, list[str]] = tomllib.loads((HERE / "sets.toml").read_text(encoding="utf-8"))["sets"]


@pytest.fixture(scope="module")
def rights() -> RightsKnown:
    return load_rights()


def _ask(case: Case, knowledge: Knowledge, rights: RightsKnown) -> Entitlements:
    person = Person(place=case.place, party=case.party, adult=case.adult)
    return entitled(person, case.subject, case.when, knowledge, rights)


def _by_controller(acts: tuple[Entitled, ...]) -> dict[str, list[str]]:
    by: dict[str, list[str]] = {}
    for one in acts:
        by.setdefault(one.controller, []).append(f"{one.act} {one.law}")
    return by


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_right(case: Case, knowledge: Knowledge, rights: RightsKnown) -> None:
    found = _ask(case, knowledge, rights)
    by_name = {f"{one.act} {one.controller}": one for one in found.acts}
    expected = {who: [act for one in sets for act in SETS[one]] for who, sets in case.acts.items()}
    assert _by_controller(found.acts) == expected, case.says
    for name, practices in case.about.items():
        assert list(by_name[name].practices) == practices, name
    for name, article in case.article.items():
        assert by_name[name].article == article
    assert set(found.no_basis) == set(case.no_basis)
    if case.instead is not None:
        assert [one.control for one in found.instead] == case.instead
    if case.tokens is not None:
        assert [token for one in found.instead for token in one.tokens] == case.tokens
    assert found.nothing.get("en", "").startswith(case.nothing)
    assert bool(found.nothing) == bool(case.nothing)
    assert set(found.nothing) in (set(), {"en", "de"})
    if case.note:
        assert any(one["en"].startswith(case.note) for one in found.notes)
    if case.read:
        assert found.acts[0].read == case.read
    if case.controller:
        assert found.controllers[0] == case.controller


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_door_and_authority(case: Case, knowledge: Knowledge, rights: RightsKnown) -> None:
    found = _ask(case, knowledge, rights)
    first = rights.controllers.get(found.controllers[0]) if found.controllers else None
    if case.door:
        assert first is not None
        act = next(one.act for one in found.acts if one.controller == first.id)
        best = doors(first, act, case.subject, case.place, knowledge.places)[0]
        assert f"{best.kind} {best.to}" == case.door
    for name, door in case.doors.items():
        act = next(one for one in found.acts if f"{one.act} {one.controller}" == name)
        whom = rights.controllers[act.controller]
        best = doors(whom, act.act, case.subject, case.place, knowledge.places)[0]
        assert f"{best.kind} {best.to}" == door
    if case.authority or case.choose or case.no_authority:
        to = authority_for(case.place, first, rights, knowledge.places)
        assert (to.authority, to.lead) == (case.authority, case.lead)
        assert list(to.choose) == case.choose
        assert to.says.get("en", "").startswith(case.no_authority)
        assert bool(to.says) == bool(case.no_authority)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_act_stands_in_its_place_and_says_how_far_it_reaches(
    case: Case, knowledge: Knowledge, rights: RightsKnown
) -> None:
    found = _ask(case, knowledge, rights)
    asked = dropwhile(lambda one: one.act == "access" and bool(found.no_basis), found.acts)
    at = [ORDER.index(one.act) for one in asked]
    assert at == sorted(at)
    for one in found.acts:
        assert {"en", "de"} <= set(one.reaches) & set(one.not_reaches), one
        assert one.controller in rights.controllers
        if one.clock:
            law, _, clock = one.clock.partition("#")
            assert clock in [each.id for each in knowledge.laws[law].clock]
    unread = {one.article for one in found.acts if one.law and one.read != "official"}
    assert len(found.unread) == len(unread)


def test_there_are_at_least_120_cases_and_no_id_twice() -> None:
    ids = [case.id for case in CASES]
    assert len(ids) >= 120
    assert len(set(ids)) == len(ids)


def test_every_german_land_has_a_resident(knowledge: Knowledge) -> None:
    there = {case.place for case in CASES if case.place.startswith("DE-")}
    assert there == set(knowledge.places.parts("DE"))
    assert len(there) == 16


def test_every_set_is_used() -> None:
    used = {name for case in CASES for sets in case.acts.values() for name in sets}
    assert used == set(SETS)
