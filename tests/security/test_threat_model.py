"""The threat model is true to the tests: each line has some, and each that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.journeys.run import REPO

PAGE = REPO / "docs" / "explanation" / "security.md"
TEXT = PAGE.read_text(encoding="utf-8")
LINES = [one for one in TEXT.splitlines() if one.startswith("| `")]
CHECKS = (".ok", "complains", "raises")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ASKED_FOR = {
    "archive", "site", "policy", "mail", "recipe", "knowledge", "saved-page", "log", "image",
    "other-user", "web-page", "stolen-plain", "stolen-vault", "clock-back", "clock-ahead",
    "server-dates", "path", "environment", "folder", "plugin", "home", "links", "dependency",
    "forgotten",
}  # fmt: skip


def threat(line: str) -> str:
    return line.split("`")[1]


THREATS = {threat(one): one for one in LINES if one.count("|") == 6}


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_threat_has_its_line_once() -> None:
    assert THREATS.keys() >= ASKED_FOR
    ids = [threat(one) for one in LINES if one.count("|") == 6]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", sorted(THREATS))
def test_it_has_tests_that_are_there_and_assert_something(name: str) -> None:
    found = NAMED.findall(THREATS[name])
    assert found
    assert THREATS[name].count("tests/") == len(found), "each is written whole"
    for file, test in found:
        assert (REPO / file).is_file(), file
        there = functions(REPO / file)
        assert test in there, f"{file} has no {test}"
        checks = [
            node
            for node in ast.walk(there[test])
            if isinstance(node, ast.Assert)
            or (isinstance(node, ast.Call) and "raises" in ast.dump(node.func))
            or (
                isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".ok", "complains"))
            )
        ]
        helped = [
            node
            for node in ast.walk(there[test])
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in there
        ]
        assert checks or helped, f"{file}::{test} asserts nothing"


@pytest.mark.parametrize("name", sorted(THREATS))
def test_it_says_what_is_done_and_where_that_ends(name: str) -> None:
    _, _, who, done, ends, _, _ = THREATS[name].split("|")
    assert all(len(one.strip()) > 20 for one in (who, done, ends))


def test_every_file_of_these_tests_is_named() -> None:
    files = {one.name for one in (REPO / "tests" / "security").glob("test_*.py")}
    assert {one for one in files if one not in TEXT} == set()


def test_what_the_page_calls_failing_is_marked_so() -> None:
    """Where a line admits that a test fails, one of its tests expects to; and no other does."""
    admits = {name for name, line in THREATS.items() if "marked as failing" in line}
    expects = set()
    for name, line in THREATS.items():
        for file, test in NAMED.findall(line):
            marks = functions(REPO / file)[test].decorator_list
            if any("xfail" in ast.unparse(one) for one in marks):
                expects.add(name)
    assert admits == expects
