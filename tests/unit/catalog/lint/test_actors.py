"""Every actor that is named has a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import Change, found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("platforms/acme.toml", 'actor = "partner"', 'actor = "nobody"'),
            "platforms/acme.toml:36: partner-trains: unknown actor 'nobody' [actors]",
        ),
        (
            ("platforms/acme.toml", 'operator = "acme"', 'operator = "nobody"'),
            "platforms/acme.toml:1: unknown operator 'nobody' [actors]",
        ),
        (
            ("actors/scrapeco.toml", 'parent = "partner"', 'parent = "nobody"'),
            "actors/scrapeco.toml:1: unknown parent 'nobody' [actors]",
        ),
        (
            ("actors/scrapeco.toml", 'actor = "scrapeco"', 'actor = "acme"'),
            "actors/scrapeco.toml:11: scrape: actor: expected 'scrapeco' [actors]",
        ),
        (
            ("crawlers/otherbot.toml", 'operator = "partner"', 'operator = "nobody"'),
            "crawlers/otherbot.toml:1: unknown operator 'nobody' [actors]",
        ),
        (
            ("history/acme.toml", 'actor = "acme"', 'actor = "nobody"'),
            "history/acme.toml:9: train-2023: unknown actor 'nobody' [actors]",
        ),
    ],
)
def test_an_unknown_actor_is_found(made_root: Path, change: Change, said: str) -> None:
    assert found(made_root, change) == [said]
