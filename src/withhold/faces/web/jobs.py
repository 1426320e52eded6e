"""What takes long: an archive, a look at all policies. One after the other, with its progress."""

from __future__ import annotations

import queue
import secrets
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Literal

from withhold.errors import WithholdError
from withhold.faces.web.words import own_tip

State = Literal["waiting", "running", "done", "failed", "stopped"]
_KEPT = 50


class Stopped(Exception):
    """The owner stopped it. Its arguments are sentences on what was kept all the same."""


class Job:
    """One thing that takes long. ``told`` hears how far it is and raises Stopped when it ends."""

    def __init__(self, kind: str, title: str, to: str, *, stops: bool = True) -> None:
        self.id = secrets.token_urlsafe(9)
        self.stops = stops
        """Whether it can be stopped; else it comes to its end, or dies with the server."""
        self.kind, self.title = kind, title
        self.to = to
        """Where its result is seen."""
        self.state: State = "waiting"
        self.at, self.of = 0, 0
        """How far it is, of how much; 0 = not known."""
        self.doing = ""
        self.said: Sequence[str] = ()
        """What came out, as sentences."""
        self.why = ""
        self.tip = ""
        self._stop = threading.Event()

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ("done", "failed", "stopped")

    def stop(self) -> None:
        """Asks it to stop; a job that waits does not begin."""
        if self.stops:
            self._stop.set()

    def told(self, at: int, of: int = 0, doing: str = "") -> None:
        """From the work: how far it is. Raises Stopped."""
        self.at, self.of, self.doing = at, of or self.of, doing or self.doing
        if self._stop.is_set():
            raise Stopped


Work = Callable[[Job], Sequence[str]]
"""Does it; answers what came out, as sentences. Raises WithholdError or Stopped."""

Ended = Callable[[], None]


class Jobs:
    """The jobs of one server. One thread does one after the other, so there is one writer."""

    def __init__(self) -> None:
        self._all: dict[str, Job] = {}
        self._queue: queue.Queue[tuple[Job, Work, Ended]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(
        self,
        kind: str,
        title: str,
        work: Work,
        to: str = "/",
        ended: Ended = lambda: None,
        *,
        stops: bool = True,
    ) -> Job:
        """Puts it at the end; what it is called, and where its result will be seen.

        ``ended`` is called in any case, also when it was stopped before it began.
        """
        job = Job(kind, title, to, stops=stops)
        with self._lock:
            for old in [one for one in self._all.values() if one.ended][:-_KEPT]:
                del self._all[old.id]
            self._all[job.id] = job
            self._queue.put((job, work, ended))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
        return job

    def of(self, number: str) -> Job | None:
        """The job of this id."""
        return self._all.get(number)

    def open(self) -> list[Job]:
        """Those that wait or run."""
        return [one for one in list(self._all.values()) if not one.ended]  # another thread may add

    def forget(self) -> None:
        """Those that ended, with what came out of them; those that did not are told to stop."""
        with self._lock:
            for one in list(self._all.values()):
                one.stop()  # what waits would write down anew what was forgotten
                if one.ended:
                    del self._all[one.id]

    def _run(self) -> None:
        while True:
            job, work, ended = self._queue.get()
            for does in (lambda job=job, work=work: self._do(job, work), ended):
                try:
                    does()
                except BaseException:  # a fault, or a panic in Rust: the next is done all the same
                    threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), None)))
            self._queue.task_done()

    def _do(self, job: Job, work: Work) -> None:
        job.state = "running"
        try:
            job.told(0)
            job.said = tuple(work(job))
            job.state = "done"
        except Stopped as why:
            job.said, job.state = tuple(map(str, why.args)), "stopped"
        except WithholdError as why:
            job.why, job.tip, job.state = why.message, own_tip(why), "failed"
        except BaseException as why:  # told on the page, and raised for the programmer
            job.why, job.state = f"{type(why).__name__}", "failed"
            raise

    def wait(self) -> Any:
        """For tests: until nothing is left to do."""
        return self._queue.join()
