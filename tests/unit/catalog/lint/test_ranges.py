"""A list of addresses that holds has no finding; each slip of the pen has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from tests.unit.catalog.test_ranges import LIST, put


@pytest.mark.parametrize(
    "prefixes",
    [
        '["20.171.206.0/24"]',
        '["4.1.2.3/32", "20.0.0.0/8", "2600:1f28:365:8000::/56", "2a03:2880::/32"]',
    ],
)
def test_a_list_that_holds_has_no_finding(made_root: Path, prefixes: str) -> None:
    put(made_root, LIST.replace('["20.171.206.0/24"]', prefixes))
    assert found(made_root) == []


@pytest.mark.parametrize(
    ("prefixes", "said"),
    [
        ('["20.171.206.1/24"]', "20.171.206.1/24 has host bits set"),
        ('["20.171.206.0/33"]', "does not appear to be an IPv4 or IPv6 network"),
        ('["crawl.example"]', "does not appear to be an IPv4 or IPv6 network"),
        ('["20.171.206.7"]', "20.171.206.7: written as 20.171.206.7/32"),
        ('["2A03:2880::/32"]', "2A03:2880::/32: written as 2a03:2880::/32"),
        ('["10.1.0.0/16"]', "10.1.0.0/16: private, reserved or multicast"),
        ('["127.0.0.1/32"]', "127.0.0.1/32: private, reserved or multicast"),
        ('["203.0.113.0/24"]', "203.0.113.0/24: private, reserved or multicast"),
        ('["224.0.1.0/24"]', "224.0.1.0/24: private, reserved or multicast"),
        ('["fd00::/48"]', "fd00::/48: private, reserved or multicast"),
        ('["2001:db8::/32"]', "2001:db8::/32: private, reserved or multicast"),
        ('["0.0.0.0/0"]', "0.0.0.0/0: wider than any crawler's network"),
        ('["20.0.0.0/7"]', "20.0.0.0/7: wider than any crawler's network"),
        ('["2600::/12"]', "2600::/12: wider than any crawler's network"),
        ('["20.1.2.0/24", "20.1.2.0/24"]', "20.1.2.0/24: twice, or not sorted"),
        ('["20.1.2.0/24", "4.1.2.0/24"]', "4.1.2.0/24: twice, or not sorted"),
        ('["2a03:2880::/32", "4.1.2.0/24"]', "4.1.2.0/24: twice, or not sorted"),
        ('["20.1.0.0/16", "20.1.2.0/24"]', "20.1.2.0/24: 20.1.0.0/16 holds it already"),
        ("[]", "neither prefixes nor names"),
    ],
)
def test_a_prefix_that_nobody_could_route(made_root: Path, prefixes: str, said: str) -> None:
    put(made_root, LIST.replace('["20.171.206.0/24"]', prefixes))
    findings = found(made_root)
    assert len(findings) == 1 or said.startswith("0.0.0.0/0"), findings
    assert said in findings[-1]
    assert findings[-1].startswith("ranges/scrapebot.toml:7: prefixes: ")
    assert findings[-1].endswith(" [ranges]")


def test_each_that_a_wider_one_holds_is_named(made_root: Path) -> None:
    prefixes = '["20.1.0.0/16", "20.1.2.0/24", "20.1.3.0/24", "20.2.0.0/24"]'
    put(made_root, LIST.replace('["20.171.206.0/24"]', prefixes))
    assert [one.split(": ")[2] for one in found(made_root)] == ["20.1.2.0/24", "20.1.3.0/24"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["ScrapeBot"]', "[]", "for no crawler: name the fetchers"),
        ('["ScrapeBot"]', '["scrapebot"]', "unknown token 'scrapebot'"),
        ('["ScrapeBot"]', '["Scrape-Extended"]', "is a control token, which never fetches"),
        ('["ScrapeBot"]', '["ScrapeBot", "ScrapeBot"]', "stands in scrapebot already"),
        ('"scrapeco"', '"nobody"', "unknown actor 'nobody'"),
        ('"scrapeco"', '"acme"', "ScrapeBot is of scrapeco, not of acme"),
        ('at = "https', 'at = "ftp', "published_at: expected a web address"),
        ('url = "https', 'url = "ftp', "url: expected a web address"),
        ("01\nprefixes", "02\nprefixes", "2024-05-02 is the day of no source"),
        ("2024-05-01", "2999-05-01", "seen 2999-05-01 lies in the future"),
        ("[source.list]", 'names = ["bot.example."]\n[source.list]', "expected a domain"),
        ("[source.list]", 'note = {en = "Why."}\n[source.list]', "note: no text in de"),
    ],
)
def test_what_is_said_of_a_list(made_root: Path, old: str, new: str, said: str) -> None:
    put(made_root, LIST.replace(old, new))
    assert any(said in one for one in found(made_root)), found(made_root)


def test_a_list_without_a_source(made_root: Path) -> None:
    put(made_root, LIST.partition("[source.list]")[0] + "[source]\n")
    assert [one for one in found(made_root) if "no source" in one]


def test_a_token_has_one_list(made_root: Path) -> None:
    put(made_root)
    put(made_root, LIST.replace('id = "scrapebot"', 'id = "twice"'), "twice")
    assert found(made_root) == [
        "ranges/twice.toml:2: tokens: ScrapeBot stands in scrapebot already [ranges]"
    ]
