"""The schemas are those of the words, and every file of knowledge has one."""

from __future__ import annotations

import pytest

from tests.unit import folder
from withhold.catalog.schema import DIALECT, schema_of, schemas


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("platforms/acme.toml", "platform"),
        ("actors/acme.toml", "actor"),
        ("crawlers/scrapebot.toml", "crawler"),
        ("laws/act.toml", "law"),
        ("signals/robots-txt.toml", "signal"),
        ("claims/it-is-said.toml", "claim"),
        ("history/acme.toml", "history"),
        ("history/retired.toml", "retired"),
        ("places.toml", "places"),
        ("policies/acme.toml", "policies"),
        ("reasons/en.toml", "sentences"),
    ],
)
def test_the_schema_of_a_file(file: str, name: str) -> None:
    assert schema_of(file) == name
    assert name in schemas()


def test_every_file_of_the_made_folder_has_a_schema_that_allows_nothing_more() -> None:
    every = schemas()
    for file in folder.FILES:
        schema = every[schema_of(file)]
        assert schema["$schema"] == DIALECT
        top = schema["$defs"][schema["$ref"].rpartition("/")[2]]
        assert top["additionalProperties"] is False


def test_a_schema_explains_its_fields() -> None:
    platform = schemas()["platform"]["$defs"]["Practice"]["properties"]
    assert "Silence is never a no" in platform["says"]["description"]
    assert set(platform["says"]["enum"]) == {"yes", "no", "conditional", "silent"}
