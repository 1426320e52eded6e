"""Debian's Chromium, driven through ``Window`` as the product drives it; loopback only.

The tests hand over a script as the user's own browser, because Chromium's sandbox needs rights
that a container seldom has. The product itself passes no such switch.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site, serving
from withhold.reach.browser import BrowserPage
from withhold.reach.driven import Driven
from withhold.reach.window import Window
from withhold.recipes.page import Look, Node

SCRIPT = '#!/bin/sh\necho "$@" >> "$0.said"\nexec {program} --no-sandbox {more} "$@"\n'


def scripted(folder: Path, more: str = "") -> Path:
    """A program that starts Chromium, and writes its arguments down beside itself (``.said``)."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    script = folder / "chromium-of-the-tests"
    script.write_text(SCRIPT.format(program=program, more=more), encoding="utf-8")
    script.chmod(0o755)
    return script


def killed(window: Window) -> None:
    """Kills the browser that has the window's profile open."""
    lock = str((window.profile / "SingletonLock").readlink())
    os.kill(int(lock.rpartition("-")[2]), signal.SIGKILL)


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """One server for all tests of a process."""
    with serving() as site:
        yield site


@pytest.fixture
def site(served: Site) -> Site:
    """The server, with nothing on it yet."""
    served.begin()
    return served


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    """One driven browser for all tests that do not break it."""
    folder = tmp_path_factory.mktemp("driven")
    with Window(folder, "platform", str(scripted(folder))).attach(headless=True) as one:
        yield one


@pytest.fixture
def page(driven: Driven) -> BrowserPage:
    """The browser's one tab, ready for a run."""
    return driven.page()


def only(look: Look, role: str, name: str = "") -> Node:
    """The one node of this role (and name)."""
    found = [one for one in look.nodes if one.role == role and (not name or one.name == name)]
    assert len(found) == 1, f"{len(found)} of {role} {name!r}: {look}"
    return found[0]


def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Waits for what the page or the server does next."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def asked_of_playwright(page: BrowserPage, question: Any) -> Any:
    """What Playwright itself says of the same tab: the oracle. ``question`` takes its page."""
    return page._beside.do(question(page._tabs.tab.page), 20)
