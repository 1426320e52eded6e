"""Search is proven untouched: a lost answer is found, with its lines; a kept one is not."""

from __future__ import annotations

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.catalog.load import Knowledge
from withhold.signals import robots_block, search_proof, wish
from withhold.signals.search_proof import Line, Proof

OLD = b"User-agent: *\nDisallow: /drafts/\n"
NAMED = (  # by the issue
    *("Googlebot", "Googlebot-News", "bingbot", "Applebot", "DuckDuckBot", "AdsBot-Google"),
    *("Mediapartners-Google", "facebookexternalhit", "Twitterbot", "LinkedInBot", "WhatsApp"),
)


def prove(
    old: bytes, new: bytes, knowledge: Knowledge, *paths: str, name: str = "no-training"
) -> Proof:
    told = wish.told(wish.named(name), knowledge)
    return search_proof.prove(old, new, told, paths, knowledge.crawlers)


@pytest.mark.parametrize("name", ["no-training", "no-training-but-search", "no-ai-at-all"])
def test_the_named_agents_are_asked_under_every_wish(name: str, knowledge: Knowledge) -> None:
    proof = prove(OLD, OLD, knowledge, name=name)
    assert set(NAMED) <= set(proof.tokens)
    assert proof.lost == ()
    assert proof.paths == ("/",)


@pytest.mark.parametrize("name", ["no-training", "no-training-but-search", "no-ai-at-all"])
def test_what_we_write_loses_nothing(name: str, knowledge: Knowledge) -> None:
    told = wish.told(wish.named(name), knowledge)
    tokens = [one.crawler.token for one in told if one.refused]
    new = robots_block.merged(OLD, tokens, ["Content-Usage: train-ai=n"])
    proof = prove(OLD, new, knowledge, "/", "/a", "/drafts/x", name=name)
    assert (proof.lost, proof.gained) == ((), 0)
    matcher = RobotsMatcher()
    for token in proof.tokens:
        for path in proof.paths:
            url = f"https://e.org{path}"
            assert matcher.AllowedByRobots(new, [token], url) == matcher.AllowedByRobots(
                OLD, [token], url
            )


@pytest.mark.parametrize(
    ("added", "lost"),
    [
        (b"User-agent: Googlebot\nDisallow: /\n", {"Googlebot", "Googlebot-News", "Applebot"}),
        (b"User-agent: bingbot\nDisallow: /a\n", {"bingbot"}),
        (b"User-agent: BINGBOT\nDisallow: /*\n", {"bingbot"}),
        (b"User-agent: Twitterbot\nDisallow: /a$\n", {"Twitterbot"}),
        (b"User-agent: AdsBot-Google\nDisallow: /\n", {"AdsBot-Google"}),
        (b"User-agent: GPTBot\nDisallow: /\n", set()),
        (b"User-agent: Applebot-Extended\nDisallow: /\n", set()),
        (b"User-agent: Google\nDisallow: /\n", set()),  # no token of anybody's
    ],
)
def test_a_lost_answer_is_found(added: bytes, lost: set[str], knowledge: Knowledge) -> None:
    """Googlebot's group is followed by those that fall back on it, of whom two are asked for."""
    proof = prove(OLD, OLD + added, knowledge, "/a")
    found = {one.token for one in proof.lost}
    assert lost <= found
    assert (found == set()) is (lost == set())
    assert found <= lost | {
        *("Googlebot-Image", "Googlebot-Video", "AdsBot-Google-Mobile-Apps"),
    }


def test_a_lost_answer_names_both_lines(knowledge: Knowledge) -> None:
    old = OLD + b"Allow: /a\n"
    (one,) = prove(old, old + b"User-agent: bingbot\nDisallow: /a\n", knowledge, "/a", "/b").lost
    assert (one.token, one.path, one.mode) == ("bingbot", "/a", "rfc")
    assert one.before == Line(3, "Allow: /a")
    assert one.after == Line(5, "Disallow: /a")


def test_a_line_that_only_google_reads_counts(knowledge: Knowledge) -> None:
    (one,) = prove(OLD, OLD + b"User-agent: bingbot\nDissalow: /a\n", knowledge, "/a").lost
    assert (one.token, one.mode) == ("bingbot", "google")


def test_the_best_known_come_first(knowledge: Knowledge) -> None:
    lost = prove(b"", b"User-agent: *\nDisallow: /\n", knowledge, "/").lost
    assert [one.token for one in lost][:2] == ["Googlebot", "Googlebot-News"]
    assert len(lost) > 60


def test_search_agents_that_the_wish_refuses_are_named_and_not_lost(knowledge: Knowledge) -> None:
    """AI search is what no-ai-at-all is about; Googlebot is guarded whatever is wished."""
    gone = set(prove(OLD, OLD, knowledge, name="no-ai-at-all").given_up)
    assert {"OAI-SearchBot", "Claude-SearchBot", "PerplexityBot"} <= gone
    assert not gone & set(NAMED)
    assert prove(OLD, OLD, knowledge, name="no-training-but-search").given_up == ()


def test_a_refusal_that_is_lifted_is_counted(knowledge: Knowledge) -> None:
    proof = prove(b"User-agent: bingbot\nDisallow: /\n", b"", knowledge, "/")
    assert (proof.lost, proof.gained) == ((), 2)  # by both readings
