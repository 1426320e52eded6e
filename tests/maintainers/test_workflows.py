"""The workflows: valid, with the fewest rights, pinned; every command in them is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from tests.journeys.run import REPO, here
from withhold.faces.cli import group

GITHUB = REPO / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+(?:/[\w.-]+)+@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
KEYS = {"name", "on", "permissions", "concurrency", "env", "jobs"}
JOB = {"needs", "runs-on", "timeout-minutes", "permissions", "strategy", "environment", "steps"}
STEP = {"name", "id", "if", "uses", "with", "run", "env", "shell"}


def load(path: Path) -> dict[str, Any]:
    """A workflow; ``on`` is a word of YAML 1.1, which PyYAML reads as True."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if True in found:
        found["on"] = found.pop(True)
    return found


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in load(path)["jobs"].items():
            yield path.name, name, job


def scripts() -> Iterator[tuple[str, str]]:
    """Every script with where it stands; also those of the action."""
    for file, name, job in jobs():
        for step in job["steps"]:
            if "run" in step:
                yield f"{file}: {name}", step["run"]
    for step in yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]:
        if "run" in step:
            yield "action.yml", step["run"]


def commands(script: str) -> Iterator[list[str]]:
    """The calls of ``withhold`` in a script, up to the next pipe, redirection or end."""
    for line in script.replace("\\\n", " ").splitlines():
        if not re.match(r"\s*(\S*/)?withhold\s", line):
            continue
        words = shlex.shlex(line, posix=True, punctuation_chars=True)
        words.whitespace_split = True
        call: list[str] = []
        for word in words:
            if set(word) <= set("();<>|&"):
                break
            call.append(word)
        yield call[1:]


def test_there_are_four() -> None:
    assert [one.stem for one in WORKFLOWS] == ["ci", "knowledge", "release", "scheduled"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.stem)
def test_a_workflow_has_what_github_knows_and_no_right_of_its_own(path: Path) -> None:
    found = load(path)
    assert set(found) <= KEYS
    assert found["permissions"] == {}
    for name, job in found["jobs"].items():
        assert set(job) <= JOB, name
        assert job["timeout-minutes"] <= 90, name
        assert isinstance(job["permissions"], dict), name
        for step in job["steps"]:
            assert set(step) <= STEP, step
            assert ("run" in step) != ("uses" in step), step


def test_what_may_be_written_is_written_by_one_job_each() -> None:
    may = {
        (file, job, right)
        for file, job, given in jobs()
        for right, how in given["permissions"].items()
        if how == "write"
    }
    assert may == {
        ("scheduled.yml", "issue", "issues"),
        ("release.yml", "publish", "id-token"),
        ("release.yml", "publish", "attestations"),
        ("release.yml", "page", "contents"),
    }


def test_a_job_that_may_write_runs_no_code_of_the_repository() -> None:
    for file, name, job in jobs():
        if "write" in job["permissions"].values():
            uses = [step.get("uses", "") for step in job["steps"]]
            assert not any(one.startswith("actions/checkout") for one in uses), (file, name)
            assert not any("pip install" in step.get("run", "") for step in job["steps"])


def test_what_a_pull_request_brings_runs_without_secrets() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "workflow_run" not in text
        assert "secrets." not in text
        for checkout in re.findall(r"uses: actions/checkout@.*\n((?:\s{8,}.*\n)+)", text):
            assert "persist-credentials: false" in checkout


def test_publishing_waits_for_a_person() -> None:
    found = {name: job for file, name, job in jobs() if file == "release.yml"}
    assert found["publish"]["environment"] == "release"
    assert set(found["publish"]["needs"]) == {"build", "resolve", "app"}
    assert found["page"]["needs"] == "publish"
    assert found["app"]["strategy"]["matrix"]["system"] == [
        "ubuntu-24.04",
        "macos-14",
        "windows-2022",
    ]


@pytest.mark.parametrize("path", [*WORKFLOWS, REPO / "action.yml"], ids=lambda one: one.stem)
def test_every_action_is_pinned_by_its_whole_sum_and_one_sum_has_one_version(path: Path) -> None:
    lines = [one for one in path.read_text(encoding="utf-8").splitlines() if " uses: " in one]
    assert lines
    versions: dict[str, set[str]] = {}
    for line in lines:
        seen = PINNED.match(line)
        assert seen, line
        versions.setdefault(seen[1], set()).add(seen[2])
    assert all(len(one) == 1 for one in versions.values())


def test_the_pythons_are_those_of_the_package() -> None:
    matrix = load(GITHUB / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]


def test_every_part_of_ci_is_a_target_of_the_makefile() -> None:
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {one for _, script in scripts() for one in re.findall(r"^make ([a-z]+)", script, re.M)}
    parts = load(GITHUB / "workflows" / "ci.yml")["jobs"]["long"]["strategy"]["matrix"]["part"]
    asked = named | set(parts)
    ran = set(re.findall(r"^make ([a-z]+)", (REPO / ".ci/run").read_text(encoding="utf-8"), re.M))
    assert asked <= targets
    assert {"run", "lint", "test", "pages", "recipes"} <= asked & ran


def test_every_script_of_python_is_there() -> None:
    named = {one for _, script in scripts() for one in re.findall(r"python (\S+\.py)", script)}
    assert {"packaging/codeowners.py", "packaging/resolve_wheels.py"} <= named
    assert [one for one in sorted(named) if not (REPO / one).is_file()] == []


CALLS = [(where, args) for where, script in scripts() for args in commands(script)]


def test_the_calls_were_found() -> None:
    said = {" ".join(args[:2]) for _, args in CALLS}
    assert {"knowledge lint", "knowledge flips", "knowledge due", "knowledge check-links"} <= said


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_every_command_in_a_script_is_there_with_its_options(number: int) -> None:
    where, args = CALLS[number]
    if args[0] == "${arguments[@]}":  # the action puts them together: arguments=(check ...)
        args = ["check", *args[1:]]
    is_there(where, args)


def is_there(where: str, args: list[str]) -> None:
    """Fails where a call names a command or an option that there is not."""
    command: click.Command = group
    names: list[str] = []
    for word in args:
        if not isinstance(command, click.Group) or word.startswith("-"):
            break
        inner = command.get_command(click.Context(command), word)
        assert inner is not None, f"{where}: {word}"
        command = inner
        names.append(word)
    known = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    for word in args:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"{where}: {word} of {' '.join(names)}"
    if names:
        assert here(*names, "--help").ok().out.startswith("Usage: withhold")
    else:
        assert args == ["--version"], (where, args)


@pytest.mark.parametrize("number", range(len(list(scripts()))))
def test_every_script_is_one_for_bash(number: int) -> None:
    where, script = list(scripts())[number]
    done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert done.returncode == 0, f"{where}\n{done.stderr}"
    assert "${{" not in script, where


def test_zizmor_finds_nothing() -> None:
    """With no audit left out: ``zizmor.yml`` would have to say why."""
    zizmor = Path(sys.executable).with_name("zizmor")
    if not zizmor.is_file():
        pytest.skip("zizmor is not installed: pip install zizmor")
    done = subprocess.run(
        [
            zizmor,
            "--offline",
            "--no-progress",
            "--quiet",
            "--format",
            "json",
            ".github",
            "action.yml",
        ],
        cwd=REPO,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert [(one["ident"], one["locations"][0]["symbolic"]["key"]) for one in found] == []
    assert done.returncode == 0, done.stderr
    rules = yaml.safe_load((GITHUB / "zizmor.yml").read_text(encoding="utf-8"))["rules"]
    assert rules == {}
