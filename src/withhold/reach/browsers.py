"""Which installed browser drives a window: Chromium, Chrome or Edge. Nothing is ever downloaded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from withhold.errors import BadInput, WithholdError
from withhold.reach import programs

VARIABLE = "WITHHOLD_BROWSER"
"""The environment variable that names a program, where ``--browser`` does not."""
WITHOUT = "works without a window: withhold apply CONTROL --show"
_WITHIN = 20
_LINUX = (
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chromium-browser",
)
_MAC = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_VERSION = re.compile(r"\b(\d+(?:\.\d+){1,3})\b")


class Browser(Struct, frozen=True, kw_only=True):
    """A program, what it calls itself, and its version (empty where it does not say)."""

    program: Path
    name: str
    version: str = ""


def find(said: str = "") -> Browser:
    """The browser of that path, else of ``WITHHOLD_BROWSER``, else the first that is installed.

    BadInput for a named program that is none; WithholdError where none is installed.
    """
    named = said or os.environ.get(VARIABLE, "")
    if named:
        path = shutil.which(str(Path(named).expanduser()))
        if path is None:
            raise BadInput(f"{named}: no program that can be started", "name another --browser")
        return described(Path(path))
    for program in installed():
        return described(program)
    raise WithholdError("no Chromium, Chrome or Edge is installed", WITHOUT)


def installed(platform: str = sys.platform) -> Iterator[Path]:
    """The browsers in the usual places, in the order in which they are taken."""
    if platform == "darwin":
        folders = [Path("/Applications"), Path.home() / "Applications"]
        yield from _there(folders, _MAC)
    elif platform == "win32":
        said = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        yield from _there([Path(os.environ[one]) for one in said if one in os.environ], _WINDOWS)
    else:
        found = [Path(one) for name in _LINUX if (one := programs.program(name))]
        # a snap may not read a profile below a folder whose name begins with a dot
        yield from sorted(found, key=lambda one: "snap" in one.resolve().parts)


def _there(folders: list[Path], names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        yield from (folder / name for folder in folders if (folder / name).is_file())


def described(program: Path, platform: str = sys.platform) -> Browser:
    """The name and version of a program. BadInput where it is none of the three."""
    if platform == "win32":  # there ``--version`` opens a window; a folder beside it says it
        names = [one.name for one in program.parent.iterdir() if _VERSION.fullmatch(one.name)]
        return Browser(program=program, name=program.stem, version=max(names, default=""))
    try:
        ran = subprocess.run(  # noqa: S603 - the owner's own browser, without a shell
            [program, "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_WITHIN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise BadInput(f"{program}: does not start ({_why(why)})", WITHOUT) from why
    line = next((one for one in ran.stdout.splitlines() if _VERSION.search(one)), "")
    if not line or "firefox" in line.lower():
        raise BadInput(f"{program}: is no Chromium, Chrome or Edge", "name another --browser")
    name, _, _rest = line.partition(_VERSION.findall(line)[0])
    return Browser(
        program=program, name=name.strip() or program.name, version=_VERSION.findall(line)[0]
    )


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return f"no answer in {_WITHIN} s"


def needs_screen(platform: str = sys.platform) -> None:
    """WithholdError where a window cannot be shown: Linux without a display."""
    if platform in ("darwin", "win32"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise WithholdError("no screen here: a window cannot be shown", WITHOUT)
