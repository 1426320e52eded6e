"""The overview of an owner with everything, against what the command line says of the same home."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard import made
from tests.dashboard.asked import Site, at
from tests.journeys.run import here
from withhold.keep import Store


@pytest.fixture
def ada(tmp_path: Path) -> made.Made:
    """Accounts, archives, sites, letters, observations, looks."""
    return made.make_home(tmp_path / "home")


def settled(site: Site, path: str = "/") -> LexborHTMLParser:
    """The page once nothing of it is being counted any more."""
    for _ in range(200):
        text = site.get(path).text
        if 'http-equiv="refresh"' not in text:
            return LexborHTMLParser(text)
        time.sleep(0.05)
    raise AssertionError("it is counted for ever")


def words(node: Any) -> str:
    return " ".join(node.text(separator=" ").split())


def status(home: Path) -> Any:
    with made.at_home(home):
        return json.loads(here("status", "--format", "json").ok().out)


def test_every_account_and_site_has_a_card_and_the_plans_line_is_the_commands(
    ada: made.Made,
) -> None:
    with at(ada.home) as site:
        page = settled(site)
        found = [one.attributes["href"] for one in page.css("li.card h3 a")]
        own = made.owned(ada.home)
        assert len(found) == len(own["accounts"]) + len(own["sites"])
        assert len(made.ACCOUNTS) == len(own["accounts"])
        assert words(page.css_first(".top-line")) == status(ada.home)["top"]


def test_no_answer_of_the_command_line_is_painted_better_than_it_is(ada: made.Made) -> None:
    """An account of which something is open never has a card without a MAY."""
    open_ = {one["account"] for one in status(ada.home)["accounts"] if one.get("allowed")}
    assert open_
    with at(ada.home) as site:
        cards = {}
        for one in settled(site).css("li.card"):
            href = one.css_first("h3 a").attributes["href"]
            cards[href.partition("key=")[2].replace("%3A", ":")] = one
    for key in open_:
        marks = [words(mark) for mark in cards[key].css(".answers > li > p > .mark")]
        assert marks[0].startswith("MAY"), key


def test_letters_posts_and_the_last_look_are_told(ada: made.Made) -> None:
    with at(ada.home) as site:
        page = settled(site)
        said = words(page.css_first("ul.states"))
        assert ada.sent in said
        with Store.read(ada.home) as store:
            assert f"Posts stored: {store.posts.count()}." in said
        assert "since" in said.lower()
        links = {one.attributes["href"] for one in page.css("ul.states a")}
        assert {"/watch", "/letters", "/posts", f"/letters/case?id={ada.sent}"} <= links


def test_every_button_of_the_overview_leads_somewhere(ada: made.Made) -> None:
    with at(ada.home) as site:
        found = {one.attributes["href"] for one in settled(site).css("main a")}
        for address in sorted(one for one in found if one.startswith("/")):
            assert site.get(address).status_code == 200, address


def test_every_button_of_the_plan_leads_somewhere_and_its_files_are_the_commands(
    ada: made.Made,
) -> None:
    with at(ada.home) as site:
        page = settled(site, "/plan")
        for one in page.css("main a"):
            address = one.attributes["href"]
            if address.startswith("/"):
                assert site.get(address).status_code == 200, address
        saved = site.get("/plan/file?form=md")
        assert saved.headers["content-disposition"] == 'attachment; filename="withhold-plan.md"'
        with made.at_home(ada.home):
            assert saved.text == here("plan", "--format", "md").ok().out


def test_looking_changes_nothing_and_asks_nobody(ada: made.Made) -> None:
    before = Store.stamp(ada.home)
    with at(ada.home) as site:
        settled(site)
        settled(site, "/plan")
        settled(site, "/settings")
        settled(site, "/settings/doctor")
    assert Store.stamp(ada.home) == before
