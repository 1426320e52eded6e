"""Runs targets in processes of their own, and reads what libFuzzer says of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from msgspec import Struct, structs

from tests.fuzz.judging import Crash
from tests.fuzz.target import TOP, Target

_LINE = re.compile(
    r"^#(?P<runs>\d+)\s+\w+\s*(?:cov: (?P<edges>\d+) )?(?:ft: (?P<features>\d+) )?"
    r"(?:corp: (?P<corpus>\d+))?"
)
_DIED = ("oom-", "timeout-", "crash-", "leak-", "slow-unit-")
_RESTARTS = 5
_SLACK = 10
"""Wall seconds after which libFuzzer itself stops an input, times the target's processor time:
for code in C that no signal of Python interrupts."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one target."""

    name: str
    seconds: float
    """Of the wall clock, in which inputs were tried; starting is not counted."""
    executions: int
    per_second: int
    edges: int
    features: int
    corpus: int
    """Inputs that each reach something of their own."""
    crashes: tuple[Crash, ...] = ()
    trouble: str = ""
    """What the harness itself said where it could not run."""


MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not disk
"""Where targets write their files. The folder of a process goes with it, however it ends."""
_STOP = threading.Event()
_LIVE: list[subprocess.Popen[str]] = []
Progress = Callable[[str, dict[str, str]], None]


def run_all(
    turns: Iterable[tuple[str, Target, int]],
    at_once: int,
    told: Progress,
    patience: float = 1,
    seed: int = 0,
) -> Iterator[Outcome]:
    """Each target for its seconds, some at once; in the order in which they end."""
    with ThreadPoolExecutor(at_once) as pool:
        waiting: set[Future[Outcome]] = {
            pool.submit(run, module, target, seconds, told, patience, seed)
            for module, target, seconds in turns
        }
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BaseException:
            for one in waiting:
                one.cancel()
            _STOP.set()
            for process in _LIVE:  # else the pool would wait for them
                process.terminate()
            raise


def run(
    module: str,
    target: Target,
    seconds: int,
    told: Progress,
    patience: float = 1,
    seed: int = 0,
) -> Outcome:
    """One target. A process that dies is started again for the rest of the time. ``patience``:
    times the time that an input may take. ``seed``: of chance; 0 = another one each time."""
    if patience != 1:
        target = structs.replace(target, seconds=target.seconds * patience)
    folder = target.grown.parent / "crashes"
    target.grown.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    runs, last, trouble = 0, dict[str, str](), ""
    spent = 0.0
    for _ in range(_RESTARTS):
        left = seconds - spent
        if left < 1 or _STOP.is_set():
            break
        with tempfile.TemporaryDirectory(prefix="fuzz-", dir=MEMORY) as own:
            code, seen, took, said = _process(module, target, round(left), folder, own, told, seed)
        runs += int(seen.get("runs", 0))
        last = seen or last
        spent += took
        if code == 0:
            break
        if not seen:
            trouble = said
            break
    _died(folder)
    return Outcome(
        name=target.name,
        seconds=round(spent, 1),
        executions=runs,
        per_second=round(runs / spent) if spent else 0,
        edges=int(last.get("edges", 0)),
        features=int(last.get("features", 0)),
        corpus=int(last.get("corpus") or 0),
        crashes=tuple(_crashes(folder)),
        trouble=trouble,
    )


def _process(
    module: str,
    target: Target,
    seconds: int,
    folder: Path,
    own: str,
    told: Progress,
    seed: int,
) -> tuple[int, dict[str, str], float, str]:
    folder.mkdir(parents=True, exist_ok=True)
    most = max(1, seconds - 1)  # it stops when *more* than so many whole seconds have gone
    words = [
        *(sys.executable, "-m", "tests.fuzz.child", module, target.name, str(folder)),
        f"--seconds={target.seconds}",
        *(f"-max_total_time={most}", f"-max_len={target.longest}"),
        *(f"-rss_limit_mb={target.megabytes}", f"-timeout={round(target.seconds * _SLACK)}"),
        *(f"-artifact_prefix={folder}{os.sep}", "-print_final_stats=1", "-reload=0"),
        f"-seed={seed}",
        *([f"-dict={target.words}"] if target.words.is_file() else []),
        *map(
            str, (target.grown, *(one for one in (target.corpus, target.crashes) if one.is_dir()))
        ),
    ]
    paths = [str(TOP / "src"), str(TOP)]
    seen: dict[str, str] = {}
    tail: list[str] = []
    began = 0.0
    with subprocess.Popen(
        words,
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        _LIVE.append(process)
        try:
            for line in process.stderr or ():
                tail = [*tail[-30:], line]
                if found := _LINE.match(line):
                    began = began or time.monotonic()
                    seen |= {key: value for key, value in found.groupdict().items() if value}
                    told(target.name, seen)
        except BaseException:
            process.terminate()
            raise
        finally:
            _LIVE.remove(process)
    code = process.returncode
    took = time.monotonic() - began if began else 0.0
    return code, seen, took, "".join(tail)[-2000:]


def _clear(folder: Path) -> None:
    for one in folder.glob("*"):
        one.unlink()


def _died(folder: Path) -> None:
    """What killed a process is written down as the other crashes are."""
    for path in sorted(folder.glob("*")):
        kind = next((one for one in _DIED if path.name.startswith(one)), "")
        if kind and kind != "slow-unit-":
            with (folder / "crashes.jsonl").open("a") as out:
                out.write(json.dumps({"what": _KINDS[kind], "file": str(path)}) + "\n")


_KINDS = {
    "oom-": "more memory than it may have",
    "timeout-": "a hang in code that is not Python",
    "crash-": "the process died",
    "leak-": "memory that is not given back",
}


def _crashes(folder: Path) -> Iterator[Crash]:
    """Each kind once, though processes that were started again may have said it again."""
    file = folder / "crashes.jsonl"
    once: dict[str, Crash] = {}
    for line in file.read_text().splitlines() if file.is_file() else ():
        said = json.loads(line)
        once.setdefault(said["what"], Crash(what=said["what"], file=said["file"]))
    yield from once.values()
