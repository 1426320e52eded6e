"""The tab of a run and those that take its place. Everything here runs in the loop of ``beside``.

May raise what Playwright raises; ``reach.browser`` makes words of it.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Error, Page

from withhold.reach import ax, hidden, picture, pressing
from withhold.reach.tab import Log, Tab
from withhold.recipes.page import Loaded, Look
from withhold.steps import SETTINGS

_OPEN_WITHIN = 20.0
_SHOWN_WITHIN = 6.0
"""Seconds that a page has to show its settings when it finds its stores empty."""
_TRIES = 4


class Tabs:
    """One tab at a time; every other that a page opens is closed."""

    def __init__(self, context: BrowserContext) -> None:
        self.log = Log()
        self.seen = Look(address="")
        self.tab: Tab
        self._context = context
        self._making = False
        self._altered = False
        self._hides = False
        self._renewed = False
        self._hosts: set[str] = set()
        """Hosts whose pages were in the present tab, and may have left something there."""
        self._trouble = ""
        self._untouched = Look(address="")
        """The last look at the present document before anything in it was pressed."""
        self._touched = -1

    @property
    def any_open(self) -> bool:
        """Whether the browser has a tab at all."""
        return bool(self._context.pages)

    async def begin(self) -> None:
        """Takes the tab that the browser began with."""
        pages = list(self._context.pages)
        self.tab = await self._watched(pages[0] if pages else await self._new())
        self._context.on("page", self._other)
        for other in pages[1:]:
            await other.close()

    async def _new(self) -> Page:
        self._making = True
        try:
            return await self._context.new_page()
        finally:
            self._making = False

    async def _watched(self, page: Page) -> Tab:
        session = await self._context.new_cdp_session(page)
        # what the page's own worker would answer is no answer of the server
        await session.send("Network.enable")
        await session.send("Network.setBypassServiceWorker", {"bypass": True})
        await session.send("Accessibility.enable")
        return Tab(page, session, self.log)

    async def _other(self, page: Page) -> None:
        """A window that the page opened: closed, and noted."""
        if self._making or page == self.tab.page:
            return
        self.log.notes.append("new window closed")
        with suppress(Error):
            await page.close()

    async def _another(self) -> None:
        """A new tab in the place of the old one, with nothing in it."""
        old, self.tab = self.tab, await self._watched(await self._new())
        self._altered = False
        self._hosts.clear()
        await old.close()
        self.log.crash.clear()
        for page in self._context.pages:  # one that a page opened while the new one was made
            if page != self.tab.page:
                await self._other(page)

    def renew(self) -> None:
        """For another run, without notes and troubles. What a page has left in the tab is its
        host's alone, so that another host's may follow in it."""
        self.log.notes.clear()
        self._trouble = ""
        self._renewed = True

    # Going somewhere ---------------------------------------------------------------------------

    async def open(self, url: str, *, hidden: bool) -> None:
        """Goes there, past caches; ``look`` says how it went."""
        self._hosts.add(_host(self.tab.page.url))
        left = self._renewed and _host(url) in self._hosts
        if self.log.crash.is_set() or (self._altered and (left or self._hides != hidden)):
            await self._another()
        self._renewed = False
        if not self._altered:
            await self._alter(hide=hidden)
        await self._go(url)

    async def _go(self, url: str) -> None:
        self.seen = Look(address=url)
        self._trouble = ""
        self._hosts.add(_host(url))
        if not url.startswith(("https://", "http://")):
            self._trouble = "no-page"
            return
        self.tab.begin()
        try:
            await self.tab.page.goto(url, wait_until="commit", timeout=_OPEN_WITHIN * 1000)
        except Error as error:
            self._trouble = _trouble(error.message)
        if not self._trouble:
            await self.tab.quiet()
        await self._stopped()

    async def _stopped(self) -> None:
        """Leaves a page that leads on and on."""
        if self.tab.led_on:
            self._trouble = "redirects"
            self.seen = Look(address=self.tab.page.url)
            await self._another()

    async def fresh(self) -> Loaded:
        """The present address in a new tab, past caches; first with the page's stores hidden."""
        await self.tab.written()
        before, address = self._untouched, self.tab.page.url
        await self._again(address, hide=True)
        if self._trouble:
            return "reloaded"
        if await self._stands(address, before):
            return "fresh"
        await self._again(address, hide=False)
        return "reloaded"

    async def _again(self, address: str, *, hide: bool) -> None:
        await self._another()
        await self._alter(hide=hide)
        await self._go(address)

    async def _alter(self, *, hide: bool) -> None:
        """Past caches, and where ``hide`` is set with the page's stores hidden."""
        await self.tab.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._altered, self._hides = True, hide
        if hide:
            await self.tab.page.add_init_script(hidden.script())

    async def _stands(self, address: str, before: Look) -> bool:
        """Whether the page does without what it stored: the same path, no password asked for that
        was not, and settings where there were some."""
        until = time.monotonic() + _SHOWN_WITHIN
        while True:
            look = await self.look()
            if look.trouble:
                return True  # as it is: the next look says so
            asked = _asks_password(look) and not _asks_password(before)
            if asked or _path(look.address) != _path(address):
                return False
            if _has_settings(look) or not _has_settings(before):
                return True
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.2)

    # Looking and pressing ----------------------------------------------------------------------

    async def look(self) -> Look:
        """What is there now, or the trouble."""
        await self._stopped()
        if self._trouble:
            return Look(address=self.seen.address, trouble=self._trouble)
        self.seen = await self._looked()
        if await self.tab.document() != self._touched:
            self._untouched = self.seen
        return self.seen

    async def _looked(self) -> Look:
        tab = self.tab
        for last in range(1, _TRIES + 1):
            address = tab.page.url
            if address.startswith("chrome-error:"):
                return Look(address=self.seen.address, trouble="offline")
            try:
                document = await tab.document()
                found = await ax.look(tab.session, address, f"{document}.")
                if last == _TRIES or (tab.page.url, await tab.document()) == (address, document):
                    return found
            except Error:  # the page went on to another while it was looked at
                if last == _TRIES:
                    raise
                await asyncio.sleep(0.1)
        raise AssertionError("unreachable")

    async def press(self, ref: str) -> pressing.Pressed:
        """Presses a node of a look."""
        number = await self._number(ref)
        if number < 0:
            return "gone"
        await self._touch()
        return await pressing.press(self.tab, number)

    async def choose(self, ref: str, option: str) -> pressing.Pressed:
        """Chooses an option of a menu of a look."""
        number = await self._number(ref)
        if number < 0:
            return "gone"
        await self._touch()
        return await pressing.choose(self.tab, number, option)

    async def _touch(self) -> None:
        """From here on the document may show what it did not show when it was loaded."""
        self._touched = await self.tab.document()
        self.tab.begin()

    async def crop(self, ref: str) -> bytes:
        """A picture of the row of a node of the last look."""
        number = await self._number(ref)
        return await picture.row(self.tab, self.seen, number) if number >= 0 else b""

    async def _number(self, ref: str) -> int:
        """The node's number; -1 where its document is no longer the tab's."""
        document, _, number = ref.partition(".")
        known = number.isdecimal() and document == str(await self.tab.document())
        return int(number) if known else -1


def _has_settings(look: Look) -> bool:
    return any(one.role in SETTINGS for one in look.nodes)


def _asks_password(look: Look) -> bool:
    return any(one.attributes.get("type") == "password" for one in look.nodes)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _trouble(said: str) -> str:
    """Our word for what ``goto`` said; empty where the page itself went elsewhere meanwhile."""
    if "ERR_TOO_MANY_REDIRECTS" in said:
        return "redirects"
    if "closed" in said or "crash" in said:
        return "browser-gone"
    if "interrupted by another navigation" in said:
        return ""
    if "ERR_ABORTED" in said or "Download is starting" in said:
        return "no-page"
    return "offline"
