"""Files of the owner's and of ours, one at a time: there as a whole or not, with their rights."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path

from withhold.errors import BadInput


def inside(folder: Path, name: str) -> Path:
    """A file below the folder; BadInput where its name or a link leads elsewhere."""
    path = folder / name
    try:
        here = not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
        here = False
    if not here:
        raise BadInput(f"{path} leads elsewhere", "name the folder where the file itself lies")
    return path


def content(path: Path) -> bytes | None:
    """Its bytes, None where there is no such file; BadInput where it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its rights") from why


def digest(body: bytes | None) -> str:
    """SHA-256 in hex; empty for what is not there."""
    return "" if body is None else hashlib.sha256(body).hexdigest()


def mode_of(path: Path) -> int:
    """Its rights; those of a usual file where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o644


def beside(path: Path) -> Path:
    """Where it is made before it gets its name."""
    return path.with_name(f".{path.name}.withhold")


def put(path: Path, body: bytes | None, mode: int) -> None:
    """The whole file, or none where there is to be none; in one step either way."""
    try:
        if body is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        new = beside(path)
        new.unlink(missing_ok=True)
        put_private(new, body)
        new.chmod(mode)
        new.replace(path)
    except OSError as why:
        with contextlib.suppress(OSError):  # the folder may be served: no half stays in it
            beside(path).unlink()
        raise BadInput(
            f"{path}: cannot be written ({why.strerror})",
            "withhold rollback puts back what was changed before it",
        ) from why


def put_folder(path: Path, mode: int) -> None:
    """An empty folder with these rights, in one step; one that is there stays as it is."""
    if path.exists():
        return
    try:
        new = beside(path)
        with contextlib.suppress(FileNotFoundError):  # of a rollback that was killed
            new.rmdir()
        new.mkdir(parents=True)
        new.chmod(mode)
        new.rename(path)
    except OSError as why:
        raise BadInput(f"{path}: cannot be made ({why.strerror})", "look at its rights") from why


def put_private(path: Path, body: bytes) -> None:
    """A new file that its owner alone can read, on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())


def flush_folder(path: Path) -> None:
    """Its names too are on the disk; a system that cannot says so, and nothing is lost by it."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
