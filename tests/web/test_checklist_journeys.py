"""On a phone: from the front page to the printed list in at most five taps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import SHOTS, WHEN, Opened, Watched
from tests.web.lists import Person, eventually, expected, in_page_order, on_the_checklist
from withhold.catalog.load import Knowledge

pytestmark = pytest.mark.long

PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
COUNTED = """
window.printed = 0;
window.print = () => { window.printed += 1; };
window.touched = 0;
addEventListener("pointerdown", () => { window.touched += 1; }, { capture: true });
"""
JOURNEYS = [Person("US-PA"), Person("DE", lang="de")]


@pytest.fixture
def phone(opened: Opened) -> Watched:
    """A phone that counts its taps and prints nothing."""
    window = opened(**PHONE)
    window.page.add_init_script(COUNTED)
    window.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
    return window


def choose(page: Any, place: str) -> int:
    """The place, in the phone's own list: one tap opens it; choosing is the one that is counted
    here, because the list belongs to the phone and not to the page."""
    page.locator("#place").tap()
    page.select_option("#place", place)
    return 1


@pytest.mark.parametrize("person", JOURNEYS, ids=lambda one: one.place)
def test_seven_platforms_in_five_taps(
    phone: Watched, person: Person, tmp_path: Path, knowledge: Knowledge
) -> None:
    page = phone.open(person.folder)
    person = Person(person.place, in_page_order(page, person.platforms), person.lang)
    taps = choose(page, person.place)
    page.locator("#suggested").tap()
    page.locator("input[name=platform][value=threads]").tap()
    wanted = expected(person, tmp_path, knowledge)
    eventually(lambda: on_the_checklist(page.content(), person.lang), wanted)
    phone.shot(f"checklist-{person.place.lower()}-phone")
    page.locator("#print").tap()
    assert page.evaluate("printed") == 1
    taps += page.evaluate("touched")
    assert taps == 5
    page.emulate_media(media="print")
    printed(page)
    phone.shot(f"checklist-{person.place.lower()}-print")
    paper = SHOTS / f"checklist-{person.place.lower()}.pdf"
    page.pdf(path=paper)
    assert paper.read_bytes().startswith(b"%PDF")


def printed(page: Any) -> None:
    """On paper there is nothing to press, and of every step all that is needed to do it."""
    for gone in ("#ask", "nav", "button", "#load", ".langs"):
        assert [one.is_visible() for one in page.locator(gone).all() if one.is_visible()] == []
    steps = page.locator("#steps > .step, #resorts .step").all()
    assert len(steps) > 5
    for step in steps:
        assert step.locator("h4").is_visible()
        assert step.locator(".tick, .box").first.is_visible()
        for part in (".label", ".url a", ".path", ".closes"):
            for one in step.locator(part).all():
                assert one.is_visible(), part
    for left in page.locator(".step .leaves, #none .open").all():
        assert left.is_visible(), "what stays open is on the paper, also what was folded away"


def test_the_print_button_is_in_sight_while_the_list_is_read(phone: Watched) -> None:
    page = phone.open("?place=US-PA&platforms=linkedin,facebook,tumblr")
    page.locator("#steps > .step").nth(1).scroll_into_view_if_needed()
    box = page.locator("#print").bounding_box()
    assert 0 <= box["y"] <= 740 - box["height"]


def test_from_the_page_of_a_platform_to_the_list(phone: Watched) -> None:
    """Who came by a search engine takes place and platform along in one tap."""
    page = phone.open("us-pa/linkedin/")
    page.locator('a[href*="platforms=linkedin"]').tap()
    page.locator("#steps > .step").first.wait_for()
    assert page.locator("#place").input_value() == "US-PA"
    assert page.locator("input[name=platform]:checked").count() == 1
    assert "?" not in page.url
    page.locator("#print").tap()
    assert page.evaluate("printed") == 1


def test_no_page_is_wider_than_the_phone(phone: Watched) -> None:
    page = phone.open("?place=DE&platforms=linkedin,facebook,instagram,tumblr,x")
    page.locator("#steps > .step").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
