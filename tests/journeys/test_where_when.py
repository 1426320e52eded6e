"""The same account gets other answers in another place and on another day."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.journeys.run import OWNER, here


def posts(platform: str, actor: str, *args: str) -> dict[str, Any]:
    """The verdict on public posts."""
    document = json.loads(here("check", platform, *args, "--format", "json").ok().out)
    fit = [
        one
        for one in document["verdicts"]
        if one["actor"] == actor
        and one["use"] == "train-ai"
        and "post" in one["content"]["kinds"]
        and "public" in one["content"]["audience"]
    ]
    assert len(fit) == 1
    return fit[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("place", "when", "answer", "since"),
    [
        ("US-PA", "2024-09-17", "unknown", None),
        ("US-PA", "2024-09-25", "allowed", "2024-09-18"),
        ("US-PA", "2025-12-01", "allowed", "2024-09-18"),
        ("DE", "2024-09-25", "disallowed", None),
        ("DE", "2025-11-02", "disallowed", None),
        ("DE", "2025-11-03", "allowed", "2025-11-03"),
    ],
)
def test_linkedin_by_place_and_day(place: str, when: str, answer: str, since: str | None) -> None:
    one = posts("linkedin", "linkedin", "--in", place, "--when", when)
    assert one["answer"] == answer
    assert one["where"] == place
    if since:
        assert one["open"][0]["since"] == since


def test_the_uk_adds_microsoft() -> None:
    when = ("--when", "2025-12-01", "--format", "json")
    actors = {
        place: {
            one["actor"]
            for one in json.loads(here("check", "linkedin", "--in", place, *when).ok().out)[
                "verdicts"
            ]
        }
        for place in ("GB", "DE")
    }
    assert actors["GB"] - actors["DE"] == {"microsoft"}


def test_uk_is_taken_for_gb() -> None:
    assert posts("linkedin", "linkedin", "--in", "UK")["where"] == "GB"


def test_an_announced_change_comes_first_in_the_plan() -> None:
    when = ("--in", "DE", "--when", "2025-09-18")
    plan = json.loads(here("plan", "--owner", OWNER, *when, "--format", "json").ok().out)
    first = plan["steps"][0]
    assert first["id"] == "linkedin/ai-training-toggle"
    assert (first["before"], first["days_left"]) == ("2025-11-03", 46)
    shown = here("plan", "--owner", OWNER, *when).ok().out
    assert "before 2025-11-03: 46 days left: LinkedIn" in shown


def test_it_is_not_urgent_before_it_was_announced() -> None:
    when = ("--in", "DE", "--when", "2025-09-17", "--format", "json")
    plan = json.loads(here("plan", "--owner", OWNER, *when).ok().out)
    assert not [one for one in plan["steps"] if one["before"]]


def test_the_place_is_asked_for_when_nobody_said_it() -> None:
    ran = here("check", "linkedin")
    assert ran.code == 2
    assert "--in" in ran.err


def test_an_overdue_fact_says_when_it_was_last_checked() -> None:
    one = posts("reddit", "google", "--in", "US-PA", "--when", "2026-06-01")
    assert one["last_checked"] == "2024-02-22"
    assert "last checked 2024-02-22" in one["headline"]
    fresh = posts("reddit", "google", "--in", "US-PA", "--when", "2024-03-01")
    assert fresh["last_checked"] is None
    assert "last checked" not in fresh["headline"]
