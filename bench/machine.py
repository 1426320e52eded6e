"""Where something was measured: processor, memory and system, and the versions of both sides.

Neither the machine's name nor a path is told.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import shutil
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

LIBRARIES = (
    "withhold", "ai-crawler-logs", "FastWARC", "fast-robotstxt", "hyperscan", "ijson", "msgspec",
    "protego", "pyahocorasick", "pyarrow", "selectolax", "starlette", "trafilatura", "urllib3",
    "uvicorn", "warcio", "yajl2",
)  # fmt: skip
"""Distributions of either side; those that are not installed are left out."""
SPACE = 1024**3


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What the figures depend on; ``memory`` in GiB, ``versions`` by name."""

    processor: str
    cores: int
    memory: float
    system: str
    python: str
    versions: dict[str, str]


def machine() -> Machine:
    """This one; of cores those that may be used."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        memory=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / SPACE, 1),
        system=f"{_system()}, {platform.machine()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        versions=dict(_versions()),
    )


def commit(root: Path) -> str:
    """The commit that is measured, with a + where files differ from it; "" outside a checkout."""
    said = _said("git", "-C", str(root), "rev-parse", "--short=12", "HEAD")
    changed = _said(
        "git", "-C", str(root), "status", "--porcelain", "--", "src", "bench", "knowledge"
    )
    return said + "+" * bool(said and changed)


def busy() -> float:
    """Seconds that all cores together were at work since the start, stolen ones (of a virtual
    machine) too; 0 where the system does not say."""
    try:
        said = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _, _, irq, soft, steal = map(int, said[:8])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def own() -> float:
    """Seconds of processors by what this process started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "not known"
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _versions() -> list[tuple[str, str]]:
    found = []
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    found.append(("SQLite", sqlite3.sqlite_version))
    goaccess = re.search(r"GoAccess - ([\d.]*\d)", _said("goaccess", "--version"))
    chromium = re.search(r"Chromium ([\d.]+)", _said("chromium", "--version"))
    found += [
        (name, one[1]) for name, one in (("goaccess", goaccess), ("Chromium", chromium)) if one
    ]
    return found


def _said(*command: str) -> str:
    """What a program says; "" where it is not there or fails."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if not done.returncode else ""
