"""A window of the tool's own, in an installed browser.

The owner logs in in the plain browser, not automated; it is closed before the same profile is
opened again to be driven.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.reach.browsers import WITHOUT, find, needs_screen
from withhold.reach.profiles import make_private, profile_of

if TYPE_CHECKING:
    from withhold.reach.driven import Driven

_OWN_KEYS = ("--password-store=basic", "--use-mock-keychain")
"""The driven browser cannot ask for the desktop's keys when nobody is there, so the plain one
must not lock the login with them. Where a switch is another system's, it does nothing."""
_PLAIN = ("--no-first-run", "--no-default-browser-check", *_OWN_KEYS)


class Window:
    """The window of ``platform`` or ``platform:account``; ``browser`` is a path, empty: found.

    BadInput or WithholdError where there is no browser.
    """

    def __init__(self, home: Path, key: str, browser: str = "") -> None:
        self.profile = profile_of(home, key)
        self.browser = find(browser)

    @property
    def new(self) -> bool:
        """Whether nobody can have logged in here yet."""
        return not self.profile.is_dir()

    def log_in(self, url: str) -> None:
        """Opens the plain browser at ``url``, and waits until its owner has closed it.

        No automation, no debugging port: nothing of ours can see the page. ProfileInUse;
        WithholdError without a screen, or where the browser ends with an error.
        """
        if not url.startswith(("https://", "http://")):
            raise BadInput(f"{url}: no address of a page", "begin it with https://")
        needs_screen()
        make_private(self.profile)
        command = [str(self.browser.program), f"--user-data-dir={self.profile}", *_PLAIN, url]
        try:
            ran = subprocess.Popen(  # noqa: S603 - the owner's own browser, without a shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as why:
            raise self._failed(why.strerror or "does not start") from why
        with ran:
            try:
                code = ran.wait()
            except BaseException:
                ran.terminate()
                raise
        if code:
            raise self._failed(f"ended with error {code}")

    def _failed(self, why: str) -> WithholdError:
        return WithholdError(f"{self.browser.name}: {why}", WITHOUT)

    @contextmanager
    def attach(self, *, headless: bool = False) -> Iterator[Driven]:
        """The same profile, driven, until the block ends; then the browser is closed.

        ``attach() as driven``: ``driven.page()`` for each run. ProfileInUse while another browser
        has it; MissingExtra without Playwright; WithholdError where there is no screen or the
        browser cannot be driven.
        """
        if not headless:
            needs_screen()
        try:
            from withhold.reach.driven import Driven
        except ImportError as why:
            raise MissingExtra(
                "a window needs Playwright, which drives your own browser",
                'pip install "withhold[browser]"',
            ) from why
        make_private(self.profile)
        with Driven(self.browser, self.profile, headless=headless) as driven:
            yield driven
