"""Lists of addresses are read when asked for, each named by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.catalog.load import default_root, load
from withhold.catalog.ranges import load_ranges
from withhold.catalog.schema import schema_of, schemas
from withhold.errors import BadKnowledge

LIST = """\
id = "scrapebot"
tokens = ["ScrapeBot"]
operator = "scrapeco"
whose_list = "company"
published_at = "https://scrapeco.example/bots.json"
seen = 2024-05-01
prefixes = ["20.171.206.0/24"]

[source.list]
url = "https://scrapeco.example/bots.json"
kind = "official"
seen = 2024-05-01
"""


def put(root: Path, text: str = LIST, name: str = "scrapebot") -> None:
    (root / "ranges").mkdir(exist_ok=True)
    (root / "ranges" / f"{name}.toml").write_text(text, encoding="utf-8")


def test_a_list_by_its_id(made_root: Path) -> None:
    put(made_root)
    found = load_ranges(made_root)
    assert list(found) == ["scrapebot"]
    assert found["scrapebot"].prefixes == ["20.171.206.0/24"]
    assert found["scrapebot"].recheck_after == "90 days"


def test_knowledge_without_lists_has_none(made_root: Path) -> None:
    assert load_ranges(made_root) == {}


def test_a_start_that_asks_for_no_log_reads_no_list(made_root: Path) -> None:
    put(made_root, "not TOML")
    assert load(made_root).crawlers
    with pytest.raises(BadKnowledge, match=r"ranges/scrapebot\.toml:1: not valid TOML"):
        load_ranges(made_root)


def test_the_name_of_the_file_is_the_id(made_root: Path) -> None:
    put(made_root, name="other")
    with pytest.raises(BadKnowledge, match=r"ranges/other\.toml: id: expected `other`"):
        load_ranges(made_root)


def test_whose_list_it_is_must_be_said(made_root: Path) -> None:
    put(made_root, LIST.replace('whose_list = "company"\n', ""))
    with pytest.raises(BadKnowledge, match="missing field `whose_list`"):
        load_ranges(made_root)


def test_the_schema_of_a_list() -> None:
    assert schema_of("ranges/gptbot.toml") == "ranges"
    assert "host bits" in str(schemas()["ranges"])


def test_every_list_that_ships_names_its_schema() -> None:
    files = sorted((default_root() / "ranges").glob("*.toml"))
    assert len(files) == len(load_ranges()) >= 12
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        assert first == "#:schema ../schema/ranges.json"
