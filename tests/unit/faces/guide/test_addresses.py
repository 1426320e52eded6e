"""Pages are promises: the paths stand here as they are to stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit import made
from withhold.faces.guide import addresses


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (addresses.platform("linkedin"), "platforms/linkedin/"),
        (addresses.company("apple"), "companies/apple/"),
        (addresses.crawler("factset-spyderbot"), "crawlers/factset-spyderbot/"),
        (addresses.signal("robots-txt"), "signals/robots-txt/"),
        (addresses.law("gdpr-art-21"), "laws/gdpr-art-21/"),
        (addresses.claim("chain-posts"), "claims/chain-posts/"),
        (addresses.reason("policy-silent"), "reasons/policy-silent/"),
        (addresses.why("place"), "explained/place/"),
        (addresses.fact("linkedin", "objection-form"), "facts/linkedin/objection-form/"),
        (addresses.fact("apple", "apple-search", actor=True), "facts/company-apple/apple-search/"),
        (addresses.shield("facebook"), "facts/facebook/shield/"),
        (addresses.shield("facebook", 1), "facts/facebook/shield/"),
        (addresses.shield("facebook", 3), "facts/facebook/shield-3/"),
        (addresses.place("US-PA"), "us-pa/"),
        (addresses.place("DE"), "de/"),
        (addresses.place_platform("US-PA", "linkedin"), "us-pa/linkedin/"),
    ],
)
def test_where_a_thing_stands(path: str, expected: str) -> None:
    assert path == expected


@pytest.mark.parametrize(
    ("rests_on", "page"),
    [
        ("platforms/linkedin.toml#own-generative-models", "facts/linkedin/own-generative-models/"),
        ("history/linkedin.toml#not-in-europe", "facts/linkedin/not-in-europe/"),
        ("platforms/linkedin.toml#shield", "facts/linkedin/shield/"),
        ("platforms/linkedin.toml", "platforms/linkedin/"),
        ("actors/apple.toml#apple-search", "facts/company-apple/apple-search/"),
        ("actors/apple.toml", "companies/apple/"),
        ("laws/gdpr-art-21.toml", "laws/gdpr-art-21/"),
        ("crawlers/gptbot.toml", "crawlers/gptbot/"),
        ("signals/rsl.toml", "signals/rsl/"),
        ("claims/chain-posts.toml", "claims/chain-posts/"),
    ],
)
def test_the_page_of_a_file_of_knowledge(rests_on: str, page: str) -> None:
    assert addresses.rests_on(rests_on) == page


@pytest.mark.parametrize(
    "rests_on",
    [
        "",
        "observation 7 (linkedin/ai-training-toggle)",
        "robots.txt",
        "robots.txt:3",
        "/home/me/platforms/linkedin.toml",
        "https://example.org/platforms/linkedin.toml",
        "platforms/linkedin.toml#",
        "platforms/linkedin.toml#a/../b",
        "platforms/../secrets.toml",
        "platforms/linkedin.toml\n",
        "laws/gdpr-art-21.toml#part",
        "places.toml",
        "reasons/en.toml",
    ],
)
def test_what_is_no_file_of_knowledge_has_no_page(rests_on: str) -> None:
    assert addresses.rests_on(rests_on) == ""


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("acme/train", "facts/acme/train/"),
        ("acme/switch", "facts/acme/switch/"),
        ("scrapeco/scrape", "facts/company-scrapeco/scrape/"),
        ("acme/scrape", ""),
        ("nobody/train", ""),
        ("acme", ""),
    ],
)
def test_the_page_of_what_a_law_or_claim_names(said: str, page: str) -> None:
    acme = made.platform(control=[made.control()])
    company = made.actor("scrapeco", practice=[made.web_practice()])
    assert addresses.named(made.knowledge(acme, actors=[company]), said) == page


@given(st.text() | st.from_regex(r"(platforms|actors|laws)/\S{0,20}\.toml(#\S{0,20})?"))
def test_a_page_is_a_plain_path_or_nothing(text: str) -> None:
    assert re.fullmatch(r"(([a-z0-9-]+/){2,3})?", addresses.rests_on(text))
