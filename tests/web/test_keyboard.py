"""Every journey with Tab, Space, Enter and arrows alone; the focus is always seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import WHEN, Opened
from tests.web.keys import SEEN, Keys

pytestmark = pytest.mark.long


@pytest.fixture
def keys(opened: Opened) -> Any:
    """Opens a page for somebody with a keyboard, on a small screen."""

    def open_page(path: str = "", width: int = 360, height: int = 640) -> Keys:
        window = opened(width=width, height=height, reduced_motion="reduce")
        window.page.add_init_script("window.printed = 0; window.print = () => { printed += 1; };")
        window.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
        return Keys(window.open(path))

    return open_page


def choose(keys: Keys, place: str = "Penn") -> None:
    """Place and platforms, as far as to the list."""
    keys.to("#place")
    keys.page.keyboard.type(place)
    keys.to("#suggested")
    keys.press("Enter")
    keys.page.locator("#steps > .step").first.wait_for()


def test_choose_tick_change_the_date_print_and_save(keys: Any, tmp_path: Path) -> None:
    one = keys()
    choose(one)
    assert one.page.locator("#place").input_value() == "US-PA"
    one.to("input[value=threads]")
    one.press("Space")
    assert not one.page.locator("input[value=threads]").is_checked()
    one.to(".tick")
    step = one.page.locator("#steps > .step").first
    one.press("Space")
    assert step.locator(".on").input_value() == WHEN
    one.to(".on", most=1)
    one.page.keyboard.type("03142025")  # passes through the year 2 and a day to come
    assert step.locator(".on").input_value() == "2025-03-14"
    one.to(".label, a, .tick, summary", most=5)
    assert step.locator(".on").input_value() == "2025-03-14"
    one.to("#print")
    one.press("Enter")
    assert one.page.evaluate("printed") == 1
    one.to("#save", most=1)
    with one.page.expect_download() as waiting:
        one.press("Enter")
    file = tmp_path / "saved.json"
    waiting.value.save_as(file)
    (tick,) = json.loads(file.read_text())["ticks"]
    assert (tick["step"], tick["on"]) == (step.get_attribute("data-step"), "2025-03-14")
    one.to("#calendar", most=1)
    with one.page.expect_download():
        one.press("Space")


def test_a_day_to_come_is_typed_and_not_taken(keys: Any) -> None:
    one = keys()
    choose(one)
    one.to(".tick")
    one.press("Space")
    one.to(".on", most=1)
    one.page.keyboard.type("12312199")
    one.to("a, summary, .tick", most=5)
    assert one.page.locator(".on").first.input_value() == WHEN
    one.page.reload()
    one.page.locator(".step.ticked").wait_for()
    assert one.page.locator(".on").first.input_value() == WHEN


def test_forget_and_undo(keys: Any) -> None:
    one = keys()
    choose(one)
    one.to(".tick")
    one.press("Space")
    one.to("#forget")
    one.press("Enter")
    assert not one.page.locator("#list").is_visible()
    assert one.page.locator("#place").input_value() == ""
    assert one.page.evaluate("localStorage.length") == 0
    assert one.at("#told button")
    assert one.page.evaluate(SEEN) == ""
    one.press("Enter")
    one.page.locator(".step.ticked").wait_for()
    assert one.page.locator("#place").input_value() == "US-PA"
    assert one.at("#forget"), "the focus is where it was"
    assert one.page.evaluate(SEEN) == ""


def test_the_whole_front_page_in_order(keys: Any) -> None:
    """Tab goes down the page: place, platforms, more, the list, what can be done with it."""
    one = keys(width=1280, height=720)
    one.to(".brand")
    choose(one)
    one.page.keyboard.press("Escape")
    one.to("#file")
    wanted = ["place", "suggested", "nothing", "print", "save", "calendar", "forget", "file"]
    assert [id for id in one.way if id in wanted] == wanted
    heights = one.page.locator("#steps .tick").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert heights == sorted(heights)


def test_nothing_that_has_the_focus_is_under_the_bar_going_back(keys: Any) -> None:
    one = keys()
    choose(one)
    one.to("#file")
    one.to("#place", back=True)
    assert "print" in one.way


def test_the_link_that_skips(keys: Any) -> None:
    one = keys("us-pa/linkedin/")
    one.tab()
    assert one.at(".skip")
    one.press("Enter")
    assert one.at("#main")
    one.tab()
    assert one.page.evaluate("document.activeElement.closest('main') !== null")


def test_open_a_platform_and_its_reasons(keys: Any) -> None:
    one = keys("us-pa/")
    one.to('a[href="linkedin/"]')
    one.press("Enter")
    one.page.wait_for_url("**/us-pa/linkedin/")
    one.to("main summary")
    one.press("Space")
    assert one.page.locator("main details[open] .why li").first.is_visible()
    one.to(".why a")
    one.press("Enter")
    one.page.wait_for_url("**/facts/**")


def test_what_a_step_leaves_open_is_unfolded(keys: Any) -> None:
    one = keys()
    choose(one)
    one.to(".step summary")
    one.press("Enter")
    assert one.page.locator(".step details[open] .leaves").first.is_visible()


def test_a_kind_of_account_is_chosen_with_arrows(keys: Any) -> None:
    one = keys()
    choose(one)
    one.to("#more > summary")
    one.press("Enter")
    one.to("#kind")
    one.press("ArrowDown")
    assert one.page.locator("#kind").input_value() == "business"
    one.to("#audience")
    one.to("#menu")


def test_from_the_front_page_to_a_search(keys: Any) -> None:
    one = keys()
    one.to('nav a[href$="search/"]')
    one.press("Enter")
    one.page.wait_for_url("**/search/")
    one.to("#query")
    one.page.keyboard.type("linkedin")
    one.page.locator("#found a").first.wait_for()
    one.to("#found a")
    one.press("Enter")
    one.page.wait_for_url("**/platforms/linkedin/")
