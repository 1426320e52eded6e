"""What else can be so: storage off, files missing, an old guide, nothing said, strange names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.conftest import WHEN, Opened, Watched
from tests.web.lists import SEVEN, Person, answering, say

pytestmark = pytest.mark.long

STORAGE_OFF = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); },
});
"""
FULL = (
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
)
STEP = "linkedin/ai-training-toggle"


def words(page: Any) -> dict[str, str]:
    """What the script can say."""
    found: dict[str, str] = json.loads(page.locator("#list").get_attribute("data-words"))
    return found


def told(page: Any) -> str:
    """What it says."""
    return str(page.locator("#told").inner_text()).strip()


@pytest.fixture
def window(opened: Opened) -> Watched:
    """A window on the day of the guide."""
    one = opened()
    one.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
    return one


@pytest.mark.parametrize("trouble", [STORAGE_OFF, FULL], ids=["off", "full"])
def test_a_browser_that_keeps_nothing(window: Watched, trouble: str) -> None:
    """It says so from the beginning, and goes on saying so; the list works."""
    window.page.add_init_script(trouble)
    page = window.open()
    assert words(page)["not_kept"] in told(page)
    say(page, Person("US-PA"))
    page.locator(f'[data-step="{STEP}"] .tick').check()
    assert page.locator(".step.ticked").count() == 1
    assert told(page) == words(page)["not_kept"]
    with page.expect_download():
        page.locator("#save").click()
    page.locator("#forget").click()
    assert words(page)["forgotten"] in told(page)


KEPT_BY_ANOTHER = """
null | 5 | [] | { | {"platforms":5} | {"platforms":[1]} | {"blogs":{"x":1}} | {"ticks":{}} |
{"ticks":[{"step":1}]} | {"ticks":[null]} | {"strange":1} | {"place":{},"kind":[]} |
"""


def test_what_another_hand_kept_there_is_no_trouble(window: Watched) -> None:
    page = window.open()
    for kept in KEPT_BY_ANOTHER.split("|"):
        page.evaluate("one => localStorage.setItem('withhold-checklist', one)", kept.strip())
        window.open("?place=US-PA&platforms=linkedin")
        page.locator(f'[data-step="{STEP}"]').wait_for()
        assert told(page) == "", kept


def test_nothing_said(window: Watched) -> None:
    page = window.open()
    assert not page.locator("#list").is_visible()
    assert page.locator("#place").is_visible()
    assert told(page) == ""


def test_no_place(window: Watched) -> None:
    page = window.open()
    page.locator("#suggested").click()
    assert told(page) == words(page)["say_place"]
    assert not page.locator("#list").is_visible()


def test_no_platform(window: Watched) -> None:
    page = window.open()
    page.select_option("#place", "DE")
    assert told(page) == words(page)["say_platforms"]
    page.locator("#suggested").click()
    page.locator("#steps > .step").first.wait_for()
    assert told(page) == ""
    page.locator("#nothing").click()
    assert told(page) == words(page)["say_platforms"]
    assert not page.locator("#list").is_visible()


NO_FILE: list[dict[str, Any]] = [
    {"status": 404},
    {"status": 500, "body": "<h1>no</h1>"},
    {"body": "garbage"},
    {"body": ""},
    {"body": "null"},
    {"body": '{"plans": 3}'},
    {"body": '{"schema": "another", "plans": []}'},
]


def test_a_platform_that_cannot_be_loaded(window: Watched) -> None:
    """Its plain page is named, the others stand there, and it is asked for again."""
    page = window.page
    for answer in NO_FILE:
        page.route(_LINKEDIN, answering(answer))
        window.open("?place=US-PA&platforms=linkedin,facebook,x")
        trouble = page.locator("#trouble")
        trouble.get_by_role("link").wait_for()
        assert words(page)["not_loaded"] in trouble.inner_text()
        assert trouble.get_by_role("link").get_attribute("href") == "us-pa/linkedin/"
        assert page.locator("#steps > .step").count() > 0
        assert page.locator("#top").inner_text() != ""
        page.unroute(_LINKEDIN)
        page.locator("input[value=x]").uncheck()
        page.locator(f'[data-step="{STEP}"]').wait_for()
        assert not trouble.is_visible()
    refused(window, times=2)


