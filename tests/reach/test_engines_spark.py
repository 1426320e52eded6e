"""The Spark engine on a cluster of two workers on this machine, whose processes are killed.

Each run is a driver of its own in a session of its own, so that its Java processes can be found.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.reach.test_engines import driver, left_of, until, waiting
from tests.reach.toy import Toy, contents, made
from withhold.errors import WithholdError
from withhold.reach.engine_spark import JAVA
from withhold.reach.engines import run

CLUSTER = "local-cluster[2,1,1024]"
_ADDRESS = r"(spark://127\.0\.0\.1:[1-9]\d*)\n"
EXECUTOR = b"CoarseGrainedExecutorBackend"


@pytest.fixture(autouse=True)
def java() -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")


@pytest.fixture
def spark() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a driver; whatever happens, nothing of it is left behind."""
    begun: list[subprocess.Popen[str]] = []

    def start(folder: Path, out: Path, master: str = CLUSTER) -> subprocess.Popen[str]:
        begun.append(driver(folder, out, 0, "spark", master))
        return begun[-1]

    yield start
    for process in begun:
        for one in left_of(process):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if process.returncode is None:
            process.communicate()


Start = Callable[..., subprocess.Popen[str]]
SLOW = 240
"""Seconds in which a cluster comes up on a machine that does ten other things."""


def ended(process: subprocess.Popen[str]) -> None:
    """It ended well, quietly, and took all its processes along."""
    said, complained = process.communicate(timeout=SLOW)
    assert (process.returncode, said, complained) == (0, "", "")
    until(lambda: not left_of(process), SLOW)


def executors(process: subprocess.Popen[str]) -> list[int]:
    """The Java processes of the cluster in which tasks run."""
    found = []
    for one in left_of(process):
        try:
            if EXECUTOR in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(one)
        except OSError:
            continue
    return found


@pytest.mark.long
@pytest.mark.system
def test_a_cluster_writes_the_octets_of_one_process_though_a_worker_is_killed(
    tmp_path: Path, spark: Start
) -> None:
    parts, mark = made(tmp_path / "in"), tmp_path / "mark"
    Path(parts[2].name).write_text(f"before\n@kill {mark}\nafter\n", encoding="utf-8")
    ended(spark(tmp_path / "in", tmp_path / "cluster"))
    assert mark.exists()  # the Python worker was killed, and only once
    alone = run(Toy(), parts, str(tmp_path / "alone"), workers=1)
    assert alone.rows == 3 + 5 * 4
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")
    assert run(Toy(), parts, str(tmp_path / "cluster"), workers=1).kept == 6  # either goes on


@pytest.mark.system
@pytest.mark.long
def test_an_executor_that_is_killed_is_replaced(tmp_path: Path, spark: Start) -> None:
    parts, mark = made(tmp_path / "in"), tmp_path / "mark"
    waiting(parts, 0, mark)
    waiting(parts, 1, mark)
    process = spark(tmp_path / "in", tmp_path / "cluster")
    until(Path(f"{mark}.reached").exists, SLOW)
    os.kill(executors(process)[0], signal.SIGKILL)
    mark.touch()
    ended(process)
    run(Toy(), parts, str(tmp_path / "alone"), workers=1)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")


@pytest.mark.system
@pytest.mark.long
def test_a_driver_that_is_killed_goes_on_where_it_was(tmp_path: Path, spark: Start) -> None:
    parts, mark, out = made(tmp_path / "in"), tmp_path / "mark", tmp_path / "cluster"
    waiting(parts, 5, mark)
    process = spark(tmp_path / "in", out)
    until(Path(f"{mark}.reached").exists, SLOW)
    until(lambda: len(list(out.glob("part-*"))) == 5, SLOW)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    until(lambda: not left_of(process), SLOW)  # Java ends when the driver does
    before = {one.name: one.stat().st_mtime_ns for one in out.glob("part-*")}
    mark.touch()
    ended(spark(tmp_path / "in", out))
    run(Toy(), parts, str(tmp_path / "alone"), workers=1)
    assert contents(out) == contents(tmp_path / "alone")
    now = {one.name: one.stat().st_mtime_ns for one in out.glob("part-*")}
    assert {name: now[name] for name in before} == before  # what was finished was not done again


