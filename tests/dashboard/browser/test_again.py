"""What people do with browsers: back, reload, a second tab, a server that was started anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser.conftest import Opened, Started
from tests.dashboard.browser.looking import count, rows, said
from tests.dashboard.browser.window import Window
from tests.dashboard.made import BLOG, SITE, Made, at_home, make_home
from tests.dashboard.served import Server, serving
from tests.journeys.archives_made import REDDIT, zipped
from tests.journeys.run import command, here

pytestmark = [pytest.mark.long, pytest.mark.system]

TABLES = (
    *("account", "site", "observation", "payload", "post", "archive", "evidence", "setting"),
    *("said_audience", "audience_change", "case_record"),
)


def _held(home: Path) -> dict[str, Any]:
    """What the file of the store holds."""
    return {one: rows(home, f"SELECT * FROM {one}") for one in TABLES}  # noqa: S608 - ours


@pytest.fixture
def mine(tmp_path: Path, started: Started, opened: Opened) -> tuple[Made, Window]:
    """A home of its own with everything, in a window."""
    made = make_home(tmp_path / "home")
    return made, opened(started(made.home))


def _say_done(page: Any) -> None:
    page.fill("#on", "2026-05-26")
    page.click("form[action='/account/done'] button")


def _change_place(page: Any) -> None:
    page.fill("#place", "DE-BE")
    page.locator("form:has(#place) button").first.click()


def _say_audience(page: Any) -> None:
    page.select_option("#say-account", BLOG)
    page.locator("form[action='/posts/said']:has(#say-account) button").click()


def _sent_once_more(page: Any) -> None:
    page.select_option("#state", "reminded")
    page.click("form[action='/letters/happened'] button")


def _remove_site(page: Any) -> None:
    page.locator("form[action='/site/remove'] button").click()


FORMS = {
    "/account/step?key=instagram&control=objection-form": _say_done,
    "/settings": _change_place,
    "/posts": _say_audience,
    "/letters/case?id={sent}": _sent_once_more,
    f"/site?url={SITE.replace(':', '%3A').replace('/', '%2F')}": _remove_site,
}


@pytest.mark.parametrize("address", FORMS)
def test_back_and_reload_repeat_nothing(address: str, mine: tuple[Made, Window]) -> None:
    made, window = mine
    window.trouble_is_fine = True
    page = window.settled(address.format(sent=made.sent))
    before = _held(made.home)
    FORMS[address](page)
    page.wait_for_load_state()
    after = _held(made.home)
    assert after != before, "the form did something"
    page.wait_for_selector("main:not([data-refresh])")  # while it is counted, the sentence stays
    page.reload()
    assert page.locator(".flash").count() == 0, "what was said stands there once"
    page.go_back()
    page.reload()
    page.go_forward()
    page.reload()
    assert _held(made.home) == after
    posts = [one for one in window.sent if one[0] == "POST"]
    assert len(posts) == 1, posts


def test_a_job_is_not_begun_again(tmp_path: Path, started: Started, opened: Opened) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "reddit", "--audience", "public").ok()
    window = opened(started(home))
    page = window.open("/posts/archives")
    page.set_input_files("#files", zipped(tmp_path / "export_ada.zip", REDDIT))
    page.click("form[action='/posts/archives'] button.first")
    page.locator("#job a.button").wait_for(timeout=30_000)
    held = count(home, "observation"), rows(home, "SELECT read_at FROM archive")
    for act in (page.reload, page.go_back, page.reload, page.go_forward, page.reload):
        act()
    assert (count(home, "observation"), rows(home, "SELECT read_at FROM archive")) == held


def test_the_same_form_in_two_tabs(tmp_path: Path, started: Started, opened: Opened) -> None:
    """Both tabs were open before either was sent; what is said twice is written down once."""
    made = make_home(tmp_path / "home")
    window = opened(started(made.home))
    address = "/account/step?key=instagram&control=objection-form"
    page = window.open(address)
    other = page.context.new_page()
    other.goto(window.base + address)
    before = count(made.home, "payload")
    for tab in (page, other):
        tab.fill("#on", "2026-05-26")
    for tab in (page, other):
        tab.click("form[action='/account/done'] button")
        tab.wait_for_load_state()
        assert tab.locator(".flash").count() == 1, "each tab is told"
    assert count(made.home, "payload") == before + 1


def test_a_session_that_is_gone_says_how_to_go_on(tmp_path: Path, opened: Opened) -> None:
    """The server was started anew on the same port: the old cookie opens nothing, and is told."""
    made = make_home(tmp_path / "home")
    with serving(made.home) as server:
        window = opened(server)
        page = window.open("/account/step?key=instagram&control=objection-form")
        page.fill("#on", "2026-05-26")
        port = server.port
    before = _held(made.home)
    with serving(made.home, "--port", str(port)) as again:
        assert again.base == window.base
        window.trouble_is_fine = True
        page.click("form[action='/account/done'] button")
        page.wait_for_load_state()
        text = page.locator("main").inner_text()
        window.shot("session-gone")
        assert "withhold serve" in text, text
        assert "Ada Example" not in page.content()
        assert _held(made.home) == before
        window.first = again.url
        window.begin()
        assert window.h1() == "Overview"


def test_a_second_server_is_told_where_the_first_is(
    everything: tuple[Made, Server], opened: Opened, tmp_path: Path
) -> None:
    """The same home, or the same port: one line and a tip, and the first one goes on."""
    made, server = everything
    for home, more in ((made.home, []), (tmp_path / "home", ["--port", str(server.port)])):
        ran = command("serve", "--port", "0", *more, env={"WITHHOLD_HOME": str(home)})
        assert ran.code in (1, 2), ran
        head, tip = ran.err.splitlines()
        assert head.startswith("withhold: ")
        assert tip.startswith("TIP: ")
        assert str(server.port) in ran.err
    assert opened(server).h1() == "Overview"


def test_stored_by_the_command_line_meanwhile_is_seen(mine: tuple[Made, Window]) -> None:
    """The store is not the server's alone: what was written elsewhere stands on the next page."""
    made, window = mine
    window.open("/settings")
    done = command(
        *("own", "add", "account", "reddit", "second", "--audience", "public"),
        env={"WITHHOLD_HOME": str(made.home)},
    )
    assert done.code == 0, done.err
    assert "second" in window.open("/settings").content()
    assert len(said(made.home, "own", "list")["accounts"]) == 7
