"""What is seen of a page: roles, names and states as Playwright finds them by itself."""

from __future__ import annotations

import time

import pytest

from tests.browser.conftest import asked_of_playwright, only
from tests.browser.site import Answer, Site
from withhold.reach import ax
from withhold.reach.browser import BrowserPage
from withhold.recipes import match
from withhold.recipes.page import Look

pytestmark = [pytest.mark.system, pytest.mark.matrix]

KINDS = """
<h1>Settings</h1><h2>Privacy <em>and</em> data</h2><div role=heading aria-level=5>Deep</div>
<nav><a href="/a?x=1">Account</a><a>no address</a></nav>
<div><label for=one>Train models</label><input id=one type=checkbox checked data-key=train></div>
<div><span id=two>Share my posts</span>
  <button role=switch aria-checked=false aria-labelledby=two></button></div>
<div role=switch aria-checked=true tabindex=0 aria-label="Personalise"></div>
<label>Hidden input <input type=checkbox style="position:absolute;opacity:0;width:1px"></label>
<input type=checkbox role=switch aria-label="Native switch" checked disabled>
<select aria-label="Who can see"><option>Everyone<option selected>Only me</select>
<fieldset><legend>Audience</legend><label><input type=radio name=r checked>Public</label>
  <label><input type=radio name=r>Private</label></fieldset>
<div role=radiogroup aria-label="Group"><div role=radio aria-checked=false>Yes</div>
  <div role=radio aria-checked=true>No</div></div>
<button aria-haspopup=menu>Me</button><button aria-pressed=true>Bold</button>
<button aria-pressed=mixed>Some</button>
<div role=menuitemcheckbox aria-checked=mixed>Partly</div>
<div role=tab aria-selected=true>First</div>
<div role=combobox aria-label="Language" aria-expanded=false tabindex=0>Deutsch</div>
<div aria-hidden=true><button>Unseen</button></div>
<div style="display:none"><a href=x>None</a></div>
<button style="visibility:hidden">Invisible</button><button disabled>Not now</button>
<div role=dialog aria-label="Cookies"><p>We use cookies.</p><button>Reject all</button></div>
<ul><li>one</li></ul><img alt="A picture" src="data:,"><div id=host></div>
<script>host.attachShadow({mode: "open"}).innerHTML =
  "<h3>In the shadow</h3><button role=switch aria-checked=true aria-label='Shadow'></button>"
</script>
"""
ROLES = [
    "heading",
    "link",
    "checkbox",
    "switch",
    "combobox",
    "option",
    "radio",
    "radiogroup",
    "button",
    "menuitemcheckbox",
    "tab",
    "dialog",
    "list",
    "listitem",
    "img",
    "group",
    "navigation",
]


def _count(page: BrowserPage, role: str, **more: object) -> int:
    return asked_of_playwright(page, lambda tab: tab.get_by_role(role, **more).count())


def test_roles_and_names_are_those_that_playwright_finds(page: BrowserPage, site: Site) -> None:
    page.open(site.page(KINDS))
    seen = page.look().nodes
    for role in ROLES:
        names = [one.name for one in seen if one.role == role]
        assert names, role
        assert len(names) == _count(page, role), role
        for name in {one for one in names if one}:
            assert names.count(name) == _count(page, role, name=name, exact=True), (role, name)


def test_states_are_those_that_playwright_finds(page: BrowserPage, site: Site) -> None:
    page.open(site.page(KINDS))
    seen = page.look().nodes
    for role in ("checkbox", "switch", "radio"):
        for state, checked in (("on", True), ("off", False)):
            found = sum(one.role == role and one.state == state for one in seen)
            assert found == _count(page, role, checked=checked), (role, state)
    pressed = [one.name for one in seen if one.role == "button" and one.state == "on"]
    assert pressed == ["Bold"]
    assert _count(page, "button", pressed=True) == 1
    assert sum(one.disabled for one in seen) == sum(
        _count(page, role, disabled=True) for role in ("button", "switch")
    )
    assert [one.level for one in seen if one.role == "heading"] == [1, 2, 5, 3]


