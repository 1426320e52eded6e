"""Completion in bash, zsh and fish, and the pages for man: what is shipped for a shell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import withhold
from tests.release.conftest import REPO

PAGES = REPO / "packaging" / "man"
BEGUN = "from withhold.faces.cli import main; main()"


def asked(tmp_path: Path, **said: str) -> str:
    """What the program prints to a shell that asks it so."""
    program = tmp_path / "withhold"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m withhold "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(withhold.__file__).parents[1]),
        **said,
    }
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[0] = 'withhold'; {BEGUN}"],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_names_the_program(shell: str, tmp_path: Path) -> None:
    said = asked(tmp_path, _WITHHOLD_COMPLETE=f"{shell}_source")
    how = {"bash": "complete ", "zsh": "compdef ", "fish": "complete "}[shell]
    assert re.search(rf"^\s*{how}.*\bwithhold\b", said, re.MULTILINE)
    if shutil.which(shell):  # the shell itself reads it
        read = subprocess.run(
            [shell, "-n"], input=said, text=True, capture_output=True, check=False
        )
        assert read.returncode == 0, read.stderr


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("withhold ch", ["check"]),
        ("withhold check tumb", ["tumblr"]),
        ("withhold check --in DE lin", ["linkedin"]),
        ("withhold done tumblr/third", ["tumblr/third-party-sharing-toggle"]),
        ("withhold apply linkedin/ai-tr", ["linkedin/ai-training-toggle"]),
        ("withhold done nobody/", []),
        ("withhold knowledge du", ["due"]),
    ],
)
def test_tab_completes(typed: str, wanted: list[str], tmp_path: Path) -> None:
    at = str(len(typed.split()) - 1)
    said = asked(tmp_path, COMP_WORDS=typed, COMP_CWORD=at, _WITHHOLD_COMPLETE="bash_complete")
    assert said.split() == [f"plain,{one}" for one in wanted]


def test_a_target_may_be_a_file(tmp_path: Path) -> None:
    said = asked(
        tmp_path,
        COMP_WORDS="withhold check ./exam",
        COMP_CWORD="2",
        _WITHHOLD_COMPLETE="bash_complete",
    )
    assert said.startswith("file,")


# The pages ---------------------------------------------------------------------------------------


def headings() -> set[str]:
    """Every command by the reference, which is generated from the code by another script."""
    text = (REPO / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    return set(re.findall(r"^##+ (withhold.*)$", text, re.MULTILINE))


def test_the_pages_are_in_step_with_the_code(script: Callable[[str], ModuleType]) -> None:
    pytest.importorskip("click_man", reason="click-man is not installed")
    there = {one.name: one.read_text(encoding="utf-8") for one in PAGES.glob("*.1")}
    assert there == dict(script("man").pages()), "python packaging/man.py"


def test_every_command_of_the_reference_has_a_page() -> None:
    names = {f"{one.replace(' ', '-')}.1" for one in headings()}
    assert len(names) > 30
    assert names - {one.name for one in PAGES.glob("*.1")} == set()


def test_a_page_names_its_options() -> None:
    said = (PAGES / "withhold-check.1").read_text(encoding="utf-8")
    assert said.startswith('.TH "WITHHOLD CHECK" "1" "" "')
    assert r"\fB\-\-in\fP PLACE" in said
    assert "\n.SH SYNOPSIS\n" in said


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.long
def test_man_shows_every_page_without_a_warning() -> None:
    for one in sorted(PAGES.glob("*.1")):
        shown = subprocess.run(
            ["groff", "-man", "-Tutf8", "-P-cbou", "-ww", str(one)],  # no overstrikes
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (shown.returncode, shown.stderr) == (0, ""), one.name
        assert "NAME" in shown.stdout


def test_what_roff_would_take_for_a_request_is_text(script: Callable[[str], ModuleType]) -> None:
    pytest.importorskip("click_man", reason="click-man is not installed")
    assert script("man").roff(".so /etc/passwd\n'x\na\\b") == "\\&.so /etc/passwd\n\\&'x\na\\eb"
