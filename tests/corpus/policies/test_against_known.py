"""Real policies held against what is known: what is said on the day of a flip is known here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.catalog.load import default_root, load
from withhold.verbs.check_policy import Policy, check_policy, hold_against
from withhold.verbs.policy_text import open_text

pytestmark = pytest.mark.real


def held(corpus: Path, service: str, name: str) -> Policy:
    """A version held against what is known of its service on the day it was seen."""
    path = corpus / "policies" / service / name
    known = load(None, [service], crawlers=False)
    day = date.fromisoformat(path.stem)
    policy = check_policy(open_text(path))
    return hold_against(policy, known.platforms[service], known, default_root(), day)


@pytest.mark.parametrize(
    ("service", "name", "practice"),
    [
        ("linkedin", "privacy-policy/2024-09-19.md", "own-generative-models"),
        ("linkedin", "privacy-policy@pga/2026-08-22.md", "own-generative-models-eu"),
        ("x", "terms-of-service/2026-04-11.md", "terms-licence"),
    ],
)
def test_what_a_policy_said_is_as_known_here(
    corpus: Path, service: str, name: str, practice: str
) -> None:
    found = held(corpus, service, name).against
    assert found is not None
    assert practice in {
        one for each in found.compared if each.stand == "agrees" for one in each.practices
    }


@pytest.mark.parametrize("service", ["linkedin", "x", "tiktok", "reddit", "tumblr", "snapchat"])
def test_today_no_policy_is_said_to_contradict_what_is_known(corpus: Path, service: str) -> None:
    """Knowledge was written from these texts: a contradiction would be one of our own making."""
    folder = corpus / "policies" / service
    for document in sorted(one for one in folder.iterdir() if one.is_dir()):
        newest = max(document.glob("*.md"))
        found = held(corpus, service, f"{document.name}/{newest.name}").against
        assert found is not None
        wrong = [one.clause.sentence for one in found.compared if one.stand == "contradicts"]
        assert wrong == [], document.name
