"""The local engine: processes of this machine that do one part after the other.

Processes are started afresh (``spawn``): a fork would copy locks that threads of Arrow hold. Each
has a pipe of its own, so it is known which part a process had when it died; another takes its
place. With one worker, or one part, all is done in this process.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections import Counter, deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import cast

from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.not_needed import without
from withhold.reach.engines import Done, Job, Part
from withhold.reach.finished_parts import done
from withhold.reach.out_folder import leave_nothing_half
from withhold.reach.remote import shown

DEATHS = 3
"""How often a part may take its worker along: by then it is the part."""
_SECONDS = 5.0
Said = tuple[str, str, str]


def all_done(
    job: Job, parts: Sequence[Part], out: str, digest: str, workers: int, heard: Callable[[], None]
) -> list[Done]:
    """The parts in the order in which they became finished; ``heard`` after each.

    Raises WithholdError naming a part that cannot be done; by then those under way are finished.
    """
    workers = min(workers or os.cpu_count() or 1, len(parts))
    if workers > 1:
        return _Crew(job, out, digest, workers).all_done(parts, heard)
    finished = []
    for part in parts:
        answer = tried(job, part, out, digest)
        if not isinstance(answer, Done):
            raise error_of(part, answer)
        finished.append(answer)
        heard()
    return finished


class _Crew:
    """So many processes, each with its pipe and the part that it has now."""

    def __init__(self, job: Job, out: str, digest: str, workers: int) -> None:
        self._task = (pickle.dumps(job), out, digest)
        self._workers = workers
        self._at: dict[Connection, tuple[SpawnProcess, Part | None]] = {}

    def all_done(self, parts: Sequence[Part], heard: Callable[[], None]) -> list[Done]:
        """See ``all_done`` above."""
        waiting, finished, deaths = deque(parts), list[Done](), Counter[str]()
        trouble: WithholdError | None = None
        try:
            while True:
                while waiting and len(self._at) < self._workers and not trouble:
                    self._start()
                for pipe, (process, part) in list(self._at.items()):
                    if part is None and waiting and not trouble:
                        self._give(pipe, process, waiting)
                busy = [pipe for pipe, (_, part) in self._at.items() if part]
                if not busy:
                    break
                for pipe in cast("list[Connection]", wait(busy)):
                    process, part = self._at[pipe]
                    assert part  # noqa: S101 - it is busy
                    try:
                        answer = pipe.recv()
                    except (EOFError, OSError):  # it died with the part
                        self._forget(pipe)
                        deaths[part.id] += 1
                        waiting.appendleft(part)
                        if deaths[part.id] >= DEATHS:
                            trouble = trouble or killing(part)
                        continue
                    self._at[pipe] = (process, None)
                    if isinstance(answer, str):
                        raise RuntimeError(answer)
                    if isinstance(answer, Done):
                        finished.append(answer)
                        heard()
                    else:
                        trouble = trouble or error_of(part, answer)
            if trouble:
                raise trouble
            return finished
        finally:
            self._end()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        process = spawn.Process(target=_work, args=(there, *self._task), daemon=True)
        process.start()
        there.close()  # so that the pipe ends when the process does
        self._at[here] = (process, None)

    def _give(self, pipe: Connection, process: SpawnProcess, waiting: deque[Part]) -> None:
        """The next part; one that died with none in hand is replaced in the next turn."""
        try:
            pipe.send(waiting[0])
        except OSError:
            self._forget(pipe)
            return
        self._at[pipe] = (process, waiting.popleft())

    def _forget(self, pipe: Connection) -> None:
        process, _ = self._at.pop(pipe)
        pipe.close()
        process.kill()
        process.join()

    def _end(self) -> None:
        """No process is left; what was half done is nowhere."""
        for pipe, (process, part) in self._at.items():
            pipe.close()  # one that waits for a part ends by it
            if part:
                process.terminate()
        for process, _ in self._at.values():
            process.join(_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
        self._at.clear()


def _work(pipe: Connection, pickled: bytes, out: str, digest: str) -> None:
    """A worker's life. The driver answers Ctrl-C; without a driver there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what is half written is taken away
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    with without("pandas"):  # Arrow looks for it at its first array: more work than all of a start
        job: Job = pickle.loads(pickled)  # noqa: S301 - from the driver, which made it a moment ago
        while True:
            try:
                part = pipe.recv()
            except (EOFError, OSError):
                return
            try:
                pipe.send(tried(job, part, out, digest))
            except Exception:
                pipe.send(traceback.format_exc())


def _outlive_nobody() -> None:
    """Ends this process when its driver is gone, also in the middle of a part.

    The next run may have ended before: it takes away only what is there by then.
    """
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        leave_nothing_half()
        os._exit(1)


def tried(job: Job, part: Part, out: str, digest: str) -> Done | Said:
    """The part done, or an error that goes through a pipe: kind, message, tip.

    What is neither ours nor the world's is a fault of the program and crashes, loudly.
    """
    import pyarrow as pa

    try:
        return done(job, part, out, digest)
    except WithholdError as why:
        return type(why).__name__, why.message, why.tip
    except (OSError, pa.ArrowException, EOFError) as why:
        number = getattr(why, "errno", None)
        said = os.strerror(number) if number else " ".join(str(why).split())[:200]
        return type(why).__name__, said, ""
    except MemoryError:
        return "MemoryError", "not enough memory", "fewer --jobs"


def error_of(part: Part, said: Said) -> WithholdError:
    """The error of a worker, as this process raises it: with the part's file, and a tip."""
    kind, message, tip = said
    where = shown(part.name)
    text = message if where in message else f"{where} (part {part.id}): {message or kind}"
    ours = {"BadInput": BadInput, "MissingExtra": MissingExtra}.get(kind, WithholdError)
    return ours(text, tip or "what is finished is kept: run it again")


def killing(part: Part) -> WithholdError:
    """What is said of a part whose worker died each time; it is not tried for ever."""
    return WithholdError(
        f"{shown(part.name)} (part {part.id}): its worker died {DEATHS} times",
        "too little memory? what is finished is kept: run it again with fewer --jobs",
    )
