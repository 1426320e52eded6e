"""A fresh load shows what the server has saved, whatever the page remembers by itself."""

from __future__ import annotations

import pytest

from tests.browser.conftest import asked_of_playwright, only
from tests.browser.site import Answer, Site
from withhold.reach.browser import BrowserPage
from withhold.reach.driven import Driven

pytestmark = [pytest.mark.system, pytest.mark.matrix]

SHELL = """
<h1>Settings</h1><button role=switch id=s aria-label=Train
  style="width:60px;height:30px" onclick="flip()"></button>
<script>
  const show = (on) => s.setAttribute("aria-checked", String(on === "on"));
  const saved = () => fetch("/state").then((a) => a.text());
  KEEPS
  const flip = async () => { show("off"); await keep("off"); };
  (async () => show(await kept() ?? await saved()))();
</script>
"""
DATABASE = """
  const db = new Promise((on) => {
    const asked = indexedDB.open(KEY);
    asked.onupgradeneeded = () => asked.result.createObjectStore("s");
    asked.onsuccess = () => on(asked.result);
  });
  const keep = async (v) => (await db).transaction("s", "readwrite").objectStore("s").put(v, "k");
  const kept = async () => new Promise(async (on) => {
    const asked = (await db).transaction("s").objectStore("s").get("k");
    asked.onsuccess = () => on(asked.result);
  });
"""
LIARS = {
    "localStorage": "const keep = (v) => localStorage.setItem(KEY, v);"
    "const kept = async () => localStorage.getItem(KEY);",
    "localStorage-field": "const keep = (v) => { localStorage[KEY] = v };"
    "const kept = async () => localStorage[KEY];",
    "indexedDB": DATABASE,
    "caches": "const keep = async (v) => (await caches.open(KEY)).put('/' + KEY, new Response(v));"
    "const kept = async () => (await caches.match('/' + KEY))?.text();",
    "files": "const file = async (m) => (await navigator.storage.getDirectory())"
    ".getFileHandle(KEY, m);"
    "const keep = async (v) => { const w = await (await file({create: true})).createWritable();"
    "await w.write(v); await w.close(); };"
    "const kept = async () => { try { return await (await (await file()).getFile()).text() }"
    " catch { return undefined } };",
    "window-name": "const keep = (v) => { window.name = v };"
    "const kept = async () => window.name || undefined;",
    "history": "const keep = (v) => history.replaceState({v}, '');"
    "const kept = async () => history.state?.v;",
    "other-tab": "const ch = new BroadcastChannel(KEY); let mine;"
    "ch.onmessage = (e) => { if (e.data === 'ask' && mine) ch.postMessage(mine) };"
    "const keep = (v) => { mine = v };"
    "const kept = () => new Promise((on) => { ch.postMessage('ask');"
    "ch.addEventListener('message', (e) => on(e.data)); setTimeout(on, 300) });",
    "shared-worker": "const w = new SharedWorker('/worker.js', KEY); w.port.start();"
    "const keep = (v) => w.port.postMessage(v);"
    "const kept = () => new Promise((on) => { w.port.postMessage('ask');"
    "w.port.onmessage = (e) => on(e.data ?? undefined); setTimeout(on, 300) });",
}
WORKER = (
    "let v; onconnect = (e) => { const p = e.ports[0]; p.onmessage = (m) => "
    "{ if (m.data === 'ask') p.postMessage(v); else v = m.data } }"
)


def shell(keeps: str, key: str = "k") -> str:
    """A settings page that keeps its switch so; ``key``: stores of one test are not another's."""
    return SHELL.replace("KEEPS", keeps).replace("KEY", f'"{key}"')


def _settled(page: BrowserPage) -> str:
    page.wait(0.5)
    return only(page.look(), "switch").state


@pytest.mark.parametrize("kind", LIARS)
def test_a_page_that_only_remembers_is_found_out(page: BrowserPage, site: Site, kind: str) -> None:
    """The switch shows off, the server has on; the page's own store says off on a plain load."""
    site.paths["/worker.js"] = Answer(WORKER, kind="text/javascript")
    page.open(site.page(shell(LIARS[kind], kind), f"/{kind}"))
    assert only(page.look(), "switch").state == "on"
    page.press(only(page.look(), "switch").ref)
    assert _settled(page) == "off"
    assert site.state == "on"
    assert page.fresh() == "fresh"
    assert _settled(page) == "on"
    assert page.look().address == site.url(f"/{kind}")


@pytest.mark.parametrize("kind", ["localStorage", "indexedDB", "caches", "files"])
def test_what_was_hidden_is_there_again(
    driven: Driven, page: BrowserPage, site: Site, kind: str
) -> None:
    address = site.page(shell(LIARS[kind], f"again-{kind}"), f"/again-{kind}")
    page.open(address, hidden=False)
    page.press(only(page.look(), "switch").ref)
    page.wait(0.3)
    page.fresh()
    assert _settled(page) == "on"
    again = driven.page()
    again.open(address)
    assert _settled(again) == "on"
    again.open(address, hidden=False)
    assert _settled(again) == "off"


HONEST = (
    "const keep = (v) => fetch('/save', {method: 'POST', body: v}); const kept = async () => null;"
)


def test_a_page_that_saves_is_off_in_a_fresh_load(page: BrowserPage, site: Site) -> None:
    page.open(site.page(shell(HONEST)))
    page.press(only(page.look(), "switch").ref)
    page.wait(0.3)
    before = page.writes()
    assert page.fresh() == "fresh"
    assert _settled(page) == "off"
    assert page.writes()[: len(before)] == before


