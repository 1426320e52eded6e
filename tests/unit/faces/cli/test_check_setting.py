"""A saved page is of a day of the owner's, wherever they live."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from withhold.faces.cli import check_setting


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of somebody there."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", 5), ("Asia/Tokyo", 6), ("America/New_York", 5)],
    indirect=["zone"],
)
def test_the_day_of_a_file_is_the_day_where_it_was_saved(
    zone: None, day: int, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>")
    os.utime(page, (1_767_655_800, 1_767_655_800))  # 2026-01-05 23:30 UTC
    assert check_setting._saved_on(page) == date(2026, 1, day)
