"""Many places named shortly, in both languages: the names stand here as a person would say them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.places import Places
from withhold.faces.guide import naming

GERMAN = {
    "everywhere": "überall",
    "everywhere else": "überall sonst",
    "%(whole)s (except %(places)s)": "%(whole)s (ohne %(places)s)",
    "%(places)s and %(n)s more": "%(places)s und %(n)s weitere",
}


def say(lang: str) -> Callable[..., str]:
    """The frame's messages, translated here by hand; the catalogue has a test of its own."""

    def message(text: str, **gaps: object) -> str:
        said = text if lang == "en" else GERMAN[text]
        return said % gaps if gaps else said

    return message


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.read(default_root() / "places.toml")


@pytest.fixture(scope="module")
def file() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((default_root() / "places.toml").read_text(encoding="utf-8"))


def codes(said: str, file: dict[str, dict[str, dict[str, list[str]]]]) -> set[str]:
    """``EU US -DE``: the members of the groups, countries with their states, what is left out."""
    found: set[str] = set()
    for word in said.split():
        of = word.lstrip("-")
        if of == "ALL":
            members = {*file["country"], *file["us_state"], *file["de_state"]}
        elif of == "US":
            members = {"US", *file["us_state"]}
        elif of == "LÄNDER":
            members = {"DE", *file["de_state"]}
        else:
            members = set(file["group"][of]["members"]) if of in file["group"] else {of}
        found = found - members if word.startswith("-") else found | members
    return found


NAMED = [
    ("DE", "Germany", "Deutschland"),
    ("US-PA", "Pennsylvania", "Pennsylvania"),
    ("LÄNDER", "Germany", "Deutschland"),
    ("EU LÄNDER", "European Union", "Europäische Union"),
    ("DE-BY", "Bavaria", "Bayern"),
    ("DE FR", "France, Germany", "Deutschland, Frankreich"),
    ("EU", "European Union", "Europäische Union"),
    ("US", "United States", "Vereinigte Staaten"),
    ("EEA", "European Economic Area", "Europäischer Wirtschaftsraum"),
    ("IS NO", "Iceland, Norway", "Island, Norwegen"),
    ("EU -DE", "European Union (except Germany)", "Europäische Union (ohne Deutschland)"),
    (
        "EU -DE -FR",
        "European Union (except Germany, France)",
        "Europäische Union (ohne Deutschland, Frankreich)",
    ),
    ("US -US-CA", "United States (except California)", "Vereinigte Staaten (ohne Kalifornien)"),
    ("EU GB", "European Union, United Kingdom", "Europäische Union, Vereinigtes Königreich"),
    ("EU US", "United States, European Union", "Vereinigte Staaten, Europäische Union"),
    ("ALL", "everywhere", "überall"),
    ("ALL -GB", "everywhere (except United Kingdom)", "überall (ohne Vereinigtes Königreich)"),
    ("ALL -EU", "everywhere (except European Union)", "überall (ohne Europäische Union)"),
    (
        "ALL -EU -GB",
        "everywhere (except European Union, United Kingdom)",
        "überall (ohne Europäische Union, Vereinigtes Königreich)",
    ),
    (
        "BR CN IL NG KR VN",
        "Brazil, China, Israel, Nigeria, South Korea, Vietnam",
        "Brasilien, China, Israel, Nigeria, Südkorea, Vietnam",
    ),
    (
        "BR CN IL NG KR VN IN",
        "Brazil, China, India, Israel, Nigeria and 2 more",
        "Brasilien, China, Indien, Israel, Nigeria und 2 weitere",
    ),
    (
        "BR CN IL NG KR VN IN JP",
        "Brazil, China, India, Israel, Japan and 3 more",
        "Brasilien, China, Indien, Israel, Japan und 3 weitere",
    ),
]


@pytest.mark.parametrize(("said", "english", "german"), NAMED, ids=[one[0] for one in NAMED])
def test_what_places_are_called(
    said: str,
    english: str,
    german: str,
    places: Places,
    file: dict[str, dict[str, dict[str, list[str]]]],
) -> None:
    assert naming.name(codes(said, file), places, "en", say("en")) == english
    assert naming.name(codes(said, file), places, "de", say("de")) == german


def test_of_several_groups_the_largest_is_everywhere_else(
    places: Places, file: dict[str, dict[str, dict[str, list[str]]]]
) -> None:
    rest = codes("ALL -EU -US-CA", file)
    groups = [["US-CA"], sorted(codes("EU", file)), sorted(rest)]
    found = naming.names(groups, places, "en", say("en"))
    assert found == {0: "California", 1: "European Union", 2: "everywhere else"}
    found = naming.names(groups[::-1], places, "de", say("de"))
    assert found == {0: "überall sonst", 1: "Europäische Union", 2: "Kalifornien"}


def test_one_group_of_all_places_is_everywhere(
    places: Places, file: dict[str, dict[str, dict[str, list[str]]]]
) -> None:
    found = naming.names([sorted(codes("ALL", file))], places, "en", say("en"))
    assert found == {0: "everywhere"}


def test_a_world_of_one_place() -> None:
    alone = Places({"WORLD": {"en": "everywhere"}, "DE": {"en": "Germany"}}, {})
    assert naming.names([["DE"]], alone, "en", say("en")) == {0: "everywhere"}


def test_a_place_without_a_german_name_keeps_the_english_one() -> None:
    two = Places({"DE": {"en": "Germany", "de": "Deutschland"}, "XX": {"en": "Nowhere"}}, {})
    assert naming.name(["XX"], two, "de", say("de")) == "Nowhere"


@pytest.mark.parametrize("missing", ["AT", "IE", "SE"])
def test_the_union_without_any_one_is_named_by_it(
    missing: str, places: Places, file: dict[str, dict[str, dict[str, list[str]]]]
) -> None:
    left = codes(f"EU -{missing}", file)
    expected = f"European Union (except {file['country'][missing]['en']})"
    assert naming.name(left, places, "en", say("en")) == expected