def test_by_a_table_made_by_hand(page: BrowserPage, site: Site) -> None:
    page.open(site.page(KINDS))
    look = page.look()
    assert look.lang == "en"
    assert look.address == site.url()
    assert only(look, "checkbox", "Train models").state == "on"
    assert only(look, "checkbox", "Train models").attributes["data-key"] == "train"
    assert only(look, "checkbox", "Hidden input").state == "off"
    assert only(look, "switch", "Native switch").disabled
    assert only(look, "combobox", "Who can see").value == "Only me"
    assert only(look, "combobox", "Language").value == "Deutsch"
    assert only(look, "option", "Only me").state == "on"
    assert only(look, "menuitemcheckbox").state == "mixed"
    assert only(look, "button", "Some").state == "mixed"
    assert only(look, "button", "Me").state == "none"
    assert only(look, "tab").state == "on"
    texts = [one.name for one in look.nodes if one.role == "text"]
    assert {"Train models", "Share my posts", "We use cookies.", "Public"} <= set(texts)
    assert not {"Unseen", "None", "Invisible"} & {one.name for one in look.nodes}
    assert {one.host for one in look.nodes} == {"127.0.0.1"}


def test_every_parent_stands_before_its_children(page: BrowserPage, site: Site) -> None:
    page.open(site.page(KINDS))
    nodes = page.look().nodes
    assert all(one.parent < at for at, one in enumerate(nodes))
    assert len({one.ref for one in nodes}) == len(nodes)


def test_rows_and_headings_are_found_by_the_skeleton(page: BrowserPage, site: Site) -> None:
    rows = "".join(
        f"<section><h3>{name}</h3><div><p>about {name}</p><div>"
        f"<div role=switch aria-checked=true aria-label=Allow></div></div></div></section>"
        for name in ("Ads", "Models")
    )
    page.open(site.page(f"<h2>Privacy</h2>{rows}"))
    look = page.look()
    second = [at for at, one in enumerate(look.nodes) if one.role == "switch"][1]
    assert match.headings(look, second) == ["Models", "Privacy"]
    near = {look.nodes[one].name for one in match.row(look, second)}
    assert "about Models" in near
    assert "about Ads" not in near


@pytest.mark.parametrize(
    ("markup", "state"),
    [
        ("<div role=switch tabindex=0 class=is-on>x</div>", "none"),
        ("<div role=switch tabindex=0 aria-checked='' >x</div>", "none"),
        ("<div role=switch aria-checked=undefined>x</div>", "none"),
        ("<div role=switch aria-checked=mixed>x</div>", "mixed"),
        ("<div role=switch aria-checked=TRUE>x</div>", "on"),
        ("<button role=switch aria-checked=false>x</button>", "off"),
        ("<input role=switch type=checkbox aria-label=x checked>", "on"),
        ("<input role=switch type=checkbox aria-label=x aria-checked=true>", "off"),
    ],
)
def test_a_switch_that_does_not_say_its_state_has_none(
    page: BrowserPage, site: Site, markup: str, state: str
) -> None:
    page.open(site.page(markup))
    assert only(page.look(), "switch").state == state


def test_frames_of_the_same_site_are_seen_through_with_their_host(
    page: BrowserPage, site: Site
) -> None:
    site.page("<h2>In</h2><button role=switch aria-checked=true>Framed</button>", "/in")
    inner = "<iframe srcdoc=\"<p>deep</p><a href='/x'>srcdoc</a>\"></iframe>"
    page.open(
        site.page(f"<h1>Out</h1><div><iframe title=Inside src=/in?k=1></iframe></div>{inner}")
    )
    look = page.look()
    frame = only(look, "iframe", "Inside")
    assert frame.attributes["src"] == "/in"
    switch = only(look, "switch", "Framed")
    assert switch.state == "on"
    above = [look.nodes[switch.parent]]
    while above[-1].parent >= 0:
        above.append(look.nodes[above[-1].parent])
    assert frame in above
    assert only(look, "link", "srcdoc").host == "127.0.0.1"


def test_a_frame_of_another_site_is_listed_and_not_seen_through(
    page: BrowserPage, site: Site
) -> None:
    site.page("<button>Inside of another</button>", "/other")
    page.open(site.page(f"<iframe title=Robot src='{site.url('/other', 'localhost')}'></iframe>"))
    look = page.look()
    assert only(look, "iframe", "Robot").value == "localhost"
    assert [one for one in look.nodes if one.host == "127.0.0.1" and one.role == "button"] == []


def test_nothing_that_somebody_typed_is_read(page: BrowserPage, site: Site) -> None:
    page.open(
        site.page(
            "<form><input type=password id=p value=served-secret><input id=t value=served>"
            "<textarea id=a></textarea></form>"
        )
    )
    for box, text in (("#p", "typed-secret"), ("#t", "typed-text"), ("#a", "typed-more")):
        asked_of_playwright(page, lambda tab, box=box, text=text: tab.fill(box, text))
    look = page.look()
    assert any(one.attributes.get("type") == "password" for one in look.nodes)
    assert "typed" not in str(look)
    assert "served" not in str(look)


