"""The labelled sentences are what was labelled, split by company, and found as well as is said."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPO = Path(__file__).parents[3]
LABELS = Path(__file__).parent / "labels"
HALVES = ("dev", "test")
ONE_COMPANY = {
    "facebook": "meta", "instagram": "meta", "threads": "meta", "whatsapp": "meta",
    "meta-ai": "meta", "openai": "openai", "chatgpt": "openai", "google": "google",
    "youtube": "google", "google-generative-ai": "google", "x": "x", "grok": "x",
    "github": "microsoft", "github-copilot": "microsoft", "microsoft": "microsoft",
    "linkedin": "linkedin", "tumblr": "automattic", "wordpress-com": "automattic",
}  # fmt: skip

pytestmark = pytest.mark.real


def _lines(half: str) -> list[dict[str, object]]:
    text = (LABELS / f"{half}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """``bench/policies_labels.py``, which prints the same figures."""
    path = REPO / "bench" / "policies_labels.py"
    spec = importlib.util.spec_from_file_location("policies_labels", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def root(corpus: Path) -> Path:
    return corpus / "policies"


def test_there_are_enough_and_no_text_is_among_them() -> None:
    rows = [row for half in HALVES for row in _lines(half)]
    assert len(rows) >= 400
    known = {"file", "offset", "length", "sha256", "label", "says", "reader", "context", "doubt"}
    assert {field for row in rows for field in row} <= known
    assert all((row["label"] == "yes") == ("says" in row) for row in rows)


def test_no_company_is_in_both_halves() -> None:
    def companies(half: str) -> set[str]:
        services = {str(row["file"]).split("/")[0] for row in _lines(half)}
        return {ONE_COMPANY.get(one, one) for one in services}

    assert not companies("dev") & companies("test")


@pytest.mark.parametrize("half", HALVES)
def test_every_pointer_is_the_sentence_that_was_labelled(
    half: str, measure: ModuleType, root: Path
) -> None:
    assert len(measure.labelled(half, root)) == len(_lines(half))


# What was measured on 2026-11-26, less two points. The test half was measured twice, the second
# time after rules were tuned on other sentences; of it only the totals were looked at.
FLOORS = {
    "dev": {"f1": 0.94, "precision": 0.95, "negation": 0.98},
    "test": {"f1": 0.79, "precision": 0.79, "negation": 0.95},
}


@pytest.mark.parametrize("half", HALVES)
def test_as_many_are_found_as_is_said(half: str, measure: ModuleType, root: Path) -> None:
    found = measure.figures(measure.in_documents(measure.labelled(half, root), root))
    short = {name: found[name] for name, floor in FLOORS[half].items() if found[name] < floor}
    assert not short
