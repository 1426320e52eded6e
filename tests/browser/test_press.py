"""A press as a person would: where it arrives, and where it must not."""

from __future__ import annotations

import pytest

from tests.browser.conftest import asked_of_playwright, only
from tests.browser.markup import BANNER, SWITCH, TELL, UNSEEN, heard
from tests.browser.site import Site
from withhold.reach import guarded, pressing
from withhold.reach.browser import BrowserPage

pytestmark = [pytest.mark.system, pytest.mark.matrix]


def pressed(page: BrowserPage, role: str = "switch", name: str = "") -> str:
    return page.press(only(page.look(), role, name).ref)


def state(page: BrowserPage, role: str = "switch") -> str:
    return only(page.look(), role).state


def test_a_switch_is_pressed_once_and_the_press_is_real(page: BrowserPage, site: Site) -> None:
    page.open(site.page(TELL + SWITCH))
    assert pressed(page) == "pressed"
    assert state(page) == "off"
    assert heard(page) == [["click", "s", True]]


def test_a_switch_below_the_fold(page: BrowserPage, site: Site) -> None:
    page.open(
        site.page(f"{TELL}<div style='height:3000px'></div>{SWITCH}<div style='height:2000px'>")
    )
    assert pressed(page) == "pressed"
    assert heard(page) == [["click", "s", True]]


def test_in_a_box_that_scrolls_smoothly(page: BrowserPage, site: Site) -> None:
    box = "<div style='height:200px;overflow:auto;scroll-behavior:smooth'>"
    page.open(site.page(f"{TELL}{box}<div style='height:900px'></div>{SWITCH}</div>"))
    assert pressed(page) == "pressed"
    assert heard(page) == [["click", "s", True]]


def test_a_switch_that_slides_while_it_is_scrolled_to(page: BrowserPage, site: Site) -> None:
    slide = "<script>onscroll = () => { s.style.transform = 'translateX(400px)' }</script>"
    slow = SWITCH.replace("style='", "style='transition:transform 0.5s linear;")
    page.open(site.page(f"{TELL}<div style='height:3000px'></div>{slow}{slide}"))
    assert pressed(page) == "pressed"
    assert heard(page) == [["click", "s", True]]


def test_in_a_shadow_root(page: BrowserPage, site: Site) -> None:
    page.open(
        site.page(
            f"{TELL}<x-a id=h></x-a><script>h.attachShadow({{mode:'open'}}).innerHTML="
            f"`<div><slot></slot>{SWITCH}</div>`</script>"
        )
    )
    assert pressed(page) == "pressed"
    assert state(page) == "off"


def test_in_a_frame(page: BrowserPage, site: Site) -> None:
    site.page(f"<div style='height:900px'></div>{SWITCH}", "/in")
    page.open(
        site.page(
            "<div style='height:700px'></div><iframe src=/in style='width:400px;height:200px'>"
        )
    )
    assert pressed(page) == "pressed"
    assert state(page) == "off"


@pytest.mark.parametrize(
    "markup",
    [
        f"<label for=c>Train</label><input id=c type=checkbox style='{UNSEEN}'>",
        f"<label>Train <input type=checkbox style='{UNSEEN}'><i>slider</i></label>",
        "<label style='position:relative'>Train<input type=checkbox style='opacity:0;position:"
        "absolute;inset:0;width:100%;height:100%'><i style='position:relative'>slider</i></label>",
        f"<div style='width:90px;height:30px;background:#ccc'><input aria-label=Train type=checkbox"
        f" style='{UNSEEN}'><i>face</i></div>",
        "<div style='position:relative;width:90px;height:30px'><input aria-label=Train "
        "type=checkbox style='opacity:0;width:90px;height:30px'><i style='position:absolute;"
        "inset:0;background:#ccc'></i></div>",
        "<label>Train, <a href='/terms'>see the terms of it</a><input type=checkbox "
        f"style='{UNSEEN}'></label>",
    ],
    ids=["label-for", "label-around", "label-over", "no-label", "face-over", "link-in-label"],
)
def test_a_native_input_that_is_hidden_from_the_eye(
    page: BrowserPage, site: Site, markup: str
) -> None:
    page.open(site.page(TELL + markup))
    assert pressed(page, "checkbox") == "pressed"
    assert state(page, "checkbox") == "on"
    assert page.look().address == site.url()
    changes = [one for one in heard(page) if one[0] == "change"]
    assert len(changes) == 1
    assert changes[0][2] is True


