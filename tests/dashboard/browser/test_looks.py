"""How pages hold up: large text, wide spacing, forced colours, paper; what axe does not see."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.dashboard.browser.addresses import addresses, plainest
from tests.dashboard.browser.conftest import Opened
from tests.dashboard.browser.window import SHOTS
from tests.dashboard.made import Made
from tests.dashboard.served import Server
from tests.web.measures import CUT, OVER, WIDER, with_style

pytestmark = [pytest.mark.long, pytest.mark.system]
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""


def _held(page: Any) -> dict[str, Any]:
    found = {
        "wider by": max(0, page.evaluate(WIDER)),
        "cut": page.evaluate(CUT)[:3],
        "over": page.evaluate(OVER)[:3],
    }
    return {what: each for what, each in found.items() if each}


def test_wide_spacing_and_large_text(everything: tuple[Made, Server], opened: Opened) -> None:
    """WCAG 1.4.12, and 1.4.4: letters of twice the size, without sideways scrolling at 640 px."""
    made, server = everything
    window = opened(server, width=640)
    wrong: dict[str, Any] = {}
    for path in addresses(made):
        page = window.settled(path)
        for name, css in (("spaced", SPACED), ("large", "html { font-size: 200% !important; }")):
            with_style(page, css)
            if found := _held(page):
                wrong[f"{path} {name}"] = found
    assert wrong == {}


def test_forced_colours_leave_what_is_marked(
    everything: tuple[Made, Server], opened: Opened
) -> None:
    """Where the system paints everything in its own colours, nothing is told by colour alone."""
    made, server = everything
    window = opened(server, forced_colors="active")
    for path in plainest(made):
        page = window.settled(path)
        invisible = page.evaluate(
            "[...document.querySelectorAll('button, .button, input:not([type=hidden]), select')]"
            ".filter((one) => one.checkVisibility()).filter((one) => {"
            " const style = getComputedStyle(one);"
            " return style.borderStyle === 'none' && style.appearance === 'none'; })"
            ".map((one) => one.outerHTML.slice(0, 100))"
        )
        assert invisible == [], path
        assert page.locator("header [aria-current=page]").count() <= 1


def test_on_paper(everything: tuple[Made, Server], opened: Opened) -> None:
    """Forms and the navigation stay away; what is folded is printed; links keep their words."""
    made, server = everything
    window = opened(server, width=800)
    for path in plainest(made):
        page = window.settled(path)
        page.emulate_media(media="print")
        assert page.locator("nav").first.is_visible() is False, path
        assert page.locator("h1").is_visible(), path
        page.emulate_media(media="screen")


def test_the_page_says_what_it_is(everything: tuple[Made, Server], opened: Opened) -> None:
    """A title of its own, a language, one main, headings in order, one h1: by the browser."""
    made, server = everything
    window = opened(server)
    titles: dict[str, str] = {}
    for path in addresses(made):
        page = window.settled(path)
        titles[path] = page.title()
        assert page.title().endswith("· withhold"), path
        levels = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => +h.tagName[1])"
        )
        assert levels.count(1) == 1, path
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert max(steps, default=0) <= 1, (path, levels)
        assert page.evaluate("document.querySelectorAll('[style], style').length") == 0, path
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert sorted(ids) == sorted(set(ids)), path
    assert len(set(titles.values())) >= len({path.partition("?")[0] for path in titles}), titles


def test_pictures_of_every_page(everything: tuple[Made, Server], chromium: Any) -> None:
    """For a person to look at: build/screenshots/, or the folder that WITHHOLD_SHOTS names."""
    from tests.dashboard.browser.shots import take

    made, server = everything
    take(chromium, server.url, server.base, made, SHOTS / "dashboard", "en")
    assert len(list((SHOTS / "dashboard").glob("*-320-light.png"))) >= len(addresses(made))
