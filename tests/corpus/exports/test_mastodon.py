"""Mastodon has no sample: what is left to test is that no other platform's is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.exports.seven import only_its_own

pytestmark = pytest.mark.real


def test_no_other_platforms_samples_are_recognised(corpus: Path) -> None:
    assert not (corpus / "exports" / "mastodon").exists()
    only_its_own(corpus, "mastodon")
