"""One target in a process of its own, under atheris. Started by ``running``; not by hand.

Only ``withhold`` is instrumented: the standard library and what is compiled would slow the start
and teach nothing. All seeds are read once inside, so that what readers import late is too.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shlex
import signal
import sys
from pathlib import Path

from msgspec import structs

from tests.fuzz.judging import Judging
from tests.fuzz.target import files_in

AT_MOST = 8 * 1024**3
"""Octets of address space: the last resort, should memory grow faster than once a second is seen.
Packages written in C reserve much more than they use."""


def main(words: list[str]) -> None:
    """MODULE NAME FOLDER [--seconds=N that an input may take], then what libFuzzer is told. Does
    not return."""
    forked()
    import atheris

    module, name, folder, *rest = words
    resource.setrlimit(resource.RLIMIT_AS, (AT_MOST, AT_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with atheris.instrument_imports(include=["withhold"], enable_loader_override=False):
        from tests.fuzz.targets import target_of

        target = target_of(module, name)
        if rest and rest[0].startswith("--seconds="):
            target = structs.replace(target, seconds=float(rest.pop(0).partition("=")[2]))
        judging = Judging(target, Path(folder))
        files = (*files_in(target.corpus), *files_in(target.crashes))
        for seed in (path.read_bytes() for path in files) if files else target.seeds():
            with contextlib.suppress(MemoryError):
                judging(seed)
    # where libFuzzer begins another process (``-merge=1``) it gives this to a shell
    again = shlex.join((sys.executable, "-m", "tests.fuzz.child", module, name, folder))
    atheris.Setup([again, *rest], judging)
    ends_at_once()
    atheris.Fuzz()


def ends_at_once() -> None:
    """libFuzzer ends this process from inside a call of Python's. Libraries that tidy up then may
    wait for the interpreter for ever, as Arrow does for a thread that gives memory back. What was
    found is on the disk by then, so nothing that was loaded before this is asked to tidy up."""
    libc = ctypes.CDLL(None)
    libc.on_exit(libc._exit, None)


def forked() -> None:
    """Goes on in a process whose peak of memory is its own: Linux hands on that of whoever started
    this one, be it a run of all tests, and libFuzzer would take it for ours."""
    pid = os.fork()
    if pid:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1:])
