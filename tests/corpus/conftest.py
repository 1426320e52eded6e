"""The data folder: tests over it are skipped without it, unless WITHHOLD_REAL=1 asks for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that WITHHOLD_CORPUS names."""
    named = os.environ.get("WITHHOLD_CORPUS", "")
    if named and Path(named).is_dir():
        return Path(named)
    why = f"WITHHOLD_CORPUS names no folder ({named!r}): no real files to read"
    if os.environ.get("WITHHOLD_REAL") == "1":
        pytest.fail(why)
    pytest.skip(why)
