"""Places are codes that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

ACME = "platforms/acme.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ACME, 'places = ["WORLD"]', 'places = ["UK"]', "train: unknown place 'UK'"),
        (ACME, 'not_places = ["EU"]', 'not_places = ["EUR"]', "train: unknown place 'EUR'"),
        (ACME, 'places = ["WORLD"]', "places = []", "train: no place (WORLD is one)"),
        (ACME, "minutes = 5", 'minutes = 5\nplaces = ["XX"]', "objection: unknown place 'XX'"),
        ("laws/act.toml", 'places = ["EU"]', 'places = ["EC"]', "unknown place 'EC'"),
        ("laws/act.toml", 'places = ["DE"]', 'places = ["DD"]', "unknown place 'DD'"),
        ("places.toml", '["DE", "FR"]', '["DE", "FX"]', "EU: unknown place 'FX'"),
    ],
)
def test_an_unknown_place_is_found(
    made_root: Path, file: str, old: str, new: str, said: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(f"{file}:")
    assert line.partition(": ")[2] == f"{said} [places]"


def test_a_state_a_country_and_a_group_are_places(made_root: Path) -> None:
    change = (ACME, 'places = ["WORLD"]', 'places = ["US-PA", "GB", "EU"]')
    assert found(made_root, change) == []
