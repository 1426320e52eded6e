"""Real robots.txt files, and what Google's matcher (main, 22b355f) answered for 250 of them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.signals import robots

pytestmark = pytest.mark.real

TOKENS = ("GPTBot", "Google-Extended", "Applebot-Extended", "Applebot", "meta-externalagent", "x")
PATHS = ("/", "/a/b.html?c=d&e=%2Ff", "/%C3%A9", "/wp-admin/", "/index.html")


@pytest.fixture(scope="module")
def files(corpus: Path) -> dict[str, bytes]:
    folder = corpus / "signals" / "robots"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="module")
def answers(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "signals" / "expected_allowed.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_google_mode_gives_every_answer_and_line(
    files: dict[str, bytes], answers: list[dict[str, str]]
) -> None:
    assert len(answers) == 18_448
    read = {name: robots.read(files[name], "google") for name in {row["file"] for row in answers}}
    wrong = []
    for row in answers:
        decision = read[row["file"]].decide(row["agent"], row["path"])
        if (decision.allowed, decision.line or 0) != (
            row["allowed"] == "1",
            int(row["matching_line"]),
        ):
            wrong.append((row, decision))
    assert wrong == []


def test_rfc_mode_differs_only_in_the_case_of_triplets(
    files: dict[str, bytes], answers: list[dict[str, str]]
) -> None:
    """The row ``lower-case-triplet-in-uri`` of robots_modes.toml is the only one in these data."""
    read = {name: robots.read(files[name]) for name in {row["file"] for row in answers}}
    differ: Counter[tuple[str, str]] = Counter()
    for row in answers:
        if read[row["file"]].decide(row["agent"], row["path"]).allowed != (row["allowed"] == "1"):
            differ[row["file"], row["path"]] += 1
    assert differ == {("bushman-si.myshopify.com.txt", "/collections/x%2bx"): 16}


@pytest.mark.parametrize("mode", ["rfc", "google"])
def test_no_file_raises(files: dict[str, bytes], mode: Any) -> None:
    assert len(files) == 1_248
    for body in files.values():
        read = robots.read(body, mode)
        for row in read.decide_all([*TOKENS, *read.tokens], PATHS):
            for decision in row:
                assert decision.line is None or read.line_text(decision.line)
        assert all(read.line_text(other.line) for other in read.others)


def test_google_mode_is_google_on_every_file(files: dict[str, bytes]) -> None:
    matcher = RobotsMatcher()
    for name, body in files.items():
        table = robots.read(body, "google").decide_all(TOKENS, PATHS)
        for token, row in zip(TOKENS, table, strict=True):
            for path, decision in zip(PATHS, row, strict=True):
                allowed = matcher.AllowedByRobots(body, [token], "http://h.example" + path)
                expected = (allowed, matcher.matching_line() or None)
                assert (decision.allowed, decision.line) == expected, (name, token, path)
