"""Writing files: never over one that is there, and never half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from withhold.errors import BadInput


def write_new(path: Path, text: str) -> None:
    """A file that did not exist; raises BadInput where it does or where it may not be written."""
    if path.exists():
        raise BadInput(f"{path} is there already", "edit it, or choose another name")
    write(path, text.encode("utf-8"))


def write(path: Path, data: bytes) -> None:
    """The whole file or nothing: written beside its place, then moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as why:
        raise BadInput(
            f"{path}: cannot be written ({why.strerror})", "choose a folder that is yours"
        ) from why
