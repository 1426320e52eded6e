"""Names as people write them; nothing is ever guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from withhold.catalog import find
from withhold.errors import NotFound


@pytest.mark.parametrize(
    "said", ["acme", "ACME", " acme ", "acme.example", "Acme.Example", "old acme", "Old Acme"]
)
def test_a_platform_by_id_or_alias(made_root: Path, said: str) -> None:
    assert find.platform(made_root, said) == "acme"


@pytest.mark.parametrize("said", ["partner", "Partner", " scrapeco"])
def test_a_company_by_id(made_root: Path, said: str) -> None:
    assert find.actor(made_root, said) == said.strip().lower()


def test_a_company_by_alias(made_root: Path) -> None:
    change = ('name = "Partner"', 'name = "Partner"\naliases = [\n  "P. Inc",\n]')
    folder.change(made_root, "actors/partner.toml", *change)
    assert find.actor(made_root, "p. inc") == "partner"


@pytest.mark.parametrize(
    ("said", "tip"),
    [
        ("acne", "did you mean acme?"),
        ("acme.exmple", "did you mean acme?"),
        ("zzzzzz", "withhold knowledge list platforms"),
        ("../acme", "did you mean acme?"),
        ("platforms/acme", "withhold knowledge list platforms"),
    ],
)
def test_an_unknown_platform_is_not_guessed(made_root: Path, said: str, tip: str) -> None:
    with pytest.raises(NotFound) as found:
        find.platform(made_root, said)
    assert found.value.message == f"unknown platform: {said}"
    assert found.value.tip.startswith(tip)
    assert found.value.exit_code == 2


def test_an_unknown_company_is_not_guessed(made_root: Path) -> None:
    with pytest.raises(NotFound, match=r"^unknown company: partnr$") as found:
        find.actor(made_root, "partnr")
    assert found.value.tip == "did you mean partner?"
    with pytest.raises(NotFound) as nothing:
        find.actor(made_root, "zzzzzz")
    assert nothing.value.tip == "withhold knowledge list actors"


def test_several_near_names_are_all_said(made_root: Path) -> None:
    text = folder.ACME.replace('id = "acme"', 'id = "acmo"').replace("acme.example", "acmo.example")
    (made_root / "platforms/acmo.toml").write_text(text, encoding="utf-8")
    with pytest.raises(NotFound) as found:
        find.platform(made_root, "acmx")
    assert set(found.value.tip.removeprefix("did you mean ").rstrip("?").split(" or ")) == {
        "acme",
        "acmo",
    }


def test_a_long_name_is_shown_in_part(made_root: Path) -> None:
    with pytest.raises(NotFound) as found:
        find.platform(made_root, "q" * 500)
    assert found.value.message == f"unknown platform: {'q' * 57}..."


def test_an_id_is_found_before_an_alias(made_root: Path) -> None:
    """An alias never hides a platform of that name, whichever file comes first."""
    text = folder.ACME.replace('id = "acme"', 'id = "zeta"').replace('"acme.example"', '"acme"')
    (made_root / "platforms/aaa.toml").write_text(text, encoding="utf-8")
    assert find.names(made_root, "platforms")["acme"] == "acme"
    assert find.platform(made_root, "acme") == "acme"


def test_names_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert find.names(tmp_path, "platforms") == {}


def test_a_retired_slug_leads_to_what_stands_in_its_place(made_root: Path) -> None:
    assert find.platform(made_root, "acme-plus") == "acme"
