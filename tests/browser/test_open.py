"""Opening a page: what is waited for, where it is led, and what the network does to it."""

from __future__ import annotations

import socket
import time
from contextlib import closing

import pytest

from tests.browser.conftest import asked_of_playwright, only, until
from tests.browser.site import Answer, Asked, Site
from withhold.reach.browser import BrowserPage

pytestmark = [pytest.mark.system, pytest.mark.matrix]


def led(site: Site, times: int, status: int = 302) -> str:
    """An address that leads on so many times, and then to a page."""
    for at in range(times):
        following = f"/r{at + 1}" if at + 1 < times else "/end"
        site.paths[f"/r{at}"] = Answer(status=status, headers={"Location": following})
    site.page("<h1>There</h1>", "/end")
    return site.url("/r0")


@pytest.mark.parametrize("times", [1, 5])
def test_up_to_five_redirects_are_followed(page: BrowserPage, site: Site, times: int) -> None:
    page.open(led(site, times))
    look = page.look()
    assert (look.trouble, look.address) == ("", site.url("/end"))
    assert only(look, "heading").name == "There"


def test_six_redirects_are_not(page: BrowserPage, site: Site) -> None:
    page.open(led(site, 6))
    assert page.look().trouble == "redirects"


def test_an_endless_redirect(page: BrowserPage, site: Site) -> None:
    site.paths["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    page.open(site.url("/loop"))
    assert page.look().trouble == "redirects"


@pytest.mark.parametrize(
    "head",
    [
        "<meta http-equiv=refresh content=0>",
        "<script>location.href = '/loop?' + Math.random()</script>",
        "<script>setTimeout(() => location.reload(), 50)</script>",
    ],
    ids=["meta", "script", "reload"],
)
def test_a_page_that_leads_to_itself_without_end(page: BrowserPage, site: Site, head: str) -> None:
    began = time.monotonic()
    page.open(site.page("<h1>Loop</h1>", "/loop", head=head))
    assert page.look().trouble == "redirects"
    assert time.monotonic() - began < 20
    page.wait(0.3)
    asked = len(site.asked)
    page.wait(0.7)
    assert len(site.asked) == asked  # it is left
    page.open(site.page("<h1>Well</h1>"))
    assert only(page.look(), "heading").name == "Well"


def test_a_press_that_leads_on_without_end(page: BrowserPage, site: Site) -> None:
    site.page(
        "<h1>Loop</h1>", "/loop", head="<script>setTimeout(()=>location.reload(),50)</script>"
    )
    page.open(site.page("<a href=/loop>Go</a>"))
    assert page.press(only(page.look(), "link").ref) == "pressed"
    page.wait(3)
    assert page.look().trouble == "redirects"


def test_nothing_listens_there(page: BrowserPage, site: Site) -> None:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    page.open(f"http://127.0.0.1:{port}/")
    look = page.look()
    assert (look.trouble, look.nodes) == ("offline", ())
    page.open(site.page("<h1>Again</h1>"))
    assert page.look().trouble == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://no-such-host.invalid/",
        "https://127.0.0.1:1/",
        "about:blank",
        "chrome://version",
        "file:///etc",
        "nonsense",
        "",
        "x:",
    ],
)
def test_addresses_that_lead_nowhere(page: BrowserPage, url: str) -> None:
    page.open(url)
    assert page.look().trouble


def test_a_line_that_is_cut(page: BrowserPage, site: Site) -> None:
    site.paths["/cut"] = Answer(cut=True)
    page.open(site.url("/cut"))
    assert page.look().trouble == "offline"


