"""Reference pages: who is who, what governs what, and questions that are asked again."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from protego import Protego

from tests.unit.faces.guide.rendered import HTMLParser, text
from withhold.catalog.load import Knowledge, default_root
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.reference import asked, readable
from withhold.may_train import may_train
from withhold.words import Account, Content, Observation, Statement

WHEN = date(2024, 7, 1)


@pytest.fixture
def edition(acme: Knowledge, acme_root: Path) -> Edition:
    return Edition("en", WHEN, acme, acme_root)


def page(found: dict[str, bytes], path: str) -> HTMLParser:
    return HTMLParser(found[f"{path}index.html"].decode("utf-8"))


def links(found: dict[str, bytes], path: str) -> set[str]:
    return {one.attributes["href"] or "" for one in page(found, path).css("main a")}


def test_a_company_names_what_is_its_own(clean: dict[str, bytes]) -> None:
    there = links(clean, "companies/scrapeco/")
    assert {"../../crawlers/scrapebot/", "../../crawlers/scrape-extended/"} <= there
    assert "../../crawlers/otherbot/" not in there
    assert "../../facts/company-scrapeco/scrape/" in there
    assert "../../companies/partner/" in there, "the company it belongs to"
    assert "../../companies/scrapeco/" in links(clean, "companies/partner/")
    assert "../../facts/acme/partner-trains/" in links(clean, "companies/partner/")
    assert "../../platforms/acme/" in links(clean, "companies/acme/")


def test_what_is_not_known_of_a_company_is_said(clean: dict[str, bytes]) -> None:
    said = text(clean, "companies/anyone/index.html")
    assert "Nothing is known here of what it does with the open web." in said
    assert "No product token is known" in said


@pytest.mark.parametrize("token", ["ScrapeBot", "OtherBot", "Scrape-Extended"])
def test_the_lines_for_robots_txt_refuse_that_token_and_no_other(
    clean: dict[str, bytes], token: str
) -> None:
    """Read by Protego: the lines can be copied as they stand."""
    lines = page(clean, f"crawlers/{token.lower()}/").css_first("pre").text()
    rules = Protego.parse(lines)
    assert not rules.can_fetch("https://me.example/art/1", token)
    assert rules.can_fetch("https://me.example/art/1", "Somebody")


def test_a_control_token_and_its_fetcher_name_each_other(clean: dict[str, bytes]) -> None:
    assert "../../crawlers/scrapebot/" in links(clean, "crawlers/scrape-extended/")
    assert "../../crawlers/scrape-extended/" in links(clean, "crawlers/scrapebot/")
    assert "../../facts/company-scrapeco/scrape/" in links(clean, "crawlers/scrapebot/")
    assert "https://partner.example/bot" in text(clean, "crawlers/otherbot/index.html")


def test_a_law_names_what_it_forbids_and_where(clean: dict[str, bytes]) -> None:
    there = links(clean, "laws/act/")
    assert {"../../facts/acme/train/", "../../facts/company-scrapeco/scrape/"} <= there
    assert "European Union" in text(clean, "laws/act/index.html")


@pytest.mark.parametrize(("lang", "under"), [("en", ""), ("de", "deutsch/")])
def test_every_reason_that_has_a_sentence_has_a_page(
    clean: dict[str, bytes], lang: str, under: str
) -> None:
    file = default_root() / "reasons" / f"{lang}.toml"
    codes = set(tomllib.loads(file.read_text(encoding="utf-8"))["reason"])
    there = {path.split("/")[-2] for path in clean if path.startswith(f"{under}reasons/")}
    assert there - {"reasons"} == codes
    assert links(clean, f"{under}reasons/") == {f"../reasons/{one}/" for one in codes}


def test_a_reason_leads_to_places_where_it_is_met(clean: dict[str, bytes]) -> None:
    assert "../../de/acme/" in links(clean, "reasons/law-forbids/")
    assert "No answer about a platform has it today" in text(
        clean, "reasons/request-refused/index.html"
    )


def test_gaps_of_a_sentence_are_shown_as_gaps(edition: Edition) -> None:
    said = readable("{name} says so since {since}.", edition)
    assert "{" not in said
    assert said.count("[") == said.count("]") == 2


# Questions of a claim -------------------------------------------------------------------------


def test_a_claim_is_asked_for_its_day_and_for_today(edition: Edition, acme: Knowledge) -> None:
    """The switch was off the day before; the site's robots.txt refuses the fetcher."""
    platform, site = asked(acme.claims["it-is-said"], edition)
    said, now = date(2024, 3, 1), WHEN
    off = Observation(
        control="acme/switch", value="off", on=date(2024, 2, 29), how="told", account="acme"
    )
    content = Content(audience="public", account=Account(platform="acme", audience="public"))
    for found, day in ((platform.then, said), (platform.now, now)):
        expected = may_train("acme", content, "DE", day, acme, (off,))
        assert (found.answer, found.strength) == (expected.answer, expected.strength)
    assert platform.then.answer == "disallowed"
    page_ = Content(kind="page", site="me.example")
    for found, day in ((site.then, said), (site.now, now)):
        said_to = [  # what refuses the fetcher refuses what is made of its copies
            Statement(token=token, allowed=False, site="me.example", on=day, line=2)
            for token in ("ScrapeBot", "Scrape-Extended")
        ]
        expected = may_train("scrapeco", page_, "US", day, acme, said_to)
        assert (found.answer, found.strength) == (expected.answer, expected.strength)
        assert (found.where, found.when) == ("US", day)
    assert site.now.answer == "disallowed"


def test_without_a_day_it_is_asked_for_today(edition: Edition, acme: Knowledge) -> None:
    claim = replace(acme.claims["it-is-said"], said_on=None)
    for one in asked(claim, edition):
        assert one.then == one.now


def test_the_page_of_a_claim_shows_both_days(clean: dict[str, bytes]) -> None:
    table = page(clean, "claims/it-is-said/").css_first("table")
    days = [one.attributes["datetime"] for one in table.css("thead time")]
    assert days == ["2024-03-01", "2024-07-01"]
    assert len(table.css("tbody tr")) == 2
