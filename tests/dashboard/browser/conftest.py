"""The dashboard as its owner has it: the real command in a process, Debian's Chromium before it.

Everything is on loopback. Where Chromium is missing a test says so and is skipped; in CI a skip is
a failure (tests/conftest.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser.window import Window
from tests.dashboard.hostile import make_hostile_home
from tests.dashboard.made import Made, make_home
from tests.dashboard.served import Server, serving

Opened = Callable[..., Window]
Started = Callable[[Path], Server]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """It ends with its file: two Playwrights in one process are in each other's way."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Made, Server]]:
    """The home with everything, served. For tests that write nothing."""
    made = make_home(tmp_path_factory.mktemp("everything") / "home")
    with serving(made.home) as server:
        yield made, server


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A home in which nothing was written down yet, served."""
    with serving(tmp_path_factory.mktemp("nothing") / "home") as server:
        yield server


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Made, Server]]:
    """The home in which every text attacks, served."""
    made = make_hostile_home(tmp_path_factory.mktemp("hostile") / "home")
    with serving(made.home) as server:
        yield made, server


@pytest.fixture
def started() -> Iterator[Started]:
    """Serves a home until the test ends: ``started(home)``."""
    with ExitStack() as stack:
        yield lambda home, **more: stack.enter_context(serving(home, **more))


@pytest.fixture
def opened(chromium: Any) -> Iterator[Opened]:
    """Opens a window on a server: ``opened(server, width=320, scheme="dark", script=True, ...)``.

    When the test ends, nothing that any window asked for may have left the server, nothing may
    have been refused by the CSP or thrown by a script, and no dialog may have opened.
    """
    windows: list[Window] = []
    contexts = []

    def open_window(
        server: Server,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        script: bool = True,
        begin: bool = True,
        **more: Any,
    ) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
            **more,
        )
        contexts.append(context)
        one = Window(context.new_page(), server.base, server.url).watch()
        one.page.set_default_timeout(15_000)
        windows.append(one)
        return one.begin() if begin else one

    yield open_window
    for context in contexts:
        context.close()
    assert [one.faults() for one in windows if one.faults()] == []
