"""Where a complaint goes: the authority of the residence, with the lead one named."""

from __future__ import annotations

import pytest

from tests.unit.rights.rights_made import PLACES, authority, controller, rights
from withhold.errors import BadInput
from withhold.rights.authority import ToComplain, authority_for

KNOWN = rights(
    authorities=(
        authority("by-companies", "DE-BY", sector="private"),
        authority("by-bodies", "DE-BY", sector="public"),
        authority("nrw", "DE-NW"),
        authority("church", "DE", sector="church"),
        authority("federal", "DE", sector="public"),
        authority("fr-cnil", "FR"),
        authority("ico", "GB"),
        authority("ca-one", "US-CA"),
        authority("ca-two", "US-CA"),
    )
)
ACME = controller("acme-fr", "acme", lead_authority="fr-cnil")
ABROAD = controller("acme-us", "acme")


def _to(place: str, company: object = ACME) -> ToComplain:
    return authority_for(place, company, KNOWN, PLACES)  # type: ignore[arg-type]


def test_of_companies_the_authority_for_companies_and_not_for_bodies_or_churches() -> None:
    assert _to("DE-BY") == ToComplain(authority="by-companies", lead="fr-cnil")
    assert _to("DE-NW") == ToComplain(authority="nrw", lead="fr-cnil")


def test_one_for_companies_is_more_exact_than_one_for_everyone() -> None:
    both = rights(
        authorities=(authority("all", "FR"), authority("companies", "FR", sector="private"))
    )
    assert authority_for("FR", None, both, PLACES).authority == "companies"


def test_the_lead_authority_is_no_second_one_at_home() -> None:
    assert _to("FR") == ToComplain(authority="fr-cnil")


def test_no_lead_outside_the_union_or_for_a_company_without_a_seat_in_it() -> None:
    assert _to("GB") == ToComplain(authority="ico")
    assert _to("DE-NW", ABROAD) == ToComplain(authority="nrw")
    assert _to("DE-NW", None) == ToComplain(authority="nrw")


def test_a_lead_that_nobody_recorded_is_not_named() -> None:
    assert _to("DE-NW", controller("x", "x", lead_authority="gone")).lead == ""


def test_germany_without_a_land_asks_for_it() -> None:
    found = _to("DE")
    assert (found.authority, found.lead) == ("", "")
    assert found.choose == ("by-companies", "nrw")
    assert found.says == {"en": "In Germany: which?", "de": "In Deutschland: welches?"}


def test_two_at_one_place_are_to_choose_from() -> None:
    assert _to("US-CA") == ToComplain(choose=("ca-one", "ca-two"))


def test_where_there_is_none_it_is_said_by_place() -> None:
    assert _to("US-PA") == ToComplain(says={"en": "none in PA"})
    assert _to("NZ") == ToComplain(says={"en": "not recorded"})


@pytest.mark.parametrize("place", ["", "EU", "Atlantis"])
def test_an_unknown_residence_has_a_way_on(place: str) -> None:
    with pytest.raises(BadInput, match=r"place") as caught:
        _to(place)
    assert "DE-BY" in caught.value.tip
