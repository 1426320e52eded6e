"""The profiles of the tool's own windows: one for each platform or account, which only it uses.

What a browser keeps in a profile opens the account: it is as secret as a password. So it is
private to the user (0700), never read by the tool, and taken away wholly by ``forget_profiles``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import sys
from contextlib import suppress
from pathlib import Path

from withhold.errors import ProfileInUse

FOLDER = "window"
"""Below the home; a profile is ``window/PLATFORM`` or ``window/PLATFORM@ACCOUNT``."""


def profile_of(home: Path, key: str) -> Path:
    """Where the profile of ``platform`` or ``platform:account`` lies."""
    platform, _, account = key.partition(":")
    if not account:
        return home / FOLDER / _plain(platform)
    return home / FOLDER / f"{_plain(platform)}@{_plain(account.lstrip('@'))}"


def _plain(name: str) -> str:
    """A name that every file system takes; two names are never one."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", name.lower())[:40]
    if plain == name and plain:
        return plain
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def make_private(profile: Path) -> None:
    """The profile's folder, for its owner alone. ProfileInUse while a browser has it."""
    home = profile.parent.parent
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # by ``parents`` it would be open to all
    for folder in (profile.parent, profile):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    if in_use(profile):
        raise ProfileInUse("this window is open already", "close it, then try again")


def in_use(profile: Path) -> bool:
    """Whether a browser that lives has this profile. One that was killed has left its lock
    behind, which counts for nothing."""
    if sys.platform == "win32":
        try:
            (profile / "lockfile").unlink(missing_ok=True)
        except OSError:
            return True
        return False
    try:
        host, _, process = str((profile / "SingletonLock").readlink()).rpartition("-")
    except OSError:
        return False
    if host != socket.gethostname():
        return True  # on another computer; the browser itself refuses it too
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return _answers(profile / "SingletonSocket")


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        asked.settimeout(2)
        try:
            asked.connect(os.path.realpath(path))
        except OSError:
            return False
    return True


def profiles_in(home: Path) -> list[Path]:
    """The profiles that there are."""
    return sorted(one for one in (home / FOLDER).glob("*") if one.is_dir() or one.is_symlink())


def forget_profiles(home: Path, platform: str = "") -> int:
    """Deletes the profiles of a platform, or all; how many there were.

    ProfileInUse while one of them is open; then none is deleted.
    """
    found = profiles_in(home)
    gone = [one for one in found if not platform or one.name.partition("@")[0] == platform]
    if any(in_use(one) for one in gone if not one.is_symlink()):
        raise ProfileInUse("a window is open", "close it, then try again")
    for one in gone:
        if one.is_symlink():
            one.unlink()  # the way there is ours, what it leads to is not
        else:
            shutil.rmtree(one)
    with suppress(OSError):
        (home / FOLDER).rmdir()
    return len(gone)
