"""``frictionless`` reads the package as any other and finds the tables as they are described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from tests.unit.faces.guide.opendata.reading import Files, table


def write(files: Files, folder: Path) -> Path:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder / "datapackage.json"


def errors(descriptor: Path, skip: tuple[str, ...] = ()) -> set[str]:
    report = Package(str(descriptor)).validate()
    return {kind for (kind,) in report.flatten(["type"])} - set(skip)


def test_everything_known_is_as_described(built: Files, tmp_path: Path) -> None:
    descriptor = write(built, tmp_path)
    package = Package(str(descriptor))
    assert package.validate().flatten(["title", "rowNumber", "message"]) == []
    assert len(package.resources) == sum(one.endswith(".csv") for one in built)
    read = {one.name: len(one.read_rows()) for one in package.resources}
    assert read == {name: len(table(built, name)) for name in read}


def test_the_made_up_knowledge_is_too(small: Files, tmp_path: Path) -> None:
    assert errors(write(small, tmp_path)) == set()


SPOILED = [
    ("practices.csv", b"acme/train,acme,", b"acme/train,nobody,", "foreign-key"),
    ("coverage.csv", b"acme,switch,train,", b"acme,switch,gone,", "foreign-key"),
    ("coverage.csv", b",full,", b",nearly,", "constraint-error"),
    ("practices.csv", b",post photo,", b",post poem,", "constraint-error"),
    ("platforms.csv", b"\nacme,Acme,", b"\nacme,,", "constraint-error"),
    ("platforms.csv", b"\nacme,", b"\nA C M E,", "constraint-error"),
    ("controls.csv", b",2024-06-02,", b",June 2024,", "type-error"),
    ("companies.csv", b"\npartner,", b"\nacme,", "primary-key"),
    ("sources.csv", b",https://acme.example/policy,", b",not an address,", "type-error"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), SPOILED)
def test_a_cell_that_does_not_fit_is_found(
    small: Files, tmp_path: Path, file: str, old: bytes, new: bytes, expected: str
) -> None:
    assert old in small[file]
    descriptor = write(small | {file: small[file].replace(old, new)}, tmp_path)
    assert expected in errors(descriptor)


def test_a_file_that_was_changed_is_found_by_its_hash(small: Files, tmp_path: Path) -> None:
    body = small["claims.csv"].replace(b"It is said.", b"It is sold.")
    assert body != small["claims.csv"]
    assert errors(write(small | {"claims.csv": body}, tmp_path)) == {"hash-count"}


def described(files: Files, name: str) -> dict[str, dict[str, Any]]:
    package = json.loads(files["datapackage.json"])
    (found,) = (one for one in package["resources"] if one["name"] == name)
    return {one["name"]: one for one in found["schema"]["fields"]}


def test_a_closed_list_is_the_list_of_the_words(small: Files) -> None:
    practices = described(small, "practices")
    assert set(practices["says"]["constraints"]["enum"]) == {"yes", "no", "conditional", "silent"}
    assert practices["since"]["type"] == "date"
    assert "constraints" not in practices["since"]
    assert described(small, "platforms")["tier"]["constraints"]["enum"] == [1, 2]
    assert described(small, "controls")["minutes"]["constraints"]["maximum"] == 240
    assert described(small, "claims")["held"]["constraints"]["enum"] == [
        "as-written",
        "changed-since",
        "imprecise",
    ]


def test_every_table_and_field_has_a_title_and_a_description(small: Files) -> None:
    package = json.loads(small["datapackage.json"])
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert package["created"] == "2026-11-25T00:00:00Z"
    for resource in package["resources"]:
        assert resource["description"]
        for field in resource["schema"]["fields"]:
            assert field["title"]
            assert field["description"], f"{resource['name']}.{field['name']}"
