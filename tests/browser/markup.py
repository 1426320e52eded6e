"""Pieces of pages that several tests use, and what their script has heard."""

from __future__ import annotations

from tests.browser.conftest import asked_of_playwright
from withhold.reach.browser import BrowserPage

TELL = (
    "<script>window.heard=[];for (const kind of ['click','change','keydown'])"
    "document.addEventListener(kind,(e)=>heard.push([kind,e.composedPath()[0].id||"
    "e.composedPath()[0].tagName,e.isTrusted]),true)</script>"
)
SWITCH = (
    "<button role=switch aria-checked=true aria-label=Train id=s style='width:60px;height:30px' "
    "onclick=\"this.setAttribute('aria-checked', this.getAttribute('aria-checked') != 'true')\">"
    "</button>"
)
UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)"


def heard(page: BrowserPage) -> list[list[object]]:
    """Kind, target and isTrusted of every event that the page's own listener heard."""
    found: list[list[object]] = asked_of_playwright(page, lambda tab: tab.evaluate("heard"))
    return found


BANNER = (
    "<div style='position:fixed;inset:0;background:#fff;z-index:9'>"
    "<button id=b>Accept all</button></div>"
)
