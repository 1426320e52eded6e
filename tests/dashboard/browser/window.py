"""A browser's window on a dashboard, with all that it asked for and complained of."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.run import REPO

SHOTS = Path(os.environ.get("WITHHOLD_SHOTS") or REPO / "build" / "screenshots")
TALLEST = 8000
"""Pixels of a page that are kept; the longest pages go on for many more."""


@dataclass
class Window:
    """One tab. ``trouble_is_fine``: where a page of trouble (4xx) is what is looked for, too."""

    page: Any
    base: str
    first: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    """(method, path) of each document that was asked for."""
    trouble_is_fine: bool = False
    clicks: int = 0

    def watch(self) -> Window:
        """Writes down from now on what the tab does."""
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("dialog", self._asks)
        return self

    def _asked(self, request: Any) -> None:
        self.requests.append(request.url)
        if request.is_navigation_request():
            self.sent.append((request.method, request.url.removeprefix(self.base)))

    def _said(self, said: Any) -> None:
        if said.type != "error":
            return
        if self.trouble_is_fine and "Failed to load resource" in said.text:
            return
        self.complaints.append(f"{self.page.url}: {said.text}")

    def _asks(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def begin(self) -> Window:
        """Opens the first address, with the token: from then on it is the owner's browser."""
        self.page.goto(self.first)
        return self

    def open(self, path: str = "/") -> Any:
        """The page at a path of the dashboard, loaded; never one on which the server gave up."""
        try:
            answer = self.page.goto(self.base + path)
        except Exception as trouble:
            # a page that asks again by itself, without script, did so in the same moment
            if "ERR_ABORTED" not in str(trouble):
                raise
            answer = self.page.goto(self.base + path)
        limit = 500 if self.trouble_is_fine else 400
        assert answer is None or answer.status < limit, f"{path}: {answer.status}"
        return self.page

    def settled(self, path: str = "/") -> Any:
        """The page with nothing on it that is still being counted."""
        for _ in range(30):
            page = self.open(path)
            if not page.locator("noscript, [hx-trigger*=every], meta[http-equiv=refresh]").count():
                return page
            page.wait_for_timeout(700)
        raise AssertionError(f"{path} is never counted to its end")

    def click(self, selector: str) -> None:
        """One click, counted; a form's answer is waited for."""
        self.clicks += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def told(self) -> str:
        """The sentence that stands once on top of the page."""
        return str(self.page.locator(".flash p").first.inner_text())

    def h1(self) -> str:
        """The name of the page that is open."""
        return str(self.page.locator("h1").inner_text())

    def shot(self, name: str) -> None:
        """A screenshot, kept for a person to look at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        tall = self.page.evaluate("document.documentElement.scrollHeight")
        size = self.page.viewport_size
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)}
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True, clip=clip)

    def faults(self) -> dict[str, list[str]]:
        """What no window on a dashboard may ever do."""
        found = {
            "requests that left the machine": [
                one for one in self.requests if not one.startswith((self.base, "data:", "blob:"))
            ],
            "complaints": self.complaints,
            "dialogs": self.dialogs,
        }
        return {name: what for name, what in found.items() if what}
