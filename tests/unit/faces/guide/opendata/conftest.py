"""The files of the open data, made once from all knowledge and once from the made-up folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.faces.guide.opendata.reading import Files
from withhold.catalog.load import load
from withhold.faces.guide.opendata import files

DAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def built() -> Files:
    """Everything known, as the guide publishes it."""
    return dict(files(load(), DAY, "0.1.0"))


@pytest.fixture
def small(made_root: Path) -> Files:
    """The made-up knowledge."""
    return dict(files(load(made_root), DAY))
