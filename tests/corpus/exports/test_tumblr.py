"""Tumblr has no sample: nothing of any other platform is taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.tumblr import READER

pytestmark = pytest.mark.real


def test_no_sample_is_taken_for_tumblr(corpus: Path) -> None:
    looked = 0
    for top in sorted((corpus / "exports").iterdir()):
        for one in [top, *top.iterdir(), *top.rglob("*.zip")] if top.is_dir() else ():
            with Files([one], Notes()) as files:
                assert READER.names(files.paths) is None, one
                assert READER.structure(files) is None, one
            looked += 1
    assert looked > 30
