"""A picture of every page of the dashboard, for a person to look at; the documentation's, too.

python -m tests.dashboard.browser.shots FOLDER [--hostile | --nothing] [--lang de]
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.dashboard.browser.addresses import PAGES, addresses
from tests.dashboard.browser.window import TALLEST, Window
from tests.dashboard.hostile import make_hostile_home
from tests.dashboard.made import Made, make_home
from tests.dashboard.served import serving

LOOKS = ((320, "light"), (1280, "dark"), (1280, "light"))


def named(made: Made | None) -> dict[str, str]:
    """``letters-case-id-sent``: the addresses by names that are the same in every run."""
    examples = [path + query for path, queries in PAGES.items() for query in queries]
    names = [re.sub(r"[^\w.-]+", "-", unquote(one)).strip("-") or "overview" for one in examples]
    return dict(zip(names, addresses(made), strict=True))


def take(browser: Any, first: str, base: str, made: Made | None, folder: Path, lang: str) -> None:
    """Every example in every look."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        window = Window(context.new_page(), base, first).begin()
        page = window.open(f"/?lang={lang}")
        for name, path in named(made).items():
            window.settled(path)
            tall = page.evaluate("document.documentElement.scrollHeight")
            page.screenshot(
                path=folder / f"{name}-{lang}-{width}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)},
            )
        context.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--nothing", action="store_true")
    parser.add_argument("--lang", default="en")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        made = None
        if not said.nothing:
            made = make_hostile_home(home) if said.hostile else make_home(home)
        with serving(home) as server, chromium() as browser:
            take(browser, server.url, server.base, made, said.folder, said.lang)


if __name__ == "__main__":
    main()