@pytest.mark.parametrize(
    "markup",
    [
        SWITCH,
        "<label>Train <input role=switch type=checkbox></label>",
        f"<label>Train <input role=switch type=checkbox style='{UNSEEN}'></label>",
        "<div style='width:90px;height:30px'><input role=switch type=checkbox "
        f"style='{UNSEEN}'></div>",
    ],
)
def test_what_lies_under_a_banner_is_not_pressed(
    page: BrowserPage, site: Site, markup: str
) -> None:
    page.open(site.page(TELL + markup + BANNER))
    before = state(page)
    assert pressed(page) == "covered"
    assert state(page) == before
    assert heard(page) == []


def test_another_control_inside_is_not_taken_for_it(page: BrowserPage, site: Site) -> None:
    inner = "<button id=inner style='width:100%;height:100%'>Delete</button>"
    page.open(site.page(f"{TELL}<div role=switch aria-checked=true aria-label=Train>{inner}</div>"))
    assert pressed(page) == "covered"
    assert heard(page) == []


def test_a_switch_that_lets_the_mouse_through_to_its_row(page: BrowserPage, site: Site) -> None:
    row = "<div role=button tabindex=0 id=row style='width:300px;height:40px' onclick='on()'>"
    page.open(
        site.page(
            f"{TELL}<script>on=()=>s.setAttribute('aria-checked','false')</script>{row}"
            "<span role=switch id=s aria-checked=true aria-label=Train style='pointer-events:none;"
            "display:inline-block;width:50px;height:20px'></span></div>"
        )
    )
    look = page.look()
    if not [one for one in look.nodes if one.role == "switch"]:
        pytest.fail("a switch inside a button is not seen")
    assert pressed(page) == "pressed"
    assert heard(page) == [["click", "row", True]]


def test_a_banner_that_comes_between_looking_and_pressing_is_not_pressed(
    page: BrowserPage, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The banner is put there after the place was tried and before the mouse goes down."""
    page.open(site.page(f"{TELL}{SWITCH}"))
    ref = only(page.look(), "switch").ref
    click = guarded.click
    times = []

    async def late(tab: object, *rest: object) -> str:
        times.append(1)
        banner = f"document.body.insertAdjacentHTML('beforeend', `{BANNER}`)"
        await page._tabs.tab.page.evaluate(banner)
        await page._tabs.tab.page.evaluate("document.querySelector('[style*=fixed]').id = 'over'")
        return await click(tab, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pressing.guarded, "click", late)
    assert page.press(ref) == "covered"
    assert times == [1]
    assert state(page) == "on"
    assert heard(page) == []


def test_a_node_that_is_gone(page: BrowserPage, site: Site) -> None:
    page.open(site.page(f"{TELL}<div id=d>{SWITCH}</div>"))
    ref = only(page.look(), "switch").ref
    asked_of_playwright(page, lambda tab: tab.evaluate("d.innerHTML = d.innerHTML"))
    assert page.press(ref) == "gone"
    assert heard(page) == []
    assert pressed(page) == "pressed"


def test_a_node_that_is_no_longer_shown(page: BrowserPage, site: Site) -> None:
    page.open(site.page(f"{TELL}<div id=d>{SWITCH}</div>"))
    ref = only(page.look(), "switch").ref
    asked_of_playwright(page, lambda tab: tab.evaluate("d.style.display = 'none'"))
    assert page.press(ref) == "gone"


def test_a_node_of_an_earlier_document_is_gone(page: BrowserPage, site: Site) -> None:
    address = site.page(TELL + SWITCH)
    page.open(address)
    ref = only(page.look(), "switch").ref
    page.open(address)
    assert page.press(ref) == "gone"
    assert page.choose(ref, "x") == "gone"
    assert page.crop(ref) == b""
    assert heard(page) == []


def test_a_number_without_its_document_is_nothing(page: BrowserPage, site: Site) -> None:
    """Another process counts its nodes from one again: a node's number alone says nothing."""
    page.open(site.page(TELL + SWITCH, "/one"))
    earlier = only(page.look(), "switch").ref.partition(".")[0]
    site.page(TELL + SWITCH, "/two")
    page.open(site.url("/two", "localhost"))
    number = only(page.look(), "switch").ref.partition(".")[2]
    assert page.press(f"{earlier}.{number}") == "gone"
    assert heard(page) == []


@pytest.mark.parametrize("ref", ["", "x", "1.x", "0.0", "-1.5", "999.999", "0."])
def test_a_ref_that_is_none(page: BrowserPage, site: Site, ref: str) -> None:
    page.open(site.page(SWITCH))
    assert page.press(ref) == "gone"
    assert page.crop(ref) == b""
