"""Which file is started when a program is named: never one that lies where we happen to stand.

``PATH`` is the owner's, and who sets it can do what the owner can. But an empty or relative entry
of it means the working directory, which may be somebody else's folder, a repository just cloned:
such entries are passed over, as is the working directory itself, which Windows looks into first.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def program(name: str) -> str | None:
    """The absolute path of an installed program; None where there is none."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    for folder in folders:
        if not Path(folder).is_absolute():
            continue
        found = shutil.which(name, path=folder)
        if found and Path(found).parent == Path(folder):
            return found
    return None


def git() -> str:
    """Where git is. Raises FileNotFoundError."""
    found = program("git")
    if found is None:
        raise FileNotFoundError(2, "git is not installed")
    return found


def git_environment() -> dict[str, str]:
    """Ours without what points git elsewhere; it asks nobody and reaches for nothing.

    A repository may name, in its own configuration, programs by which missing objects are fetched
    (``remote.*.uploadpack``): without lazy fetching none of them is started.
    """
    kept = {key: said for key, said in os.environ.items() if not key.startswith("GIT_")}
    config = {key: os.environ[key] for key in ("GIT_CONFIG_GLOBAL",) if key in os.environ}
    return {
        **kept,
        **config,
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
        "LC_ALL": "C",
    }
