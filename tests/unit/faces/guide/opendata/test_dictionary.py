"""The data dictionary: every field is described in both languages, and every fact has a column."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.faces.guide.opendata.reading import Files, toml
from withhold.faces.guide import opendata
from withhold.faces.guide.opendata import Table, describe, dictionary

TABLES = {one.name: one for one in dictionary()}
GERMAN = tomllib.loads(
    (Path(opendata.__file__).parent / "de.toml").read_text(encoding="utf-8"),
)
APART = {
    "platforms": {"source", "practice", "control", "shield", "dispute"},
    "actors": {"source", "practice"},
    "crawlers": {"source"},
    "laws": {"source", "forbids"},
    "signals": {"source", "heeded"},
    "claims": {"source", "asks"},
}
"""What stands in the files and is a table of its own."""


def shown(files: Files) -> Iterator[str]:
    yield json.loads(files["datapackage.json"])["description"]
    for table in TABLES.values():
        yield table.description
        for field in table.fields:
            yield field.description
            yield field.form


def test_no_german_is_missing_and_none_is_stale(small: Files) -> None:
    assert {one for one in shown(small) if one} == GERMAN.keys()
    assert [en for en, de in GERMAN.items() if not de.strip() or de == en] == []


def test_german_names_the_same_codes(small: Files) -> None:
    """What stands in backticks is a name in the data, except where its meaning is translated."""
    said = {"platform/id", "name=value", "Plattform/id", "Name=Wert", "with the switch off"}
    for english, german in GERMAN.items():
        codes = set(english.split("`")[1::2]) - said
        assert codes <= set(german.split("`")[1::2]) - said, english


def test_a_language_without_a_file_gets_english() -> None:
    text = TABLES["laws"].description
    assert describe(text, "fr") == describe(text, "en") == text
    assert describe(text, "de") != text
    assert describe("never heard of", "de") == "never heard of"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_field_is_described_once(table: Table) -> None:
    names = [one.name for one in table.fields]
    assert len(names) == len(set(names))
    assert [one.name for one in table.fields if not one.description.endswith((".", "..."))] == []
    assert set(table.key) <= set(names)
    for ref in table.refs:
        assert set(ref.fields) <= set(names)
        assert set(ref.to) <= {one.name for one in TABLES[ref.table].fields}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_header_is_the_dictionary(small: Files, table: Table) -> None:
    header = small[table.path].decode().split("\n", 1)[0]
    assert header.split(",") == [one.name for one in table.fields]


def names(table: str) -> set[str]:
    return {one.name for one in TABLES[table].fields}


def leaves(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and name != "seen":
        yield from (f"{name}_{key}" for key in value)
    else:
        yield name


@pytest.mark.parametrize("folder", APART)
def test_every_field_of_the_files_has_a_column(folder: str) -> None:
    table = "companies" if folder == "actors" else folder
    for file, said in toml(folder).items():
        for name, value in said.items():
            if name not in APART[folder]:
                assert set(leaves(name, value)) <= names(table), f"{folder}/{file}.toml {name}"


@pytest.mark.parametrize(
    ("folder", "part", "table"),
    [
        ("platforms", "practice", "practices"),
        ("history", "practice", "practices"),
        ("actors", "practice", "practices"),
        ("platforms", "control", "controls"),
        ("platforms", "shield", "shields"),
        ("platforms", "dispute", "disputes"),
        ("claims", "asks", "asks"),
    ],
)
def test_every_field_of_a_fact_has_a_column(folder: str, part: str, table: str) -> None:
    seen = set()
    for said in toml(folder).values():
        for fact in said.get(part, []):
            for name, value in fact.items():
                if name != "covers":
                    seen |= set(leaves(name, value))
    assert seen
    assert seen <= names(table)


def test_every_field_of_a_source_has_a_column() -> None:
    fields = {
        key for one in toml("platforms").values() for s in one["source"].values() for key in s
    }
    assert fields <= names("sources")


def test_how_a_cell_is_written_is_said() -> None:
    forms = {
        f"{table.name}.{one.name}": one.form for table in TABLES.values() for one in table.fields
    }
    assert forms["practices.content"] == "Several are joined by a space."
    assert forms["platforms.aliases"] == "Several are joined by ` | `."
    assert forms["controls.path_de"] == "In German. Several are joined by ` | `."
    assert forms["asks.seen"] == "Several are joined by a space. Each is written as `name=value`."
    assert forms["practices.since"] == ""
