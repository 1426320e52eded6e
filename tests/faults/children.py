"""A run of ``withhold`` in a forked process: its modules are loaded before, so its time is work.

The process is a real one with a group, a home, a folder and streams of its own; only the imports
are the parent's. So a kill at a random moment meets the work and not the start of Python.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import random
import resource
import signal
import sys
import time
import tomllib
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

TOO_LONG = 120.0
"""Seconds after which a run counts as one that hangs."""
LIVE: list[Child] = []
"""Runs under way: who stops the harness ends them too."""
CRASHED = 97
"""The exit code of a run that ended with an error that is not ours."""


@dataclass
class Ran:
    """How a run ended: its exit code (-9 = killed), what it said, and its seconds."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it did not come to its end."""
        return self.code == -signal.SIGKILL


@dataclass
class Child:
    """A run under way."""

    pid: int
    streams: Path
    begun: float = field(default_factory=time.monotonic)
    status: int | None = None

    def over(self) -> bool:
        """Whether it has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def kill(self, *, group: bool = False) -> None:
        """SIGKILL: to it alone, as the kernel does it, or to all that it started."""
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, signal.SIGKILL)

    def wait(self) -> Ran:
        """Until it has ended; one that hangs is killed and told as crashed."""
        until = time.monotonic() + TOO_LONG
        hangs = False
        while not self.over():
            if time.monotonic() > until:
                hangs = True
                self.kill(group=True)
            time.sleep(0.001)
        if self in LIVE:
            LIVE.remove(self)
        seconds = time.monotonic() - self.begun
        self.kill(group=True)  # workers that are left
        out, err = ((self.streams / name).read_text("utf-8", "replace") for name in ("out", "err"))
        return Ran(CRASHED if hangs else self.status or 0, out, err, seconds)


Body = Callable[[], None]


def command_line(argv: Sequence[str]) -> Body:
    """The command line, as a person calls it."""

    def body() -> None:
        from withhold.faces.cli import main

        main(list(argv))

    return body


def begin(
    body: Body,
    home: Path,
    folder: Path,
    streams: Path,
    *,
    first: Body | None = None,
    file_size: int = 0,
) -> Child:
    """Starts it. ``first`` runs in its process before it; ``file_size``: octets a file may have."""
    streams.mkdir(parents=True, exist_ok=True)
    for name in ("out", "err"):  # a kill may come before the process has made them
        (streams / name).write_bytes(b"")
    sys.stdout.flush(), sys.stderr.flush()
    stops = (signal.SIGINT, signal.SIGTERM)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # none between its start and its note
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _be(body, home, folder, streams, first, file_size)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    child = Child(pid, streams)
    LIVE.append(child)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child


def end_all() -> None:
    """Nothing runs any more that was begun here."""
    for one in [*LIVE]:
        one.kill(group=True)
        one.kill()
        with contextlib.suppress(ChildProcessError):
            while not one.over():
                time.sleep(0.001)
    LIVE.clear()


def _be(
    body: Body, home: Path, folder: Path, streams: Path, first: Body | None, file_size: int
) -> NoReturn:
    code = CRASHED
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        os.environ |= {"WITHHOLD_HOME": str(home), "LANG": "C.UTF-8", "NO_COLOR": "1"}
        os.environ.pop("COLUMNS", None)
        for number, name in enumerate(("out", "err"), 1):
            handle = os.open(streams / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, number)
            os.close(handle)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(0, "r"), os.fdopen(1, "w", encoding="utf-8"),
            os.fdopen(2, "w", encoding="utf-8", buffering=1),
        )  # fmt: skip
        os.chdir(folder)
        random.seed(os.urandom(16))
        if file_size:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
        if first:
            first()
        try:
            body()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
        except BaseException:
            traceback.print_exc()
            code = CRASHED
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush(), sys.stderr.flush()
    finally:
        os._exit(code & 0xFF)


def modules_of(body: Body, home: Path, folder: Path, streams: Path) -> tuple[Ran, list[str]]:
    """Runs it, and answers also which modules it had loaded at its end."""
    listed = streams / "modules"

    def told() -> None:
        try:
            body()
        finally:
            listed.write_text("\n".join(sys.modules), encoding="utf-8")

    ran = begin(told, home, folder, streams).wait()
    return ran, listed.read_text(encoding="utf-8").split() if listed.exists() else []


def load(names: Sequence[str]) -> None:
    """Loads these modules here, so that every later run has them."""
    for name in names:
        if name not in sys.modules and not name.startswith(("__", "encodings", "tests.")):
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def warm() -> None:
    """What every run would make anew, and takes seconds: knowledge is parsed once for all, and so
    are the rules by which posts are searched. What a run gets is a copy of its own."""
    from withhold.catalog.load import default_root
    from withhold.reveals.find import find
    from withhold.verbs.bundle_kept import _words
    from withhold.verbs.search_posts import looking

    known: dict[str, bytes] = {}
    parse = tomllib.loads

    def loads(text: str, /) -> dict[str, object]:
        if text not in known:
            known[text] = pickle.dumps(parse(text))
        copied: dict[str, object] = pickle.loads(known[text])  # noqa: S301 - of our own making
        return copied

    tomllib.loads = loads  # type: ignore[assignment]
    for file in default_root().rglob("*.toml"):
        loads(file.read_text(encoding="utf-8"))
    for look in (looking(default_root(), "DE"), lambda text: find(text, _words(default_root()))):
        look("a sentence of a language that is easily told from any other")
