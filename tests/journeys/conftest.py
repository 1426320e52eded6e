"""What the journeys share: a home that is not there yet, and one with an owner in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, here
from withhold.catalog.load import default_root


@pytest.fixture
def home(own_home: None) -> Path:
    """Where this test's state would lie; nothing is there."""
    return Path(os.environ["WITHHOLD_HOME"])


@pytest.fixture
def begun(home: Path) -> Path:
    """The home of somebody in Pennsylvania with LinkedIn, two Tumblr blogs and Reddit."""
    here(
        *("start", "--in", "US-PA", "--platforms", "linkedin tumblr reddit"),
        *("--blogs", "paintings kitchen", "--audience", "public"),
    ).ok()
    return home


@pytest.fixture
def robots(tmp_path: Path) -> Path:
    """A robots.txt that refuses GPTBot."""
    file = tmp_path / "robots.txt"
    file.write_text("User-agent: *\nDisallow: /drafts/\n\nUser-agent: GPTBot\nDisallow: /\n")
    return file


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    """A copy of the package with its own knowledge, so that a typo can be made in it."""
    there = tmp_path / "lib"
    ignored = shutil.ignore_patterns("knowledge")  # what was compiled stays: as old as its source
    shutil.copytree(PACKAGE, there / "withhold", ignore=ignored)
    shutil.copytree(default_root(), there / "withhold" / "knowledge")
    return there
