"""The account's pages over HTTP: asked for, sent, gone back to, loaded anew."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import Site, at
from tests.dashboard.made import ACCOUNTS, at_home, make_home
from tests.journeys.run import here
from tests.replicas import browsers, described
from tests.replicas.saved import opened, saved
from tests.replicas.variants import BY_ID
from withhold.faces.guide.days import plain
from withhold.keep import Store
from withhold.words import Account

LINKEDIN = "/account/step?key=linkedin&control=ai-training-toggle"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home").home


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with at(home) as found:
        yield found


def read(answer: Any) -> str:
    body = LexborHTMLParser(answer.text).css_first("main")
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def seen_of(home: Path, control: str) -> list[tuple[str, str, str]]:
    with Store.read(home) as store:
        return [
            (one.value, one.how, str(one.on))
            for one in store.observations.all()
            if one.control == control
        ]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_account_has_its_page_and_every_setting_of_it(site: Site, lang: str) -> None:
    settings = 0
    for key in ACCOUNTS:
        answer = site.get("/account", params={"key": key, "lang": lang})
        assert answer.status_code == 200, key
        page = LexborHTMLParser(answer.text)
        assert len(page.css("h1")) == 1
        assert page.css("section.said details"), key
        assert page.css("section.covers-not li")
        for one in page.css("li.step > p:last-of-type > a"):
            address = one.attributes["href"]
            assert address is not None
            assert site.get(address).status_code == 200, address
            settings += 1
    assert settings >= 12


def test_done_goes_on_to_the_page_says_so_once_and_reload_repeats_nothing(
    site: Site, home: Path
) -> None:
    before = seen_of(home, "x/grok-toggle")
    sent = site.send(
        "/account/done", key="x:ada", control="grok-toggle", on="2026-11-02", state="off"
    )
    assert sent.status_code == 303
    there = sent.headers["location"]
    assert there == "/account/step?key=x%3Aada&control=grok-toggle"
    first = read(site.get(there))
    assert "Written down: off since 2026-11-02, by your word." in first
    assert "Written down" not in read(site.get(there))
    assert seen_of(home, "x/grok-toggle") == [*before, ("off", "told", "2026-11-02")]
    assert site.get("/account/done").headers["location"] == "/", "who opens it is led on"


def test_undo_beside_what_was_said_takes_it_back(site: Site, home: Path) -> None:
    before = seen_of(home, "x/grok-toggle")
    sent = site.send(
        "/account/done", key="x:ada", control="grok-toggle", on="2026-11-02", state="off"
    )
    form = LexborHTMLParser(site.get(sent.headers["location"]).text).css_first(".flash form")
    fields = {
        str(one.attributes["name"]): one.attributes["value"]
        for one in form.css("input[type=hidden]")
    }
    back = site.client.post(str(form.attributes["action"]), data=fields)
    assert back.status_code == 303
    assert seen_of(home, "x/grok-toggle") == before
    again = site.client.post(str(form.attributes["action"]), data=fields)
    assert again.status_code == 404
    assert "may have been forgotten already" in read(again)


def test_a_form_of_another_page_is_refused(site: Site, home: Path) -> None:
    before = seen_of(home, "x/grok-toggle")
    sent = site.send(
        "/account/done", word="no", key="x:ada", control="grok-toggle", on="2026-11-02"
    )
    assert sent.status_code == 403
    assert seen_of(home, "x/grok-toggle") == before


def test_names_with_slashes_and_right_to_left_letters_have_their_pages(
    site: Site, home: Path
) -> None:
    odd = Account(platform="tumblr", name="../سلام/<b>&x=1", audience="public")
    with Store.open(home) as store:
        store.own.add_account(odd, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    answer = site.get("/account", params={"key": odd.key})
    assert answer.status_code == 200
    page = LexborHTMLParser(answer.text)
    assert page.css("main b:not(:only-child) script, main h1 b") == []
    assert "سلام/<b>&x=1" in page.css_first("h1").text()
    step = next(one.attributes["href"] for one in page.css("li.step > p:last-of-type > a"))
    assert step is not None
    assert site.get(step).status_code == 200


def test_an_account_that_is_none_of_yours_is_a_page_that_says_so(site: Site) -> None:
    answer = site.get("/account?key=myspace")
    assert answer.status_code == 404
    assert "You have no account “myspace” here." in read(answer)


@pytest.mark.parametrize("key", ACCOUNTS)
def test_the_page_and_the_command_say_the_same(site: Site, home: Path, key: str) -> None:
    with at_home(home):
        told = json.loads(here("check", key, "--format", "json").ok().out)["verdicts"]
    page = LexborHTMLParser(site.get("/account", params={"key": key}).text)
    said = {"allowed": "MAY", "disallowed": "NO, ", "unknown": "NOT KNOWN"}
    marks = {" ".join(one.text().split()) for one in page.css("section.said > h4 .mark")}
    assert {mark[:4] for mark in marks} == {said[one["answer"]][:4] for one in told}
    shown = [one.text().casefold() for one in page.css("section.said > p.headline")]
    for one in told:
        headline = plain(one["headline"], "en").casefold()
        assert any(each.startswith(f"{headline}.") for each in shown), headline


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """LinkedIn's setting as a browser saves the replica of it: switched off, and on."""
    if browsers.program() is None:
        pytest.skip("needs Chromium")
    folder = tmp_path_factory.mktemp("saved")
    with opened(folder) as (page, served):
        replica = described.replica("linkedin-ai-training-toggle")
        return {
            name: saved(page, served, replica, BY_ID["base"], wanted=wanted).mhtml
            for name, wanted in (("off", True), ("on", False))
        }


def test_a_saved_page_counts_as_shown_and_one_that_shows_it_on_again_says_it_flipped(
    site: Site, home: Path, pages: dict[str, bytes]
) -> None:
    with Store.open(home) as store:
        mine = Account(platform="linkedin", name="Mara Kowalski", audience="public")
        store.own.add_account(mine, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    form = {"key": mine.key, "control": "ai-training-toggle"}

    def drop(name: str) -> str:
        sent = site.send("/account/page", files={"page": ("s.mhtml", pages[name])}, **form)
        assert sent.status_code == 303, read(sent)
        return read(site.get(sent.headers["location"]))

    assert "No, as the saved page shows it" in drop("off")
    kept = [one for one in seen_of(home, "linkedin/ai-training-toggle") if one[1] == "shown"]
    assert [one[:2] for one in kept] == [("off", "shown")]
    assert "NO, shown" in read(site.get("/account", params={"key": mine.key}))
    assert "Flipped back: it read OFF" in drop("on")
    assert "NO, shown" not in read(site.get("/account", params={"key": mine.key}))
    assert list((home / "uploads").iterdir()) == []
