"""The browser is killed, crashes, or loses its driver: every method comes back with a word."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import asked_of_playwright, killed, only, scripted, until
from tests.browser.site import Answer, Site
from withhold.reach.browser import BrowserPage
from withhold.reach.profiles import in_use
from withhold.reach.window import Window

pytestmark = [pytest.mark.system, pytest.mark.matrix]

PAGE = (
    "<h1>Here</h1><button role=switch aria-checked=true aria-label=Train "
    "style='width:60px;height:30px'></button><select aria-label=Who><option>A<option>B</select>"
)
METHODS = ["open", "look", "press", "choose", "writes", "fresh", "wait", "crop", "renew", "noted"]
SAID: dict[str, object] = {
    "press": "gone",
    "choose": "gone",
    "writes": [],
    "fresh": "reloaded",
    "crop": b"",
    "noted": [],
}


def called(page: BrowserPage, method: str, url: str, ref: str) -> object:
    """Calls a method with what it takes."""
    takes = {"open": [url], "press": [ref], "choose": [ref, "B"], "wait": [0.1], "crop": [ref]}
    return getattr(page, method)(*takes.get(method, []))


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(tmp_path, "platform", str(scripted(tmp_path)))


@pytest.fixture
def opened(window: Window, site: Site) -> Iterator[BrowserPage]:
    """A browser of its own, at the page."""
    with window.attach(headless=True) as driven:
        page = driven.page()
        page.open(site.page(PAGE))
        yield page


@pytest.mark.parametrize("method", METHODS)
def test_killed_before_any_method(
    window: Window, opened: BrowserPage, site: Site, method: str
) -> None:
    ref = only(opened.look(), "switch").ref
    killed(window)
    began = time.monotonic()
    said = called(opened, method, site.url(), ref)
    assert method == "look" or said == SAID.get(method)
    assert opened.look().trouble == "browser-gone"
    assert opened.look().nodes == ()
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("method", ["open", "press", "choose", "fresh", "crop", "look"])
@pytest.mark.parametrize(
    "after",
    [
        pytest.param(0.0, marks=pytest.mark.long),
        0.05,
        pytest.param(0.2, marks=pytest.mark.long),
    ],
)
def test_killed_while_a_method_runs(
    window: Window, opened: BrowserPage, site: Site, method: str, after: float
) -> None:
    ref = only(opened.look(), "combobox" if method == "choose" else "switch").ref
    site.paths["/slow"] = Answer("<h1>Late</h1>", after=1)
    timer = threading.Timer(after, killed, [window])
    timer.start()
    began = time.monotonic()
    called(opened, method, site.url("/slow"), ref)
    assert time.monotonic() - began < 20
    timer.join()
    until(lambda: opened.look().trouble == "browser-gone")


def test_a_call_that_the_browser_leaves_without_an_answer(
    window: Window, opened: BrowserPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_ref: str) -> str:
        await asyncio.sleep(60)
        return "pressed"

    monkeypatch.setattr(opened._tabs, "press", never)
    threading.Timer(0.3, killed, [window]).start()
    began = time.monotonic()
    assert opened.press("0.1") == "gone"
    assert time.monotonic() - began < 10


def test_afterwards_the_same_profile_can_be_opened_again(window: Window, site: Site) -> None:
    with window.attach(headless=True) as driven:
        driven.page().open(site.page(PAGE))
        killed(window)
        assert driven.page().look().trouble == "browser-gone"
    assert (window.profile / "SingletonLock").is_symlink()  # what a killed browser leaves
    assert not in_use(window.profile)
    with window.attach(headless=True) as driven:
        page = driven.page()
        page.open(site.page(PAGE))
        assert only(page.look(), "heading").name == "Here"


def test_a_page_that_crashes_is_left_for_a_new_tab(opened: BrowserPage, site: Site) -> None:
    async def crash(tab: object) -> None:
        try:
            await tab.goto("chrome://crash", timeout=3000)  # type: ignore[attr-defined]
        except Exception:
            return

    asked_of_playwright(opened, crash)
    until(lambda: opened.look().trouble == "browser-gone")
    assert opened.press("0.5") == "gone"
    opened.open(site.page(PAGE))
    assert only(opened.look(), "heading").name == "Here"


def test_the_driver_is_killed(opened: BrowserPage, site: Site) -> None:
    """Playwright's own process: a child of this one."""
    ours = str(os.getpid())
    for one in Path("/proc").glob("[0-9]*/stat"):
        number, rest = one.parent.name, one.read_text().rpartition(")")[2].split()
        line = (one.parent / "cmdline").read_bytes() if rest[1] == ours else b""
        if b"run-driver" in line and int(number) == _newest_driver(ours):
            os.kill(int(number), signal.SIGKILL)
    time.sleep(0.5)
    opened.open(site.url())
    assert opened.look().trouble == "browser-gone"
    assert opened.fresh() == "reloaded"


def _newest_driver(ours: str) -> int:
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        rest = one.read_text().rpartition(")")[2].split()
        if rest[1] == ours and b"run-driver" in (one.parent / "cmdline").read_bytes():
            found.append((int(rest[19]), int(one.parent.name)))
    return max(found)[1]


def test_the_owner_closes_the_tab(opened: BrowserPage) -> None:
    asked_of_playwright(opened, lambda tab: tab.close())
    assert opened.look().trouble in ("browser-gone", "no-answer")
    assert opened.press("0.5") == "gone"
    assert opened.fresh() == "reloaded"
