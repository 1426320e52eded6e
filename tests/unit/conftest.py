"""Unit tests open no sockets; property tests give the same answer on every machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket

from tests.unit import folder

settings.register_profile("unit", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("explore", deadline=None, max_examples=1500, print_blob=True)
settings.load_profile(os.environ.get("WITHHOLD_HYPOTHESIS", "unit"))


def pytest_runtest_setup() -> None:
    """Before each test of this folder."""
    disable_socket()


def pytest_runtest_teardown() -> None:
    """After it: other folders may open what they need."""
    enable_socket()


@pytest.fixture
def made_root(tmp_path: Path) -> Path:
    """A small, clean folder of made-up knowledge."""
    return folder.write(tmp_path / "knowledge")
