"""The page that leads an owner's browser to the dashboard, kept for whoever starts it once more.

The address of the dashboard is secret, and everybody on a machine can read the command line of a
browser. So the browser is given a private file that leads on. It lies among the uploads, which
the server empties when it ends.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from html import escape
from pathlib import Path

from withhold.reach.dropped import FOLDER, delete

NAME = "open.html"
_SEEN_WITHIN = 60.0
"""Seconds that a browser has to read a file that lies in the open."""


@contextlib.contextmanager
def leading(url: str, home: Path) -> Iterator[Path]:
    """The file, for this user alone, until the block ends."""
    path = _folder(home) / NAME
    delete(path)
    _write(path, f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(url)}">')
    try:
        yield path
    finally:
        delete(path)


def private_page(text: str, home: Path, name: str) -> Path:
    """A page of our own among the uploads; where the home takes none, in a folder of its own.

    Only this user can read it. Raises OSError where neither can be written.
    """
    try:
        folder = _folder(home)
        delete(folder / name)
        _write(folder / name, text)
        return folder / name
    except OSError:
        path = Path(tempfile.mkdtemp(prefix="withhold-")) / name
        _write(path, text)
        return path


def kept(home: Path) -> Path | None:
    """The file of a server that runs; None where there is none."""
    path = home / FOLDER / NAME
    return path if path.is_file() and not path.is_symlink() else None


def shown(path: Path) -> bool:
    """Whether a browser was found that opens the file."""
    if _is_out_of_sight(path) and (copy := _in_sight(path)):
        path = copy
    return shown_at(path.resolve().as_uri())


def shown_at(url: str) -> bool:
    """The same for an address without any secret."""
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False


def _folder(home: Path) -> Path:
    folder = home / FOLDER
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # by ``parents`` it were open to all
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _write(path: Path, page: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as stream:
        stream.write(page)


def _is_out_of_sight(path: Path) -> bool:
    """Whether a browser of this system may not read it: a snap sees no folder with a dot."""
    return bool(shutil.which("snap")) and any(one.startswith(".") for one in path.parts)


def _in_sight(path: Path) -> Path | None:
    """A copy in the owner's own folder, private too, and gone in a minute."""
    copy = Path.home() / f"withhold-{secrets.token_hex(8)}.html"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(copy, flags, 0o600), "wb") as stream:
            stream.write(path.read_bytes())
    except OSError:
        return None
    later = threading.Timer(_SEEN_WITHIN, delete, (copy,))
    later.start()  # no daemon: a program that has nothing else to do waits for it
    return copy
