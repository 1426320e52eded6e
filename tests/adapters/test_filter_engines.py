"""``withhold filter`` as a person runs it: one process, two, and Spark write the same octets."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.adapters.rows import KEPT, REASONS, ROWS
from withhold.faces.cli import main


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        rows = ROWS[number * 3 : number * 3 + 3]
        schema = pa.Table.from_pylist(ROWS).schema
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"{number}.parquet")
    return folder


def filtered(given: Path, out: Path, *args: str) -> Any:
    """The manifest of a run; nothing may be said but the summary."""
    asked = ["filter", str(given), str(out), "--unknown", "drop", "--as", "MyBot", *args]
    done = subprocess.run(
        [sys.executable, "-m", "withhold", *asked, "--format", "json"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def octets(folder: Path) -> dict[str, str]:
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted((folder / "data").glob("part-*.parquet"))
    }


@pytest.mark.long
def test_two_processes_write_what_one_does(given: Path, tmp_path: Path) -> None:
    one = filtered(given, tmp_path / "one", "--jobs", "1")
    two = filtered(given, tmp_path / "two", "--jobs", "2")
    assert one == two
    assert len(octets(tmp_path / "one")) == 3
    assert octets(tmp_path / "one") == octets(tmp_path / "two")
    assert one["rows"]["kept"] == len(KEPT)
    assert one["rows"]["in"] == len(REASONS)
    assert [row["n"] for row in pq.read_table(tmp_path / "two" / "data").to_pylist()] == KEPT


@pytest.mark.system
@pytest.mark.long
@pytest.mark.filterwarnings("ignore:PySpark:FutureWarning")
def test_spark_writes_what_one_process_does(
    spark: Any, given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the session that is there: starting one of its own is looked at in ``tests/reach``."""
    assert spark.sparkContext.master == "local-cluster[2,1,1024]"
    one = filtered(given, tmp_path / "one", "--jobs", "1")
    asked = ["filter", str(given), str(tmp_path / "spark"), "--unknown", "drop", "--as", "MyBot"]
    capsys.readouterr()
    with contextlib.suppress(SystemExit):
        main([*asked, "--engine", "spark", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == one
    assert octets(tmp_path / "spark") == octets(tmp_path / "one")
