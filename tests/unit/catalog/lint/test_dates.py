"""Dates are in order, and none lies after the day of the check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.lint import lint

ACME = "platforms/acme.toml"
BEFORE = "history/acme.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            ACME,
            "seen = 2024-06-01",
            "seen = 2024-07-02",
            "policy: seen 2024-07-02 lies in the future",
        ),
        (
            ACME,
            "announced = 2024-01-01",
            "announced = 2024-02-02",
            "train: announced must not lie after since",
        ),
        (ACME, "\nknown_since = 2024-06-01", "", "partner-trains: neither since nor known_since"),
        (
            ACME,
            "since = 2024-02-01",
            "since = 2024-02-01\nknown_since = 2024-02-01",
            "train: since makes known_since superfluous",
        ),
        (ACME, "\nknown_since = 2024-05-01", "", "a shield needs since or known_since"),
        (
            ACME,
            "since = 2024-02-01",
            "since = 2024-02-01\nuntil = 2024-07-01",
            "train: ended: belongs in history/",
        ),
        (
            ACME,
            "known_since = 2024-05-01",
            "known_since = 2024-05-01\nuntil = 2024-05-01",
            "a shield begins before its until",
        ),
        (
            BEFORE,
            "since = 2023-01-01",
            "known_since = 2024-02-01",
            "train-2023: known_since must lie before until",
        ),
        (
            BEFORE,
            "since = 2023-01-01",
            "since = 2024-02-01",
            "train-2023: since must lie before until",
        ),
        (
            BEFORE,
            "since = 2023-01-01\nuntil = 2024-02-01",
            "since = 2023-01-01",
            "train-2023: a superseded fact needs until",
        ),
        (
            BEFORE,
            "minutes = 1\nuntil = 2024-02-01",
            "minutes = 1",
            "switch-2023: a superseded control needs until",
        ),
        (
            BEFORE,
            "minutes = 1\nuntil = 2024-02-01",
            "minutes = 1\nsince = 2024-02-01\nuntil = 2024-02-01",
            "switch-2023: since must lie before until",
        ),
    ],
)
def test_dates_out_of_order_are_found(
    made_root: Path, file: str, old: str, new: str, said: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(f"{file}:")
    assert line.partition(": ")[2] == f"{said} [dates]"


def test_a_control_verified_in_the_future_is_found(made_root: Path) -> None:
    change = (ACME, 'how = "page", on = 2024-06-02', 'how = "page", on = 2024-07-02')
    (line,) = found(made_root, change)
    assert line.endswith("objection: verified in the future [dates]")


def test_the_day_of_the_check_decides_what_lies_in_the_future(made_root: Path) -> None:
    early = {str(one).partition(": ")[2] for one in lint(made_root, date(2024, 5, 31))}
    assert "policy: seen 2024-06-01 lies in the future [dates]" in early
    assert "switch: verified in the future [dates]" in early
    assert list(lint(made_root, folder.TODAY)) == []
