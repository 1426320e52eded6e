"""Settings over HTTP: what is changed and undone by buttons, and everything forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard import made
from tests.dashboard.asked import Site, at
from tests.dashboard.test_first import sent, shown
from withhold.keep import Store


@pytest.fixture
def ada(tmp_path: Path) -> made.Made:
    return made.make_home(tmp_path / "home")


def undone(site: Site, went: Any) -> Any:
    """The button beside what was said."""
    page = shown(site, went.headers["location"].partition("#")[0])
    return sent(site, page, "Undo")


def test_an_account_is_removed_and_comes_back_by_its_button(ada: made.Made) -> None:
    before = made.owned(ada.home)["accounts"]
    with at(ada.home) as site:
        went = site.send("/settings/account/remove", key=made.BLOG)
        assert len(made.owned(ada.home)["accounts"]) == len(before) - 1
        undone(site, went)
        flash = shown(site, "/settings").css_first(".flash")
        assert flash.text(strip=True) == "It is as it was before."
        assert not flash.css("form"), "an undo that was pressed is not offered again"
    assert made.owned(ada.home)["accounts"] == before


def test_settings_are_changed_and_undone_by_their_button(ada: made.Made) -> None:
    with at(ada.home) as site:
        page = shown(site, "/settings")
        me = page.css_first("#me")
        assert me.css_first("#name").attributes["value"] == made.NAME
        went = site.send("/settings", part="me", name="Somebody", email="", address="")
        assert made.owned(ada.home)["name"] == "Somebody"
        undone(site, went)
    assert (made.owned(ada.home)["name"], made.owned(ada.home)["email"]) == (made.NAME, made.MAIL)


def test_the_page_speaks_the_language_that_was_saved_whatever_it_spoke_before(
    ada: made.Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    with at(ada.home, lang="") as site:
        for said, shown in (("de", "de"), ("", "en"), ("de", "de")):
            went = site.send("/settings", part="where", place="DE", lang=said)
            page = site.get(went.headers["location"].partition("#")[0])
            assert f'<html lang="{shown}"' in page.text
        site.get("/settings?lang=en")  # by the link above the page
        went = site.send("/settings", part="where", place="DE", lang="de")
        assert '<html lang="de"' in site.get(went.headers["location"].partition("#")[0]).text


def test_a_site_is_added_and_removed_from_the_settings(ada: made.Made) -> None:
    with at(ada.home) as site:
        sent(site, shown(site, "/settings"), "Add a site", add="new.example")
        assert "https://new.example" in [one["url"] for one in made.owned(ada.home)["sites"]]
        form = next(
            one
            for one in shown(site, "/settings").css("form[action='/site/remove']")
            if one.css_first("[name=url]").attributes["value"] == "https://new.example"
        )
        site.send(form.attributes["action"], url="https://new.example")
    assert "https://new.example" not in [one["url"] for one in made.owned(ada.home)["sites"]]


def test_every_page_of_the_settings_answers_and_no_form_lacks_the_word(ada: made.Made) -> None:
    with at(ada.home) as site:
        for path in ("/settings", "/settings/account", f"/settings/account?key={made.BLOG}"):
            page = shown(site, path)
            for form in page.css("form"):
                assert form.css_first("[name=csrf]").attributes["value"] == site.word
            for one in page.css("main a"):
                address = (one.attributes["href"] or "").partition("#")[0]
                if address.startswith("/"):
                    assert site.get(address).status_code == 200, address


def test_an_account_is_forgotten_after_a_page_that_says_what_goes(ada: made.Made) -> None:
    with at(ada.home) as site:
        page = shown(site, f"/settings/forget?what=account&key={made.BLOG}")
        assert "1 account" in page.css_first("main").text()
        went = sent(site, page, "Delete now", sure="yes")
        said = shown(site, went.headers["location"].partition("#")[0])
        assert said.css_first(".flash").text(strip=True).startswith("Forgotten: 1 account,")
        assert not said.css(".flash form"), "it cannot be undone, and no button says so"
    with Store.read(ada.home) as store:
        assert made.BLOG not in store.posts.counts()
        assert store.observations.verify().ok


def test_everything_is_forgotten_and_the_browser_lands_on_the_first_run(ada: made.Made) -> None:
    with at(ada.home) as site:
        page = shown(site, "/settings/forget?what=everything")
        went = sent(site, page, "Delete now", confirm="no")
        assert "type the word" in site.get(went.headers["location"]).text
        assert made.owned(ada.home)["accounts"]
        went = sent(site, page, "Delete now", confirm="forget")
        assert went.headers["location"] == "/first"
        assert "Forgotten: " in site.get("/first").text
        assert site.get("/").headers["location"] == "/first"
        for path in ("/posts", "/letters", "/watch", "/evidence", "/settings"):
            text = LexborHTMLParser(site.get(path).text).css_first("main").text()
            assert made.NAME not in text, path
            assert "paintings" not in text, path
    owned = made.owned(ada.home)
    assert (owned["accounts"], owned["sites"], owned["name"], owned["seen"]) == ([], [], "", [])
    for one in ada.home.rglob("*"):
        if one.is_file():
            assert made.MAIL.encode() not in one.read_bytes(), one
