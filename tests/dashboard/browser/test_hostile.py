"""Every text of the store attacks (tests/dashboard/hostile.py): no page lets one of them in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from tests.dashboard.browser.addresses import addresses
from tests.dashboard.browser.conftest import Opened
from tests.dashboard.browser.window import Window
from tests.dashboard.hostile import BLOG, FIELDS, HEBREW, URL
from tests.dashboard.made import Made
from tests.dashboard.served import Server

pytestmark = [pytest.mark.system, pytest.mark.long]
_FOUND = """() => ({
  ran: window.ran,
  scripts: [...document.scripts].map((one) => one.getAttribute('src')),
  links: [...document.querySelectorAll('*')].flatMap((one) =>
    ['href', 'action', 'src', 'formaction', 'hx-get', 'hx-post', 'xlink:href']
      .map((name) => one.getAttribute(name)).filter((it) => it !== null)),
  handlers: [...document.querySelectorAll('*')].flatMap((one) =>
    [...one.attributes].filter((it) => it.name.startsWith('on')).map((it) => it.name)),
  loads: document.querySelectorAll('main img:not([src^="/"]), iframe, object, embed, base').length,
  turned: document.body.textContent.includes('\\u202e'),
})"""
_SCRIPTS = ["/static/htmx.min.js", "/static/web.js"]
_ADDRESS = re.compile(r"(?!//)[/?#]|https?://|mailto:[^\s]|$")


def _harmless(window: Window, path: str) -> None:
    page = window.open(path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found: dict[str, Any] = page.evaluate(_FOUND)
    assert found["ran"] is None, f"{path}: {found['ran']} ran"
    assert found["scripts"] == _SCRIPTS, path
    assert found["handlers"] == [], path
    assert found["loads"] == 0, path
    assert [one for one in found["links"] if not _ADDRESS.match(one)] == [], path
    assert "49" not in re.findall(r"&lt;b&gt;.{0,20}?(\d+)", page.content()), "a template ran"
    assert not found["turned"], f"{path}: what turns text around is shown as it is"


def test_every_page(hostile: tuple[Made, Server], opened: Opened) -> None:
    made, server = hostile
    window = opened(server)
    window.trouble_is_fine = True
    for path in addresses(made):
        _harmless(window, path)


@pytest.mark.parametrize("key", [BLOG, HEBREW, "nobody/..%2f", "<script>window.ran=1</script>"])
def test_names_of_accounts(key: str, hostile: tuple[Made, Server], opened: Opened) -> None:
    _, server = hostile
    window = opened(server)
    window.trouble_is_fine = True
    _harmless(window, f"/account?key={quote(key, safe='')}")


def test_every_link_of_every_page_leads_to_a_page(
    hostile: tuple[Made, Server], opened: Opened
) -> None:
    """Names with slashes, question marks and quotes come back whole: no link of one is broken."""
    made, server = hostile
    window = opened(server)
    window.trouble_is_fine = True
    todo, seen = addresses(made), set[str]()
    while todo and len(seen) < 150:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = window.page.request.get(server.base + path)
        assert answer.status == 200, f"{path}: a link leads to {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        text = answer.text()
        for found in re.findall(r'<a [^>]*?href="(/[^"]*)"', text):
            address = found.replace("&amp;", "&").partition("#")[0]
            if len(seen) + len(todo) < 150 and address not in seen:
                todo.append(address)


def test_what_attacks_is_shown(hostile: tuple[Made, Server], opened: Opened) -> None:
    """An attack that is nowhere on any page proves nothing: most of them are read by a person."""
    made, server = hostile
    window = opened(server)
    window.trouble_is_fine = True
    shown = ""
    for path in [*addresses(made), f"/account?key={quote(BLOG, safe='')}"]:
        window.open(path)
        shown += window.page.evaluate("document.body.textContent")
    found = [one for one in FIELDS if f"window.ran='{one}'" in shown]
    assert len(found) >= 10, found


def test_search_with_a_hostile_word(hostile: tuple[Made, Server], opened: Opened) -> None:
    """Operators of FTS5, quotes and script in the address of a search."""
    _, server = hostile
    window = opened(server)
    window.trouble_is_fine = True
    for word in ('"', "a AND", "NEAR(", "text:x", "*", "'; DROP TABLE post; --", URL, "<script>"):
        _harmless(window, f"/posts?q={quote(word, safe='')}")
