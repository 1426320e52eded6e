"""Several makers at once, each in a process of its own, their things in one stream."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from withhold.errors import WithholdError

T = TypeVar("T")
_AT_ONCE = 64
"""Things sent in one message: a message each costs more than the thing."""


def cores() -> int:
    """How many processes can run at once; macOS and Windows give none to a single process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(makers: Sequence[Callable[[], Iterable[T]]]) -> Iterator[T]:
    """All that the makers make; the order is kept within a maker, not between them.

    On a machine without a fork that is safe (Windows; macOS, whose own libraries have threads), or
    with one core, they run one after the other. What a maker raises is raised here; the others
    are stopped.
    """
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    if len(makers) < 2 or not forks or cores() < 2:
        for maker in makers:
            yield from maker()
        return
    context = multiprocessing.get_context("fork")
    running: dict[Connection, Any] = {}
    try:
        for maker in makers:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(
                target=_make, args=(maker, theirs, (*running, ours)), daemon=True
            )
            process.start()
            theirs.close()
            running[ours] = process
        while running:
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)  # noqa: S101 - we opened nothing else
                yield from _received(ready, running)
    finally:
        for process in running.values():
            process.terminate()
            process.join()


def _received(ready: Connection, running: dict[Connection, Any]) -> Iterator[T]:
    try:
        kind, body = ready.recv()
    except (EOFError, OSError):  # ended between two things, or in the middle of one
        code = _ended(ready, running)
        raise WithholdError(
            f"a process that made part of it ended without a word (exit {code})",
            "is there memory left? run it again: what was written is kept",
        ) from None
    if kind == "made":
        yield from body
        return
    _ended(ready, running)
    if kind == "raised":
        raise body


def _ended(ready: Connection, running: dict[Connection, Any]) -> int | None:
    process = running.pop(ready)
    ready.close()
    process.join()
    code: int | None = process.exitcode
    return code


def _make(
    maker: Callable[[], Iterable[object]], to: Connection, heard: Iterable[Connection] = ()
) -> None:
    """In the new process: makes, and sends in batches; how it ended comes last.

    ``heard`` are the other ends, which a fork gets too: while one is open here nobody who sends
    would notice that the process that listened is gone, and all would wait for ever.
    """
    for end in heard:
        end.close()
    try:
        batch: list[object] = []
        for one in maker():
            batch.append(one)
            if len(batch) == _AT_ONCE:
                to.send(("made", batch))
                batch = []
        to.send(("made", batch))
        to.send(("done", None))
    except (KeyboardInterrupt, BrokenPipeError):
        pass  # the whole group is stopped, or nobody listens any more
    except Exception as why:
        to.send(("raised", why))
    finally:
        to.close()
