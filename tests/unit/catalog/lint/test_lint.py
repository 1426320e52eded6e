"""The walk over all checks: what is clean has no finding, and no check goes without a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import withhold.catalog.lint as checks
from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.lint import CHECKS, lint, module
from withhold.catalog.lint.finding import Finding
from withhold.errors import BadKnowledge


def test_the_clean_folder_has_no_finding(made_root: Path) -> None:
    assert found(made_root) == []


def test_every_check_file_is_run_and_has_its_test() -> None:
    here = Path(checks.__file__).parent
    files = {path.stem for path in here.glob("*.py")} - {"__init__", "finding"}
    assert set(CHECKS) == files
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert tested == {*files, "lint"}


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_says_what_must_hold(name: str) -> None:
    assert len((module(name).__doc__ or "").split()) > 5


def test_a_finding_is_one_line_with_file_line_thing_and_check(made_root: Path) -> None:
    at = folder.line(made_root, "platforms/acme.toml", 'id = "switch"')
    said = Finding(file="platforms/acme.toml", thing="switch", message="is odd")
    assert str(said.by("covers", made_root)) == f"platforms/acme.toml:{at}: switch: is odd [covers]"


def test_a_finding_without_a_thing_or_in_no_file_stands_at_line_1(made_root: Path) -> None:
    whole = Finding(file="platforms/acme.toml", message="is odd").by("covers", made_root)
    assert str(whole) == "platforms/acme.toml:1: is odd [covers]"
    assert Finding(file="nowhere.toml", thing="x", message="m").by("laws", made_root).line == 1
    nameless = Finding(file="platforms/acme.toml", thing="nope", message="m")
    assert nameless.by("laws", made_root).line == 1


def test_a_file_that_cannot_be_read_ends_the_walk(made_root: Path) -> None:
    folder.change(made_root, "laws/act.toml", 'id = "act"', "id = act")
    with pytest.raises(BadKnowledge, match=r"^laws/act.toml:1: not valid TOML"):
        list(lint(made_root, date(2024, 7, 1)))


def test_findings_of_two_files_are_all_found_in_the_order_of_the_checks(made_root: Path) -> None:
    said = found(
        made_root,
        ("actors/scrapeco.toml", 'parent = "partner"', 'parent = "nobody"'),
        ("laws/act.toml", '"scrapeco/scrape"', '"scrapeco/nope"'),
    )
    assert said == [
        "actors/scrapeco.toml:1: unknown parent 'nobody' [actors]",
        "laws/act.toml:1: forbids unknown practice 'scrapeco/nope' [laws]",
    ]
