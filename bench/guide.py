"""How long `withhold guide` takes for all knowledge, and how much of it is writing files.

The other side is a bare loop that writes the same bytes into the same number of files, in the
same run, into a folder of its own.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import measured

GOAL = 30


def built(folder: Path) -> float:
    """Seconds of the command, start of Python included."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "withhold", "guide", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def copied(folder: Path, to: Path) -> tuple[float, int, int]:
    """Seconds of the bare loop, number of files and bytes; reading is not counted."""
    files = [(one.relative_to(folder), one.read_bytes()) for one in _files(folder)]
    began = time.perf_counter()
    for name, data in files:
        place = to / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return time.perf_counter() - began, len(files), sum(len(data) for _, data in files)


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def main() -> None:
    """Prints one row for a first build and one for a second into the same folder."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "guide"
        first = built(folder)
        bare, files, size = copied(folder, Path(home) / "bare")
        again = built(folder)
    print(
        f"withhold guide: {files:,} files, {size / 1e6:,.0f} MB in {first:.1f} s "
        f"(to reach: under {GOAL} s on 2 cores); bare loop that writes them: {bare:.1f} s, "
        f"ratio {first / bare:.1f}; again into the same folder: {again:.1f} s"
    )
    written = f"{files:,} files, {size / 1e6:,.0f} MB"
    measured.told(
        "guide/first",
        "withhold guide into a new folder",
        first,
        "s",
        theirs=bare,
        yardstick="a bare loop that writes the same files",
        by="ours",
        most=GOAL,
        size=written,
    )
    measured.told("guide/again", "withhold guide once more", again, "s", size=written)


main()
