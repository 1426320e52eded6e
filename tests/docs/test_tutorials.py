"""The tutorials, word for word: what is to be typed is typed, what is printed is compared.

``sh`` blocks are run. ``console`` blocks are run, and what stands below a ``$`` line is what that
line prints, both streams together; ``...`` is any text. A block after "Save this as `name`:" is
saved so. The reader sits in a checkout, in a fresh home.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import withhold

REPO = Path(__file__).resolve().parents[2]
TUTORIALS = sorted((REPO / "docs" / "tutorial").glob("*.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LIKE = doctest.ELLIPSIS | doctest.REPORT_NDIFF


def typed(block: str) -> Iterator[tuple[str, str]]:
    """Each line after a ``$`` with what is to be printed below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert not parts[0], f"a console block begins with a command: {parts[0]!r}"
    yield from zip(parts[1::2], parts[2::2], strict=True)


def steps(page: str) -> Iterator[tuple[str, str, str]]:
    """``(kind, first, second)``: save name text; run line, expected output or ``""``."""
    for found in BLOCK.finditer(page):
        language, block = found.groups()
        saved = re.search(r"Save this as `([\w.-]+)`:\s*$", page[: found.start()])
        if saved:
            yield "save", saved[1], block
        elif language == "sh":
            for line in block.replace("\\\n", " ").splitlines():
                if line.strip():
                    yield "run", line, ""
        elif language == "console":
            for line, printed in typed(block):
                yield "compare", line, printed


@pytest.fixture
def checkout(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Where the reader sits, and what their shell finds."""
    folder, programs = tmp_path / "checkout", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    shutil.copytree(REPO / "examples", folder / "examples")
    for name, words in (("withhold", "-m withhold"), ("python", "")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(withhold.__file__).parents[1]),
        "WITHHOLD_HOME": str(tmp_path / "home"),
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
        "COLUMNS": "100",  # as wide as the pages' own blocks
    }
    return folder, env


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(one, marks=[] if one.stem == "first-plan" else pytest.mark.long, id=one.stem)
        for one in TUTORIALS
    ],
)
def test_a_tutorial_word_for_word(page: Path, checkout: tuple[Path, dict[str, str]]) -> None:
    folder, env = checkout
    count = 0
    for kind, first, second in steps(page.read_text(encoding="utf-8")):
        if kind == "save":
            (folder / first).write_text(second, encoding="utf-8")
            continue
        done = subprocess.run(
            ["sh", "-c", first],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        printed = done.stdout.decode()
        assert done.returncode == 0, f"{first}\n{printed}"
        if kind == "compare":
            count += 1
            assert doctest.OutputChecker().check_output(second, printed, LIKE), (
                f"{first}\n--- the page says\n{second}\n--- printed\n{printed}"
            )
    assert count >= 5 or page.stem == "first-plan"


def test_every_reader_has_a_tutorial() -> None:
    """A person, a site owner, a reporter, a dataset builder."""
    named = {one.stem for one in TUTORIALS}
    assert named >= {
        "first-plan",
        "a-site-of-yours",
        "a-story-about-training",
        "a-dataset-that-asks",
    }


def test_what_is_printed_otherwise_is_noticed(checkout: tuple[Path, dict[str, str]]) -> None:
    said = list(steps("```console\n$ echo one\ntwo\n```\n"))
    assert said == [("compare", "echo one", "two\n")]
    assert not doctest.OutputChecker().check_output("two\n", "one\n", LIKE)
    assert doctest.OutputChecker().check_output("a\n...\nz\n", "a\nb\nc\nz\n", LIKE)
