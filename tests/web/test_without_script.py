"""Without script nothing is lost but ticking: the same lists stand on plain pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Opened
from tests.web.lists import Person, expected, on_a_plain_page
from withhold.catalog.load import Knowledge

pytestmark = pytest.mark.long

WAYS = [
    ("", "us-pa/", "linkedin"),
    ("", "us-pa/", "instagram"),
    ("", "de/", "instagram"),
    ("", "de/", "facebook"),
    ("", "jp/", "tumblr"),
    ("deutsch/", "de/", "instagram"),
    ("deutsch/", "us-pa/", "linkedin"),
    ("deutsch/", "gb/", "x"),
]


@pytest.fixture
def plain(opened: Opened) -> Any:
    """A page in a browser whose script is off."""
    return opened(width=360, script=False)


def follow(page: Any, path: str) -> None:
    """The link to a page of the guide, clicked."""
    paths = page.locator("main a").evaluate_all("all => all.map(one => one.pathname)")
    page.locator("main a").nth(paths.index(path)).click()


@pytest.mark.parametrize(("folder", "place", "platform"), WAYS)
def test_by_links_alone_to_the_same_list(
    plain: Any, tmp_path: Path, knowledge: Knowledge, folder: str, place: str, platform: str
) -> None:
    page = plain.open(folder)
    for path in ("places/", place, f"{place}{platform}/"):
        follow(page, f"/{folder}{path}")
    assert page.url == f"{plain.base}{folder}{place}{platform}/"
    person = Person(place.strip("/").upper(), (platform,), "de" if folder else "en")
    wanted = expected(person, tmp_path, knowledge)
    found = on_a_plain_page(page.content(), person.lang)
    assert found == wanted
    assert wanted["steps"] or wanted["no_control"]


def test_by_platform_too(plain: Any) -> None:
    page = plain.open()
    follow(page, "/platforms/")
    follow(page, "/platforms/linkedin/")
    follow(page, "/at/linkedin/")  # of each column the first three places have a link
    assert page.locator("ol.steps > .step").count() > 0


@pytest.mark.parametrize("path", ["", "deutsch/", "search/", "us-pa/", "us-pa/linkedin/"])
def test_nothing_waits_and_nothing_is_dead(plain: Any, path: str) -> None:
    page = plain.open(path)
    for dead in ("button", "input", "select", "form", "#list", "#load", "[role=alert]"):
        for one in page.locator(dead).all():
            assert not one.is_visible(), dead
    said = page.locator("body").inner_text().lower()
    assert "loading" not in said
    assert "wird geladen" not in said
    assert len(said) > 300


@pytest.mark.parametrize(("path", "words"), [("", "ticking"), ("deutsch/", "")])
def test_the_front_page_says_what_is_lost(plain: Any, path: str, words: str) -> None:
    page = plain.open(path)
    assert words in page.locator("noscript").inner_text()
    assert page.locator("noscript").inner_text().strip()
    assert page.locator(".plainly a").count() == 2


@pytest.mark.parametrize("folder", ["", "deutsch/"])
def test_the_search_page_lists_everything(plain: Any, built: Path, folder: str) -> None:
    """All that the index knows but single facts and places, which have lists of their own."""
    page = plain.open(f"{folder}search/")
    links = page.locator("#everything a")
    seen = links.evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.pathname)"
    )
    paths = {str(one).removeprefix(f"/{folder}").strip("/") for one in seen}
    index = json.loads((built / folder / "search.json").read_text(encoding="utf-8"))
    slugs = {path.strip("/") for path, *_ in index}
    places = {slug for slug in slugs if "/" not in slug and len(slug) in (2, 5, 6)}
    missing = {one for one in slugs - paths - places if not one.startswith("facts/")}
    assert missing <= {"data"}
    assert len(paths) > 150
