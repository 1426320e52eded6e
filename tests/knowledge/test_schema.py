"""The JSON Schemas are those of the words, and all knowledge holds to them.

``jsonschema`` is a validator that shares no code with the reader: what it accepts, an editor that
follows ``#:schema`` accepts too.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from withhold.catalog.load import default_root
from withhold.catalog.schema import KINDS, schema_of, schemas

ROOT = default_root()
FILES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.toml"))
VALIDATORS = {
    name: Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    for name, schema in schemas().items()
}


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_kept_is_the_one_of_the_words(name: str) -> None:
    kept = json.loads((ROOT / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept == schemas()[name], "make docs"


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in (ROOT / "schema").glob("*.json")} == KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_knowledge_holds_to_its_schema(file: str) -> None:
    found = _faults(schema_of(file), _as_json(file))
    assert not found


@pytest.mark.parametrize("file", FILES)
def test_a_file_names_the_schema_that_it_holds_to(file: str) -> None:
    first = (ROOT / file).read_text(encoding="utf-8").partition("\n")[0]
    if first.startswith("#:schema "):
        named = (ROOT / file).parent / first.removeprefix("#:schema ")
        assert named.resolve() == (ROOT / "schema" / f"{schema_of(file)}.json").resolve()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"operater": "linkedin"}, "operater"),
        ({"tier": 3}, "3 is not one of"),
        ({"id": "Linked In"}, "does not match"),
        ({"source": {"a": {"url": "u", "kind": "official", "seen": "2025-13-01"}}}, "date"),
        ({"source": {"a": {"url": "u", "kind": "rumour", "seen": "2025-01-01"}}}, "rumour"),
    ],
)
def test_what_does_not_hold_is_told(change: dict[str, Any], expected: str) -> None:
    found = _faults("platform", {**_as_json("platforms/linkedin.toml"), **change})
    assert any(expected in one for one in found)


def _faults(name: str, body: object) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in VALIDATORS[name].iter_errors(body)]


def _as_json(file: str) -> Any:
    """A TOML file as JSON would hold it: dates as ``YYYY-MM-DD``."""
    body = tomllib.loads((ROOT / Path(file)).read_text(encoding="utf-8"))
    return json.loads(json.dumps(body, default=_day))


def _day(value: object) -> str:
    assert type(value) is date
    return value.isoformat()
