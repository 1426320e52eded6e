"""Every journey with Tab, Enter, Space and typing alone; what has the focus is always seen.

Nothing here clicks. The window is that of a telephone, where things are most likely covered.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dashboard.browser.addresses import plainest
from tests.dashboard.browser.conftest import Opened, Started
from tests.dashboard.browser.looking import count, said
from tests.dashboard.browser.window import Window
from tests.dashboard.made import MAIL, NAME, Made, at_home, make_home
from tests.dashboard.served import Server
from tests.journeys.run import here
from tests.web.keys import Keys

pytestmark = [pytest.mark.long, pytest.mark.system]
_SMALL = {"width": 360, "height": 640}


def _keys(window: Window) -> Keys:
    return Keys(window.page)


def _enter(keys: Keys, address: str = "**") -> None:
    """Enter on what has the focus, and the next page."""
    with keys.page.expect_navigation(url=re.compile(address)):
        keys.press("Enter")
    keys.page.wait_for_load_state()


def test_first_run(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    window = opened(started(home), **_SMALL)
    keys, page = _keys(window), window.page
    if "/first" not in page.url:
        keys.to("a[href='/first']")
        _enter(keys, "/first")
    keys.to("#place")
    page.keyboard.type("DE-BY")
    keys.to("button.first")
    _enter(keys, "step=2")
    keys.to("input[value=linkedin]")
    keys.press("Space")
    keys.to("button.first")
    _enter(keys, "step=3")
    keys.to("button.first")
    _enter(keys, "/plan")
    found = said(home, "own", "list")
    assert (found["place"], len(found["accounts"])) == ("DE-BY", 1)


def test_done_and_undone(tmp_path: Path, started: Started, opened: Opened) -> None:
    """From the plan to the setting, said, seen, and taken back."""
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "linkedin", "--audience", "public").ok()
    window = opened(started(home), **_SMALL)
    keys, page = _keys(window), window.page
    window.open("/plan")
    keys.to("main a[href*='ai-training-toggle']")
    _enter(keys, "/account/step")
    keys.to("#on", most=200)
    page.keyboard.type("05262026")
    keys.to("form[action='/account/done'] button.first")
    _enter(keys, "/account/step")
    (seen,) = said(home, "own", "list")["seen"]
    assert (seen["control"], seen["how"]) == ("linkedin/ai-training-toggle", "told")
    assert seen["on"] == "2026-05-26"
    keys.to(".flash button")
    _enter(keys, "/account/step")
    assert said(home, "own", "list")["seen"] == []


def test_a_letter(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    window = opened(started(home), **_SMALL)
    keys, page = _keys(window), window.page
    keys.to("nav a[href='/letters']")
    _enter(keys, "/letters")
    keys.to("a[href='/letters/new']")
    _enter(keys, "/letters/new")
    keys.to("a[href*='key=facebook']")
    _enter(keys, "of=facebook|key=facebook")
    keys.to("a[href*='act=object-training']")
    _enter(keys, "act=object-training")
    for field, text in (("name", NAME), ("email", MAIL), ("account", "ada.paints")):
        keys.to(f"#{field}")
        page.keyboard.type(text)
    keys.to("textarea[id^=ground-]")
    page.keyboard.type("I paint for a living, and a model would take my orders away.")
    keys.to("form[action='/letters/new'] button.first")
    _enter(keys, "typed=")
    assert "I paint for a living" in page.locator(".paper").first.inner_text()
    keys.to("form[action='/letters/new'] button.first", most=200)
    _enter(keys, "/letters/case")
    keys.to("#state", most=200)
    page.keyboard.type("se")
    keys.to("form[action='/letters/happened'] button", most=10)
    _enter(keys, "/letters/case")
    (case,) = said(home, "plan")["requests"]
    assert [one["kind"] for one in case["events"]] == ["drafted", "sent"]


def test_forget_everything(tmp_path: Path, started: Started, opened: Opened) -> None:
    made = make_home(tmp_path / "home")
    window = opened(started(made.home), **_SMALL)
    keys, page = _keys(window), window.page
    keys.to("nav a[href='/settings']")
    _enter(keys, "/settings")
    keys.to("a[href*='what=everything']", most=200)
    _enter(keys, "what=everything")
    keys.to(".forgetting input:not([type=hidden])")
    page.keyboard.type("forget")
    keys.press("Enter")
    page.wait_for_url("**/first")
    for table in ("account", "site", "payload", "post", "archive", "evidence"):
        assert count(made.home, table) == 0, table


def test_the_link_that_skips(everything: tuple[Made, Server], opened: Opened) -> None:
    """The first Tab of every page leads past the navigation."""
    made, server = everything
    window = opened(server, **_SMALL)
    for path in plainest(made):
        window.open(path)
        keys = _keys(window)
        keys.tab()
        assert keys.at(".skip"), path
        keys.press("Enter")
        assert keys.at("#main"), path
        keys.tab()
        assert window.page.evaluate("document.activeElement.closest('main, footer') !== null"), path


def test_everything_on_every_page_is_reached_and_seen(
    everything: tuple[Made, Server], opened: Opened
) -> None:
    """What can be clicked can be come to with Tab, and is not covered when it has the focus."""
    made, server = everything
    window = opened(server, **_SMALL)
    for path in plainest(made):
        page = window.settled(path)
        wanted = page.evaluate(_WANTED)
        keys = _keys(window)
        reached: set[str] = set()
        for _ in range(wanted["count"] + 20):
            keys.tab()
            if page.evaluate("document.activeElement === document.body"):
                break
            reached.add(page.evaluate("document.activeElement.dataset.number || ''"))
        missing = set(wanted["numbers"]) - reached
        assert missing == set(), f"{path}: {[wanted['called'][one] for one in sorted(missing)][:3]}"


_WANTED = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, '
    + 'textarea, summary')].filter((one) => one.checkVisibility() && !one.disabled);
  const groups = new Set();
  const found = all.filter((one) => {
    if (one.type !== 'radio') return true;
    if (groups.has(one.name)) return false;
    groups.add(one.name);
    const chosen = document.querySelector(`input[name="${CSS.escape(one.name)}"]:checked`);
    return !chosen || chosen === one;
  });
  found.forEach((one, n) => { one.dataset.number = String(n + 1); });
  return { count: found.length, numbers: found.map((one) => one.dataset.number),
    called: Object.fromEntries(
      found.map((one) => [one.dataset.number, one.outerHTML.slice(0, 90)])) };
}"""
