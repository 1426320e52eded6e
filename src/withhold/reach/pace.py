"""A pause between two requests of ours to one host, whoever of our threads sends them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Waits so that one host is asked at most once in so many seconds.

    ``pause`` is in seconds, by host. The first request to a host waits for nothing. ``stop`` ends
    all waiting at once. ``now`` and ``wait`` are for tests: the clock, and what waits.
    """

    def __init__(
        self,
        pause: Callable[[str], float],
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._pause = pause
        self._now = now
        self._stopped = threading.Event()
        self._wait = wait or self._stopped.wait
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def before(self, host: str) -> None:
        """Returns when the host may be asked; the next one waits from then on."""
        with self._lock:
            now = self._now()
            at = max(now, self._free.get(host, now))
            self._free[host] = at + self._pause(host)
        if at > now:
            self._wait(at - now)

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stopped.set()
