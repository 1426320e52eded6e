"""Ids tell rows apart and what points somewhere points at something: by plain loops."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.unit.faces.guide.opendata.reading import Files, Row, table
from withhold.catalog.load import load
from withhold.faces.guide.opendata import files

UNIQUE = {
    "platforms": ["id"],
    "practices": ["fact"],
    "controls": ["fact"],
    "coverage": ["platform", "control", "practice"],
    "shields": ["fact"],
    "disputes": ["fact"],
    "companies": ["id"],
    "crawlers": ["id"],
    "signals": ["id"],
    "laws": ["id"],
    "claims": ["id"],
    "places": ["code"],
    "sources": ["fact", "source"],
}
POINTS = [
    ("platforms", "operator", "companies", "id"),
    ("practices", "platform", "platforms", "id"),
    ("practices", "company", "companies", "id"),
    ("practices", "actor", "companies", "id"),
    ("practices", "via", "crawlers", "token"),
    ("practices", "places", "places", "code"),
    ("controls", "platform", "platforms", "id"),
    ("controls", "not_places", "places", "code"),
    ("shields", "platform", "platforms", "id"),
    ("disputes", "platform", "platforms", "id"),
    ("crawlers", "operator", "companies", "id"),
    ("crawlers", "governs", "crawlers", "token"),
    ("crawlers", "fallback", "crawlers", "token"),
    ("companies", "parent", "companies", "id"),
    ("forbidden", "law", "laws", "id"),
    ("forbidden", "practice", "practices", "fact"),
    ("asks", "claim", "claims", "id"),
    ("asks", "place", "places", "code"),
    ("places", "members", "places", "code"),
]


def cells(row: Row, *names: str) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


@pytest.mark.parametrize("name", UNIQUE)
def test_the_key_tells_rows_apart(built: Files, name: str) -> None:
    rows = table(built, name)
    assert rows
    often = Counter(cells(row, *UNIQUE[name]) for row in rows)
    assert [key for key, times in often.items() if times > 1 or not all(key)] == []


@pytest.mark.parametrize(("name", "column", "to", "id"), POINTS)
def test_what_points_points_at_something(
    built: Files, name: str, column: str, to: str, id: str
) -> None:
    there = {row[id] for row in table(built, to)}
    assert {one for row in table(built, name) for one in row[column].split()} <= there


def test_what_is_covered_is_a_control_and_a_practice_of_the_same_platform(built: Files) -> None:
    rows = table(built, "coverage")
    controls = {cells(row, "platform", "id") for row in table(built, "controls")}
    practices = {cells(row, "platform", "id") for row in table(built, "practices")}
    assert {cells(row, "platform", "control") for row in rows} <= controls
    assert {cells(row, "platform", "practice") for row in rows} <= practices


def test_what_a_claim_rests_on_is_a_practice_or_a_control(built: Files) -> None:
    facts = {row["fact"] for name in ("practices", "controls") for row in table(built, name)}
    rests_on = {one for row in table(built, "claims") for one in row["facts"].split()}
    assert "company-apple/train-on-public-web" in rests_on
    assert rests_on <= facts


def test_what_a_law_forbids_a_company_is_named_as_its_practice_is(small: Files) -> None:
    forbidden = [row["practice"] for row in table(small, "forbidden")]
    assert forbidden == ["acme/train", "company-scrapeco/scrape"]


def test_every_source_that_a_fact_names_is_there_and_belongs_to_something(built: Files) -> None:
    rows = table(built, "sources")
    sources = {cells(row, "fact", "source") for row in rows}
    facts = set()
    for name in ("practices", "controls", "shields", "disputes"):
        for row in table(built, name):
            facts.add(row["fact"])
            for source in row["sources"].split():
                assert (row["fact"], source) in sources
    pages = {row["page"].rstrip("/") for name in UNIQUE for row in table(built, name)}
    assert {row["fact"] for row in rows} <= facts | pages


def test_a_correction_leads_to_the_fact_that_was_wrong_if_it_is_still_there(
    made_root: Path,
) -> None:
    (made_root / "history" / "corrections.toml").write_text(
        "".join(
            f'[[correction]]\nfact = "{fact}"\non = {on}\n'
            'text = { en = "Wrong.", de = "Falsch." }\n'
            for fact, on in [
                ("acme/train", "2024-03-01"),
                ("acme/gone", "2024-04-01"),
                ("company-scrapeco/scrape", "2024-02-01"),
            ]
        ),
        encoding="utf-8",
    )
    there = dict(files(load(made_root), date(2026, 11, 25)))
    assert [cells(row, "fact", "on", "text_de", "page") for row in table(there, "corrections")] == [
        ("acme/gone", "2024-04-01", "Falsch.", ""),
        ("acme/train", "2024-03-01", "Falsch.", "facts/acme/train/"),
        ("company-scrapeco/scrape", "2024-02-01", "Falsch.", "facts/company-scrapeco/scrape/"),
    ]
    published = json.loads(there["withhold.json"])
    assert published["corrections"][0]["fact"] == "acme/gone"
    schema = json.loads(there["schema/knowledge-1.json"])
    assert Draft202012Validator(schema).is_valid(published)


def test_no_two_facts_share_a_page(built: Files) -> None:
    things = ["platforms", "practices", "controls", "shields", "disputes", "companies", "crawlers"]
    things += ["signals", "laws", "claims", "places"]
    pages = Counter(row["page"] for name in things for row in table(built, name) if row["page"])
    assert [page for page, times in pages.items() if times > 1] == []
    assert len({page.lower() for page in pages}) == len(pages)