@pytest.mark.system
@pytest.mark.long
def test_a_part_that_kills_every_worker_is_named(tmp_path: Path, spark: Start) -> None:
    parts, out = made(tmp_path / "in", 3), tmp_path / "out"
    Path(parts[1].name).write_text("@die\n", encoding="utf-8")
    process = spark(tmp_path / "in", out, "local[2]")
    said, _ = process.communicate(timeout=SLOW)
    assert process.returncode == 1
    assert "1.txt (part 000001): its worker died" in said
    assert not (out / "part-000001.parquet").exists()
    assert not list(out.glob(".beside-*"))


@pytest.fixture
def master(tmp_path: Path) -> Iterator[str]:
    """The address of a master with one worker, each a Java process of its own, on loopback."""
    from pyspark.find_spark_home import _find_spark_home

    home, log = Path(_find_spark_home()), tmp_path / "master.log"
    here = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "127.0.0.1"}
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
    begun: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *options: str) -> None:
        with log.open("ab") as stream:
            begun.append(
                subprocess.Popen(
                    [home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}",
                     "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *options],
                    env={**os.environ, **here, "SPARK_HOME": str(home), "PYTHONPATH": paths},
                    stdout=stream,
                    stderr=stream,
                    start_new_session=True,
                )
            )  # fmt: skip

    def said(pattern: str) -> re.Match[str] | None:
        return re.search(pattern, log.read_text(errors="replace"))

    try:
        start("master.Master")
        until(lambda: bool(said(_ADDRESS)), SLOW)
        found = said(_ADDRESS)
        assert found
        options = ("--cores", "2", "--memory", "1g", "--work-dir", str(tmp_path / "work"))
        start("worker.Worker", *options, found[1])
        until(lambda: bool(said("Registering worker")), SLOW)
        yield found[1]
    finally:
        for process in reversed(begun):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.system
@pytest.mark.long
def test_a_cluster_with_a_master_and_a_worker_of_its_own(
    tmp_path: Path, master: str, spark: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    parts = made(tmp_path / "in")
    ended(spark(tmp_path / "in", tmp_path / "cluster", master))
    run(Toy(), parts, str(tmp_path / "alone"), workers=1)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")


def test_a_java_that_is_missing_or_old_is_said_before_anything_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    parts = made(tmp_path / "in", 1)
    with pytest.raises(WithholdError, match=f"needs Java {JAVA} or later, found 8") as raised:
        run(Toy(), parts, str(tmp_path / "out"), engine="spark")
    assert "--engine local" in raised.value.tip
    java.unlink()
    with pytest.raises(WithholdError, match="there is none"):
        run(Toy(), parts, str(tmp_path / "out"), engine="spark")


@pytest.mark.system
@pytest.mark.long
def test_a_survey_is_the_same_on_a_cluster(tmp_path: Path) -> None:
    bodies = [b"User-agent: GPTBot\nDisallow: /%d\n" % (number % 7) for number in range(300)]
    table = pa.table(
        {
            "host": [f"h{number}.example" for number in range(300)],
            "status": [(200, 404, 503)[number % 3] for number in range(300)],
            "body": bodies,
        }
    )
    for number in range(3):
        pq.write_table(table.slice(100 * number, 100), tmp_path / f"{number}.parquet")
    for name, options in {
        "local": ["--jobs", "2"],
        "spark": ["--engine", "spark", "--master", CLUSTER],
    }.items():
        inputs = [str(tmp_path / f"{number}.parquet") for number in range(3)]
        done = subprocess.run(
            [sys.executable, "-m", "withhold", "survey", *inputs, tmp_path / name, *options],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            timeout=SLOW,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    local, spark = tmp_path / "local", tmp_path / "spark"
    assert contents(local / "parts") == contents(spark / "parts")
    for name in ("hosts", "policies", "aggregates", "tokens"):
        file = f"{name}.parquet"
        assert pq.read_table(local / file) == pq.read_table(spark / file)
    assert pq.read_metadata(local / "hosts.parquet").num_rows == 300
