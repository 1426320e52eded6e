"""The history of a clone, read by the installed git: made-up texts, made-up days, hostile parts."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.reach.git_history import Clone

POLICY = "Quillery/Privacy Policy.md"


def git(folder: Path, *arguments: str, on: str = "2025-01-01T12:00:00Z") -> str:
    """git with nobody's settings, at a time of ours."""
    own = {
        "GIT_COMMITTER_DATE": on,
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@a.example",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@a.example",
    }
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **own},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def commit(folder: Path, file: str, text: str | None, message: str, on: str) -> None:
    path = folder / file
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message, on=on)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    there = tmp_path / "versions"
    there.mkdir()
    git(there, "init", "-q", "-b", "main")
    commit(there, POLICY, "one", "First record of Quillery Privacy Policy", "2025-01-01T12:00:00Z")
    commit(there, "Other/Terms.md", "x", "First record of Other Terms", "2025-01-15T12:00:00Z")
    commit(there, POLICY, "two", "Record new changes of Quillery", "2025-02-01T23:30:00-05:00")
    commit(there, POLICY, None, "Remove", "2025-02-10T12:00:00Z")
    commit(
        there,
        POLICY,
        "tree \xe9",
        "Apply technical or declaration upgrade on Quillery Privacy Policy",
        "2025-03-01T12:00:00Z",
    )
    commit(there, "README.md", "about", "Explain", "2025-03-02T12:00:00Z")
    return there


def test_every_version_with_its_day_its_kind_and_its_text(clone: Path) -> None:
    with Clone(clone) as read:
        assert read.files() == ["Other/Terms.md", POLICY]
        found = read.versions(read.files())
        assert [(str(one.on.date()), one.record, read.text(one.blob)) for one in found[POLICY]] == [
            ("2025-01-01", "first", "one"),
            ("2025-02-02", "change", "two"),  # the day of UTC
            ("2025-03-01", "technical-upgrade", "tree \xe9"),
        ]
        assert [one.size for one in found[POLICY]] == [3, 3, 7]
        assert found[POLICY][0].commit == git(clone, "rev-list", "--reverse", "HEAD").split()[0]
        assert [read.text(one.blob) for one in found["Other/Terms.md"]] == ["x"]


def test_old_messages_of_the_archive_are_known(clone: Path) -> None:
    commit(clone, POLICY, "four", "Refilter Quillery Privacy Policy", "2025-04-01T12:00:00Z")
    commit(clone, "A/B.md", "a", "Start tracking A B", "2025-04-02T12:00:00Z")
    with Clone(clone) as read:
        found = read.versions([POLICY, "A/B.md"])
    assert found[POLICY][-1].record == "technical-upgrade"
    assert found["A/B.md"][0].record == "first"


def test_nothing_of_the_repository_is_run(clone: Path, tmp_path: Path) -> None:
    """Programs that its own configuration names, and its hooks, leave a mark where they run."""
    mark, trap = tmp_path / "ran", tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\necho ran >> {mark}\ncat\n")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "gpg.program",
        "core.sshCommand",
        "diff.trap.textconv",
        "filter.trap.smudge",
        "core.gitProxy",
    ):
        git(clone, "config", key, str(trap))
    git(clone, "config", "log.showSignature", "true")
    git(clone, "config", "alias.log", f"!{trap}")
    (clone / ".git" / "info" / "attributes").write_text("*.md diff=trap filter=trap\n")
    for hook in (clone / ".git" / "hooks").iterdir():
        hook.unlink()
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        (clone / ".git" / "hooks" / name).symlink_to(trap)
    with Clone(clone) as read:
        found = read.versions([POLICY])
        assert read.text(found[POLICY][0].blob) == "one"
    assert not mark.exists()


def test_what_the_clone_lacks_is_not_fetched(clone: Path, tmp_path: Path) -> None:
    """A clone without contents has a source that would send them: it is not asked."""
    git(clone, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    git(
        tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{clone}", "partial"
    )
    with Clone(partial) as read:
        assert read.files() == ["Other/Terms.md", POLICY]
        with pytest.raises(BadInput, match="nothing is fetched"):
            read.versions([POLICY])
        held = git(clone, "rev-parse", f"HEAD:{POLICY}")
        assert read.text(held) is None
        assert read.text(held) is None  # git has left by now
    missing = git(partial, "rev-list", "--objects", "--all", "--missing=print").splitlines()
    assert sum(line.startswith("?") for line in missing) >= 4


def test_a_link_is_no_version_and_odd_names_and_subjects_are_read(clone: Path) -> None:
    (clone / "Quillery" / "Link.md").symlink_to("/etc/hostname")
    commit(clone, "Quillery/:(top)*.md", "odd", "a\x01b\x02c", "2025-05-01T12:00:00Z")
    with Clone(clone) as read:
        found = read.versions(read.files())
    assert found["Quillery/Link.md"] == []
    assert len(found[POLICY]) == 3
    assert len(found["Quillery/:(top)*.md"]) <= 1


def test_an_unknown_content_and_a_commit_are_no_text(clone: Path) -> None:
    with Clone(clone) as read:
        assert read.text("0" * 40) is None
        assert read.text(git(clone, "rev-parse", "HEAD")) is None
        assert read.text(git(clone, "rev-parse", f"HEAD:{POLICY}")) == "tree \xe9"


def test_variables_that_point_elsewhere_are_not_followed(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    with Clone(clone) as read:
        assert read.files() == ["Other/Terms.md", POLICY]


def test_no_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        Clone(tmp_path / "none")
    with pytest.raises(BadInput, match="no repository"):
        Clone(tmp_path)
