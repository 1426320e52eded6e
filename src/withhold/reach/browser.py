"""``recipes.page.Page`` over a tab of an installed browser, through Playwright and its protocol.

No method raises for what a page or a network does; a look says what the trouble is. Nothing here
hides that the browser is automated, and nothing is kept: no cookies, no traces, no bodies.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Literal, TypeVar

from playwright.async_api import BrowserContext, Error

from withhold.reach.beside import Beside
from withhold.reach.tabs import Tabs
from withhold.recipes.page import Loaded, Look, Write

T = TypeVar("T")
Pressed = Literal["pressed", "covered", "gone"]

_AT_MOST = 45.0
"""Seconds for any one call; a page that hangs is left then."""
_LOOK_WITHIN = 15.0


class BrowserPage:
    """The one tab of a run. ``fresh`` puts another in its place.

    ``noted`` says what else the page tried: windows of its own (closed), dialogs (dismissed).
    """

    def __init__(self, beside: Beside, context: BrowserContext) -> None:
        self._beside = beside
        self._tabs = Tabs(context)
        self._end = asyncio.Event()
        context.on("close", self._closed)
        beside.do(self._tabs.begin(), _AT_MOST)

    # The protocol ------------------------------------------------------------------------------

    def open(self, url: str, *, hidden: bool = True) -> None:
        """Goes there; back when it is loaded and its requests have been quiet for 0.5 s."""
        self._done(self._tabs.open(url, hidden=hidden), None, anew=True)

    def look(self) -> Look:
        """What is there now; what cannot be seen has a trouble: ``offline``, ``redirects``,
        ``browser-gone``, ``no-answer`` (the page hangs), ``no-page``, ``too-large``."""
        unseen = Look(address=self._tabs.seen.address, trouble="no-answer")
        found = self._done(self._tabs.look(), unseen, seconds=_LOOK_WITHIN)
        if self.gone or self._tabs.log.crash.is_set():
            return Look(address=self._tabs.seen.address, trouble="browser-gone")
        return found

    def press(self, ref: str) -> Pressed:
        """A press of the mouse at the node's place, its label's, or Space on a hidden input."""
        return self._done(self._tabs.press(ref), "gone")

    def choose(self, ref: str, option: str) -> Pressed:
        """The option of a native menu; a menu of the page's own is opened, and it is pressed."""
        return self._done(self._tabs.choose(ref, option), "gone")

    def writes(self) -> list[Write]:
        """All writes since the page was made, in the order of their sending; each at its place
        from the moment it is sent, with status 0 until an answer has come. A write answered by
        a redirect has the status of the redirect. A beacon that outlives its document is told
        to nobody, and is not there."""
        return list(self._tabs.log.writes)

    def fresh(self) -> Loaded:
        """The present address in a new tab; the old one is closed before, so that it cannot tell
        the new one what it remembers."""
        return self._done(self._tabs.fresh(), "reloaded", seconds=2 * _AT_MOST)

    def wait(self, seconds: float) -> None:
        """Lets time pass; what the page does in it is heard."""
        time.sleep(seconds)

    def crop(self, ref: str) -> bytes:
        """A PNG of the node's row, as far as it is in sight and nothing lies over the node."""
        return self._done(self._tabs.crop(ref), b"")

    # What is not of the protocol ---------------------------------------------------------------

    def noted(self) -> list[str]:
        """What was closed or dismissed on the way, in plain words."""
        return list(self._tabs.log.notes)

    def renew(self) -> None:
        """Ready for another run, which begins with ``open``."""
        self._tabs.renew()

    @property
    def gone(self) -> bool:
        """Whether the browser has ended."""
        return self._end.is_set()

    def _done(
        self,
        work: Coroutine[Any, Any, T],
        otherwise: T,
        *,
        seconds: float = _AT_MOST,
        anew: bool = False,
    ) -> T:
        """What the work answers; ``otherwise`` in any trouble. ``anew``: it may begin with a tab
        that has crashed."""
        if self.gone or (self._tabs.log.crash.is_set() and not anew):
            work.close()
            return otherwise
        try:
            return self._beside.do(self._until_gone(work, otherwise), seconds)
        except TimeoutError:
            return otherwise
        except Error as error:
            if "closed" in error.message and not self._tabs.any_open:
                self._closed()
            return otherwise
        except Exception as error:
            if not _is_of_driver(error):
                raise
            self._closed()
            return otherwise

    async def _until_gone(self, work: Coroutine[Any, Any, T], otherwise: T) -> T:
        """What the work answers, or ``otherwise`` as soon as the browser is gone or the tab has
        crashed: some calls are left without an answer then."""
        crash = self._tabs.log.crash
        working = asyncio.ensure_future(work)
        ends = [self._end] if crash.is_set() else [self._end, crash]
        waiting = [asyncio.ensure_future(one.wait()) for one in ends]
        try:
            await asyncio.wait({working, *waiting}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else otherwise
        finally:
            for one in (working, *waiting):
                one.cancel()

    def _closed(self, _context: BrowserContext | None = None) -> None:
        self._end.set()


def _is_of_driver(error: Exception) -> bool:
    """Whether Playwright's own process has ended: it says so in words only."""
    return "Connection closed" in str(error) or isinstance(error, OSError)
