"""A file as it was in an earlier commit, asked of the git that is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from withhold.errors import BadInput
from withhold.reach import programs

_SECONDS = 30


def at(revision: str, file: Path) -> bytes | None:
    """The octets of a file in a commit; None where that commit has no such file.

    The file need not be there now, its folder must. Raises BadInput where git, the repository or
    the commit is not there.
    """
    if not revision or revision.startswith("-"):
        raise BadInput(f"git:{revision}: names no commit", "--was git:HEAD")
    folder = file.parent
    while not folder.is_dir():
        folder = folder.parent
    if _git(folder, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}") is None:
        raise BadInput(
            f"git:{revision}: {folder} is in no git repository that has this commit",
            "in a CI job, check out with its history (fetch-depth: 0)",
        )
    name = file.relative_to(folder).as_posix()
    return _git(folder, "cat-file", "blob", f"{revision}:./{name}")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers, None where it says no."""
    try:
        done = subprocess.run(  # noqa: S603
            [programs.git(), "-C", str(folder), *arguments],
            env=programs.git_environment(),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as why:
        raise BadInput(f"git does not answer ({why})", "install git, or name a file") from why
    return done.stdout if done.returncode == 0 else None