def test_a_save_that_is_on_its_way_is_waited_for(page: BrowserPage, site: Site) -> None:
    """Leaving the old tab must not cut off what the page is about to save."""

    def slow(asked: object) -> Answer:
        site.state = "off"
        return Answer("ok", after=1.2)

    site.paths["/save"] = slow
    page.open(site.page(shell(HONEST)))
    page.press(only(page.look(), "switch").ref)
    page.wait(0.2)
    assert page.writes()[-1].status == 0
    page.fresh()
    assert page.writes()[-1].status == 200


def test_an_answer_kept_by_the_browser_is_asked_for_again(page: BrowserPage, site: Site) -> None:
    kept = {"Cache-Control": "max-age=3600"}
    site.paths["/kept"] = lambda _: Answer(site.state, headers=kept)
    body = shell(HONEST).replace("/state", "/kept")
    page.open(site.page(body, "/cached", headers=kept))
    assert only(page.look(), "switch").state == "on"
    site.state = "off"
    assert page.fresh() == "fresh"
    assert _settled(page) == "off"


SERVICE = """
self.onactivate = (e) => e.waitUntil(clients.claim());
self.onfetch = (e) => {
  const path = new URL(e.request.url).pathname;
  if (e.request.method === "POST") e.respondWith(new Response("saved"));
  else if (path === "/state") e.respondWith(new Response("off"));
};
"""


def test_a_worker_that_answers_for_the_server_is_passed_by(page: BrowserPage, site: Site) -> None:
    """A service worker that says "saved" and "off": the window asks the server itself."""
    site.paths["/service.js"] = Answer(SERVICE, kind="text/javascript")
    register = "<script>navigator.serviceWorker.register('/service.js')</script>"
    address = site.page(shell(HONEST) + register, "/sw")
    page.open(address)
    page.wait(1)
    page.open(address)
    controlled = "!!(await navigator.serviceWorker.getRegistration())?.active"
    assert asked_of_playwright(page, lambda tab: tab.evaluate(f"async () => {controlled}"))
    assert only(page.look(), "switch").state == "on"
    page.press(only(page.look(), "switch").ref)
    page.wait(0.4)
    assert site.state == "off"  # it was really sent
    assert site.written() == [("POST", "/save")]
    site.state = "on"
    assert page.fresh() == "fresh"
    assert _settled(page) == "on"


TOKEN = """
<script>
  if (!localStorage.token) INSTEAD
  else document.write("<h1>Settings</h1><div role=switch aria-checked=true>Train</div>");
</script>
"""


@pytest.mark.parametrize(
    "instead",
    [
        "location.href = '/login';",
        "document.write('<input type=password>');",
        "document.write('<button>Log in</button>');",
    ],
    ids=["another-path", "password", "no-switch"],
)
def test_a_page_that_needs_what_it_stored_is_reloaded_plainly(
    page: BrowserPage, site: Site, instead: str
) -> None:
    site.page("<h1>Log in</h1>", "/login")
    site.page("<script>localStorage.token = 1</script>", "/token")
    page.open(site.url("/token"), hidden=False)
    page.open(site.page(TOKEN.replace("INSTEAD", instead), "/needs"), hidden=False)
    assert only(page.look(), "switch").state == "on"
    assert page.fresh() == "reloaded"
    assert only(page.look(), "switch").state == "on"
    assert page.look().address == site.url("/needs")


def test_a_fresh_load_without_a_network(page: BrowserPage, site: Site) -> None:
    page.open(site.page(shell(HONEST), "/off"))
    site.paths["/off"] = Answer(cut=True)
    assert page.fresh() == "reloaded"
    assert page.look().trouble == "offline"


def test_stores_in_memory_behave_as_the_real_ones(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<h1>Stores</h1><input type=checkbox>", "/stores"))
    page.fresh()
    question = """async () => {
      localStorage.setItem('a', 1); localStorage.b = 2;
      const seen = [localStorage.length, localStorage.getItem('a'), localStorage.b,
        Object.keys(localStorage).join(), 'b' in localStorage, localStorage.getItem('z'),
        localStorage.z === undefined, localStorage.key(0), localStorage instanceof Storage];
      delete localStorage.b; localStorage.removeItem('a'); seen.push(localStorage.length);
      const db = await new Promise((on) => {
        const asked = indexedDB.open('mine', 3); asked.onsuccess = () => on(asked.result) });
      seen.push(db.name, db.version, (await indexedDB.databases()).map((one) => one.name).join());
      await caches.open('c'); seen.push((await caches.keys()).join(), await caches.has('c'));
      return seen;
    }"""
    assert asked_of_playwright(page, lambda tab: tab.evaluate(question)) == [
        *(2, "1", "2", "a,b", True, None, True, "a", True, 0),
        *("mine", 3, "mine", "c", True),
    ]


def test_what_hiding_left_behind_is_swept_by_the_next(page: BrowserPage, site: Site) -> None:
    page.open(site.page(shell(DATABASE, "sweep"), "/sweep"))
    for _ in range(3):
        page.fresh()
        page.wait(0.3)
    page.renew()
    page.open(site.url("/sweep"))
    names = "async () => (await indexedDB.databases()).map((one) => one.name)"
    left = asked_of_playwright(page, lambda tab: tab.evaluate(names))
    assert "sweep" in left
    assert sum(one.startswith("withhold-fresh-") for one in left) <= 1
