"""One option of a menu, in one change."""

from __future__ import annotations

import pytest

from tests.browser.conftest import only
from tests.browser.markup import BANNER, TELL, heard
from tests.browser.site import Site
from withhold.reach.browser import BrowserPage

pytestmark = [pytest.mark.system, pytest.mark.matrix]

SELECT = (
    "<label>Who <select id=c onchange=\"fetch('/save',{method:'POST',body:this.value})\">"
    "<option value=a>Everyone<option value=n>Nobody<option value=m>Nobody  else</select></label>"
)


def test_an_option_of_a_native_menu_is_one_change(page: BrowserPage, site: Site) -> None:
    page.open(site.page(TELL + SELECT))
    assert page.choose(only(page.look(), "combobox").ref, "Nobody else") == "pressed"
    page.wait(0.3)
    assert only(page.look(), "combobox").value == "Nobody else"
    assert site.state == "m"
    assert site.written() == [("POST", "/save")]


def test_the_option_that_is_chosen_already_changes_nothing(page: BrowserPage, site: Site) -> None:
    page.open(site.page(TELL + SELECT))
    assert page.choose(only(page.look(), "combobox").ref, "Everyone") == "pressed"
    page.wait(0.2)
    assert site.written() == []
    assert heard(page) == []


@pytest.mark.parametrize("option", ["No", "nobody", ""])
def test_an_option_that_is_not_there(page: BrowserPage, site: Site, option: str) -> None:
    page.open(site.page(TELL + SELECT))
    assert page.choose(only(page.look(), "combobox").ref, option) == "gone"
    assert site.written() == []


def test_a_native_menu_under_a_banner(page: BrowserPage, site: Site) -> None:
    page.open(site.page(SELECT + BANNER))
    assert page.choose(only(page.look(), "combobox").ref, "Nobody") == "covered"
    assert site.written() == []


def test_a_menu_of_the_pages_own_is_opened_and_pressed(page: BrowserPage, site: Site) -> None:
    menu = (
        '<button role=combobox aria-label=Who aria-expanded=false id=c onclick="'
        "setTimeout(()=>{l.hidden=false;c.setAttribute('aria-expanded','true')},300)\">All</button>"
        "<div role=listbox id=l hidden>"
        "<div role=option onclick=\"c.textContent='All';l.hidden=true\">All</div>"
        "<div role=option onclick=\"c.textContent='Nobody';l.hidden=true\">Nobody</div></div>"
    )
    page.open(site.page(TELL + menu))
    assert page.choose(only(page.look(), "combobox").ref, "Nobody") == "pressed"
    assert only(page.look(), "combobox").value == "Nobody"
    assert [one[2] for one in heard(page)] == [True, True]
