"""The front page, the search and the data page: what the script reads is whole and right."""

from __future__ import annotations

import json
import posixpath

import pytest

from tests.unit.faces.guide.rendered import HTMLParser, text
from withhold.catalog.load import Knowledge
from withhold.verbs.compare import alike

LANGS = {"en": "", "de": "deutsch/"}


def front(found: dict[str, bytes], lang: str = "en") -> HTMLParser:
    return HTMLParser(found[f"{LANGS[lang]}index.html"].decode("utf-8"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_can_be_chosen_and_carries_the_number_of_its_group(
    clean: dict[str, bytes], acme: Knowledge, lang: str
) -> None:
    options = front(clean, lang).css("#place option[data-alike]")
    number = {code: n for n, group in enumerate(alike(acme)) for code in group}
    given = {o.attributes["value"]: int(o.attributes["data-alike"] or -1) for o in options}
    assert given == number
    assert len(options) == len(given)


def test_states_stand_under_their_country(clean: dict[str, bytes]) -> None:
    groups = {
        one.attributes["label"]: [each.text() for each in one.css("option")]
        for one in front(clean, "de").css("#place optgroup")
    }
    assert list(groups.values()) == [
        ["Deutschland", "Frankreich", "Vereinigte Staaten", "Vereinigtes Königreich"],
        ["Pennsylvania"],
    ]
    assert list(groups)[1] == "Vereinigte Staaten"


def test_every_platform_can_be_ticked(clean: dict[str, bytes]) -> None:
    boxes = front(clean).css("input[name=platform]")
    assert [one.attributes["value"] for one in boxes] == ["acme"]


def test_what_the_script_says_is_there_in_both_languages(clean: dict[str, bytes]) -> None:
    words = {
        lang: json.loads(front(clean, lang).css_first("#list").attributes["data-words"] or "")
        for lang in LANGS
    }
    assert set(words["en"]) == set(words["de"])
    for name, said in words["en"].items():
        gaps = {one.partition("}")[0] for one in said.split("{")[1:]}
        german = {one.partition("}")[0] for one in words["de"][name].split("{")[1:]}
        assert gaps == german, name
        assert said


def test_the_day_and_the_names_are_there_for_it(clean: dict[str, bytes]) -> None:
    section = front(clean).css_first("#list")
    assert section.attributes["data-built"] == "2024-07-01"
    assert json.loads(section.attributes["data-names"] or "") == {"acme": "Acme"}


@pytest.mark.parametrize("lang", LANGS)
def test_everything_the_search_finds_has_a_page(clean: dict[str, bytes], lang: str) -> None:
    found = json.loads(clean[f"{LANGS[lang]}search.json"])
    paths = [one[0] for one in found]
    assert len(paths) == len(set(paths))
    for path, title, kind, _ in found:
        assert posixpath.join(LANGS[lang] + path, "index.html") in clean, path
        assert title, path
        assert kind, path


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("Old Acme", "platforms/acme/"),
        ("Help Acme", "platforms/acme/"),
        ("Scrape Bot/2", "crawlers/scrapebot/"),
        ("Scrape-Extended", "companies/scrapeco/"),
        ("acme/switch-2023", "facts/acme/switch-2023/"),
        ("Act, s. 1", "laws/act/"),
        ("robots-txt", "signals/robots-txt/"),
    ],
)
def test_other_words_lead_to_a_page(clean: dict[str, bytes], word: str, path: str) -> None:
    hits = [one[0] for one in json.loads(clean["search.json"]) if word in one[3]]
    assert path in hits


def test_without_script_the_same_stands_in_lists(clean: dict[str, bytes]) -> None:
    page = HTMLParser(clean["search/index.html"].decode("utf-8"))
    listed = {one.attributes["href"] for one in page.css("#everything a")}
    for path in ("platforms/acme/", "companies/scrapeco/", "crawlers/otherbot/", "laws/act/"):
        assert f"../{path}" in listed


@pytest.mark.parametrize("lang", LANGS)
def test_the_data_page_names_every_file_and_its_fields(clean: dict[str, bytes], lang: str) -> None:
    page = HTMLParser(clean[f"{LANGS[lang]}data/index.html"].decode("utf-8"))
    tables = {path for path in clean if path.startswith("data/") and path.endswith(".csv")}
    linked = {
        posixpath.normpath(posixpath.join(LANGS[lang], "data", one.attributes["href"] or ""))
        for one in page.css("main a[href$='.csv']")
    }
    assert linked == tables
    for path in tables:
        head = clean[path].decode("utf-8").splitlines()[0].split(",")
        name = path.removeprefix("data/")
        table = page.css_first(f"[aria-label='{name}'] table")
        assert [one.text() for one in table.css("tbody th")] == head, name


def test_the_page_for_lost_ways_offers_a_way(clean: dict[str, bytes]) -> None:
    assert "Nothing stands at this address." in text(clean, "404.html")
    page = HTMLParser(clean["404.html"].decode("utf-8"))
    assert [one.attributes["href"] for one in page.css("main a")] == ["/search/", "/"]
