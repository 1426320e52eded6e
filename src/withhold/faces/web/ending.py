"""How a server ends that nobody watches: by a button of its pages, or when nobody asks any more."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from withhold.faces.web.jobs import Jobs

LAST_PAGE = 1.0
"""Seconds in which the page that says goodbye, and its styles, still arrive."""


class Stoppable(Protocol):
    """What uvicorn's server is to this module."""

    should_exit: bool


class Ending:
    """ASGI around the application, which notes when it was asked last.

    ``idle``: seconds without a request and without a job after which it ends; 0 = never.
    """

    def __init__(self, app: ASGIApp, jobs: Jobs, idle: float) -> None:
        self._app, self._jobs, self._idle = app, jobs, idle
        self._last = monotonic()
        self._asked = 0
        self._over = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the application does."""
        self._asked += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._asked -= 1
            self._last = monotonic()

    def soon(self) -> None:
        """It ends when the page that answers has arrived."""
        threading.Timer(LAST_PAGE, self._over.set).start()

    def is_idle(self) -> bool:
        """Whether nobody has asked for so long, and nothing is at work."""
        if self._asked or any(one.state == "running" for one in self._jobs.open()):
            self._last = monotonic()
        return bool(self._idle) and monotonic() - self._last >= self._idle

    def watch(self, server: Stoppable) -> None:
        """In a thread of its own, until the server is to end."""
        threading.Thread(target=self._wait, args=(server,), daemon=True).start()

    def _wait(self, server: Stoppable) -> None:
        step = min(self._idle / 4, 60.0) or 60.0
        while not self._over.wait(step) and not self.is_idle():
            pass
        server.should_exit = True
