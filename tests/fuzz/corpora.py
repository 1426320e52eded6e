"""The inputs that are part of the repository: seeds that the tests make, and a few that were found.

Seeds are named ``made-...``, found ones ``found-...``, both by their octets. Small ones first:
what a reader does is shown by little.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.fuzz.target import TOP, Target, files_in

MADE, FOUND = 20, 16
"""Files of a target."""
OCTETS = 100_000
"""Of all files of a target, made and found."""


def seed(target: Target) -> int:
    """Writes the seeds again; how many there are."""
    target.corpus.mkdir(parents=True, exist_ok=True)
    for path in target.corpus.glob("made-*"):
        path.unlink()
    wanted = {one for one in target.seeds() if 0 < len(one) <= target.longest}
    return _write(target.corpus, "made", _small(wanted, MADE, OCTETS // 2))


def keep(module: str, target: Target) -> int:
    """Takes inputs that reach what no seed does, the smallest of each kind; how many."""
    for path in target.corpus.glob("found-*"):
        path.unlink()
    with tempfile.TemporaryDirectory() as folder:
        least = Path(folder) / "least"
        least.mkdir()
        for path in files_in(target.corpus):
            (least / path.name).write_bytes(path.read_bytes())
        words = [sys.executable, "-m", "tests.fuzz.child", module, target.name, folder]
        words += ["-merge=1", f"-max_len={target.longest}", str(least), str(target.grown)]
        own = {**os.environ, "TMPDIR": folder}
        subprocess.run(words, cwd=TOP, env=own, capture_output=True, check=False)
        there = {path.read_bytes() for path in files_in(target.corpus)}
        found = {path.read_bytes() for path in files_in(least)} - there
    left = OCTETS - sum(path.stat().st_size for path in files_in(target.corpus))
    return _write(target.corpus, "found", _small(found, FOUND, left))


def _small(bodies: Iterable[bytes], most: int, octets: int) -> list[bytes]:
    """So many of them at most, evenly from the small to the large, in so many octets."""
    by_size = sorted(bodies, key=lambda one: (len(one), one))
    step = max(1, -(-len(by_size) // most))
    chosen: list[bytes] = []
    for body in by_size[::step]:
        octets -= len(body)
        if octets < 0:
            break
        chosen.append(body)
    return chosen


def _write(folder: Path, kind: str, bodies: Iterable[bytes]) -> int:
    number = 0
    for body in bodies:
        name = hashlib.sha256(body).hexdigest()[:12]
        (folder / f"{kind}-{name}.bin").write_bytes(body)
        number += 1
    return number
