"""One tab of the browser, watched: what it writes, what it still waits for, where it is led.

Everything here runs in the loop of ``beside``; nothing is asked of the page itself, and no body,
header or cookie is read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Dialog, Error, Page, Request, Response

from withhold.recipes.page import Write

REDIRECTS = 5
"""Times that one opening may be led on to another document."""
_REDIRECTS_WITHIN = 30.0
"""Seconds; a page that renews itself now and then is no endless redirect."""
_QUIET = 0.5
_AT_MOST = 10.0
_WRITTEN_WITHIN = 5.0
_STEP = 0.05
_CLOSES = 3
_CLOSED_WITHIN = 2.0
_ALL = {"urls": ["*"]}
_READS = frozenset(["GET", "HEAD", "OPTIONS"])
_AWAITED = frozenset(["document", "fetch", "xhr"])


class Log:
    """What the tabs of one run did; it outlives each of them."""

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self.notes: list[str] = []
        self.crash = asyncio.Event()
        self._documents: dict[str, int] = {}

    def document(self, loader: str) -> int:
        """The number of a document in this run, by the id of its load: a node's number says
        nothing without it, because another process counts from one again."""
        return self._documents.setdefault(loader, len(self._documents))


class Tab:
    """A page of Playwright with its protocol session."""

    def __init__(self, page: Page, session: CDPSession, log: Log) -> None:
        self.page = page
        self.session = session
        self.log = log
        self._documents: list[float] = []
        """When main documents were asked for since ``begin``, each redirect by itself."""
        self._places: dict[Request, int] = {}
        self._waiting: set[Request] = set()
        self._loaded = True
        self._heard = time.monotonic()
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("load", self._load)
        page.on("crash", self._crash)
        page.on("dialog", self._dialog)

    @property
    def led_on(self) -> bool:
        """Whether it was led on more often than is followed."""
        since = time.monotonic() - _REDIRECTS_WITHIN
        return sum(one > since for one in self._documents) > 1 + REDIRECTS

    def begin(self) -> None:
        """From here the redirects are counted anew."""
        self._documents.clear()
        self._heard = time.monotonic()

    async def document(self) -> int:
        """The number of the document that is shown now."""
        tree = await self.session.send("Page.getFrameTree")
        return self.log.document(tree["frameTree"]["frame"]["loaderId"])

    async def quiet(self) -> None:
        """Waits until the document is loaded and nothing was asked or answered for 0.5 s; at most
        10 s, and no longer than the redirects are followed."""
        until = time.monotonic() + _AT_MOST
        while time.monotonic() < until and not self.led_on and not self.log.crash.is_set():
            still = self._loaded and not self._waiting
            if still and time.monotonic() - self._heard >= _QUIET:
                return
            await asyncio.sleep(_STEP)

    async def written(self) -> None:
        """Waits until every write that was sent is answered or has failed; at most 5 s, because
        of a write that outlives its document the answer is never told."""
        until = time.monotonic() + _WRITTEN_WITHIN
        while self._places and time.monotonic() < until and not self.log.crash.is_set():
            await asyncio.sleep(_STEP)

    async def close(self) -> None:
        """Closes the tab. One that leads on and on asks for nothing more first: the browser now
        and then forgets to close a tab that is on its way."""
        for _ in range(_CLOSES):
            with suppress(Error, TimeoutError):
                if self.led_on:
                    await self._within(self.session.send("Network.setBlockedURLs", _ALL))
                await self._within(self.page.close())
            if self.page.is_closed():
                return
            with suppress(Error, TimeoutError):
                await self._within(self.session.send("Page.close"))

    async def _within(self, asked: Coroutine[Any, Any, object]) -> None:
        await asyncio.wait_for(asked, _CLOSED_WITHIN)

    # What Playwright tells ---------------------------------------------------------------------

    def _asked(self, request: Request) -> None:
        if request.method not in _READS:
            address = urlsplit(request.url)
            self._places[request] = len(self.log.writes)
            self.log.writes.append(
                Write(
                    method=request.method,
                    host=address.hostname or "",
                    path=address.path or "/",
                    status=0,
                )
            )
        if request.resource_type in _AWAITED:
            self._waiting.add(request)
            self._heard = time.monotonic()
        if self._is_main_document(request):
            self._documents.append(time.monotonic())
            self._loaded = False

    def _is_main_document(self, request: Request) -> bool:
        try:
            return request.is_navigation_request() and request.frame == self.page.main_frame
        except Error:  # asked for before there was a frame for it
            return True

    def _answered(self, response: Response) -> None:
        place = self._places.pop(response.request, -1)
        if place >= 0:
            sent = self.log.writes[place]
            self.log.writes[place] = Write(
                method=sent.method, host=sent.host, path=sent.path, status=response.status
            )

    def _ended(self, request: Request) -> None:
        self._places.pop(request, None)
        if request in self._waiting:
            self._waiting.discard(request)
            self._heard = time.monotonic()

    def _load(self, _page: Page) -> None:
        self._loaded = True
        self._heard = time.monotonic()

    def _crash(self, _page: Page) -> None:
        self.log.crash.set()

    async def _dialog(self, dialog: Dialog) -> None:
        self.log.notes.append(f"dialog dismissed: {dialog.type}")
        if dialog.type == "beforeunload":  # to dismiss it would be to stay
            await dialog.accept()
        else:
            await dialog.dismiss()
