"""Every control says how far it reaches, what state says no and what it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import Change, found

ACME = "platforms/acme.toml"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('{ train = "full", partner-trains = "not" }', '{ train = "full", trian = "not" }'),
            "switch: covers unknown practice 'trian'",
        ),
        (
            ('{ train = "full", partner-trains = "not" }', "{}"),
            "switch: covers nothing: name the practices",
        ),
        (
            ('covers = { partner-trains = "not" }', 'covers = { partner-trains = "part" }'),
            "nothing: kind none cannot cover 'partner-trains'",
        ),
        (('want = "off"\n', ""), "switch: want: which state says no?"),
        (('want = "sent"', 'want = "off"'), "objection: want of a form or e-mail is `sent`"),
        (
            ('want = "followers"', 'want = "off"'),
            "go-private: want of kind audience is an audience",
        ),
        (
            ('cost = { en = "reach", de = "Reichweite" }\n', ""),
            "go-private: cost: going private costs reach",
        ),
        (("minutes = 5\n", ""), "objection: minutes: how long does it take?"),
        (('about = ["train", "switch"]', 'about = ["train", "x"]'), "how-far: about unknown 'x'"),
    ],
)
def test_what_a_control_leaves_unsaid_is_found(
    made_root: Path, change: tuple[str, str], said: str
) -> None:
    (line,) = found(made_root, (ACME, *change))
    assert line.partition(": ")[2] == f"{said} [covers]"


@pytest.mark.parametrize("says", ["silent", "no"])
def test_who_says_nothing_or_no_has_no_switch(made_root: Path, says: str) -> None:
    changes: tuple[Change, ...] = (
        ("history/acme.toml", 'says = "silent"', f'says = "{says}"\ndefault = "off"'),
    )
    assert found(made_root, *changes) == [
        f"history/acme.toml:9: train-2023: default: who says {says} has no switch; "
        "expected `none` [covers]"
    ]


def test_a_superseded_control_is_looked_at_too(made_root: Path) -> None:
    change = ("history/acme.toml", 'train-2023 = "part"', 'train-2022 = "part"')
    assert found(made_root, change) == [
        "history/acme.toml:21: switch-2023: covers unknown practice 'train-2022' [covers]"
    ]
