"""Controllers and authorities as they are shipped: who is written to, where, through which door.

The tables stand in ``controllers_asked.toml``, written by hand from the texts.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from withhold.catalog.lint.authorities import COMPANIES
from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, load_rights
from withhold.law_facts import ACTS, ActKind
from withhold.rights.controller import controllers_of
from withhold.rights.door import doors, identity

TODAY = date(2026, 11, 26)
CASES = tomllib.loads(
    (Path(__file__).parent / "controllers_asked.toml").read_text(encoding="utf-8")
)
LANDER = 16


@pytest.fixture(scope="module")
def rights(root: Path) -> RightsKnown:
    return load_rights(root)


def test_as_many_as_promised(rights: RightsKnown) -> None:
    records = "datenanfragen/data/blob/"
    carried = [
        one
        for one in rights.authorities.values()
        if any(records in source.url for source in one.source.values())
    ]
    assert len(carried) == 57
    others = set(rights.authorities) - {one.id for one in carried}
    assert others == {"us-ca-cppa", "us-ca-ag", "br-anpd", "kr-pipc", "ca-opc"}
    assert len(CASES["asked"]) >= 60


def test_every_platform_has_a_controller_in_many_places(
    rights: RightsKnown, knowledge: Knowledge
) -> None:
    for slug in knowledge.platforms:
        for place in ("DE", "DE-NW", "FR", "CH", "GB", "US-CA", "US-PA", "BR", "KR", "CA"):
            found = controllers_of(slug, place, TODAY, rights, knowledge.places)
            assert len(found) == 1, (slug, place, [one.id for one in found])


@pytest.mark.parametrize("case", CASES["asked"], ids=lambda case: f"{case[0]}-{case[1]}-{case[3]}")
def test_who_is_written_to(rights: RightsKnown, knowledge: Knowledge, case: list[object]) -> None:
    subject, place, when, actor, expected = case
    assert isinstance(when, date)
    found = controllers_of(str(subject), str(place), when, rights, knowledge.places, str(actor))
    assert [one.id for one in found] == expected


@pytest.mark.parametrize("case", CASES["first"], ids=lambda case: "-".join(case[:4]))
def test_the_door_that_is_shown_first(
    rights: RightsKnown, knowledge: Knowledge, case: tuple[str, ActKind, str, str, str, str]
) -> None:
    name, act, platform, place, kind, to = case
    found = doors(rights.controllers[name], act, platform, place, knowledge.places)
    assert found[0].kind == kind
    assert to in ("", found[0].to)


def test_no_door_asks_for_a_document_that_is_then_given(rights: RightsKnown) -> None:
    for one in rights.controllers.values():
        for door in one.door:
            assert "identity-document" not in identity(door).given


def test_whoever_has_a_door_has_one_for_the_acts_of_a_person(
    rights: RightsKnown, knowledge: Knowledge
) -> None:
    """Where only pages for single acts are known, no other act pretends to have a way in."""
    narrow = set()
    for one in rights.controllers.values():
        subject = one.answers_for[0]
        place = next(
            code
            for code in knowledge.places.names
            if knowledge.places.code(code)
            and knowledge.places.applies(code, one.places, one.not_places)
        )
        for act in ACTS:
            if not doors(one, act, subject, place, knowledge.places):
                narrow.add(one.id)
    assert narrow == {"amazon-us", "etsy-us", "midjourney"}


@pytest.mark.parametrize(("place", "expected"), CASES["where"])
def test_the_one_authority_for_companies(
    rights: RightsKnown, knowledge: Knowledge, place: str, expected: str
) -> None:
    found = [
        one.id
        for one in rights.authorities.values()
        if one.sector in COMPANIES and knowledge.places.applies(place, one.places)
    ]
    assert found == [expected]


def test_germany_alone_is_not_enough_and_pennsylvania_has_none(
    rights: RightsKnown, knowledge: Knowledge
) -> None:
    for place in ("DE", "US-PA", "US"):
        assert [
            one.id
            for one in rights.authorities.values()
            if one.sector in COMPANIES and knowledge.places.applies(place, one.places)
        ] == []
    assert len(knowledge.places.parts("DE")) == LANDER


def test_what_is_remembered_says_so(rights: RightsKnown) -> None:
    things = (*rights.controllers.values(), *rights.authorities.values())
    for thing in things:
        for name, source in thing.source.items():
            if name == "recalled":
                assert (source.kind, source.read) == ("unverified", "no"), thing.id
            assert source.kind != "unverified" or name == "recalled", thing.id
