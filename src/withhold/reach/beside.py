"""An event loop in a thread of its own: what a browser says is heard while the owner thinks.

A call from outside hands in a coroutine and the seconds it may take, so that a page that hangs
never hangs the tool.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_SLACK = 2.0
"""Seconds for what was called off to end."""


class Beside:
    """One loop, one thread. ``close`` ends both; what still ran is called off."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        # what a closed browser still owed an answer to is told to nobody
        self._loop.set_exception_handler(lambda _loop, _said: None)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """What the coroutine answers. TimeoutError after so many seconds; what it raises."""
        waited = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), self._loop)
        try:
            return waited.result()
        except BaseException:
            waited.cancel()
            raise

    def close(self) -> None:
        """Ends the loop and its thread."""
        asyncio.run_coroutine_threadsafe(_called_off(), self._loop).result(_SLACK * 2)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SLACK)
        if not self._thread.is_alive():
            self._loop.close()


async def _called_off() -> None:
    """Calls off all that still runs, and waits until it has ended."""
    others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for one in others:
        one.cancel()
    if others:
        await asyncio.wait(others, timeout=_SLACK)