def test_attributes_are_few_and_short(page: BrowserPage, site: Site) -> None:
    many = " ".join(f"data-a{n}=v" for n in range(60))
    page.open(
        site.page(
            f"<a href='/{'x' * 900}' class=c style='color:red' onclick='x()' id=i>a</a>"
            f"<button {many}>b</button>"
        )
    )
    link = only(page.look(), "link")
    assert len(link.attributes["href"]) == 300
    assert set(link.attributes) == {"href", "id"}
    assert len(only(page.look(), "button").attributes) == 40


def test_a_page_deeper_than_one_answer_of_the_protocol(page: BrowserPage, site: Site) -> None:
    deep = "<div>" * 480 + "<button>Deep</button>" + "</div>" * 480
    page.open(site.page(deep + "<div id=h></div>"))
    assert only(page.look(), "button", "Deep")
    asked_of_playwright(
        page,
        lambda tab: tab.evaluate(
            "() => { let at = h; for (let n = 0; n < 900; n++) {"
            "const one = document.createElement('div'); at.append(one); at = one; }"
            "at.innerHTML = '<button>Deeper</button>'; }"
        ),
    )
    assert only(page.look(), "button", "Deeper")


def test_a_shadow_root_where_one_answer_of_the_protocol_ends(page: BrowserPage, site: Site) -> None:
    depths = range(88, 106)
    chains = "".join(
        "<div>" * n + f"<x-h><button>Light {n}</button></x-h>" + "</div>" * n for n in depths
    )
    shadow = (
        "<script>for (const one of document.querySelectorAll('x-h')) "
        "one.attachShadow({mode: 'open'}).innerHTML = '<h2>Dark</h2><p><slot></slot></p>'</script>"
    )
    page.open(site.page(chains + shadow))
    nodes = page.look().nodes
    assert [one.name for one in nodes if one.role == "button"] == [f"Light {n}" for n in depths]
    assert [one.name for one in nodes if one.role == "heading"] == ["Dark"] * len(depths)


def test_too_many_nodes_are_not_read(page: BrowserPage, site: Site) -> None:
    page.open(site.page("<p>x" * (ax.LIMIT // 2 + 10)))
    look = page.look()
    assert look.trouble == "too-large"
    assert look.nodes == ()


def test_a_page_that_never_answers_is_left(
    page: BrowserPage, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.reach.browser._LOOK_WITHIN", 1.0)
    page.open(site.page("<p>busy</p>"))
    hang = "() => setTimeout(() => { const end = Date.now() + 4000; while (Date.now() < end); }, 0)"
    asked_of_playwright(page, lambda tab: tab.evaluate(hang))
    time.sleep(0.2)
    began = time.monotonic()
    assert page.look().trouble == "no-answer"
    assert time.monotonic() - began < 3
    page.wait(4)
    assert page.look().trouble == ""


def test_a_page_that_loads_late_is_waited_for(page: BrowserPage, site: Site) -> None:
    site.paths["/late"] = Answer("on", after=1.5)
    script = "fetch('/late').then((a) => a.text()).then((t) => { document.body.innerHTML += t })"
    page.open(site.page(f"<script>{script}</script><b role=switch aria-checked=false>s</b>"))
    assert "on" in [one.name for one in page.look().nodes if one.role == "text"]


def test_a_settings_page_of_3000_elements(
    page: BrowserPage, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "<div><div><h3>Setting {n}</h3><p>What <b>it</b> does</p></div><div><div>"
    row += "<div role=switch aria-checked=true aria-label='Setting {n}'><i></i></div>"
    row += "</div></div></div>"
    page.open(site.page("".join(row.format(n=n) for n in range(340))))
    elements = asked_of_playwright(
        page, lambda tab: tab.evaluate("document.querySelectorAll('*').length")
    )
    assert elements > 3000
    took = []
    for _ in range(5):
        began = time.perf_counter()
        look: Look = page.look()
        took.append(time.perf_counter() - began)
    assert sum(one.role == "switch" for one in look.nodes) == 340
    with capsys.disabled():
        print(f"\n[look: {elements} elements in {min(took) * 1000:.0f} ms at best of 5]")
