"""The working directory and what lies in it belong to somebody else: nothing of it is run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, command
from withhold.errors import BadInput
from withhold.reach import git, programs

EVIL = "#!/bin/sh\ntouch {mark}\nexit 1\n"


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A file that is there once something hostile was run."""
    return tmp_path / "was-run"


def hostile(path: Path, mark: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(EVIL.format(mark=mark))
    path.chmod(0o755)
    return path


def real_git(folder: Path, *said: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *said], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a robots.txt in its only commit."""
    folder = tmp_path / "cloned"
    folder.mkdir()
    real_git(folder, "init", "-q")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    real_git(folder, "add", ".")
    real_git(folder, "commit", "-qm", "first")
    return folder


def test_a_repository_cannot_have_a_program_started_for_what_it_lacks(
    repository: Path, mark: Path, tmp_path: Path
) -> None:
    """A promised object is missing; the configuration names who would fetch it."""
    blob = real_git(repository, "rev-parse", "HEAD:robots.txt")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    evil = hostile(tmp_path / "evil", mark)
    for name, value in (
        ("remote.origin.url", str(repository)),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", str(evil)),
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("core.fsmonitor", str(evil)),
        ("core.sshCommand", str(evil)),
    ):
        real_git(repository, "config", name, value)
    subprocess.run(
        ["git", "-C", str(repository), "cat-file", "blob", "HEAD:./robots.txt"],
        check=False,
        capture_output=True,
    )
    assert mark.exists(), "a bare git runs it: the attack is one"
    mark.unlink()
    assert git.at("HEAD", repository / "robots.txt") is None
    assert not mark.exists()


def test_variables_that_lead_git_elsewhere_are_not_handed_on(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    real_git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert git.at("HEAD", repository / "robots.txt") == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("first", ["", ".", "bin"])
def test_an_entry_of_path_that_is_no_whole_path_is_passed_over(
    repository: Path, mark: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    hostile(repository / first / "git", mark)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", os.pathsep.join([first, os.environ["PATH"]]))
    assert subprocess.run(["git", "--version"], check=False, capture_output=True).returncode == 1
    assert mark.exists(), "the system itself runs it: the attack is one"
    mark.unlink()
    assert git.at("HEAD", repository / "robots.txt") == b"User-agent: *\nDisallow: /\n"
    assert not mark.exists()


def test_where_git_is_only_beside_us_it_is_not_there(
    repository: Path, mark: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile(repository / "git", mark)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInput, match="git"):
        git.at("HEAD", repository / "robots.txt")
    assert programs.program("git") is None
    assert not mark.exists()


def test_modules_beside_the_user_are_not_those_of_the_program(tmp_path: Path, mark: Path) -> None:
    """The installed command, as a person starts it: the folder they stand in is not on its path."""
    hostile_module = f"open({str(mark)!r}, 'w')\nraise SystemExit(7)\n"
    for name in ("click", "msgspec", "json", "sqlite_utils", "withhold", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(hostile_module)
    script = tmp_path / "elsewhere" / "withhold"
    script.parent.mkdir()
    script.write_text(
        "import sys\nfrom withhold.faces.cli import main\nif __name__ == '__main__':\n"
        "    sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), "check", "linkedin", "--in", "DE"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not mark.exists()


def test_the_installed_schedule_does_not_read_the_folder_it_starts_in(
    tmp_path: Path, own_home: None
) -> None:
    ran = command("watch", "--every", "1d", "--install", "cron", cwd=tmp_path).ok()
    assert " -P -m withhold watch" in ran.out


def test_files_beside_the_user_change_no_answer(tmp_path: Path, own_home: None) -> None:
    """Nothing is read because it lies in the working directory."""
    before = command("check", "linkedin", "--in", "DE", "--format", "json").ok().out
    for name in ("withhold.toml", "owner.toml", ".env", "knowledge/platforms/linkedin.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("id = 'nonsense'\nWITHHOLD_HOME='/nowhere'\n")
    beside = command("check", "linkedin", "--in", "DE", "--format", "json", cwd=tmp_path).ok().out
    assert beside == before


def test_a_plugin_of_sqlite_utils_is_not_asked_about_our_database(
    tmp_path: Path, mark: Path, own_home: None
) -> None:
    (tmp_path / "spy.py").write_text(
        "from sqlite_utils import hookimpl\n@hookimpl\ndef prepare_connection(conn):\n"
        f"    open({str(mark)!r}, 'w')\n"
    )
    info = tmp_path / "spy-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[sqlite_utils]\nspy = spy\n")
    path = os.pathsep.join([str(tmp_path), str(PACKAGE.parent)])
    plugged = "from sqlite_utils import Database; Database(memory=True)"
    where = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", plugged], env=where, check=True)
    assert mark.exists(), "by itself sqlite_utils asks it: the attack is one"
    mark.unlink()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "withhold", "own", "set", "place", "DE"],
        env=where,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert not mark.exists()
