"""Files that only their owner can read: the home folder, the database, the evidence.

Folders are 0700, files 0600. SQLite gives its ``-wal`` and ``-shm`` files the mode of the
database, so they follow. On Windows the modes say little; the folder of the user's profile does.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from withhold.keep.trouble import anothers, orphaned

FILE = "withhold.db"
EVIDENCE = "evidence"
RUNS = "runs"
"""What was changed and can be undone; written by ``reach``, private like all that is ours."""
WINDOW = "window"
"""Profiles of the tool's own browser windows; made by ``reach``, private by themselves."""
RESPONSES = "responses"
"""Responses of sites, as WARC files; written by ``reach``, too."""
UPLOADS = "uploads"
"""Files that were dropped on the dashboard, while they are read; made by ``reach``."""
SERVING = "serving."
"""What the names of the two files begin with that say which server has this home."""
VAULT = "vault."
"""What the names of the files begin with that say whether this home is encrypted."""
LINKS = "links."
"""What the file's name begins with that says how the addresses of sources answered."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_home(home: Path) -> None:
    """The home folder and its folder of evidence, made if they are not there.

    A folder that holds nothing but ours is closed to others. A folder that also holds somebody
    else's files (``WITHHOLD_HOME=~``) keeps its mode: what is ours in it is private by itself.

    Raises StoreTrouble for a folder that is another user's, also where root could write into it:
    they could read or change what is in it, or could no longer use their own after ``sudo``.
    """
    _make(home)
    _must_be_mine(home)
    ours = (EVIDENCE, RUNS, RESPONSES, WINDOW, UPLOADS)
    if all(
        one.name in ours or one.name.startswith((FILE, SERVING, VAULT, LINKS))
        for one in home.iterdir()
    ):
        _close_to_others(home, 0o700)
    evidence = home / EVIDENCE
    evidence.mkdir(mode=0o700, exist_ok=True)
    _must_be_mine(evidence)
    _close_to_others(evidence, 0o700)


def make_database(path: Path) -> None:
    """An empty file for SQLite to fill, private from its first moment; one that is there stays.

    Raises StoreTrouble when the database is gone but its write-ahead log is not: SQLite would
    replay the log of the old file into the new one.
    """
    if Path(f"{path}-wal").exists() and not path.exists():  # in this order: others may be at it
        raise orphaned(path)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    _close_to_others(path, 0o600)


def write(path: Path, data: bytes) -> None:
    """A private file with these bytes: there is the whole of it or nothing, also after a crash.

    After this it is on the disk, and its name too.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _close_to_others(path, 0o600)
    flush(path.parent)


def flush(folder: Path) -> None:
    """What was renamed or deleted in a folder is on the disk; where a system can do that."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _make(folder: Path) -> None:
    """A private folder, and private ones above it: ``parents=True`` would ask the umask."""
    if not folder.exists() and folder.parent != folder:
        _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _must_be_mine(folder: Path) -> None:
    """Raises StoreTrouble. Windows has no such owners; its profile of the user guards it."""
    if hasattr(os, "geteuid") and (owner := folder.stat().st_uid) != os.geteuid():
        raise anothers(folder, owner)


def _close_to_others(path: Path, mode: int) -> None:
    if path.stat().st_mode & _OTHERS:
        path.chmod(mode)
