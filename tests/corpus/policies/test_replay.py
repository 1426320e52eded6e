"""Histories of real policies, replayed: what is found on the day recorded, and what stays quiet.

Pointers to the data folder and facts about it; none of its sentences.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from withhold.policies.replay import Step
from withhold.policies.versions import Pair
from withhold.verbs.policy_history import Past, of_files

pytestmark = pytest.mark.real


class Row(NamedTuple):
    """What the index says of a version: its kind, and whether a sentence on AI came or went."""

    kind: str
    same: bool


@pytest.fixture(scope="module")
def folder(corpus: Path) -> Path:
    return corpus / "policies"


@pytest.fixture(scope="module")
def pasts(folder: Path) -> dict[str, Past]:
    """Every history, replayed once: some ten seconds."""
    return {one.name: one for one in of_files(folder, every=True).documents}


@pytest.fixture(scope="module")
def index(folder: Path) -> dict[str, Row]:
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        return {
            row["file"]: Row(
                row["kind"], row["ai_sentences_added"] == row["ai_sentences_removed"] == "0"
            )
            for row in csv.DictReader(lines)
        }


def step(pasts: dict[str, Past], document: str, day: str) -> Step:
    (found,) = [one for one in pasts[document].steps if str(one.version.day) == day]
    return found


def pairs(of: Step) -> tuple[Pair, ...]:
    assert of.change is not None
    return of.change.pairs


@pytest.mark.parametrize(
    ("document", "day", "grade"),
    [
        ("linkedin/privacy-policy", "2024-09-19", "worse"),
        ("linkedin/privacy-policy@pga", "2024-09-19", "worse"),
        ("linkedin/privacy-policy@pga", "2025-06-10", "document-replaced"),
        ("linkedin/privacy-policy@pga", "2025-09-18", "worse"),
        ("linkedin/privacy-policy@pga", "2025-11-04", "worse"),
        ("x/privacy-policy", "2023-08-23", "worse"),
        ("x/privacy-policy@pga", "2024-10-17", "worse"),
        ("x/terms-of-service@pga", "2024-10-17", "worse"),
        ("reddit/terms-of-service", "2024-08-16", "worse"),
        ("reddit/terms-of-service@pga", "2024-08-17", "worse"),
        ("pinterest/privacy-policy", "2025-04-30", "worse"),
        ("pinterest/privacy-policy@pga", "2025-05-01", "worse"),
        ("zoom/terms-of-service", "2023-04-01", "worse"),
        ("zoom/privacy-policy", "2023-08-11", "better"),
        ("zoom/terms-of-service", "2023-08-11", "better"),
        ("twitch/privacy-policy@pga", "2026-08-13", "worse"),
        ("github/privacy-policy", "2026-04-28", "worse"),
        ("github/terms-of-service", "2026-04-28", "worse"),
        ("claude-ai/privacy-policy", "2025-08-29", "worse"),
        ("claude-ai/terms-of-service", "2025-08-29", "worse"),
    ],
)
def test_found_on_the_day_recorded(
    pasts: dict[str, Past], document: str, day: str, grade: str
) -> None:
    found = step(pasts, document, day)
    assert found.noticed
    assert found.change is not None
    assert (found.change.grade, found.change.seen) == (grade, date.fromisoformat(day))


def test_linkedin_starts_where_nothing_was_said(pasts: dict[str, Past]) -> None:
    document = pasts["linkedin/privacy-policy"]
    assert document.steps[0].silent
    (new,) = pairs(step(pasts, document.name, "2024-09-19"))
    assert new.before is None
    assert new.after is not None
    assert new.after.says == "yes"


def test_linkedin_in_europe_is_announced_with_its_day_in_force(pasts: dict[str, Past]) -> None:
    seen = step(pasts, "linkedin/privacy-policy@pga", "2025-09-18").change
    assert seen is not None
    assert date(2025, 11, 3) in seen.days_in_force
    assert seen.announced
    held = step(pasts, "linkedin/privacy-policy@pga", "2025-11-04").change
    assert held is not None
    assert held.in_force == date(2025, 11, 3)
    assert not held.announced
    assert any(one.after and one.after.control.kind == "opt-out" for one in held.pairs)


def test_what_replaced_a_document_is_no_change_of_terms(pasts: dict[str, Past]) -> None:
    found = step(pasts, "linkedin/privacy-policy@pga", "2025-06-10")
    assert {one.grade for one in pairs(found)} == {"document-replaced"}
    assert found.change is not None
    assert found.change.overlap < 0.03


def test_pinterest_reaches_back(pasts: dict[str, Past]) -> None:
    for name, day in (
        ("pinterest/privacy-policy", "2025-04-30"),
        ("pinterest/privacy-policy@pga", "2025-05-01"),
    ):
        told = [one for one in pairs(step(pasts, name, day)) if one.grade == "worse"]
        assert any(one.after and one.after.reach == "any-time" for one in told), name


def test_zoom_promises(pasts: dict[str, Past]) -> None:
    asked = pairs(step(pasts, "zoom/terms-of-service", "2023-08-07"))
    assert any(one.after and one.after.control.kind == "opt-in" for one in asked)
    for name in ("zoom/terms-of-service", "zoom/privacy-policy"):
        promised = pairs(step(pasts, name, "2023-08-11"))
        assert any(one.after and one.after.says == "no" for one in promised), name


def test_x_lets_third_parties_unless_you_opt_out(pasts: dict[str, Past]) -> None:
    told = pairs(step(pasts, "x/privacy-policy@pga", "2024-10-17"))
    assert any(
        one.after and one.after.control.kind == "opt-out" and one.after.actor == "third-party"
        for one in told
    )


def test_claude_goes_from_opt_in_to_opt_out(pasts: dict[str, Past]) -> None:
    told = pairs(step(pasts, "claude-ai/privacy-policy", "2025-08-29"))
    assert any("default-on" in one.why for one in told)
    terms = pairs(step(pasts, "claude-ai/terms-of-service", "2025-08-29"))
    assert any(one.after and one.after.control.kind == "opt-out" for one in terms)


@pytest.mark.parametrize("service", ["tumblr", "wordpress-com", "discord", "threads"])
def test_silent_in_every_version(pasts: dict[str, Past], service: str) -> None:
    mine = [one for one in pasts.values() if one.service == service]
    assert mine
    assert all(one.silent for one in mine)
    assert not any(of.practices for one in mine for of in one.steps)


def later(pasts: dict[str, Past]) -> Iterator[Step]:
    for one in pasts.values():
        yield from one.steps[1:]


def test_where_no_sentence_on_ai_changed_at_most_three_in_a_hundred_are_told(
    pasts: dict[str, Past], index: dict[str, Row]
) -> None:
    """Those that are told stand in README.md beside this file, each with its cause."""
    same = [one for one in later(pasts) if index[one.version.where].same]
    told = [one.version.where for one in same if one.noticed]
    assert len(same) == 113
    assert len(told) <= 0.03 * len(same), told


def test_where_the_extractor_changed_nobody_is_told(
    pasts: dict[str, Past], index: dict[str, Row]
) -> None:
    """What is seen for the first time is listed all the same: ``read-anew``."""
    upgraded = [one for one in later(pasts) if index[one.version.where].kind == "technical-upgrade"]
    assert len(upgraded) == 39
    assert len([one for one in upgraded if one.noticed]) <= 0.03 * len(upgraded)
    anew = [one for one in upgraded if one.outcome == "read-anew"]
    assert len(anew) <= 8
    assert all(not index[one.version.where].same for one in anew)


def test_two_renderings_that_take_turns_and_a_french_one_are_no_change(
    pasts: dict[str, Past],
) -> None:
    french = step(pasts, "facebook/privacy-policy@contrib", "2024-06-26")
    assert (french.outcome, french.noticed) == ("not-read", False)
    turns = pasts["facebook/terms-of-service@vlopses-us"].steps
    assert "seen-before" in {one.outcome for one in turns}
