"""All that is known, as it is shipped: complete, clean, sayable, and asked of every platform."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
import tomli

from withhold.catalog.lint import lint
from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import load_sentences
from withhold.facts import Control
from withhold.signals.wish import serves
from withhold.verbs.check import ALL_USES, Asking, check_account
from withhold.verdict import Reason, Verdict, in_order
from withhold.words import Account

TODAY = date(2026, 11, 26)
PLACES = ("US-PA", "DE")

# fmt: off
TIER_1 = (
    "linkedin", "facebook", "instagram", "threads", "tiktok", "reddit", "tumblr", "x",
    "whatsapp", "youtube", "google", "github", "pinterest", "snapchat", "deviantart",
    "wordpress-com", "substack", "chatgpt", "claude", "copilot",
)
TIER_2 = (
    "bluesky", "mastodon", "discord", "slack", "zoom", "medium", "squarespace", "wix",
    "artstation", "adobe", "figma", "canva", "grammarly", "dropbox", "quora", "stack-overflow",
    "atlassian", "nextdoor", "flickr", "vimeo", "soundcloud", "spotify", "etsy", "twitch",
    "telegram", "perplexity", "mistral", "deepseek", "alexa", "hubspot", "strava", "wetransfer",
    "bandcamp", "gitlab",
)
# fmt: on
TOKEN = re.compile(r"[A-Za-z_-]+")
"""RFC 9309, 2.2: ``identifier = 1*(%x2D / %x41-5A / %x5F / %x61-7A)``."""


def test_the_list_written_here_is_of_54() -> None:
    assert (len(TIER_1), len({*TIER_1, *TIER_2})) == (20, 54)


def test_nothing_is_found_by_the_lint(root: Path) -> None:
    assert [str(one) for one in lint(root, TODAY)] == []


def test_every_file_says_the_same_to_the_parser_of_the_standard_library(root: Path) -> None:
    texts = [one.read_text(encoding="utf-8") for one in root.rglob("*.toml")]
    assert len(texts) > 900
    for text in texts:
        assert tomllib.loads(text) == tomli.loads(text)


def test_all_platforms_of_the_list_are_there(knowledge: Knowledge) -> None:
    assert set(knowledge.platforms) == {*TIER_1, *TIER_2}


def test_tiers_are_as_promised(knowledge: Knowledge) -> None:
    first = {slug for slug, one in knowledge.platforms.items() if one.tier == 1}
    assert first == set(TIER_1)


LIST_OF_AI_AGENTS = "github.com/ai-robots-txt/ai.robots.txt"


def test_who_stands_in_the_list_of_ai_agents_serves_a_use_of_ai(knowledge: Knowledge) -> None:
    """The list is why it is refused with AI; that has to stand in the file as a fact."""
    listed = [
        one
        for one in knowledge.crawlers.values()
        if any(LIST_OF_AI_AGENTS in source.url for source in one.source.values())
    ]
    assert len(listed) > 100
    silent = {
        one.token
        for one in listed
        if not serves(one, knowledge) & {"train-ai", "ai-input", "licence-to-third-party"}
    }
    assert silent == {"facebookexternalhit"}  # a preview of what somebody shares


def test_at_least_145_tokens_that_the_standard_allows(knowledge: Knowledge) -> None:
    tokens = list(knowledge.crawlers)
    assert len(tokens) >= 145
    assert [one for one in tokens if not TOKEN.fullmatch(one)] == []
    assert len({one.lower() for one in tokens}) == len(tokens)


def test_every_file_of_crawlers_is_counted(root: Path, knowledge: Knowledge) -> None:
    """Two files of one token would hide each other."""
    assert len(list((root / "crawlers").glob("*.toml"))) == len(knowledge.crawlers)


def test_what_is_said_of_tokens_that_everybody_names(knowledge: Knowledge) -> None:
    tokens = knowledge.crawlers
    assert tokens["GPTBot"].operator == "openai"
    assert tokens["ClaudeBot"].operator == "anthropic"
    assert tokens["CCBot"].operator == "common-crawl"
    assert tokens["Bytespider"].operator == "bytedance"
    assert tokens["Applebot"].fallback == ["Googlebot"]
    for control, fetcher in (("Applebot-Extended", "Applebot"), ("Google-Extended", "Googlebot")):
        assert tokens[control].token_kind == "control"
        assert fetcher in tokens[control].governs
        assert tokens[fetcher].token_kind == "fetcher"


def _controls(knowledge: Knowledge, slugs: Iterable[str]) -> Iterator[tuple[str, Control]]:
    for slug in slugs:
        for one in knowledge.platforms[slug].control:
            yield f"{slug}/{one.id}", one


def test_every_control_of_tier_1_says_how_long_it_takes_and_when_it_was_checked(
    knowledge: Knowledge,
) -> None:
    for name, one in _controls(knowledge, TIER_1):
        assert one.verified.on <= TODAY, name
        assert one.kind == "none" or one.minutes > 0, name
        assert one.sources, name


def test_every_platform_of_tier_1_has_a_way_or_says_that_there_is_none(
    knowledge: Knowledge,
) -> None:
    for slug in TIER_1:
        assert knowledge.platforms[slug].practice, slug
        assert knowledge.platforms[slug].control, slug
        assert knowledge.platforms[slug].automation_terms.says, slug


def test_what_a_person_reads_stands_in_both_languages(knowledge: Knowledge) -> None:
    for owner in (*knowledge.platforms.values(), *knowledge.actors.values()):
        for one in owner.practice:
            assert {"en", "de"} <= set(one.what), f"{owner.id}/{one.id}"
            assert one.what["en"] != one.what["de"], f"{owner.id}/{one.id}"
    for name, control in _controls(knowledge, knowledge.platforms):
        for text in (control.cost, control.helps, control.note):
            assert not text or {"en", "de"} <= set(text), name


def test_no_source_is_undated_or_of_the_future(knowledge: Knowledge) -> None:
    owners = (
        *knowledge.platforms.values(),
        *knowledge.actors.values(),
        *knowledge.laws.values(),
        *knowledge.crawlers.values(),
    )
    for owner in owners:
        assert owner.source, owner.id
        for name, one in owner.source.items():
            assert one.seen <= TODAY, f"{owner.id}: {name}"
            assert len(one.quote.split()) <= 25, f"{owner.id}: {name}"


def test_the_eight_of_the_example_have_their_shield(knowledge: Knowledge) -> None:
    for slug in TIER_1[:8]:
        shields = knowledge.platforms[slug].shield
        assert shields, slug
        assert all(one.since or one.known_since for one in shields), slug


# Asked of all of them -------------------------------------------------------------------------


@pytest.fixture(scope="module", params=PLACES)
def verdicts(request: pytest.FixtureRequest, knowledge: Knowledge) -> list[Verdict]:
    asking = Asking(place=request.param, when=TODAY, knowledge=knowledge, every_use=True)
    return [
        verdict
        for slug in knowledge.platforms
        for verdict in check_account(Account(platform=slug, audience="public"), asking)
    ]


def _reasons(verdict: Verdict) -> Iterator[Reason]:
    yield from verdict.reasons
    for one in verdict.practices:
        yield from one.reasons


def test_every_platform_is_answered(verdicts: list[Verdict]) -> None:
    assert {one.platform for one in verdicts} == {*TIER_1, *TIER_2}
    assert all(one.reasons for one in verdicts)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_reason_and_headline_can_be_said(
    verdicts: list[Verdict], root: Path, knowledge: Knowledge, lang: str
) -> None:
    sentences = load_sentences(root, lang)
    for verdict in verdicts:
        name = knowledge.actors[verdict.actor].name
        said = [sentences.say(one) for one in (*_reasons(verdict), *verdict.limits)]
        said.append(sentences.headline(verdict, name, verdict.platform))
        for text in said:
            assert text
            assert not re.search(r"[{}]", text), text
        for one in (*_reasons(verdict), *verdict.limits):
            assert None not in one.facts.values(), one.code


def test_every_reason_rests_on_a_file_that_is_there(verdicts: list[Verdict], root: Path) -> None:
    for verdict in verdicts:
        for one in _reasons(verdict):
            file, _, thing = one.rests_on.partition("#")
            path = root / file
            assert path.is_file(), one.rests_on
            named = f'id = "{thing}"' in path.read_text(encoding="utf-8")
            assert named or thing in ("", "shield"), one.rests_on


def test_every_reason_that_names_a_fact_has_a_source_and_a_day(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        for one in _reasons(verdict):
            if "#" in one.rests_on:
                assert one.sources, one.rests_on
                assert one.checked, one.rests_on
                assert one.due, one.rests_on


def test_every_step_is_a_control_that_is_there(
    verdicts: list[Verdict], knowledge: Knowledge
) -> None:
    for verdict in verdicts:
        for step in verdict.steps:
            slug, _, name = step.control.partition("/")
            assert name in {one.id for one in knowledge.platforms[slug].control}


def test_every_span_is_in_order(verdicts: list[Verdict]) -> None:
    assert all(in_order(one.open) for one in verdicts)


def test_no_kind_and_audience_is_answered_twice_for_one_actor_and_use(
    verdicts: list[Verdict],
) -> None:
    asked: set[tuple[str, ...]] = set()
    for one in verdicts:
        for kind in one.kinds:
            for audience in one.audience:
                key = (one.platform, one.actor, one.use, kind, audience)
                assert key not in asked, key
                asked.add(key)
    assert {key[2] for key in asked} <= set(ALL_USES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("when", [date(2024, 1, 1), date(2024, 9, 25), date(2025, 11, 3)])
def test_earlier_days_can_be_asked_for(knowledge: Knowledge, place: str, when: date) -> None:
    asking = Asking(place=place, when=when, knowledge=knowledge)
    for slug in knowledge.platforms:
        for one in check_account(Account(platform=slug), asking):
            assert all(span.since is None or span.since <= when for span in one.open)
