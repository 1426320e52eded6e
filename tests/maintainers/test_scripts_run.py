"""The scripts of the workflows are run here as a runner runs them: bash, stopping at an error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, REPO
from tests.maintainers.test_workflows import load

GH = '#!/bin/sh\necho "$*" >> gh.log\nif [ "$1 $2" = "issue list" ]; then cat number; fi\n'
KEPT = ("places.toml", "platforms/linkedin.toml", "history/linkedin.toml", "actors/linkedin.toml")


def script(workflow: str, job: str, name: str) -> str:
    steps = load(REPO / ".github" / "workflows" / f"{workflow}.yml")["jobs"][job]["steps"]
    (found,) = [one["run"] for one in steps if one.get("name") == name]
    return str(found)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a job would run, with ``withhold`` and ``gh`` of ours."""
    for name, text in (
        ("withhold", f'#!/bin/sh\nexec "{sys.executable}" -m withhold "$@"\n'),
        ("gh", GH),
    ):
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
    (tmp_path / "number").touch()
    return tmp_path


def bash(place: Path, text: str) -> subprocess.CompletedProcess[str]:
    """As GitHub does it for ``shell: bash``; it stops at the first error, also in a pipe."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=place,
        env={
            **os.environ,
            "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(PACKAGE.parent),
            "RUNNER_TEMP": str(place),
            "GITHUB_STEP_SUMMARY": str(place / "summary.md"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


OPEN = ("scheduled", "issue", "Open the issue, or write over it")


def test_the_first_list_opens_an_issue_and_the_next_writes_over_it(place: Path) -> None:
    (place / "list.md").write_text("## Sources\n\nAll of them answer: é\n")
    done = bash(place, script(*OPEN))
    assert done.returncode == 0, done.stderr
    last = (place / "gh.log").read_text().splitlines()[-1]
    assert last.startswith("issue create --title Facts to look at this week")
    assert (place / "body.md").read_bytes() == (place / "list.md").read_bytes()
    (place / "number").write_text("7\n")
    assert bash(place, script(*OPEN)).returncode == 0
    assert (place / "gh.log").read_text().splitlines()[-1] == "issue edit 7 --body-file body.md"


def test_a_list_that_no_issue_holds_is_cut_between_two_lines(place: Path) -> None:
    line = "é" * 99 + "\n"  # 199 octets: no line ends at the cut
    (place / "list.md").write_text(line * 500, encoding="utf-8")
    done = bash(place, script(*OPEN))
    assert done.returncode == 0, done.stderr
    body = (place / "body.md").read_text(encoding="utf-8")
    assert body.count(line) == 301  # 60,000 octets hold 301 whole lines and one that is cut
    assert body.endswith("\nCut here: the whole list is an artifact of the newest run.\n")
    assert len(body.encode()) < 65_536


def test_a_pull_request_that_flips_is_told_in_the_summary_and_stopped(place: Path) -> None:
    """Over a repository as the checkout leaves it: the merge, and what was before as its parent."""

    def git(*args: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *args], cwd=place, check=True, capture_output=True)

    for name in (*KEPT, "actors/microsoft.toml", "actors/anyone.toml"):
        (place / "knowledge" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / "knowledge" / name, place / "knowledge" / name)
    file = place / "knowledge" / "platforms" / "linkedin.toml"
    git("init", "-q", "-b", "main")
    git("add", "knowledge")
    git("commit", "-qm", "before")
    git("switch", "-qc", "change")
    file.write_text(file.read_text(encoding="utf-8").replace('says = "yes"', 'says = "no"', 1))
    git("commit", "-qam", "change")
    git("switch", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "merge", "change")

    for name in ("The knowledge before", "Which answers flip?"):
        done = bash(place, script("knowledge", "review", name))
        assert done.returncode == 0, done.stderr
    summary = (place / "summary.md").read_text(encoding="utf-8")
    assert "## Answers that flip" in summary
    assert "### linkedin: linkedin, train\\-ai" in summary or "### linkedin: linkedin" in summary
    assert "NOT MET: what was so is not kept: linkedin/own-generative-models" in summary
    stopped = bash(place, script("knowledge", "review", "Is the rule for a flip met?"))
    assert stopped.returncode == 2
