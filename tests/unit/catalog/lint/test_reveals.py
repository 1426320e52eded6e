"""Words of reveals can be read, stand in every language and are all used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root

EN = "reveals/en.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the words of reveals as they are."""
    shutil.copytree(default_root() / "reveals", made_root / "reveals")
    return made_root


def test_what_is_there_has_no_finding(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"we|our ... parish', '"... parish', "`...` stands between words"),
        ('"born <date>"', '"born? <date>"', "the first word cannot be missing"),
        ('"born <date>"', '"<name> <date>"', "fits anything"),
        ('"born <date>"', '"born {day}"', "no list 'day'"),
        ('"born <date>"', '"born -- <date>"', "'--' is no word"),
        (
            '"born <date>"',
            '"i <date>", "dob ... <date>"',
            "possible: 'dob ... <date>' is sure as well",
        ),
        ('"january|jan", ', "", "months: not twelve"),
        ('regions = ["US"', 'regions = ["usa"', "'usa' is no code of ISO 3166"),
        ("[lists]", '[lists]\nnobody = ["nobody"]', "nobody: no phrase names this list"),
        ('faith = ["islam"', 'faith = ["islam", "islam"', "faith: 'islam' stands twice"),
    ],
)
def test_one_change_one_finding(root: Path, old: str, new: str, said: str) -> None:
    assert any(said in one and one.startswith(EN) for one in found(root, (EN, old, new)))


def test_a_language_that_is_missing_is_found(root: Path) -> None:
    (root / "reveals" / "de.toml").unlink()
    assert any("reveals/de.toml" in one and "is not there" in one for one in found(root))
