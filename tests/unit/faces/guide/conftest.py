"""The guide of the clean made-up folder, built once for the tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.faces.guide.rendered import guide
from withhold.catalog.load import Knowledge, load

CLAIM = """
[[asks]]
actor = "acme"
place = "DE"
platform = "acme"
seen = { switch = "off" }

[[asks]]
actor = "scrapeco"
place = "US"
site = "me.example"
kind = "page"
robots = "User-agent: ScrapeBot\\nDisallow: /\\n"

[source.paper]"""


@pytest.fixture(scope="session")
def acme_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean folder, with a claim that is measured, an old label, and France left out."""
    root = folder.write(tmp_path_factory.mktemp("acme") / "knowledge")
    claim = "claims/it-is-said.toml"
    folder.change(root, claim, 'by = "a newspaper"', 'by = "a newspaper"\nsaid_on = 2024-03-01')
    folder.change(root, claim, "\n[source.paper]", CLAIM)
    folder.change(root, "platforms/acme.toml", 'not_places = ["EU"]', 'not_places = ["FR"]')
    folder.change(
        root,
        "platforms/acme.toml",
        'label = { en = "Improve Acme"',
        'old_labels = [{ text = "Help Acme", until = 2024-03-01 }]\nlabel = { en = "Improve Acme"',
    )
    return root


@pytest.fixture(scope="session")
def acme(acme_root: Path) -> Knowledge:
    """What stands in it."""
    return load(acme_root)


@pytest.fixture(scope="session")
def clean(acme_root: Path) -> dict[str, bytes]:
    """Its guide in both languages: path -> bytes."""
    with pytest.MonkeyPatch.context() as patch:
        return guide(acme_root, patch, langs=("en", "de"))
