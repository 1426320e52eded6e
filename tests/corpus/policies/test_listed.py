"""The list of documents against the recorded histories, and texts that are not in English."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from withhold.catalog import policies
from withhold.policies import read_document

pytestmark = pytest.mark.real
NOBODY_ASKS = {"Wikimedia Foundation", "The New York Times"}
"""Recorded, and neither a platform nor a company of the knowledge."""
GERMAN = {"tiktok/privacy-policy/2022-07-11.md": 1, "tiktok/terms-of-service/2022-09-05.md": 0}
"""Clauses that are found: the one says that data improve algorithms; neither names training."""
FRENCH = (
    "facebook/privacy-policy@contrib/2024-06-26.md",
    "facebook/terms-of-service@contrib/2024-10-23.md",
    "instagram/terms-of-service@contrib/2021-02-23.md",
)


def test_every_recorded_history_is_tracked_by_one_document(corpus: Path) -> None:
    with (corpus / "policies" / "index.csv").open(encoding="utf-8", newline="") as rows:
        recorded = {(row["collection"], row["source_path"]) for row in csv.DictReader(rows)}
    tracked = {(w.collection, w.path) for _, one in policies.documents() for w in one.tracked}
    assert len(recorded) > 100
    missing = recorded - tracked
    assert {path.partition("/")[0] for _, path in missing} <= NOBODY_ASKS


@pytest.mark.parametrize("file", sorted(GERMAN))
def test_a_german_policy_without_training_is_nearly_silent(corpus: Path, file: str) -> None:
    reading = read_document((corpus / "policies" / file).read_text(encoding="utf-8"))
    assert reading.document.lang == "de"
    assert reading.understood
    assert len(reading.document.passages) > 100
    assert len(reading.clauses) == GERMAN[file]


@pytest.mark.parametrize("file", FRENCH)
def test_a_french_policy_is_not_read_which_is_not_silence(corpus: Path, file: str) -> None:
    reading = read_document((corpus / "policies" / file).read_text(encoding="utf-8"))
    assert reading.document.lang == "fr"
    assert not reading.understood
    assert not reading.silent
    assert reading.clauses == ()
