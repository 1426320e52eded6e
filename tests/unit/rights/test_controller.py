"""Who is written to: by place and day, and for a practice of another company that one too."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit import made
from withhold.catalog.places import Places
from withhold.catalog.rights import RightsKnown
from withhold.rights.controller import answers_in, controllers_of
from withhold.rights_facts import Controller

DAY = date(2026, 3, 1)
PLACES = Places(
    {**made.places().names, "DE-BY": {"en": "Bavaria"}, "US-CA": {"en": "California"}},
    made.places().groups,
)


def controller(name: str, answers: str, places: str = "WORLD", **more: object) -> Controller:
    seat = {"id": name, "name": name, "seat": "FR", "timezone": "Europe/Paris"}
    lists = {"answers_for": answers.split(), "places": places.split()}
    return Controller(**{**seat, **lists, "door": [], "source": {}, **more})  # type: ignore[arg-type]


KNOWN = RightsKnown(
    controllers={
        one.id: one
        for one in (
            controller("acme-eu", "acme acme-photos", "EU"),
            controller("acme-us", "acme acme-photos", not_places=["EU", "GB"]),
            controller("acme-uk", "acme", "GB", until=date(2026, 3, 1)),
            controller("acme-uk-new", "acme", "GB", since=date(2026, 3, 1)),
            controller("parent-uk", "parent", "GB"),
            controller("joint", "shared", "DE"),
            controller("joint-too", "shared acme", "US-CA DE"),
        )
    },
    authorities={},
)


def ids(subject: str, place: str, when: date = DAY, actor: str = "") -> list[str]:
    return [one.id for one in controllers_of(subject, place, when, KNOWN, PLACES, actor)]


@pytest.mark.parametrize(
    ("subject", "place", "expected"),
    [
        ("acme", "FR", ["acme-eu"]),
        ("acme-photos", "DE", ["acme-eu"]),
        ("acme-photos", "DE-BY", ["acme-eu"]),
        ("acme-photos", "de-by", ["acme-eu"]),
        ("acme-photos", "US-PA", ["acme-us"]),
        ("acme", "US-PA", ["acme-us"]),
        ("acme", "US-CA", ["acme-us", "joint-too"]),
        ("acme", "US", ["acme-us"]),
        ("acme", "uk", ["acme-uk-new"]),
        ("acme-photos", "GB", []),
        ("shared", "DE-BY", ["joint", "joint-too"]),
        ("nobody", "DE", []),
        ("", "DE", []),
        ("acme", "", []),
        ("acme", "EU", []),
        ("acme", "WORLD", []),
        ("acme", "Germany", []),
        ("acme", "DE\r\nBcc: x", []),
    ],
)
def test_who_answers_where(subject: str, place: str, expected: list[str]) -> None:
    assert ids(subject, place) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(1999, 1, 1), ["acme-uk"]),
        (date(2026, 2, 28), ["acme-uk"]),
        (date(2026, 3, 1), ["acme-uk-new"]),
        (date(2999, 1, 1), ["acme-uk-new"]),
    ],
)
def test_who_answers_when(when: date, expected: list[str]) -> None:
    assert ids("acme", "GB", when) == expected


@pytest.mark.parametrize(
    ("place", "actor", "expected"),
    [
        ("GB", "parent", ["acme-uk-new", "parent-uk"]),
        ("FR", "parent", ["acme-eu"]),
        ("FR", "acme", ["acme-eu"]),
        ("FR", "acme-photos", ["acme-eu"]),
        ("FR", "anyone", ["acme-eu"]),
        ("DE", "shared", ["acme-eu", "joint-too", "joint"]),
    ],
)
def test_the_company_that_a_practice_names_is_written_to_as_well(
    place: str, actor: str, expected: list[str]
) -> None:
    assert ids("acme", place, actor=actor) == expected


def test_an_actor_alone_may_be_the_subject() -> None:
    assert ids("parent", "GB") == ["parent-uk"]


def test_of_a_controller_without_dates_nothing_is_left_out() -> None:
    one = KNOWN.controllers["acme-eu"]
    assert answers_in(one, "FR", date.min, PLACES)
    assert answers_in(one, "FR", date.max, PLACES)
    assert not answers_in(one, "GB", DAY, PLACES)
