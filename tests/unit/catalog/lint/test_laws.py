"""What a law forbids exists, and so does the source that says it."""

from __future__ import annotations

from pathlib import Path

from tests.unit.catalog.lint.found import found

ACT = "laws/act.toml"


def test_an_unknown_practice_is_found(made_root: Path) -> None:
    assert found(made_root, (ACT, '"acme/train"', '"acme/trian"')) == [
        "laws/act.toml:1: forbids unknown practice 'acme/trian' [laws]"
    ]


def test_a_superseded_practice_may_be_forbidden(made_root: Path) -> None:
    assert found(made_root, (ACT, '"acme/train"', '"acme/train-2023"')) == []


def test_an_unknown_source_is_found(made_root: Path) -> None:
    assert found(made_root, (ACT, 'sources = ["text"]', 'sources = ["text", "txt"]')) == [
        "laws/act.toml:1: unknown source 'txt' [laws]"
    ]


def test_what_a_law_forbids_needs_a_source(made_root: Path) -> None:
    (line,) = found(made_root, (ACT, 'sources = ["text"]', "sources = []"))
    assert "no source" in line