def test_a_network_that_goes_in_the_middle(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<a href=/cut>On</a>"))
    site.paths["/cut"] = Answer(cut=True)
    page.press(only(page.look(), "link").ref)
    page.wait(1.5)
    assert page.look().trouble == "offline"


def test_a_server_that_never_answers(
    page: BrowserPage, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.reach.tabs._OPEN_WITHIN", 1.0)
    site.paths["/slow"] = Answer("x", after=3)
    page.open(site.url("/slow"))
    assert page.look().trouble == "offline"
    page.open(site.page("<h1>Well</h1>"))
    page.wait(2.5)
    assert page.look().address == site.url()


def test_a_page_that_never_ends_to_ask_is_not_waited_for_longer(
    page: BrowserPage, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.reach.tab._AT_MOST", 2.0)
    site.paths["/tick"] = Answer("t", after=0.1)
    loop = "<script>const on = () => fetch('/tick').then(on); on()</script>"
    began = time.monotonic()
    page.open(site.page(f"<h1>Busy</h1>{loop}"))
    assert 2 <= time.monotonic() - began < 6
    assert only(page.look(), "heading").name == "Busy"


def test_requests_of_pictures_are_not_waited_for(page: BrowserPage, site: Site) -> None:
    site.paths["/later"] = Answer("x", kind="image/png", after=4)
    script = "<script>onload = () => { new Image().src = '/later' }</script>"
    began = time.monotonic()
    page.open(site.page(f"<h1>Picture</h1>{script}"))
    assert time.monotonic() - began < 3.5


def test_a_download_is_no_page(page: BrowserPage, site: Site) -> None:
    attached = {"Content-Disposition": "attachment; filename=x.zip"}
    site.paths["/file"] = Answer("PK", kind="application/zip", headers=attached)
    page.open(site.url("/file"))
    assert page.look().trouble == "no-page"


def test_a_page_that_is_not_found_speaks_for_itself(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<h1>This setting has moved</h1>", "/old", status=404))
    look = page.look()
    assert look.trouble == ""
    assert only(look, "heading").name == "This setting has moved"


def test_a_window_of_its_own_is_closed_and_noted(page: BrowserPage, site: Site) -> None:
    site.page("<h1>Advertisement</h1>", "/ad")
    page.open(site.page("<button onclick=\"window.open('/ad')\">Settings</button><h1>Here</h1>"))
    page.press(only(page.look(), "button").ref)
    until(lambda: page.noted() and asked_of_playwright(page, _tabs) == 1)
    assert page.noted() == ["new window closed"]
    assert only(page.look(), "heading").name == "Here"


async def _tabs(tab: object) -> int:
    return len(tab.context.pages)  # type: ignore[attr-defined]


def test_a_window_that_nobody_asked_for(page: BrowserPage, site: Site) -> None:
    site.page("<h1>Advertisement</h1>", "/ad")
    page.open(site.page("<h1>Here</h1><script>setTimeout(() => open('/ad'), 100)</script>"))
    page.wait(1)
    assert asked_of_playwright(page, _tabs) == 1
    assert only(page.look(), "heading").name == "Here"


@pytest.mark.parametrize(
    ("script", "answer", "note"),
    [
        ("alert('hi')", "undefined", "dialog dismissed: alert"),
        ("confirm('Sure?')", "false", "dialog dismissed: confirm"),
        ("prompt('Name?')", "null", "dialog dismissed: prompt"),
    ],
)
def test_dialogs_are_dismissed_and_noted(
    page: BrowserPage, site: Site, script: str, answer: str, note: str
) -> None:
    page.open(site.page(f"<h1 id=h>…</h1><script>h.textContent = String({script})</script>"))
    assert only(page.look(), "heading").name == answer
    assert page.noted() == [note]


def test_a_page_that_would_not_be_left(page: BrowserPage, site: Site) -> None:
    stay = "<script>onbeforeunload = (e) => { e.preventDefault(); return 'stay' }</script>"
    page.open(site.page(f"<button>Press</button>{stay}"))
    page.press(only(page.look(), "button").ref)
    page.open(site.page("<h1>Next</h1>", "/next"))
    assert page.look().address == site.url("/next")


def test_permissions_are_denied_without_asking(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<h1>Ask</h1>"))
    asked = (
        "async () => [Notification.permission, ...await Promise.all(['geolocation', 'camera'].map("
        "async (name) => (await navigator.permissions.query({name})).state))]"
    )
    assert asked_of_playwright(page, lambda tab: tab.evaluate(asked)) == ["denied"] * 3


def test_the_browser_says_that_it_is_driven(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<h1>Hi</h1>"))
    assert asked_of_playwright(page, lambda tab: tab.evaluate("navigator.webdriver")) is True


def test_a_run_begins_without_the_notes_of_another(driven: object, site: Site) -> None:
    first = driven.page()  # type: ignore[attr-defined]
    first.open(site.page("<script>alert(1)</script>"))
    assert first.noted()
    assert driven.page().noted() == []  # type: ignore[attr-defined]


def test_a_login_asked_for_by_the_server_itself(page: BrowserPage, site: Site) -> None:
    """Basic authentication: no box is filled, the page under it is shown."""

    def ask(asked: Asked) -> Answer:
        return Answer("<h1>No</h1>", 401, headers={"WWW-Authenticate": 'Basic realm="x"'})

    site.paths["/basic"] = ask
    page.open(site.url("/basic"))
    look = page.look()
    assert look.trouble in ("", "offline")
    assert all("Authorization" not in one.headers for one in site.asked)
