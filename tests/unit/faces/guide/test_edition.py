"""One language of the guide: days, numbers, names and addresses as a reader of it writes them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from tests.unit import made
from withhold.catalog.load import default_root
from withhold.errors import MissingExtra
from withhold.faces.guide import edition as module
from withhold.faces.guide.edition import Edition, plain_letters, translations, upper_first

ROOT = default_root()


def edition(lang: str = "en", *platforms: object) -> Edition:
    return Edition(lang, made.WHEN, made.knowledge(*platforms), ROOT)  # type: ignore[arg-type]


EN, DE = edition("en"), edition("de")


@pytest.mark.parametrize(
    ("day", "english", "german"),
    [
        (date(2026, 11, 25), "25 November 2026", "25. November 2026"),
        (date(2024, 3, 1), "1 March 2024", "1. März 2024"),
        (date(2024, 5, 9), "9 May 2024", "9. Mai 2024"),
    ],
)
def test_a_day_is_written_so_that_nobody_mistakes_the_month(
    day: date, english: str, german: str
) -> None:
    assert (EN.day(day), DE.day(day)) == (english, german)


def test_numbers_have_the_separators_of_the_language() -> None:
    assert (EN.number(12345), DE.number(12345)) == ("12,345", "12.345")
    assert (EN.number(7), DE.number(0)) == ("7", "0")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("since 2024-03-01 on", "since 1 March 2024 on"),
        ("2024-03-01 to 2024-05-09", "1 March 2024 to 9 May 2024"),
        ("2024-13-45 is no day", "2024-13-45 is no day"),
        ("2023-02-29 neither", "2023-02-29 neither"),
        ("order 12024-03-011", "order 12024-03-011"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_days_inside_a_text_become_readable(text: str, read: str) -> None:
    assert EN.plain_dates(text) == read
    tree = LexborHTMLParser(f"<body><p>{EN.dated(text)}</p>")
    assert tree.css_first("p").text() == read
    for one in tree.css("time"):
        assert EN.day(date.fromisoformat(one.attributes["datetime"] or "")) == one.text()


@given(st.text(alphabet="<>&\"'a1- 2024:/", max_size=40))
def test_a_dated_text_is_never_markup(text: str) -> None:
    tree = LexborHTMLParser(f"<body><p>{EN.dated(text)}</p>")
    assert {one.tag for one in tree.css("p *")} <= {"time"}
    if "time" not in {one.tag for one in tree.css("p *")}:
        assert tree.css_first("p").text() == text


@given(st.text(max_size=40) | st.sampled_from(["https://a.example/\"onclick='x'", "data:,x"]))
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    for given_ in (address, f"javascript:{address}", f"https://a.example/{address}"):
        tree = LexborHTMLParser(f"<body><p>{EN.link(given_)}</p>")
        for one in tree.css("a"):
            assert re.match(r"(https?://|mailto:)", one.attributes["href"] or "")
            assert one.attributes["rel"] == "noopener noreferrer"
            assert set(one.attributes) == {"href", "rel"}
        assert {one.tag for one in tree.css("p *")} <= {"a"}
    assert EN.link("mailto:a@b.example").startswith("<a ")


@pytest.mark.parametrize(
    ("fact", "english", "german"),
    [
        ({"en": "yes", "de": "ja"}, "yes", "ja"),
        ({"en": "yes"}, "yes", "yes"),
        ({}, "", ""),
        ("as it is", "as it is", "as it is"),
    ],
)
def test_a_text_falls_back_to_english(
    fact: dict[str, str] | str, english: str, german: str
) -> None:
    assert (EN.text(fact), DE.text(fact)) == (english, german)


@pytest.mark.parametrize(
    ("lang", "name"),
    [("en", "English"), ("de", "Deutsch"), ("fr", "français"), ("ja", "日本語"), ("xx", "xx"),
     ("", ""), ("not a tag", "not a tag")],
)  # fmt: skip
def test_a_language_by_its_own_name(lang: str, name: str) -> None:
    assert EN.native(lang) == name


def test_places_are_sorted_as_they_are_read() -> None:
    known = made.knowledge()
    known.places.names.update({"AT": {"en": "Austria", "de": "Österreich"}})
    german = Edition("de", made.WHEN, known, ROOT)
    names = [name for _, name in german.sorted_places(["GB", "AT", "DE", "US-PA"])]
    assert names == ["Deutschland", "Österreich", "Pennsylvania", "Vereinigtes Königreich"]
    assert plain_letters("Ångström") == "angstrom"
    assert plain_letters("日本") == "日本", "what has no plain letters stays"


def test_where_a_fact_holds() -> None:
    practice = made.practice(places=["WORLD"], not_places=["EU", "GB"])
    said = EN.where(practice)
    assert said.startswith("everywhere")
    assert "European Union, United Kingdom" in said
    assert EN.where(made.practice(places=["DE", "FR"])) == "Germany, France"
    assert EN.where(made.law(places=["EU"])) == "European Union"


@pytest.mark.parametrize(
    ("text", "expected"), [("as a phrase", "As a phrase"), ("", ""), ("Already", "Already")]
)
def test_a_phrase_as_a_sentence(text: str, expected: str) -> None:
    assert upper_first(escape(text)) == expected


def test_of_english_the_messages_are_the_templates_own_words() -> None:
    assert EN.say("%(count)s platforms", count=3) == "3 platforms"
    assert EN.say("100 % of it") == "100 % of it"


def test_a_language_without_a_catalogue_is_no_language() -> None:
    with pytest.raises(FileNotFoundError):
        translations("tlh")


def test_without_babel_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "babel", None)
    with pytest.raises(MissingExtra) as raised:
        _ = edition().pages
    assert raised.value.tip == 'pip install "withhold[guide]"'


def test_every_language_has_a_folder_that_is_no_place(knowledge: object) -> None:
    """``de/`` is Germany, so German pages stand elsewhere."""
    from withhold.catalog.load import load
    from withhold.verbs.compare import all_places
    from withhold.words import LANGS

    taken = {code.lower() for code in all_places(load(platforms=[]).places)}
    assert set(module.FOLDERS) == set(LANGS)
    assert not {one.rstrip("/") for one in module.FOLDERS.values()} & taken
    assert (Path(str(module.HERE)) / "locale" / "de.po").is_file()
