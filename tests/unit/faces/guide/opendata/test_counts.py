"""How many rows there are, counted from the TOML files by hand, without the loader."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.faces.guide.opendata.reading import Files, table, toml
from withhold.catalog.load import default_root

NOW, BEFORE, ACTORS = toml("platforms"), toml("history"), toml("actors")
BEFORE.pop("retired", None)
CORRECTED = BEFORE.pop("corrections", {}).get("correction", [])
OF_PLATFORM = [*NOW.values(), *BEFORE.values()]
SINGLE = {name: toml(name) for name in ("crawlers", "laws", "signals", "claims")}


def total(owners: list[dict[str, Any]], part: str) -> int:
    return sum(len(one.get(part, [])) for one in owners)


def covered() -> int:
    return sum(len(one["covers"]) for owner in OF_PLATFORM for one in owner.get("control", []))


def forbidden() -> int:
    return sum(
        len(one["practices"]) for law in SINGLE["laws"].values() for one in law.get("forbids", [])
    )


def places() -> int:
    (file,) = (one for name, one in toml(".").items() if name == "places")
    states = len(file["us_state"]) + len(file["de_state"])
    return 1 + len(file["group"]) + len(file["country"]) + states


def cited() -> int:
    """Facts with each of their sources, then what a file says of no single fact."""
    pairs = 0
    for owner in (*OF_PLATFORM, *ACTORS.values()):
        for part in ("practice", "control", "shield", "dispute"):
            pairs += sum(len(set(one.get("sources", []))) for one in owner.get(part, []))
    for id, owner in NOW.items():
        both = [owner, BEFORE.get(id, {})]
        used = {
            source
            for file in both
            for part in ("practice", "control", "shield", "dispute")
            for one in file.get(part, [])
            for source in one.get("sources", [])
        }
        there = {source for file in both for source in file.get("source", {})}
        terms = {owner["automation_terms"].get("source", "")} & there
        pairs += len((there - used) | terms)
    for folder in (ACTORS, *SINGLE.values()):
        pairs += sum(len(one["source"]) for one in folder.values())
    return pairs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("platforms", len(NOW)),
        ("practices", total([*OF_PLATFORM, *ACTORS.values()], "practice")),
        ("controls", total(OF_PLATFORM, "control")),
        ("coverage", covered()),
        ("shields", total(list(NOW.values()), "shield")),
        ("disputes", total(list(NOW.values()), "dispute")),
        ("companies", len(ACTORS)),
        ("crawlers", len(SINGLE["crawlers"])),
        ("signals", len(SINGLE["signals"])),
        ("laws", len(SINGLE["laws"])),
        ("forbidden", forbidden()),
        ("claims", len(SINGLE["claims"])),
        ("asks", total(list(SINGLE["claims"].values()), "asks")),
        ("places", places()),
        ("sources", cited()),
    ],
)
def test_every_row_is_there_once(built: Files, name: str, expected: int) -> None:
    assert expected > 0
    assert len(table(built, name)) == expected


def test_every_correction_is_there(built: Files) -> None:
    assert len(table(built, "corrections")) == len(CORRECTED)


def test_no_table_is_uncounted(built: Files) -> None:
    counted = {*SINGLE, "platforms", "practices", "controls", "coverage", "shields", "disputes"}
    counted |= {"companies", "forbidden", "asks", "places", "sources", "corrections"}
    assert {one for one in built if one.endswith(".csv")} == {f"{one}.csv" for one in counted}


@pytest.mark.parametrize("part", ["practice", "control"])
def test_what_stands_in_history_is_marked_and_nothing_else(built: Files, part: str) -> None:
    past = {f"{id}/{one['id']}" for id, file in BEFORE.items() for one in file.get(part, [])}
    marked = {one["fact"] for one in table(built, f"{part}s") if one["superseded"] == "true"}
    assert marked == past
    assert past


def test_every_schema_of_knowledge_is_published(built: Files) -> None:
    kept = {f"schema/{one.name}" for one in (default_root() / "schema").glob("*.json")}
    assert kept
    assert kept <= built.keys()
