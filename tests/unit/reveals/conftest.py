"""The words of reveals, read once."""

from __future__ import annotations

import sys

import pytest

from withhold.catalog.reveals import RevealWords, reveal_words


@pytest.fixture
def strong(monkeypatch: pytest.MonkeyPatch) -> None:
    """What strong phrases find is sure, of every kind: so phrases are tested, not what is shown."""
    monkeypatch.setattr(sys.modules["withhold.reveals.find"], "POSSIBLE_ONLY", frozenset())


@pytest.fixture(scope="session")
def words() -> RevealWords:
    return reveal_words()
