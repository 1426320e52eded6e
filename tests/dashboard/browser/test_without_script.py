"""Without script nothing is lost: every page is read, every form works, a job's page goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.browser.addresses import plainest
from tests.dashboard.browser.conftest import Opened, Started
from tests.dashboard.browser.looking import count, said
from tests.dashboard.made import ANSWER, MAIL, NAME, Made, at_home, make_home
from tests.dashboard.served import Server
from tests.journeys.archives_made import KEPT, REDDIT, zipped
from tests.journeys.run import here

pytestmark = [pytest.mark.long, pytest.mark.system]


_WORDS = """() => { document.querySelectorAll('button.copy').forEach((one) => one.remove());
  return document.querySelector('main').innerText.split('\\n').filter((one) => one.trim()); }"""
"""Copying needs script, and only copying does."""


def test_every_page_says_the_same(everything: tuple[Made, Server], opened: Opened) -> None:
    """By the words of ``main``: with script there is not a sentence more than without."""
    made, server = everything
    plain, other = opened(server, script=False), opened(server)
    for path in plainest(made):
        texts: list[set[str]] = []
        for window in (plain, other):
            page = window.settled(path)
            texts.append(set(page.evaluate(_WORDS)))
        assert texts[1] - texts[0] == set(), path


def test_first_run(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    page = opened(started(home), script=False).page
    if "/first" not in page.url:
        page.click("main a[href='/first']")
    page.fill("#place", "Bavaria (DE-BY)")
    page.click("button.first")
    page.check("input[value=linkedin]")
    page.check("input[value=reddit]")
    page.click("button.first")
    page.check("input[name=audience][value=public]")
    page.click("button.first")
    page.wait_for_url("**/plan*")
    found = said(home, "own", "list")
    assert (found["place"], len(found["accounts"])) == ("DE-BY", 2)


def test_an_archive_dropped(tmp_path: Path, started: Started, opened: Opened) -> None:
    """The page of the job asks again by itself until it has ended."""
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "reddit", "--audience", "public").ok()
    window = opened(started(home), script=False)
    page = window.open("/posts/archives")
    page.set_input_files("#files", zipped(tmp_path / "export_ada.zip", REDDIT))
    page.click("form[action='/posts/archives'] button.first")
    page.wait_for_url("**/job?id=*")
    page.locator("#job a.button").wait_for(timeout=30_000)
    assert count(home, "post") == KEPT
    page.click("#job a.button")
    page.wait_for_load_state()
    assert window.h1()


def test_letter_and_reply(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    window = opened(started(home), script=False)
    page = window.open("/letters/new?of=facebook&act=object-training")
    for field, text in (("name", NAME), ("email", MAIL), ("account", "ada.paints")):
        page.fill(f"#{field}", text)
    page.click("form[action='/letters/new'] button.first")
    page.locator("form[action='/letters/new'] button.first").first.click()
    page.wait_for_url("**/letters/case*")
    (case,) = said(home, "plan")["requests"]
    page.select_option("#state", "sent")
    page.fill("#on", "2026-03-02")
    page.click("form[action='/letters/happened'] button")
    mail = tmp_path / "answer.eml"
    mail.write_text(ANSWER.format(reference=case["case"]), encoding="utf-8")
    page.set_input_files("#mail", mail)
    page.click("form[action='/letters/replies'] button")
    if "/job" in page.url:
        page.locator("#job a.button").wait_for(timeout=20_000)
        page.click("#job a.button")
    window.open(f"/letters/case?id={case['case']}")
    page.locator("form[action='/letters/says'] button").first.click()
    (case,) = said(home, "plan")["requests"]
    assert {one["kind"]: one["outcome"] or "" for one in case["events"]} == {
        "drafted": "",
        "sent": "",
        "reply": "granted",
    }


def test_done_and_undone(tmp_path: Path, started: Started, opened: Opened) -> None:
    made = make_home(tmp_path / "home")
    window = opened(started(made.home), script=False)
    page = window.open("/account/step?key=instagram&control=objection-form")
    page.fill("#on", "2026-05-26")
    page.click("form[action='/account/done'] button")
    assert "2026-05-26" in str(said(made.home, "own", "list")["seen"])
    page.click(".flash form button")
    assert "2026-05-26" not in str(said(made.home, "own", "list")["seen"])


def test_a_sites_files_written_and_rolled_back(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    made = make_home(tmp_path / "home")
    window = opened(started(made.home), script=False)
    before = (made.site / "robots.txt").read_bytes()
    page = window.open("/site/wish?url=https%3A%2F%2Fada.example&wish=no-training")
    page.locator("form[action='/site/write'] button").last.click()
    page.wait_for_load_state()
    assert b"GPTBot" in (made.site / "robots.txt").read_bytes()
    page.locator("form[action='/site/rollback'] button").first.click()
    page.wait_for_load_state()
    assert (made.site / "robots.txt").read_bytes() == before


def test_forget_everything(tmp_path: Path, started: Started, opened: Opened) -> None:
    made = make_home(tmp_path / "home")
    window = opened(started(made.home), script=False)
    page = window.open("/settings/forget?what=everything")
    page.fill(".forgetting input:not([type=hidden])", "forget")
    page.locator("form[action='/settings/forget'] button").first.click()
    page.wait_for_url("**/first")
    assert count(made.home, "account") == 0
    assert count(made.home, "payload") == 0
