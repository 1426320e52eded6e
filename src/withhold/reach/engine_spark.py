"""The Spark engine: the same parts, the same files, done by the Python workers of a cluster.

One row for each part goes through ``mapInArrow``; its task does the part as a local worker does
and writes the part's file into the folder, which every worker must reach: a shared folder, or an
address. A task whose worker died is given to another by Spark, up to four times; a run whose
driver died goes on with what is not noted. Needs Java 17.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from withhold.errors import WithholdError
from withhold.reach.engine_local import DEATHS, error_of, killing, tried
from withhold.reach.engines import Done, Job, Part
from withhold.reach.finished_parts import noted
from withhold.reach.out_folder import OutFolder

JAVA = 17
_SECONDS = 1.0
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set for a driver that spark-submit has started."""


class _Said(msgspec.Struct):
    """What a task hands back: a part that is done, or what was the matter with which."""

    number: int
    done: Done | None = None
    error: tuple[str, str, str] = ("", "", "")


def all_done(
    job: Job,
    parts: Sequence[Part],
    out: str,
    digest: str,
    master: str,
    workers: int,
    heard: Callable[[], None],
) -> list[Done]:
    """The parts, in their order; ``heard`` after each.

    WithholdError where a part cannot be done, or Spark gave up; what is finished is noted then.
    """
    folder = OutFolder(out if "://" in out else str(Path(out).resolve()))
    with _session(master, workers) as session, ThreadPoolExecutor(1) as beside:
        task = _Task(pickle.dumps(job), tuple(parts), folder.out, digest)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas, which is not used here
            rows = session.range(0, len(parts), 1, len(parts)).mapInArrow(task, "said string")
        before = reached = noted(folder)
        under_way = beside.submit(rows.collect)
        try:
            while wait([under_way], _SECONDS).not_done or reached - before < len(parts):
                for _ in range(reached, now := noted(folder)):
                    heard()
                reached = now
                if under_way.done():
                    break
            said = [msgspec.json.decode(row.said, type=_Said) for row in under_way.result()]
        except WithholdError:
            raise
        except Exception as why:
            raise _gave_up(str(why), parts) from why
        finally:
            if not under_way.done():
                session.sparkContext.cancelAllJobs()
    for one in said:
        if one.done is None:
            raise error_of(parts[one.number], one.error)
    return [one.done for one in sorted(said, key=lambda one: one.number) if one.done]


class _Task:
    """What a worker of Spark calls with the numbers of its parts."""

    def __init__(self, job: bytes, parts: tuple[Part, ...], out: str, digest: str) -> None:
        self._job, self._parts, self._out, self._digest = job, parts, out, digest

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """A row of JSON for each part: done, or why not."""
        import pyarrow as pa

        for batch in batches:
            for number in batch.column(0).to_pylist():
                answer = tried(_job(self._job), self._parts[number], self._out, self._digest)
                said = _Said(number)
                if isinstance(answer, Done):
                    said.done = answer
                else:
                    said.error = answer
                yield pa.record_batch([[msgspec.json.encode(said).decode()]], names=["said"])


@lru_cache(maxsize=1)
def _job(pickled: bytes) -> Job:
    """Once for all parts that a worker does."""
    job: Job = pickle.loads(pickled)  # noqa: S301 - from the driver, as the task itself
    return job


@contextlib.contextmanager
def _session(master: str, workers: int) -> Iterator[Any]:
    """A session of our own, stopped at the end; one that the caller has is used and left as it is.

    Without a cluster of its own nothing listens but on loopback.
    """
    from pyspark.sql import SparkSession

    if active := SparkSession.getActiveSession():
        yield active
        return
    _java_that_fits()
    if not master and _SUBMITTED not in os.environ:  # spark-submit says where to by itself
        master = f"local[{workers or '*'}]"
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.task.maxFailures": str(DEATHS + 1),
    }
    here = {}
    if master.startswith("local"):
        master = re.sub(r"^local\[([^,\]]+)\]$", rf"local[\1,{DEATHS + 1}]", master)
        here = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "127.0.0.1"}
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
    elif workers:
        settings["spark.cores.max"] = str(workers)
    builder = SparkSession.builder.appName("withhold")
    builder = builder.master(master) if master else builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        with _environment(here | {"PYSPARK_PYTHON": sys.executable}), _quiet():
            session = builder.getOrCreate()
    except Exception as why:
        raise WithholdError(
            f"Spark does not start at {master or 'its master'} ({type(why).__name__})",
            "is the address right, and the cluster up? --engine local needs none",
        ) from why
    try:
        yield session
    finally:
        app = session.sparkContext.applicationId
        session.stop()
        if master.startswith("local-cluster"):  # whose workers keep their folders in Spark's own
            from pyspark.find_spark_home import _find_spark_home

            shutil.rmtree(Path(_find_spark_home(), "work", app), ignore_errors=True)


@contextlib.contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    """What the Java process inherits, and nothing that is started later."""
    before = {name: os.environ.get(name) for name in more}
    os.environ.update({name: value for name, value in more.items() if name not in os.environ})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What Java says on its way up, and later, goes nowhere: errors come back as exceptions."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _java_that_fits() -> None:
    """WithholdError without Java, or with one that is too old."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    tip = "install Java 17 (Debian: openjdk-17-jre-headless), or take --engine local"
    try:
        said = subprocess.run([java or "java", "-version"], capture_output=True, text=True).stderr  # noqa: S603
    except OSError as why:
        raise WithholdError("Spark needs Java, and there is none", tip) from why
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if not version or int(version[1]) < JAVA:
        found = version[1] if version else "one that does not say its version"
        raise WithholdError(f"Spark needs Java {JAVA} or later, found {found}", tip)


def _gave_up(said: str, parts: Sequence[Part]) -> Exception:
    """Which part it was: a task's number in its stage is that of its one part."""
    if "Traceback" in said:  # a fault of the program crashes, loudly
        return RuntimeError(said)
    task = re.search(r"Task (\d+) in stage \S+ failed", said)
    if task and int(task[1]) < len(parts):
        return killing(parts[int(task[1])])
    first = said.strip().partition("\n")[0][:300]
    return WithholdError(f"Spark gave up: {first}", "what is finished is kept: run it again")
