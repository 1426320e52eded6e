"""``withhold filter`` as a person runs it, with processes of it killed: nobody can tell after."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

PARTS, ROWS = 8, 4_000
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records whose robots.txt are all different: every second refuses its own page to everyone."""
    folder = tmp_path_factory.mktemp("given")
    for part in range(PARTS):
        numbers = range(part * ROWS, (part + 1) * ROWS)
        table = {
            "url": [f"https://h{number}.example/page/{number}" for number in numbers],
            "robots": [
                f"User-agent: *\n{'Disallow' if number % 2 else 'Allow'}: /page/{number}$\n"
                + "".join(f"Disallow: /{number}/{line}/\n" for line in range(20))
                for number in numbers
            ],
            "n": list(numbers),
        }
        pq.write_table(pa.table(table), folder / f"{part}.parquet")
    return folder


@pytest.fixture(scope="module")
def undisturbed(
    given: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, dict[str, str]]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    said, _ = begun(given, out).communicate()
    kept = [row["n"] for row in pq.read_table(out / "data", columns=["n"]).to_pylist()]
    assert kept == list(range(0, PARTS * ROWS, 2))
    return json.loads(said), octets(out)


def begun(given: Path, out: Path) -> subprocess.Popen[str]:
    asked = ["filter", str(given), str(out), "--unknown", "drop", "--jobs", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "withhold", *asked, "--format", "json"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def under_way(given: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that has finished its first part, and not its last."""
    process = begun(given, tmp_path / "out")
    notes = tmp_path / "out" / "data" / ".finished"
    while process.poll() is None and not list(notes.glob("0*.json")):
        time.sleep(0.005)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def octets(out: Path) -> dict[str, str]:
    parts = sorted((out / "data").glob("part-*"))
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in parts}


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that do parts, as the system lists them."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [
        int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_the_driver_is_killed_and_the_run_goes_on(
    under_way: subprocess.Popen[str], given: Path, tmp_path: Path, undisturbed: Any
) -> None:
    out = tmp_path / "out"
    under_way.kill()
    assert under_way.wait() == -signal.SIGKILL
    assert not (out / "manifest.json").exists()
    assert 0 < len(octets(out)) < PARTS
    again = begun(given, out)
    said, complained = again.communicate()
    assert again.returncode == 0, complained
    assert f"of {PARTS} parts were finished by an earlier run" in complained
    assert (json.loads(said), octets(out)) == undisturbed
    assert sorted(one.name for one in (out / "data").glob(".*")) == [".finished"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_a_worker_is_killed_and_another_takes_its_place(
    under_way: subprocess.Popen[str], tmp_path: Path, undisturbed: Any
) -> None:
    first = workers_of(under_way)[0]
    os.kill(first, signal.SIGKILL)
    said, complained = under_way.communicate()
    assert (under_way.returncode, complained) == (0, "")
    assert (json.loads(said), octets(tmp_path / "out")) == undisturbed
