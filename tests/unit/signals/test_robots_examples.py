"""The examples of RFC 9309 and of Google's page on robots.txt, as their own words answer them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.signals import robots

TABLE = Path(__file__).parent / "robots_examples.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["case"]


def google(body: bytes, token: str, path: str) -> bool:
    """What Google's own matcher answers."""
    allowed: bool = RobotsMatcher().AllowedByRobots(body, [token], "http://h.example" + path)
    return allowed


def asked(case: dict[str, Any]) -> dict[str, bool]:
    """The paths of a case and the answers of its text."""
    return dict.fromkeys(case["refused"], False) | dict.fromkeys(case["allowed"], True)


def test_every_case_asks_something_of_a_named_text() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 20
    for case in CASES:
        assert case["example"], case["id"]
        assert case["standard"], case["id"]
        assert asked(case), case["id"]
        assert not set(case["refused"]) & set(case["allowed"]), case["id"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("mode", ["rfc", "google"])
def test_the_example(mode: Any, case: dict[str, Any]) -> None:
    read = robots.read(case["robots"].encode(), mode)
    decisions = {path: read.decide(case["token"], path) for path in asked(case)}
    assert {path: one.allowed for path, one in decisions.items()} == asked(case)
    if "line" in case:
        assert {one.line for one in decisions.values()} == {case["line"]}
    if "sitemaps" in case:
        assert list(read.sitemaps) == case["sitemaps"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_googles_own_matcher_gives_the_example_too(case: dict[str, Any]) -> None:
    """So a slip in the table is not taken for one of our reader."""
    body = case["robots"].encode()
    assert {path: google(body, case["token"], path) for path in asked(case)} == asked(case)
