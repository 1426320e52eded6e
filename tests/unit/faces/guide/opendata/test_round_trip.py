"""Hand-picked facts, from the TOML file to the table and back; and once more by the JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.faces.guide.opendata.reading import Files, Row, row, table, toml

LISTS = {
    "content",
    "audience",
    "places",
    "not_places",
    "account_kinds",
    "via",
    "sources",
    "reaches",
}
TEXTS = {"needs", "plans", "aliases"}
LANGS = ("en", "de")


def back(cells: Row, like: dict[str, Any]) -> dict[str, Any]:
    """The cells as the TOML file has them: only the fields that stand there, with its types."""
    found: dict[str, Any] = {}
    for name, was in like.items():
        if name in LISTS | TEXTS:
            found[name] = cells[name].split(" | " if name in TEXTS else " ")
        elif isinstance(was, dict) and was.keys() <= set(LANGS):
            texts = {lang: cells[f"{name}_{lang}"] for lang in LANGS if cells[f"{name}_{lang}"]}
            paths = isinstance(was["en"], list)
            found[name] = {k: v.split(" | ") for k, v in texts.items()} if paths else texts
        elif isinstance(was, dict):
            found[name] = {key: cells[f"{name}_{key}"] for key in was}
        elif isinstance(was, bool):
            found[name] = {"true": True, "false": False}[cells[name]]
        elif isinstance(was, int):
            found[name] = int(cells[name])
        else:
            found[name] = cells[name]
    return found


def plain(fact: dict[str, Any]) -> dict[str, Any]:
    """A table of the TOML file with its dates as text."""
    found: dict[str, Any] = json.loads(json.dumps(fact, default=str))
    return found


def written(folder: str, file: str, part: str, id: str) -> dict[str, Any]:
    (found,) = (one for one in toml(folder)[file][part] if one["id"] == id)
    return plain(found)


PRACTICES = [
    ("platforms", "linkedin", "own-generative-models", "linkedin/own-generative-models"),
    ("history", "linkedin", "not-in-europe", "linkedin/not-in-europe"),
    ("actors", "apple", "train-on-public-web", "company-apple/train-on-public-web"),
]


@pytest.mark.parametrize(("folder", "file", "id", "fact"), PRACTICES)
def test_a_practice(built: Files, folder: str, file: str, id: str, fact: str) -> None:
    there = written(folder, file, "practice", id)
    cells = row(built, "practices", fact=fact)
    assert back(cells, there) == there
    assert cells["page"] == f"facts/{fact}/"
    assert (cells["platform"], cells["company"]) == (
        ("", file) if folder == "actors" else (file, "")
    )


@pytest.mark.parametrize(("folder", "file", "id", "fact"), PRACTICES)
def test_the_sources_of_a_practice(
    built: Files, folder: str, file: str, id: str, fact: str
) -> None:
    sources = toml(folder)[file]["source"]
    ids = written(folder, file, "practice", id)["sources"]
    rows = [one for one in table(built, "sources") if one["fact"] == fact]
    assert [one["source"] for one in rows] == ids
    for one in rows:
        assert back(one, sources[one["source"]]) == plain(sources[one["source"]])


@pytest.mark.parametrize("id", ["ai-training-toggle", "objection-form"])
def test_a_control_with_what_it_covers(built: Files, id: str) -> None:
    there = written("platforms", "linkedin", "control", id)
    covers = there.pop("covers")
    assert back(row(built, "controls", fact=f"linkedin/{id}"), there) == there
    assert {
        one["practice"]: one["covers"]
        for one in table(built, "coverage")
        if (one["platform"], one["control"]) == ("linkedin", id)
    } == covers


def test_a_crawler_keeps_its_spelling_and_what_it_honours(built: Files) -> None:
    there = toml("crawlers")["ia-archiver"]
    cells = row(built, "crawlers", id="ia-archiver")
    assert (cells["token"], cells["operator"]) == ("ia_archiver", there["operator"])
    assert cells["honours_says"] == there["honours"]["says"]
    assert cells["page"] == "crawlers/ia-archiver/"


def test_shields_count_and_a_place_has_its_page(built: Files) -> None:
    pages = [one["page"] for one in table(built, "shields") if one["platform"] == "facebook"]
    assert pages == [
        "facts/facebook/shield/",
        "facts/facebook/shield-2/",
        "facts/facebook/shield-3/",
    ]
    assert row(built, "places", code="US-PA")["page"] == "us-pa/"
    eu = row(built, "places", code="EU")
    assert eu["page"] == ""
    assert {"DE", "FR"} <= set(eu["members"].split())
    assert row(built, "places", code="WORLD")["page"] == ""


def test_the_json_has_what_the_files_have(built: Files) -> None:
    known = json.loads(built["withhold.json"])
    (linkedin,) = (one for one in known["platforms"] if one["id"] == "linkedin")
    for folder in ("platforms", "history"):
        for part in ("practice", "control"):
            for fact in toml(folder)["linkedin"].get(part, []):
                (found,) = (one for one in linkedin[part] if one["id"] == fact["id"])
                assert {key: found[key] for key in fact if key != "verified"} == {
                    key: one for key, one in plain(fact).items() if key != "verified"
                }
                assert found.get("superseded", False) is (folder == "history")
                assert found["page"] == f"facts/linkedin/{fact['id']}/"
    assert known["built"] == "2026-11-25"
    assert known["version"] == "0.1.0"


def test_the_json_has_every_thing_of_every_folder(built: Files) -> None:
    known = json.loads(built["withhold.json"])
    for folder in ("platforms", "actors", "crawlers", "laws", "signals", "claims"):
        assert [one["id"] for one in known[folder]] == sorted(toml(folder))
    assert b"\n" not in built["withhold.json"]
