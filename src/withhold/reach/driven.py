"""Starts an installed browser with a profile of the tool's own, to be driven; and closes it.

Playwright's own marks of automation stay, and one that it leaves out is added: the browser says
itself that it is controlled.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType

from playwright.async_api import BrowserContext, Error, Playwright, async_playwright

from withhold.errors import ProfileInUse, WithholdError
from withhold.reach.beside import Beside
from withhold.reach.browser import BrowserPage
from withhold.reach.browsers import WITHOUT, Browser

_START_WITHIN = 60.0
_CLOSE_WITHIN = 15.0
_IN_USE = ("ProcessSingleton", "already in use", "existing browser session", "SingletonLock")


class Driven:
    """A started browser, a context manager. ``page`` is called once for each run."""

    def __init__(self, browser: Browser, profile: Path, *, headless: bool) -> None:
        self._browser = browser
        self._profile = profile
        self._headless = headless
        self._beside = Beside()
        self._playwright: Playwright | None = None
        self._context: BrowserContext | None = None
        self._page: BrowserPage | None = None

    def __enter__(self) -> Driven:
        try:
            self._context = self._beside.do(self._started(), _START_WITHIN)
            self._page = BrowserPage(self._beside, self._context)
        except BaseException as why:
            self.__exit__(None, None, None)
            if isinstance(why, Error | TimeoutError):
                raise self._trouble(str(why)) from why
            raise
        return self

    def page(self) -> BrowserPage:
        """The window's one tab, ready for another run: as every tab of the browser is."""
        assert self._page is not None, "inside `with` only"  # noqa: S101
        self._page.renew()
        return self._page

    async def _started(self) -> BrowserContext:
        self._playwright = await async_playwright().start()
        context = await self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=self._browser.program,
            headless=self._headless,
            no_viewport=None if self._headless else True,
            chromium_sandbox=True,
            accept_downloads=False,
            args=["--enable-automation"],
            # pages may not open windows by themselves, as in any other browser
            ignore_default_args=["--disable-popup-blocking"],
            timeout=_START_WITHIN * 1000,
        )
        await context.grant_permissions([])  # none, for any page; nobody is asked
        return context

    def _trouble(self, said: str) -> WithholdError:
        if any(one in said for one in _IN_USE):
            return ProfileInUse("this window is open already", "close it, then try again")
        name = self._browser.name
        if "without --no-sandbox is not supported" in said:
            return WithholdError(f"{name} does not start for the system's administrator", WITHOUT)
        if "missing X server" in said.lower() or "ozone_platform" in said:
            return WithholdError("no screen here: a window cannot be shown", WITHOUT)
        return WithholdError(f"{name} {self._browser.version} cannot be driven", WITHOUT)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with suppress(Exception):
            self._beside.do(self._ended(), _CLOSE_WITHIN)
        self._beside.close()

    async def _ended(self) -> None:
        gone = self._page is not None and self._page.gone
        if self._context is not None and not gone:
            with suppress(Exception):
                await self._context.close()
        if self._playwright is not None:
            await self._playwright.stop()
