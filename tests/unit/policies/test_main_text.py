"""The second reading of a page, by trafilatura."""

from __future__ import annotations

import sys

import pytest

from withhold.errors import MissingExtra
from withhold.policies.main_text import main_text

INSIDE = "<p>We train our models on what you post, whoever may see it.</p>" * 20


def test_it_gives_markdown() -> None:
    page = (
        f"<html><body><article><h1>Terms</h1>{INSIDE}<ul><li>one point</li></ul></article></body>"
    )
    found = main_text(page)
    assert "# Terms" in found
    assert "We train our models on what you post, whoever may see it." in found


@pytest.mark.parametrize("page", ["", "<", "\x00", "<p>" * 30_000, "x" * 1_000_001])
def test_what_it_cannot_read_is_empty(page: str) -> None:
    assert main_text(page) == ""


def test_without_it_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra) as told:
        main_text(INSIDE)
    assert told.value.tip == 'pip install "withhold[policies]"'
