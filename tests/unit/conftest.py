"""Unit tests open no sockets; property tests give the same answer on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket

from tests.unit import folder

settings.register_profile("unit", deadline=None, derandomize=True, max_examples=300)
settings.load_profile("unit")


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