def test_no_platform_can_be_loaded(window: Watched) -> None:
    page = window.page
    page.route(_LINKEDIN, lambda route: route.abort())
    window.open("deutsch/?place=DE&platforms=linkedin")
    page.locator("#trouble a").wait_for()
    assert page.locator("#top").inner_text() == ""
    assert page.locator("#steps > .step").count() == 0
    page.locator("#trouble a").click()
    page.wait_for_url("**/deutsch/de/linkedin/")
    assert page.locator("ol.steps > .step").count() > 0
    refused(window, times=1)


_LINKEDIN = "**/checklist/linkedin.json"


def refused(window: Watched, times: int) -> None:
    """The browser complained of what the test refused it, and of nothing else."""
    assert len(window.complaints) == times
    assert all("Failed to load resource" in one for one in window.complaints)
    window.complaints.clear()


@pytest.mark.parametrize(("day", "late"), [("2027-02-23", False), ("2027-03-05", True)])
def test_a_guide_that_is_old_says_so(opened: Opened, day: str, late: bool) -> None:
    """After 90 days; the guide of these tests is of 25 November 2026."""
    window = opened()
    window.page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page = window.open()
    assert page.locator("#late").is_visible() == late
    if late:
        assert "100" in page.locator("#late").inner_text()
        assert "25 November 2026" in page.locator("#late").inner_text()
    say(page, Person("US-PA", ("linkedin",)))
    page.locator("#steps > .step").first.wait_for()
    assert "25 November 2026" in page.locator("#about").inner_text()


def test_back_forward_and_reload_keep_the_list(window: Watched) -> None:
    page = window.open()
    say(page, Person("US-PA", kind="business"))
    page.locator(".step .tick").first.check()
    page.locator(".step .on").first.fill("2026-01-02")
    steps = page.locator(".step h4").all_inner_texts()

    def the_same() -> None:
        page.locator(".step.ticked").wait_for()
        assert page.locator(".step h4").all_inner_texts() == steps
        assert page.locator(".step.ticked .on").input_value() == "2026-01-02"
        assert page.locator("#kind").input_value() == "business"

    page.reload()
    the_same()
    page.locator(".checked a").first.click()
    page.wait_for_url("**/facts/**")
    page.go_back()
    the_same()
    page.go_forward()
    page.wait_for_url("**/facts/**")
    page.go_back()
    the_same()


NONSENSE = (
    "place=xx&platforms=nonsense",
    "place=&platforms=",
    "platforms=constructor,__proto__,toString",
    "place=<b>&platforms=<img src=x onerror=alert(1)>",
)


def test_nonsense_in_the_address_changes_nothing(window: Watched) -> None:
    page = window.open()
    say(page, Person("US-PA", ("linkedin", "x")))
    page.locator(f'[data-step="{STEP}"]').wait_for()
    for query in NONSENSE:
        window.open(f"?{query}")
        page.locator(f'[data-step="{STEP}"]').wait_for()
        assert page.locator("#place").input_value() == "US-PA", query
        assert page.locator("input[name=platform]:checked").count() == 2, query
        assert "?" not in page.url


def test_the_address_adds_to_what_was_said(window: Watched) -> None:
    page = window.open("?place=de&platforms=facebook,nonsense")
    page.locator("#steps > .step").first.wait_for()
    page = window.open("?platforms=linkedin")
    page.locator('[data-step^="linkedin/"]').first.wait_for()
    assert page.locator("#place").input_value() == "DE"
    assert page.locator("input[name=platform]:checked").count() == 2


def test_words_said_while_files_are_loading(window: Watched) -> None:
    """Forgetting at once, before the answers came: no list of what was forgotten appears."""
    held: list[Any] = []
    window.page.route("**/checklist/*.json", lambda route: held.append(route))
    page = window.open()
    say(page, Person("US-PA", SEVEN[:1]))
    while not held:
        page.wait_for_timeout(20)
    page.locator("#nothing").click()
    page.select_option("#place", "")
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    assert not page.locator("#list").is_visible()
    assert page.locator("#steps > .step").count() == 0
