"""What was freed is the system's again, by the word of the kernel."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_HOLDS = """
import os
import sys
from pathlib import Path
from withhold.reach.allocator import give_back

def held():
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20

if sys.argv[1] == "gives":
    give_back()
large = b"x" * (30 << 20)
del large  # from now on glibc takes blocks up to this size from its pool
before = held()
blocks = [b"x" * (1 << 20) for _ in range(64)]
last = b"x" * (100 << 10)  # lies above them: the pool cannot shrink
assert held() - before > 60
del blocks
print(held() - before)
"""
pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of glibc alone")


def left(how: str) -> int:
    """MiB that a process still has of 64 which it freed."""
    ran = subprocess.run(
        [sys.executable, "-c", _HOLDS, how], capture_output=True, text=True, check=True
    )
    return int(ran.stdout)


def test_what_is_freed_goes_back() -> None:
    assert left("gives") < 8


def test_by_itself_it_would_stay() -> None:
    assert left("keeps") > 48
