"""What the page writes: the same as stands in the server's own log."""

from __future__ import annotations

import pytest

from tests.browser.conftest import only, until
from tests.browser.site import Answer, Site
from withhold.reach.browser import BrowserPage
from withhold.recipes.page import Write

pytestmark = [pytest.mark.system, pytest.mark.matrix]


def of(page: BrowserPage) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in page.writes()]


def button(script: str) -> str:
    return f'<button onclick="{script}">Save</button>'


WAYS = {
    "fetch": "fetch('/save?token=secret', {method: 'POST', body: 'off'})",
    "put": "fetch('/save', {method: 'PUT', body: 'off'})",
    "patch-json": "fetch('/save', {method: 'PATCH', body: 'off', "
    "headers: {'Content-Type': 'application/json'}})",
    "xhr": "x = new XMLHttpRequest(); x.open('POST', '/save'); x.send('off')",
    "beacon": "navigator.sendBeacon('/save', 'off')",
    "keepalive": "fetch('/save', {method: 'POST', body: 'off', keepalive: true})",
    "unread": "fetch('/save', {method: 'DELETE', body: 'off'}).then(() => 0)",
    "worker": "new Worker(window.URL.createObjectURL(new Blob(['fetch(`' + origin + "
    "'/save`, {method: `POST`, body: `off`})'])))",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_is_seen(page: BrowserPage, site: Site, way: str) -> None:
    page.open(site.page(button(WAYS[way])))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: any(one.status for one in page.writes()[before:]))
    assert site.state == "off"
    assert of(page)[before:] == site.written() == [(site.asked[-1].method, "/save")]
    seen = page.writes()[before]
    assert (seen.host, seen.path, seen.status) == ("127.0.0.1", "/save", 200)
    assert "secret" not in str(page.writes())


def test_a_beacon_of_a_page_that_is_left_is_not_seen(page: BrowserPage, site: Site) -> None:
    """Chrome tells nobody of a beacon that outlives its page. A run then knows of no write, and
    says so: it claims less than there was, never more."""
    site.page("<h1>Next</h1>", "/next")
    beacon = "onpagehide = () => navigator.sendBeacon('/save', 'off'); location.href = '/next'"
    page.open(site.page(button(beacon)))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: site.state == "off")
    page.wait(0.3)
    assert of(page)[before:] == []
    assert site.written() == [("POST", "/save")]


def test_a_form_that_is_answered_by_a_redirect(page: BrowserPage, site: Site) -> None:
    site.paths["/form"] = Answer(status=303, headers={"Location": "/done"})
    site.page("<h1>Done</h1>", "/done")
    page.open(site.page("<form method=post action=/form><button>Save</button></form>"))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: page.look().address == site.url("/done"))
    assert page.writes()[before:] == [
        Write(method="POST", host="127.0.0.1", path="/form", status=303)
    ]
    until(lambda: [one.name for one in page.look().nodes if one.role == "heading"] == ["Done"])


def test_a_form_in_a_frame(page: BrowserPage, site: Site) -> None:
    site.page("<form method=post action=/save><button>Save</button></form>", "/in")
    page.open(site.page("<iframe src=/in></iframe>"))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: any(one.status for one in page.writes()[before:]))
    assert of(page)[before:] == site.written() == [("POST", "/save")]


@pytest.mark.parametrize(
    ("status", "cut", "seen"), [(500, False, 500), (403, False, 403), (200, True, 0)]
)
def test_a_write_that_is_not_taken(
    page: BrowserPage, site: Site, status: int, cut: bool, seen: int
) -> None:
    site.paths["/save"] = Answer("no", status, cut=cut)
    page.open(site.page(button("fetch('/save', {method: 'PUT', body: 'off'}).catch(() => 0)")))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: site.written() and page.writes()[before:])
    page.wait(0.4)
    assert {one.status for one in page.writes()[before:]} == {seen}
    assert site.state == "on"


def test_a_write_stands_there_unanswered_until_it_is_answered(
    page: BrowserPage, site: Site
) -> None:
    site.paths["/slow"] = Answer("ok", after=2.5)
    page.open(site.page(button("fetch('/slow', {method: 'POST'})")))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    page.wait(0.3)
    assert [one.status for one in page.writes()[before:]] == [0]
    until(lambda: page.writes()[-1].status)
    assert [one.status for one in page.writes()[before:]] == [200]


def test_what_was_sent_before_the_press_keeps_its_place(page: BrowserPage, site: Site) -> None:
    """An answer that comes late belongs to the write that was sent early."""
    site.paths["/early"] = Answer("ok", after=2.5)
    page.open(site.page(button("fetch('/early', {method: 'POST'})")))
    page.press(only(page.look(), "button").ref)
    page.wait(0.2)
    before = len(page.writes())
    until(lambda: page.writes()[-1].status)
    assert page.writes()[before:] == []
    assert page.writes()[-1].status == 200


def test_reading_is_no_write(page: BrowserPage, site: Site) -> None:
    before = len(page.writes())
    page.open(
        site.page(
            "<img src=/state><script>fetch('/state');fetch('/state',{method:'HEAD'});"
            "fetch('/state',{method:'OPTIONS'})</script>"
        )
    )
    assert page.writes()[before:] == []
    assert {one.method for one in site.asked} == {"GET", "HEAD", "OPTIONS"}


def test_a_write_to_another_host_is_named_so(page: BrowserPage, site: Site) -> None:
    there = site.url("/save", "localhost")
    page.open(site.page(button(f"fetch('{there}', {{method: 'POST', mode: 'no-cors'}})")))
    before = len(page.writes())
    page.press(only(page.look(), "button").ref)
    until(lambda: page.writes()[before:])
    assert [one.host for one in page.writes()[before:]] == ["localhost"]
    until(site.written)
    assert site.written() == [("POST", "/save")]
