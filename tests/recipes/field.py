"""Server, browser and engine together: makes one run, and says how it ended and what is so.

One browser stays open for many runs; each has a tab of its own and a page in its first state.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from playwright.async_api import Error

from tests.recipes.judged import Judged, judged
from tests.recipes.runs import Planned
from tests.replicas import browsers, certificate
from tests.replicas.server import Served, serve
from tests.replicas.stored import Truth
from withhold.catalog.recipes import load_recipes, menu_words
from withhold.reach.window import Window
from withhold.recipes.page import Page
from withhold.recipes.result import Question, Result
from withhold.recipes.run import Run
from withhold.steps import MenuWords, Recipe

HURRY = 0.25
"""Of the waits of a run where the page itself is quick: a test has no time to lose. What is found
is found all the same; what is not, is given up sooner."""


class Played(Struct, frozen=True):
    """One run that was made."""

    planned: Planned
    policy: str
    outcome: str
    reason: str
    judged: Judged
    seconds: float
    said: tuple[str, ...] = ()
    """What the journal has."""


class Notes:
    """A journal that is kept in memory."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, at: str, said: str = "") -> None:
        """One line."""
        self.lines.append(f"{at} {said}".strip())


class Willing:
    """An owner who says yes, and does on the page what a recipe asks of him."""

    def __init__(self, does: Callable[[], bool]) -> None:
        self._does = does
        self.asked: list[Question] = []

    def may_set(self, question: Question) -> bool:
        """Yes."""
        self.asked.append(question)
        return True

    def does(self, what: str, why: str) -> bool:
        """Presses the link that is the owner's to press."""
        return self._does()


class Hurried:
    """A page whose waits are shorter."""

    def __init__(self, page: Page, part: float) -> None:
        self._page = page
        self._part = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def wait(self, seconds: float) -> None:
        """A part of the seconds."""
        self._page.wait(seconds * self._part)


class Field:
    """What the runs share."""

    def __init__(self, served: Served, driven: Any) -> None:
        self.served = served
        self.driven = driven
        self.words: MenuWords = menu_words()
        self.width = 1280
        driven._context.on("page", lambda page: _sized(page, self.width))
        self.recipes: dict[str, Recipe] = {one.id: one for one in load_recipes().values()}

    def begun(self, planned: Planned) -> Truth:
        """The page of a run, in its first state, on the server."""
        seed = planned.seed if planned.seed >= 0 else None
        return self.served.begin(planned.replica, planned.variant, seed)

    def ours(self, planned: Planned, how: str = "apply") -> tuple[Played, Truth, Result]:
        """The engine's own run."""
        truth = self.begun(planned)
        page = self.driven.page()
        pages = Own(page)
        self.width = planned.variant.width
        pages.sized(self.width)
        if planned.variant.needs_store:  # the owner has logged in in this profile
            page.open(f"https://{planned.replica.host}/~token", hidden=False)
        run, notes = self.run_of(planned, page, pages)
        began = time.perf_counter()
        result = run.check() if how == "check" else run.apply()
        seconds = time.perf_counter() - began
        settled(truth)
        if planned.variant.cached:
            pages.forget()
        found = judged(result.outcome, result.reason, truth, planned.true)
        played = Played(
            planned,
            "withhold",
            result.outcome,
            result.reason,
            found,
            seconds,
            tuple(notes.lines),
        )
        return played, truth, result

    def run_of(self, planned: Planned, page: Page, pages: Own) -> tuple[Run, Notes]:
        """A run that is ready to be started."""
        notes = Notes()
        part = 1.0 if planned.variant.real_time else HURRY
        run = Run(
            self.recipes[planned.recipe],
            Hurried(page, part),
            self.words,
            Willing(pages.led_on),
            notes,
            account=planned.replica.account.name,
            pace=0,
        )
        return run, notes


class Own:
    """What a person does in the window of a test, and the tests at its browser."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def _do(self, work: Any) -> Any:
        return self._page._beside.do(work, 20)

    @property
    def _tab(self) -> Any:
        return self._page._tabs.tab

    def sized(self, width: int) -> None:
        """Makes the window's tab so wide."""
        self._do(_sized(self._tab.page, width))

    def led_on(self) -> bool:
        """Presses the link that leads on; False where it is not there or lies under something."""
        try:
            self._do(self._tab.page.click("[data-part^=through-]", timeout=1500))
        except Error:
            return False
        return True

    def bare(self, url: str) -> None:
        """Loads a page until the network is idle, and no more."""
        self._do(self._tab.page.goto(url, wait_until="networkidle"))

    def forget(self) -> None:
        """Empties the browser's cache."""
        self._do(self._tab.session.send("Network.clearBrowserCache"))


async def _sized(page: Any, width: int) -> None:
    with suppress(Error):  # a tab that is closed already
        await page.set_viewport_size({"width": width, "height": 800})


def settled(truth: Truth) -> None:
    """Waits until what a page has sent is stored or refused: a save may take its time."""
    slow = truth.variant.slow
    until = time.monotonic() + slow + 0.1
    while slow and time.monotonic() < until and not truth.written:
        time.sleep(0.05)


@contextmanager
def field(folder: Path) -> Iterator[Field]:
    """A server and a browser of its own profile, until the block ends."""
    made = certificate.made(folder)
    with serve(made) as served:
        program = browsers.wrapped(folder, served.port, made)
        window = Window(folder / "home", "replicas", str(program))
        with window.attach(headless=True) as driven:
            yield Field(served, driven)
