"""WCAG 2.2 A and AA as axe-core sees it on every page: light, dark, 320 and 1280 px; reflow."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.dashboard.browser.addresses import FILES, JOB, PAGES, addresses, plainest, routes
from tests.dashboard.browser.conftest import Opened
from tests.dashboard.browser.window import SHOTS, Window
from tests.dashboard.made import Made
from tests.dashboard.served import Server
from tests.web.axe_rules import ALL, COLOURS, looked_at
from tests.web.measures import CUT, SMALL, WIDER

pytestmark = [pytest.mark.long, pytest.mark.system]
WIDTHS = [320, 1280]


def test_every_address_has_an_example() -> None:
    """A page that nobody opens is held by none of these gates."""
    assert {*PAGES, *FILES, JOB} ^ set(routes()) == set()


def _wrong(window: Window, paths: list[str], name: str, at: list[str]) -> dict[str, Any]:
    """All rules in the light, those of colours again in the dark: nothing else is other there.

    Everything that can be opened is open. Pages of ``at`` are looked at in both widths, others
    (further examples of the same page) in the narrow one. Advice is kept beside the screenshots.
    """
    wrong: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for path in paths:
        try:
            page = window.settled(path)
        except AssertionError as trouble:  # told with what is wrong with the other pages
            wrong[path] = str(trouble).partition("\n")[0]
            continue
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for width in WIDTHS if path in at else WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme, options in (("light", ALL), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)
                broken, beside[f"{path} {width} {scheme}"] = looked_at(page, options)
                if broken:
                    wrong[f"{path} {width} {scheme}"] = broken
            found = {
                "wider by": max(0, page.evaluate(WIDER)),
                "cut": page.evaluate(CUT)[:4],
                "small": page.evaluate(SMALL)[:4],
                "headings": page.locator("h1").count() - 1,
            }
            if any(found.values()):
                wrong[f"{path} {width}"] = {what: each for what, each in found.items() if each}
    SHOTS.mkdir(parents=True, exist_ok=True)
    kept = {path: what for path, what in beside.items() if what}
    (SHOTS / f"axe-beside-{name}.json").write_text(json.dumps(kept, indent=1))
    return wrong


def test_no_violation_with_everything(everything: tuple[Made, Server], opened: Opened) -> None:
    made, server = everything
    assert _wrong(opened(server), addresses(made), "everything", plainest(made)) == {}


def test_no_violation_where_nothing_is_there(nothing: Server, opened: Opened) -> None:
    """The same addresses, of accounts and letters that this home does not have, too."""
    window = opened(nothing)
    window.trouble_is_fine = True
    assert _wrong(window, plainest(None), "nothing", plainest(None)) == {}


def test_no_violation_in_german(everything: tuple[Made, Server], opened: Opened) -> None:
    """Longer words, and sentences of their own."""
    made, server = everything
    window = opened(server, width=320)
    window.open("/?lang=de")
    assert window.page.locator("html").get_attribute("lang") == "de"
    assert _wrong(window, plainest(made), "german", []) == {}
