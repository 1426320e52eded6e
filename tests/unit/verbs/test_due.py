"""What is due for a re-check: by tier, longest due first, superseded facts never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from withhold.claims import Claim
from withhold.site_facts import SignalKind
from withhold.verbs.due import due

LAWLESS: dict[str, Any] = {"crawlers": []}


def _due(known: Any, days: int) -> list[tuple[int, str, str]]:
    return [(one.tier, one.kind, one.what) for one in due(known, made.SEEN + timedelta(days=days))]


@pytest.mark.parametrize(
    ("known", "days", "kind", "what"),
    [
        (made.knowledge(**LAWLESS), 180, "practice", "acme/train"),
        (
            made.knowledge(made.platform(practice=[], control=[made.control()]), **LAWLESS),
            90,
            "control",
            "acme/switch",
        ),
        (
            made.knowledge(made.platform(practice=[]), laws=[made.law()], **LAWLESS),
            365,
            "law",
            "laws/act",
        ),
        (
            made.knowledge(made.platform(practice=[]), crawlers=[made.crawler("ScrapeBot")]),
            180,
            "crawler",
            "crawlers/scrapebot",
        ),
    ],
)
def test_a_fact_is_due_on_the_day_after_its_days(
    known: Any, days: int, kind: str, what: str
) -> None:
    assert _due(known, days) == []
    assert [(one[1], one[2]) for one in _due(known, days + 1)] == [(kind, what)]


def test_what_is_due_names_its_days() -> None:
    (one,) = due(made.knowledge(**LAWLESS), date(2030, 1, 1))
    assert (one.checked, one.due) == (made.SEEN, made.SEEN + timedelta(days=180))


def test_tier_1_before_tier_2_and_then_the_longest_due() -> None:
    first = made.platform("first", practice=[made.practice(actor="first")], tier=2)
    old = {"policy": made.source(seen=date(2023, 1, 1))}
    second = made.platform("second", practice=[made.practice()], source=old)
    third = made.platform("third", practice=[made.practice()], control=[made.control()])
    assert _due(made.knowledge(first, second, third, **LAWLESS), 4000) == [
        (1, "practice", "second/train"),
        (1, "control", "third/switch"),
        (1, "practice", "third/train"),
        (2, "practice", "first/train"),
    ]


def test_the_newest_source_counts() -> None:
    sources = {"policy": made.source(), "old": made.source(seen=date(2020, 1, 1))}
    acme = made.platform(source=sources, practice=[made.practice(sources=["old", "policy"])])
    assert _due(made.knowledge(acme, **LAWLESS), 180) == []


def test_superseded_facts_are_never_due() -> None:
    acme = made.platform(control=[made.control()])
    gone = [("acme", "train"), ("acme", "switch")]
    assert _due(made.knowledge(acme, superseded=gone, **LAWLESS), 4000) == []


def test_a_practice_without_a_known_source_has_no_day() -> None:
    acme = made.platform(practice=[made.practice(sources=["gone"])])
    assert _due(made.knowledge(acme, **LAWLESS), 4000) == []


def test_what_an_actor_says_of_the_open_web_is_due_too() -> None:
    scraper = made.actor("scrapeco", practice=[made.web_practice()])
    known = made.knowledge(made.platform(practice=[]), actors=[scraper], **LAWLESS)
    assert [what for _, _, what in _due(known, 181)] == ["scrapeco/scrape"]


def test_shields_signals_and_claims_are_due_too() -> None:
    """Every fact has its days: a shield 90, a signal's standard 180, a claim 365."""
    texts = {"en": "a", "de": "a"}
    policy = {"policy": made.source()}
    signal = SignalKind(
        id="s", name="S", status="draft", dated=made.BEGAN, what=texts, source=policy
    )
    claim = Claim(id="c", text=texts, by="a newspaper", source=policy)
    shielded = made.platform(practice=[], shield=[made.shield()])
    known = replace(made.knowledge(shielded, **LAWLESS), signals={"s": signal}, claims={"c": claim})
    assert sorted(one.kind for one in due(known, date(2030, 1, 1))) == ["claim", "shield", "signal"]
    assert [one.kind for one in due(known, made.SEEN + timedelta(days=91))] == ["shield"]
