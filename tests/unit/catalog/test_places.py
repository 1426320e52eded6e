"""Places: codes, states, groups and their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import made
from withhold.catalog import find
from withhold.catalog.load import default_root
from withhold.catalog.places import Places
from withhold.errors import NotFound

PLACES = made.places()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        (" de ", "DE"),
        ("UK", "GB"),
        ("uk", "GB"),
        ("GB", "GB"),
        ("us-pa", "US-PA"),
        ("US_PA", "US-PA"),
        ("EU", ""),
        ("WORLD", ""),
        ("world", ""),
        ("XX", ""),
        ("Germany", ""),
        ("", ""),
    ],
)
def test_a_place_by_its_code(said: str, code: str) -> None:
    assert PLACES.code(said) == code


def test_a_place_lies_in_its_country_its_groups_and_the_world() -> None:
    assert PLACES.lies_in("US-PA") == {"US-PA", "US", "WORLD"}
    assert PLACES.lies_in("DE") == {"DE", "EU", "WORLD"}
    assert PLACES.lies_in("GB") == {"GB", "WORLD"}


@pytest.mark.parametrize(
    ("place", "places", "but", "applies"),
    [
        ("US-PA", ["WORLD"], [], True),
        ("US-PA", ["US"], [], True),
        ("US", ["US-PA"], [], False),
        ("DE", ["EU"], [], True),
        ("DE", ["WORLD"], ["EU"], False),
        ("DE", ["DE"], ["EU"], False),
        ("GB", ["WORLD"], ["EU"], True),
        ("GB", ["EU"], [], False),
        ("DE", [], [], False),
    ],
)
def test_something_holds_here(place: str, places: list[str], but: list[str], applies: bool) -> None:
    assert PLACES.applies(place, places, but) is applies


@pytest.fixture(scope="module")
def shipped() -> Places:
    return Places.read(default_root() / "places.toml")


LANDER = (
    "DE-BB DE-BE DE-BW DE-BY DE-HB DE-HE DE-HH DE-MV DE-NI DE-NW DE-RP DE-SH DE-SL DE-SN DE-ST "
    "DE-TH"
)


def test_the_sixteen_lander(shipped: Places) -> None:
    assert shipped.parts("DE") == tuple(LANDER.split())
    assert shipped.parts("FR") == ()
    assert shipped.parts("D") == ()
    assert "US-PA" in shipped.parts("US")


@pytest.mark.parametrize("land", LANDER.split())
def test_what_holds_in_germany_and_its_groups_holds_in_each_land(
    shipped: Places, land: str
) -> None:
    assert shipped.lies_in(land) == {"WORLD", land, "DE", "EU", "EEA"}
    assert shipped.applies(land, ["EU"])
    assert shipped.applies(land, ["EEA"])
    assert shipped.applies(land, ["DE"])
    assert not shipped.applies(land, ["WORLD"], ["EU"])
    assert not shipped.applies("DE", [land])
    assert not shipped.applies(land, ["US-DE", "AT"])
    assert shipped.code(land.lower()) == land


def test_a_land_has_its_own_names(shipped: Places) -> None:
    assert shipped.name("DE-BY") == "Bavaria"
    assert shipped.name("DE-BY", "de") == "Bayern"
    assert find.place(shipped, "de_by") == "DE-BY"


def test_names_by_language() -> None:
    assert PLACES.name("DE", "de") == "Deutschland"
    assert PLACES.name("DE") == "Germany"
    assert PLACES.name("US-PA", "de") == "Pennsylvania"  # English where there is no other
    assert PLACES.name("EU", "de") == "Europäische Union"
    assert PLACES.name("XX") == "XX"


def test_places_are_read_from_their_file(made_root: Path) -> None:
    read = Places.read(made_root / "places.toml")
    assert read.code("us-pa") == "US-PA"
    assert read.groups == {"EU": frozenset({"DE", "FR"})}
    assert set(read.names) == {"WORLD", "EU", "DE", "FR", "GB", "US", "US-PA"}


@pytest.mark.parametrize(("said", "code"), [("de", "DE"), ("UK", "GB"), ("us-pa", "US-PA")])
def test_a_place_that_is_known_is_found(said: str, code: str) -> None:
    assert find.place(PLACES, said) == code


@pytest.mark.parametrize(
    ("said", "message", "tip"),
    [
        ("EU", "EU is a group of places, not a place", "give a country, for example --in DE"),
        ("eu", "eu is a group of places, not a place", "give a country, for example --in DE"),
        ("Germany", "unknown place: Germany", "did you mean DE? places are ISO 3166 codes"),
        ("deutschland", "unknown place: deutschland", "did you mean DE? places are ISO 3166 codes"),
        ("us-pn", "unknown place: us-pn", "did you mean US-PA?"),
        (" EU\n", "EU is a group of places, not a place", "give a country, for example --in DE"),
        ("WORLD", "WORLD is a group of places, not a place", "give a country, for example --in DE"),
        ("everywhere", "unknown place: everywhere", "a country as DE, a US state as US-PA"),
        ("WORL", "unknown place: WORL", "a country as DE, a US state as US-PA"),
        ("Qqqq", "unknown place: Qqqq", "a country as DE, a US state as US-PA"),
    ],
)
def test_a_place_that_is_not_known_is_refused(said: str, message: str, tip: str) -> None:
    with pytest.raises(NotFound) as found:
        find.place(PLACES, said)
    assert found.value.message == message
    assert tip in found.value.tip
