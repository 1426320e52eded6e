"""Through which door, in which order; and what of oneself is said there."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from tests.unit import made
from withhold.law_facts import ACTS, ActKind
from withhold.rights.door import doors, identity
from withhold.rights_facts import Controller, Door

PLACES = made.places()


def door(to: str, kind: str = "form", **more: object) -> Door:
    return Door(kind=kind, to=to, seen=date(2026, 1, 1), sources=["x"], **more)  # type: ignore[arg-type]


MADE_FOR = door("form-for-it", acts=["object-training"])
REGISTRY = door("registry-for-it", "registry", acts=["opt-out-registry"])
MAIL_FOR = door("mail-for-it", "email", acts=["object-training", "erase"])
MAIL = door("mail", "email")
FORM = door("form")
POST = door("post", "post")
ALL = (MADE_FOR, REGISTRY, MAIL_FOR, MAIL, FORM, POST)


def controller(*these: Door) -> Controller:
    return Controller(
        id="acme",
        name="Acme",
        answers_for=["acme", "photos"],
        places=["WORLD"],
        seat="FR",
        timezone="Europe/Paris",
        door=list(these),
        source={},
    )


def to(
    *these: Door, act: ActKind = "erase", platform: str = "acme", place: str = "DE"
) -> list[str]:
    return [one.to for one in doors(controller(*these), act, platform, place, PLACES)]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("object-training", ["form-for-it", "mail-for-it", "mail", "form", "post"]),
        ("erase", ["mail-for-it", "mail", "form", "post"]),
        ("access", ["mail", "form", "post"]),
        ("opt-out-registry", ["registry-for-it", "mail", "form", "post"]),
    ],
)
def test_the_best_door_comes_first_in_whatever_order_they_stand(
    act: ActKind, expected: list[str]
) -> None:
    for these in permutations(ALL):
        assert to(*these, act=act) == expected


@pytest.mark.parametrize("act", ACTS)
def test_a_door_for_other_acts_is_never_taken(act: ActKind) -> None:
    found = doors(controller(*ALL), act, "acme", "DE", PLACES)
    assert all(not one.acts or act in one.acts for one in found)
    assert {one.to for one in found} >= {"mail", "form", "post"}


def test_doors_of_one_rank_stay_in_order() -> None:
    first, second = door("one@a.example", "email"), door("two@a.example", "email")
    assert to(first, second) == ["one@a.example", "two@a.example"]
    assert to(second, first) == ["two@a.example", "one@a.example"]


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("acme", ["acme", "all"]), ("photos", ["photos", "all"]), ("", ["all"]), ("meta", ["all"])],
)
def test_a_door_of_another_platform_is_not_offered(platform: str, expected: list[str]) -> None:
    these = [door(one, platforms=[one]) for one in ("acme", "photos")]
    assert to(*these, door("all"), platform=platform) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("DE", ["eu", "de", "world"]),
        ("FR", ["eu", "world"]),
        ("uk", ["world"]),
        ("US-PA", ["us", "world"]),
        ("US", ["us", "world"]),
        ("", []),
        ("EU", []),
        ("nowhere", []),
    ],
)
def test_a_door_is_for_its_places(place: str, expected: list[str]) -> None:
    these = [door("eu", places=["EU"]), door("de", places=["DE"]), door("us", places=["US"])]
    assert to(*these, door("world"), place=place) == expected


def test_no_door_is_known() -> None:
    assert to() == []
    assert to(MADE_FOR) == []


@pytest.mark.parametrize(
    ("kind", "needs", "given"),
    [
        ("form", [], ("name", "email")),
        ("email", [], ("name", "email")),
        ("post", [], ("name", "address")),
        ("registry", [], ("email",)),
        ("email", ["account", "email"], ("email", "account")),
        ("form", ["birth-date", "name"], ("name", "birth-date")),
        ("post", ["account"], ("account", "address")),
        ("post", ["address", "name"], ("name", "address")),
    ],
)
def test_nothing_is_given_but_what_is_asked(
    kind: str, needs: list[str], given: tuple[str, ...]
) -> None:
    found = identity(door("x", kind, needs=needs))
    assert found.given == given
    assert found.kept_back == ()
    assert found.known is bool(needs)


@pytest.mark.parametrize("kind", ["form", "email", "post", "registry"])
@pytest.mark.parametrize("needs", [[], ["name"], ["account", "birth-date"]])
def test_an_identity_document_is_never_given_by_default(kind: str, needs: list[str]) -> None:
    asked = identity(door("x", kind, needs=["identity-document", *needs]))
    assert "identity-document" not in asked.given
    assert asked.kept_back == ("identity-document",)
    assert asked.given == identity(door("x", kind, needs=needs)).given
    assert asked.known
