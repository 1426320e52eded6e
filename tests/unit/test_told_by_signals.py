"""Whom a site's other signals speak to: a token's own words, those for everyone, and places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made
from tests.unit.made import statement
from withhold.site_facts import Heeds, SignalKind
from withhold.told_by_signals import signal_reason
from withhold.verdict import Verdict
from withhold.words import STRENGTHS, Statement

LEAST_OPEN = {"allowed": 0, "unknown": 1, "disallowed": 2}
PAGE = made.content(site="a.example")
TOKENS = ("*", "ScrapeBot", "OtherBot")
PLACES = ("robots.txt", "header", "page")
SIGNALS = ("content-usage", "content-signal", "noarchive", "tdmrep")


def _said(
    token: str, allowed: bool | None, place: str = "robots.txt", signal: str = "content-usage"
) -> Statement:
    return Statement(
        token=token,
        allowed=allowed,
        signal=signal,
        use="train-ai",
        on=made.SEEN,
        line=3,
        text="said",
        place=place,
        why="" if allowed is not None else "own-group-silent",
    )


def _ask(*seen: Statement, via: tuple[str, ...] = ("ScrapeBot",), heeds: str = "") -> Verdict:
    practice = made.web_practice(via=list(via))
    known = made.knowledge(actors=[made.actor("scrapeco", practice=[practice])])
    kind = SignalKind(
        id=heeds or "content-usage",
        name="A signal",
        status="made up",
        dated=made.SEEN,
        what={"en": "One."},
        heeded=[Heeds(actor="scrapeco", says="yes", sources=["page"])] if heeds else [],
        source={},
    )
    let_in = [statement(one, True) for one in via]
    world = replace(known, signals={kind.id: kind})
    return made.ask(world, *let_in, *seen, who="scrapeco", about=PAGE)


def _answer(*seen: Statement, **more: Any) -> tuple[str, str | None]:
    verdict = _ask(*seen, **more)
    return verdict.answer, verdict.strength


OPEN = ("allowed", None)
ASKED = ("disallowed", "asked")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([], OPEN),
        ([_said("*", False)], ASKED),
        ([_said("*", True)], OPEN),
        ([_said("ScrapeBot", False)], ASKED),
        ([_said("OtherBot", False)], OPEN),
        # its own words stand instead of those for everyone, also where they only are silent
        ([_said("*", False), _said("ScrapeBot", True)], OPEN),
        ([_said("*", False), _said("ScrapeBot", None)], OPEN),
        ([_said("*", False), _said("scrapebot", True)], OPEN),
        ([_said("*", True), _said("ScrapeBot", False)], ASKED),
        ([_said("*", False), _said("ScrapeBot", False)], ASKED),
        ([_said("*", False), _said("OtherBot", True)], ASKED),
        # in another place, or of another signal, they do not
        ([_said("*", False, "header"), _said("ScrapeBot", True)], ASKED),
        ([_said("*", False), _said("ScrapeBot", True, signal="content-signal")], ASKED),
        # a robots tag to an agent has in it what is said to everyone, wherever that stands
        (
            [
                _said("*", False, "header", "noarchive"),
                _said("ScrapeBot", None, "page", "noarchive"),
            ],
            OPEN,
        ),
    ],
)
def test_whom_a_signal_speaks_to(seen: list[Statement], expected: tuple[str, str | None]) -> None:
    assert _answer(*seen) == expected


def test_the_no_of_an_actor_that_heeds_is_promised() -> None:
    assert _answer(_said("*", False), heeds="content-usage") == ("disallowed", "promised")
    assert _answer(_said("*", False), heeds="tdmrep") == ASKED


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([_said("ScrapeBot", False)], OPEN),  # the other fetcher is a way of its own
        ([_said("ScrapeBot", False), _said("OtherBot", False)], ASKED),
        ([_said("ScrapeBot", False), _said("OtherBot", False, "header")], ASKED),
        ([_said("*", False)], ASKED),
        ([_said("*", False), _said("OtherBot", True)], OPEN),
    ],
)
def test_of_two_fetchers_both_must_be_refused(
    seen: list[Statement], expected: tuple[str, str | None]
) -> None:
    assert _answer(*seen, via=("ScrapeBot", "OtherBot")) == expected


def test_one_refusal_of_a_control_token_is_enough() -> None:
    refused = _said("Scrape-Extended", False)
    assert _answer(refused, via=("ScrapeBot", "Scrape-Extended")) == ASKED


@pytest.mark.parametrize(
    ("why", "code"),
    [("unreachable", "signal-part-unreachable"), ("unreachable-429", "signal-rate-limited")],
)
def test_what_could_not_be_fetched_counts_for_who_would_heed_it(why: str, code: str) -> None:
    missing = replace(_said("*", None), why=why)
    assert _answer(missing) == OPEN
    verdict = _ask(missing, heeds="content-usage")
    assert (verdict.answer, verdict.strength, verdict.open) == ("unknown", None, ())
    assert code in {one.code for one in verdict.reasons}
    refused = _ask(missing, _said("*", False, "header"), heeds="content-usage")
    assert refused.answer == "disallowed"


# The laws, over anything that signals can say ---------------------------------------------------

anything = st.builds(
    _said,
    st.sampled_from(TOKENS),
    st.sampled_from([True, False, None]),
    st.sampled_from(PLACES),
    st.sampled_from(SIGNALS),
)
ways = st.sampled_from([("ScrapeBot",), ("ScrapeBot", "OtherBot"), ()])


@given(st.lists(anything, max_size=6), anything, ways, st.sampled_from(SIGNALS))
def test_law_1_one_more_no_never_opens_or_weakens(
    seen: list[Statement], more: Statement, via: tuple[str, ...], heeds: str
) -> None:
    refusal = replace(more, allowed=False, why="")
    before, after = _ask(*seen, via=via, heeds=heeds), _ask(*seen, refusal, via=via, heeds=heeds)
    assert LEAST_OPEN[after.answer] >= LEAST_OPEN[before.answer]
    if before.strength:
        assert after.strength
        assert STRENGTHS.index(after.strength) <= STRENGTHS.index(before.strength)


@given(st.lists(anything.filter(lambda one: one.allowed is not False), max_size=6), ways)
def test_law_2_without_a_no_nothing_is_disallowed(
    seen: list[Statement], via: tuple[str, ...]
) -> None:
    assert _ask(*seen, via=via).answer != "disallowed"


def test_a_line_is_named_by_file_and_number() -> None:
    ask = made.asked()
    said = signal_reason("signal-asked", statement(place="a/robots.txt", line=7), ask)
    assert said.rests_on == said.facts["where"] == "a/robots.txt:7"
    whole = signal_reason("signal-asked", statement(place="", line=None), ask)
    assert whole.rests_on == "robots.txt"


@pytest.mark.parametrize("write", [str, str.lower, str.upper])
def test_a_token_of_robots_txt_counts_in_whatever_case_it_was_written(write: Any) -> None:
    practice = made.web_practice(via=["ScrapeBot", "Scrape-Extended"])
    known = made.knowledge(actors=[made.actor("scrapeco", practice=[practice])])
    seen = [statement(write("ScrapeBot"), True), statement(write("Scrape-Extended"), False)]
    verdict = made.ask(known, *seen, who="scrapeco", about=PAGE)
    assert made.answered(verdict) == ("disallowed", "promised")
