"""The JSON keeps to the schema published beside it, and the schema is strict enough to matter."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.unit.faces.guide.opendata.reading import Files, toml

Json = dict[str, Any]


def validator(files: Files, name: str = "knowledge-1") -> Draft202012Validator:
    schema = json.loads(files[f"schema/{name}.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def test_everything_known_keeps_to_its_schema(built: Files) -> None:
    known = json.loads(built["withhold.json"])
    assert [one.message for one in validator(built).iter_errors(known)] == []


def test_the_made_up_knowledge_does_too_without_a_version(small: Files) -> None:
    known = json.loads(small["withhold.json"])
    assert "version" not in known
    assert known["retired"] == {"acme-plus": "acme"}
    assert [one.message for one in validator(small).iter_errors(known)] == []


def practice(known: Json) -> Json:
    found: Json = known["platforms"][0]["practice"][0]
    return found


SPOILED: dict[str, Callable[[Json], object]] = {
    "another layout": lambda known: known.update(schema="withhold/knowledge/2"),
    "no day": lambda known: known.pop("built"),
    "a day that is none": lambda known: known.update(built="2026-13-01"),
    "a word that is not in the list": lambda known: practice(known).update(says="perhaps"),
    "a field that nobody knows": lambda known: practice(known).update(score=7),
    "a fact without a page": lambda known: practice(known).pop("page"),
    "a fact without sources": lambda known: practice(known).pop("sources"),
    "a mark that is no mark": lambda known: practice(known).update(superseded="yes"),
    "a place without English": lambda known: known["places"]["names"]["DE"].pop("en"),
    "a group that is one text": lambda known: known["places"]["groups"].update(EU="DE"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_what_is_spoiled_does_not(small: Files, how: str) -> None:
    known = copy.deepcopy(json.loads(small["withhold.json"]))
    SPOILED[how](known)
    assert not validator(small).is_valid(known)


@pytest.mark.parametrize(
    ("name", "folder"), [("platform", "platforms"), ("history", "history"), ("law", "laws")]
)
def test_a_schema_per_kind_holds_for_the_files_of_that_kind(
    built: Files, name: str, folder: str
) -> None:
    check = validator(built, name)
    for file, said in toml(folder).items():
        as_json = json.loads(json.dumps(said, default=str))
        assert file in ("retired", "corrections") or check.is_valid(as_json), file
    assert not check.is_valid({"id": "nothing-else"})


def test_every_field_at_the_top_is_described(built: Files) -> None:
    schema = json.loads(built["schema/knowledge-1.json"])
    assert all(one.get("description") for one in schema["properties"].values())
    assert (
        "Silence is never a no" in schema["$defs"]["Practice"]["properties"]["says"]["description"]
    )
