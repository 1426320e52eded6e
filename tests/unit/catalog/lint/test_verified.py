"""Never claim more than was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

ACME = "platforms/acme.toml"


@pytest.mark.parametrize("how", ["page", "live"])
def test_what_was_seen_needs_its_evidence(made_root: Path, how: str) -> None:
    old = 'how = "page", on = 2024-06-02, evidence = "kept/form.html"'
    (line,) = found(made_root, (ACME, old, f'how = "{how}", on = 2024-06-02'))
    assert line.endswith(f"objection: verified by {how} without evidence [verified]")


def test_a_check_by_source_is_no_newer_than_the_source(made_root: Path) -> None:
    label = 'de = "Acme verbessern" }\nsources = ["policy"]\n'
    old = label + 'verified = { how = "source", on = 2024-06-01'
    (line,) = found(made_root, (ACME, old, old.replace("06-01", "06-02")))
    assert line.endswith(
        "switch: verified on 2024-06-02, but its newest source is of 2024-06-01 [verified]"
    )
