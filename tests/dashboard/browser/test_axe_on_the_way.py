"""axe on pages without an address of their own: first run, errors, previews, jobs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser.conftest import Opened, Started
from tests.dashboard.browser.window import Window
from tests.dashboard.made import MAIL, NAME, at_home
from tests.journeys.archives_made import REDDIT, zipped
from tests.journeys.run import here
from tests.web.axe_rules import ALL, COLOURS, looked_at
from tests.web.measures import CUT, SMALL, WIDER

pytestmark = [pytest.mark.long, pytest.mark.system]


def _held(window: Window, name: str) -> None:
    page = window.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    wrong: dict[str, Any] = {}
    for scheme, options in (("light", ALL), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        wrong[scheme], _ = looked_at(page, options)
    page.emulate_media(color_scheme="light")
    wrong |= {"wider": max(0, page.evaluate(WIDER)), "cut": page.evaluate(CUT)[:3]}
    wrong["small"] = page.evaluate(SMALL)[:3]
    assert {what: each for what, each in wrong.items() if each} == {}, name
    window.shot(f"on-the-way-{name}")


def test_first_run_with_what_is_typed_wrong(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    window = opened(started(tmp_path / "home"), width=320)
    page = window.page
    page.fill("#place", "Atlantis")
    page.click("button.first")
    assert page.locator("#place").get_attribute("aria-invalid") == "true"
    assert page.locator("#place").input_value() == "Atlantis", "nothing that was typed is lost"
    _held(window, "place-wrong")
    page.fill("#place", "DE-BY")
    page.click("button.first")
    page.wait_for_url("**step=2**")
    _held(window, "platforms")
    page.click("button.first")
    assert page.locator(".wrong").count() >= 1
    _held(window, "platforms-wrong")
    page.locator("details").first.evaluate("(one) => { one.open = true; }")
    page.check("input[value=linkedin]")
    page.check("input[value=tumblr]")
    page.fill("#blogs-tumblr", "paintings")
    page.click("button.first")
    page.wait_for_url("**step=3**")
    _held(window, "audience")


def test_letter_errors_preview_and_case(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    window = opened(started(home), width=320)
    window.trouble_is_fine = True  # the form is answered with 400 where something is missing
    page = window.open("/letters/new?of=facebook&act=object-training")
    page.fill("#email", MAIL)
    page.click("form[action='/letters/new'] button.first")
    assert page.locator("[aria-invalid=true]").count() >= 1
    assert page.locator("#email").input_value() == MAIL, "nothing that was typed is lost"
    _held(window, "letter-errors")
    page.fill("#name", NAME)
    page.fill("#account", "ada.paints")
    page.click("form[action='/letters/new'] button.first")
    page.locator(".paper").first.wait_for()
    _held(window, "letter-preview")
    page.locator("form[action='/letters/new'] button.first").first.click()
    page.wait_for_url("**/letters/case**")
    _held(window, "case-drafted")


def test_a_job_and_what_it_says(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "reddit", "--audience", "public").ok()
    window = opened(started(home), width=320)
    page = window.open("/posts/archives")
    page.set_input_files("#files", zipped(tmp_path / "export_ada.zip", REDDIT))
    page.click("form[action='/posts/archives'] button.first")
    page.locator("#job a.button").wait_for(timeout=30_000)
    _held(window, "job-done")
    window.open("/posts/archives")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing of it is left")
    page.set_input_files("#files", broken)
    page.click("form[action='/posts/archives'] button.first")
    page.wait_for_load_state()
    if "/job" in page.url:
        page.locator("#job a.button").wait_for(timeout=30_000)
    _held(window, "job-failed")


def test_who_has_no_session(tmp_path: Path, started: Started, opened: Opened) -> None:
    window = opened(started(tmp_path / "home"), width=320, begin=False)
    window.trouble_is_fine = True
    window.open("/")
    _held(window, "refused")
