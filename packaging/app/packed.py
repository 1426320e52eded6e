"""From what PyInstaller built to the one file that is given away, and its SHA-256."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

_IMAGE = "hdiutil create -volname withhold -ov -format UDZO"
HERE = Path(__file__).resolve().parent


def packed(out: Path, name: str, version: str, icon: Path) -> Path:
    """The archive beside ``out/name`` (Linux, Windows) or ``out/withhold.app`` (macOS)."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return _dmg(out, out / f"withhold-{version}-macos-{machine}.dmg")
    if sys.platform == "win32":
        whole = out / f"withhold-{version}-windows-{machine}"
        return Path(shutil.make_archive(str(whole), "zip", out, name))
    shutil.copy(icon, out / name / "withhold.png")
    for one in ("withhold.desktop", "add-to-menu.sh"):
        shutil.copy(HERE / "linux" / one, out / name / one)
        (out / name / one).chmod(0o755)
    path = out / f"withhold-{version}-linux-{machine}.tar.gz"
    with tarfile.open(path, "w:gz", compresslevel=6) as tar:
        tar.add(out / name, name, filter=_nobodys)
    return path


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the name of whoever built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def _dmg(out: Path, path: Path) -> Path:
    """A disk image with the application and a way into the folder of applications."""
    image = out / "dmg"
    shutil.rmtree(image, ignore_errors=True)
    image.mkdir()
    (image / "Applications").symlink_to("/Applications")
    for command in (
        ["ditto", str(out / "withhold.app"), str(image / "withhold.app")],
        [*_IMAGE.split(), "-srcfolder", str(image), str(path)],
    ):
        subprocess.run(command, check=True)  # noqa: S603 - programs of macOS
    shutil.rmtree(image)
    return path


def sha256(path: Path) -> str:
    """Of a file; written beside it, too, as ``sha256sum -c`` reads it."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    beside = path.with_name(path.name + ".sha256")
    beside.write_text(f"{found}  {path.name}\n", encoding="utf-8")
    return found


def size(folder: Path) -> int:
    """Octets of all files in it; what links lead to is counted once."""
    return sum(
        one.stat().st_size for one in folder.rglob("*") if one.is_file() and not one.is_symlink()
    )
