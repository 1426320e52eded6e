"""Builds the double-click application of the system that this runs on, with Python inside.

    python packaging/app/build.py [--out build/app] [--no-archive]

Takes nothing from any network. What it needs, and what is done with the result:
docs/how-to/build-the-application.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import tomllib
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEEDS = 'python -m pip install ".[documents,policies,vault,web]" pyinstaller'
ICONS = {"darwin": "withhold.icns", "win32": "withhold.ico"}


def main() -> int:
    """0 when it was built, and its own test ran."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--out", type=Path, default=ROOT / "build" / "app")
    asked.add_argument("--no-archive", action="store_true", help="only the folder or bundle")
    said = asked.parse_args()
    if why := lacking():
        print(f"build.py: {why}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(HERE))
    import icon
    import packed
    import resource_of_windows

    out = said.out.resolve()
    work = out / "work"
    name = tomllib.loads((HERE / "contents.toml").read_text("utf-8"))["name"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    drawn = icon.write(work / ICONS.get(sys.platform, "withhold.png"))
    environment = {
        **os.environ,
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),  # else it writes into the builder's home
        "PYTHONHASHSEED": "1",  # the same order of the same things each time
        "WITHHOLD_APP_ICON": str(drawn),
        "WITHHOLD_APP_VERSION": version,
    }
    if sys.platform == "win32":
        resource = resource_of_windows.write(work / "version.txt", version, name)
        environment["WITHHOLD_APP_RESOURCE"] = str(resource)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(out), "--workpath", str(work)]
    spec = str(HERE / "withhold.spec")
    subprocess.run([*command, *places, spec], check=True, env=environment)  # noqa: S603

    whole = out / ("withhold.app" if sys.platform == "darwin" else name)
    program = whole / "Contents" / "MacOS" / name if sys.platform == "darwin" else whole / name
    subprocess.run([str(program), "--selftest"], check=True)  # noqa: S603
    print(f"{whole}: {packed.size(whole) / 1e6:.0f} MB")
    if not said.no_archive:
        archive = packed.packed(out, name, version, drawn)
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, SHA-256 {packed.sha256(archive)}")
    return 0


def lacking() -> str:
    """What this Python lacks to build it, with what to do; "" = nothing."""
    parts = (
        "PyInstaller",
        "uvicorn",
        "vl_convert",
        "pypdf",
        "trafilatura",
        "keyring",
        "sqlcipher3",
    )
    if gone := [one for one in parts if find_spec(one) is None]:
        return f"{', '.join(gone)} is not installed: {NEEDS}"
    shared = sysconfig.get_config_var("Py_ENABLE_SHARED")
    framework = sysconfig.get_config_var("PYTHONFRAMEWORK")
    if os.name == "posix" and not shared and not framework:
        return "this Python has no shared library: one built with --enable-shared is needed"
    return ""


if __name__ == "__main__":
    sys.exit(main())
