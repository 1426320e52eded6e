"""A name means one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import Change, found

ACME = "platforms/acme.toml"


def test_an_alias_of_two_platforms_is_found(made_root: Path) -> None:
    text = (made_root / ACME).read_text(encoding="utf-8").replace('id = "acme"', 'id = "beta"')
    (made_root / "platforms" / "beta.toml").write_text(text, encoding="utf-8")
    assert found(made_root) == [
        "platforms/beta.toml:1: alias 'acme.example' also stands for acme [slugs]",
        "platforms/beta.toml:1: alias 'Old Acme' also stands for acme [slugs]",
    ]


def test_an_alias_that_is_anothers_slug_is_found(made_root: Path) -> None:
    change = ("actors/partner.toml", 'name = "Partner"', 'name = "Partner"\naliases = ["Acme"]')
    assert found(made_root, change) == [
        "actors/partner.toml:1: alias 'Acme' also stands for acme [slugs]"
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            (ACME, 'id = "partner-trains"', 'id = "switch"'),
            "platforms/acme.toml:36: switch: id used twice [slugs]",
        ),
        (
            ("history/acme.toml", 'id = "switch-2023"', 'id = "how-far"'),
            "platforms/acme.toml:92: how-far: id used twice [slugs]",
        ),
    ],
)
def test_an_id_used_twice_is_found(made_root: Path, change: Change, said: str) -> None:
    assert said in found(made_root, change)


def test_a_practice_of_an_actor_used_twice_is_found(made_root: Path) -> None:
    path = made_root / "actors" / "scrapeco.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text[text.index("[[practice]]") :], encoding="utf-8")
    assert found(made_root) == ["actors/scrapeco.toml:11: scrape: id used twice [slugs]"]


def test_a_retired_slug_in_use_and_a_redirect_to_nothing_are_found(made_root: Path) -> None:
    retired = "history/retired.toml"
    assert found(made_root, (retired, "acme-plus", "partner")) == [
        "actors/partner.toml:1: the slug is retired [slugs]"
    ]
    assert found(made_root, (retired, 'partner = "acme"', 'acme-plus = "gone"')) == [
        "history/retired.toml:2: acme-plus: redirects to 'gone', which is not there [slugs]"
    ]
