"""No page asks anybody but its own server for anything, or breaks its own rules.

``opened`` fails where a request left, a script threw, or the policy of the page refused something;
here every page is opened, with and without data, and what can be opened in it is.
"""

from __future__ import annotations

import pytest

from tests.dashboard.browser.addresses import addresses
from tests.dashboard.browser.conftest import Opened
from tests.dashboard.made import Made
from tests.dashboard.served import Server

pytestmark = [pytest.mark.long, pytest.mark.system]
OWN_FILES = {"/static/htmx.min.js", "/static/web.js", "/static/web.css", "/static/guide/guide.css"}


def test_every_page_of_everything(everything: tuple[Made, Server], opened: Opened) -> None:
    made, server = everything
    window = opened(server)
    paths = addresses(made)
    for path in paths:
        page = window.open(path)
        assert page.locator("h1").count() == 1, path
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    asked = {one.removeprefix(server.base) for one in window.requests}
    assert asked >= OWN_FILES | set(paths), "what was asked for was seen"


def test_every_page_of_nothing(nothing: Server, opened: Opened) -> None:
    window = opened(nothing)
    window.trouble_is_fine = True
    for path in addresses(None):
        assert window.open(path).locator("h1").count() == 1, path


def test_a_request_that_leaves_is_seen(nothing: Server, opened: Opened) -> None:
    """So that the two above mean something. The policy refuses it; that it was tried is told."""
    window = opened(nothing)
    window.page.evaluate(
        "fetch('https://example.org/x').catch(() => 0);"
        "const one = new Image(); one.src = 'https://example.org/y.png';"
    )
    window.page.wait_for_timeout(200)
    told = " ".join(window.complaints + window.requests)
    assert "https://example.org/x" in told
    assert "https://example.org/y.png" in told
    window.complaints.clear()
    window.requests.clear()


def test_no_address_of_another_machine_is_even_loaded_from(
    everything: tuple[Made, Server], opened: Opened
) -> None:
    """By the elements: what loads by itself (src, link, object) is the server's own."""
    made, server = everything
    window = opened(server)
    for path in addresses(made):
        page = window.open(path)
        loads = page.evaluate(
            "[...document.querySelectorAll('[src], link[href], object[data], [srcset], [ping]')]"
            ".map((one) => one.src || one.href || one.data || 'ping')"
        )
        assert [one for one in loads if not one.startswith((f"{server.base}/", "data:"))] == []
