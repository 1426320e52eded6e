"""One input judged: nothing raised, and not too long. What is wrong has a name and is kept once."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from msgspec import Struct

from tests.fuzz.target import Target


class Hang(BaseException):
    """An input that does not end in time. No reader catches it."""


class Crash(Struct, frozen=True, kw_only=True):
    """One thing that is wrong, however many inputs show it."""

    what: str
    """The kind of the error and the innermost place of the project: ``KeyError robots.py:120``."""
    file: str
    """Where the first input that showed it is kept."""


class Judging:
    """Gives a target its inputs; keeps the first input of each crash in ``folder``, and goes on."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target, self._folder = target, folder
        self._seen: set[str] = set()
        self.runs = 0
        self.slowest = 0.0
        """Seconds of processor time."""

    def __call__(self, data: bytes) -> None:
        """One input. Raises nothing."""
        self.runs += 1
        started = time.process_time()
        try:
            with in_time(self._target.seconds):
                self._target.once(data)
        except (Exception, Hang) as why:
            self._keep(data, why)
        self.slowest = max(self.slowest, time.process_time() - started)

    def _keep(self, data: bytes, why: BaseException) -> None:
        what = named(why)
        if what in self._seen:
            return
        self._seen.add(what)
        self._folder.mkdir(parents=True, exist_ok=True)
        name = self._folder / f"{hashlib.sha256(what.encode()).hexdigest()[:12]}.bin"
        name.write_bytes(data)
        said = "".join(traceback.format_exception(why, limit=-12))
        name.with_suffix(".txt").write_text(said, "utf-8", "backslashreplace")
        with (self._folder / "crashes.jsonl").open("a") as out:
            out.write(json.dumps({"what": what, "file": str(name)}) + "\n")


def named(why: BaseException) -> str:
    """A crash by its kind and the innermost line of the project that was running; a hang, which is
    seen at another line each time, by the function."""
    frames = [one for one in traceback.extract_tb(why.__traceback__) if one.filename != __file__]
    ours = [one for one in frames if f"{os.sep}withhold{os.sep}" in one.filename]
    place = (ours or list(frames))[-1]
    if isinstance(why, AssertionError):  # a law: which one is said by the line of the target
        place = next((one for one in reversed(frames) if "fuzz" in one.filename), place)
    at = place.name if isinstance(why, Hang) else place.lineno
    return f"{type(why).__name__} {Path(place.filename).name}:{at}"


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raises Hang after so many seconds of processor time; code in C is stopped when it returns."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
