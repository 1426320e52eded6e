"""Search without a server: what is typed is found, by keyboard too, and nothing is a dead end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Opened
from tests.web.lists import answering

pytestmark = pytest.mark.long

FOUND = {
    "": {
        "linkedin": "/platforms/linkedin/",
        "LinkedIn": "/platforms/linkedin/",
        "twitter": "/platforms/x/",
        "GPTBot": "/crawlers/gptbot/",
        "gptbot openai": "/crawlers/gptbot/",
        "Prevent third-party": "/platforms/tumblr/",
        "Art. 21": "/laws/gdpr-art-21/",
        "Austria": "/at/",
        "US-PA": "/us-pa/",
    },
    "deutsch/": {
        "osterreich": "/deutsch/at/",
        "Österreich": "/deutsch/at/",
        "ÖSTERREICH": "/deutsch/at/",
        "Art. 21": "/deutsch/laws/gdpr-art-21/",
    },
}


def typed(page: Any, text: str) -> list[str]:
    """The paths that are found for a text, best first."""
    page.locator("#count").evaluate("one => one.replaceChildren()")
    page.locator("#query").fill(text)
    page.locator("#count:not(:empty)").wait_for()
    paths = page.locator("#found a").evaluate_all("all => all.map(one => one.pathname)")
    return [str(one) for one in paths]


@pytest.mark.parametrize("folder", FOUND)
def test_it_is_found_among_the_first(opened: Opened, folder: str) -> None:
    page = opened(width=360).open(f"{folder}search/")
    for text, wanted in FOUND[folder].items():
        found = typed(page, text)
        assert wanted in found[:3], text
        assert not page.locator("#everything").is_visible()
        assert page.locator("#count").inner_text().split()[0] == str(len(found)), text


def test_every_place_it_leads_to_is_there(opened: Opened) -> None:
    window = opened()
    page = window.open("search/")
    for path in typed(page, "linkedin")[:10] + typed(page, "penn")[:3]:
        assert page.request.get(window.base + path.lstrip("/")).status == 200, path


def test_nothing_found_is_said(opened: Opened) -> None:
    page = opened().open("search/")
    none = page.locator("#found").get_attribute("data-none")
    for text in ("zzqx", "<img src=x onerror=alert(1)>", "\u202eabc", "'\"\\"):
        assert typed(page, text) == [], text
        assert page.locator("#count").inner_text() == none, text
    page.locator("#query").fill("")
    page.locator("#everything").wait_for()
    assert page.locator("#count").inner_text() == ""


def test_the_words_can_stand_in_the_address(opened: Opened) -> None:
    page = opened().open("search/?q=gptbot")
    page.locator("#found a").first.wait_for()
    assert page.locator("#query").input_value() == "gptbot"


NO_INDEX: list[dict[str, Any]] = [
    {"status": 404},
    {"status": 500, "body": "x"},
    {"body": "<html>"},
    {"body": "{}"},
    {"body": "[1]"},
]


def test_without_its_index_the_lists_stand_there(opened: Opened) -> None:
    """And it is asked for again with the next letter."""
    window = opened()
    page = window.open("search/")
    for answer in NO_INDEX:
        page.route("**/search.json", answering(answer))
        assert typed(page, "linkedin") == [], answer
        said = page.locator("#found").get_attribute("data-trouble")
        assert page.locator("#count").inner_text() == said
        assert page.locator('#everything a[href$="platforms/linkedin/"]').is_visible()
        page.unroute("**/search.json")
    assert len(window.complaints) == 2
    assert all("Failed to load resource" in one for one in window.complaints)
    window.complaints.clear()
    assert "/platforms/linkedin/" in typed(page, "linkedi")[:3]


def test_by_keyboard(opened: Opened) -> None:
    page = opened().open("search/")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "query":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("gptb")
    page.locator("#found a").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.pathname") == "/crawlers/gptbot/"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # the best that was found
    page.wait_for_url("**/crawlers/gptbot/")


def test_enter_before_the_index_is_there_goes_where_it_should(opened: Opened) -> None:
    """Whoever types and presses Enter at once is not left standing."""
    page = opened().open("search/")
    page.locator("#query").fill("linkedin")
    page.locator("#query").press("Enter")
    page.wait_for_url("**/platforms/linkedin/")
