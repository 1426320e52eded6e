"""Much at once, little at one place: work over many hosts with threads."""

from __future__ import annotations

import queue
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from withhold.reach.addresses import BadUrl, read
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.http import Fetcher

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 5_000
"""Things that may wait for their host while others go first; then the source waits too."""


def fetch_all(fetcher: Fetcher, wanted: Iterable[Wanted], *, in_all: int = 16) -> Iterator[Fetched]:
    """What came of each, as it comes; at one host as many at a time as the fetcher allows.

    Closed early, it starts nothing more; closing the fetcher ends also what is under way.
    """
    return at_once(fetcher.fetch, wanted, lambda one: host_of(one.url), fetcher.per_host, in_all)


def host_of(url: str) -> str:
    """Whose turn a URL takes; one that is none takes nobody's."""
    try:
        return read(url).host
    except BadUrl:
        return url


def at_once(
    work: Callable[[T], R],
    things: Iterable[T],
    place: Callable[[T], str],
    per_place: int = 1,
    in_all: int = 16,
) -> Iterator[R]:
    """What the work makes of each thing, as it comes: at most so many at one place and in all.

    At one place things go in their order. What the work raises is a fault of the program and is
    raised here. Closed early, no further thing is begun; what is under way ends by itself.
    """
    if in_all <= 1:
        yield from map(work, things)
        return
    todo: queue.SimpleQueue[tuple[str, T] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, list[R], BaseException | None]] = queue.SimpleQueue()

    def worker() -> None:
        while (given := todo.get()) is not None:
            try:
                done.put((given[0], [work(given[1])], None))
            except BaseException as why:
                done.put((given[0], [], why))

    line = _Line(things, place, per_place)
    threads = running = 0
    try:
        while True:
            while running < in_all and (given := line.next()) is not None:
                running += 1
                if threads < running:
                    threads += 1
                    threading.Thread(target=worker, daemon=True).start()
                todo.put(given)
            if not running:
                return
            at, made, trouble = done.get()
            running -= 1
            line.free(at)
            if trouble is not None:
                raise trouble
            yield from made
    finally:
        for _ in range(threads):
            todo.put(None)


class _Line(Generic[T]):
    """Who is next: nobody whose place is taken, and at one place nobody before his turn."""

    def __init__(self, things: Iterable[T], place: Callable[[T], str], per_place: int) -> None:
        self._source = iter(things)
        self._place = place
        self._per_place = per_place
        self._busy: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[T]] = defaultdict(deque)
        self._held = 0
        self._ready: deque[tuple[str, T]] = deque()

    def next(self) -> tuple[str, T] | None:
        """A place with the thing that may begin there now; None: nothing may before one ends."""
        if self._ready:
            return self._ready.popleft()
        while self._held < _AHEAD:
            more = list(islice(self._source, 1))
            if not more:
                return None
            thing = more[0]
            at = self._place(thing)
            if self._busy[at] < self._per_place:
                self._busy[at] += 1
                return at, thing
            self._waiting[at].append(thing)
            self._held += 1
        return None

    def free(self, at: str) -> None:
        """One is done at a place: the next that waits there takes it over."""
        waiting = self._waiting.get(at)
        if waiting:
            self._ready.append((at, waiting.popleft()))
            self._held -= 1
            return
        self._busy[at] -= 1
        if not self._busy[at]:
            del self._busy[at]
            self._waiting.pop(at, None)
