"""What changed: only what has a day of its own is news, and a person hears what is not theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest

from tests.unit import made
from tests.unit.faces.guide.rendered import HTMLParser
from withhold.catalog.load import default_root
from withhold.faces.guide.changed import dated, elsewhere, feed, page, page_of
from withhold.faces.guide.edition import Edition
from withhold.verbs.changes import Change

DAY = date(2024, 2, 1)


def change(**more: Any) -> Change:
    usual = {
        "on": DAY,
        "code": "training-starts",
        "effect": "worse",
        "platform": "acme",
        "actor": "acme",
        "thing": "train",
        "what": {"en": "It trains.", "de": "Es trainiert."},
        "sources": (made.source(seen=DAY),),
        "rests_on": "platforms/acme.toml#train",
        "use": "train-ai",
    }
    return Change(**(usual | more))


def edition(url: str = "", lang: str = "en") -> Edition:
    return Edition(lang, made.WHEN, made.knowledge(), default_root(), url)


@pytest.mark.parametrize(
    ("rests_on", "leads"),
    [
        ("platforms/acme.toml#train", "facts/acme/train/"),
        ("history/acme.toml#before", "facts/acme/before/"),
        ("laws/act.toml", "laws/act/"),
        ("an observation", "changes/"),
        ("", "changes/"),
    ],
)
def test_a_change_leads_to_what_it_rests_on(rests_on: str, leads: str) -> None:
    assert page_of(change(rests_on=rests_on)) == leads


def test_what_a_source_merely_shows_is_no_news_unless_it_follows_on_something() -> None:
    shown = change(precision="known")
    followed = change(precision="known", before={"en": "It did not."})
    assert dated([change(), shown, followed]) == [change(), followed]


def test_the_page_groups_by_year_and_says_how_many_have_no_day() -> None:
    given = [
        change(on=date(2024, 2, 1)),
        change(on=date(2023, 5, 1)),
        change(on=date(2023, 1, 1)),
        change(precision="known"),
    ]
    values = page(given, edition()).values
    assert [(year, len(these)) for year, these in values["rows"]] == [(2024, 1), (2023, 2)]
    assert values["undated"] == 1


def test_without_any_change_there_is_a_page_all_the_same() -> None:
    empty = page([], edition())
    assert (empty.path, empty.values["rows"], empty.card.lines) == ("changes/", [], ("",))


def test_elsewhere_is_what_does_not_hold_here() -> None:
    here = change(thing="a", places=("EU",))
    world = change(thing="b")
    but_here = change(thing="c", not_places=("EU",))
    no_platform = change(thing="d", platform="", places=("US",))
    found = elsewhere([here, world, but_here, no_platform], "DE", edition())
    assert [one.thing for one in found] == ["c"]
    found = elsewhere([here, world, but_here, no_platform], "US", edition())
    assert [one.thing for one in found] == ["a"]


def test_at_most_eight_stand_on_the_page_of_a_place_the_newest() -> None:
    many = [change(on=DAY - timedelta(days=n), places=("EU",)) for n in range(20)]
    assert elsewhere(many, "US", edition()) == many[:8]


@pytest.mark.parametrize(("lang", "under"), [("en", ""), ("de", "deutsch/")])
def test_the_feed_stands_beside_the_page_and_leads_to_facts(lang: str, under: str) -> None:
    given = [change(), change(precision="known", thing="shown")]
    path, body = feed(given, edition("https://guide.example/ai/", lang))
    assert path == f"{under}changes/feed.xml"
    read = feedparser.parse(body)
    assert not read.bozo
    assert [one.link for one in read.entries] == [
        f"https://guide.example/ai/{under}facts/acme/train/"
    ]
    itself = [one.href for one in read.feed.links if one.rel == "self"]
    assert itself == [f"https://guide.example/ai/{under}changes/feed.xml"]


def test_without_an_address_its_links_are_relative_to_itself() -> None:
    _, body = feed([change()], edition())
    links = re.findall(r'<link rel="(\w+)" href="([^"]*)"', body.decode("utf-8"))
    assert ("self", "feed.xml") in links
    assert ("alternate", "../facts/acme/train/") in links


# On the made-up guide -------------------------------------------------------------------------


def test_the_page_tells_what_happened_with_its_day_and_grade(clean: dict[str, bytes]) -> None:
    here = HTMLParser(clean["changes/index.html"].decode("utf-8"))
    told = [
        (
            one.css_first("time").attributes["datetime"],
            one.attributes["class"],
            one.css_first("a").attributes["href"],
        )
        for one in here.css("ul.changes li")
    ]
    assert told == [
        ("2024-03-01", "unclear", "../facts/acme/switch/"),  # other words on the switch
        ("2024-02-01", "unclear", "../facts/acme/switch-2023/"),
        ("2024-02-01", "worse", "../facts/acme/train/"),  # everywhere but in Germany
        ("2024-01-01", "better", "../laws/act/"),
        ("2024-01-01", "worse", "../facts/acme/train/"),  # announced
    ]


def test_a_place_hears_what_changed_for_others(clean: dict[str, bytes]) -> None:
    """The law forbids it in Germany alone, so France hears of it as something elsewhere."""
    heads = {
        place: [
            one.text()
            for one in HTMLParser(clean[f"{place}/index.html"].decode("utf-8")).css("main h2")
        ]
        for place in ("fr", "de")
    }
    assert "Changed elsewhere, not here" in heads["fr"]
    assert "Changed elsewhere, not here" not in heads["de"]
