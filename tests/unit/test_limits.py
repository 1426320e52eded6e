"""What stands beside an answer: each limit where it belongs, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit import made
from tests.unit.made import ask, codes, observation
from withhold.facts import Dispute


def _day(number: int) -> date:
    return date(2024, 6, number)


def _acme(*practices: Any, **more: Any) -> Any:
    return made.knowledge(made.platform(practice=list(practices), **more))


def _limits(known: Any, *seen: Any, **more: Any) -> list[str]:
    return codes(ask(known, *seen, **more).limits)


def test_a_plain_answer_has_no_limit() -> None:
    assert _limits(made.knowledge()) == []


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        ("forward-only", "past-stays-open"),
        ("not-stated", "past-stays-open"),
        ("also-past", "also-past"),
    ],
)
def test_what_was_open_before_stays_open(effect: str, code: str) -> None:
    known = _acme(made.practice(), control=[made.control(effect=effect)])
    (limit,) = ask(known, observation()).limits
    assert limit.code == code
    assert (limit.facts["since"], limit.facts["until"]) == (str(made.BEGAN), str(made.SEEN))


def test_one_forward_only_switch_of_two_is_enough_to_say_so() -> None:
    controls = [made.control(effect="also-past"), made.control("other", effect="forward-only")]
    known = _acme(made.practice(), control=controls)
    seen = [observation(), observation(control="acme/other")]
    assert _limits(known, seen[0]) == ["also-past"]
    assert _limits(known, *seen) == ["past-stays-open"]


def test_what_reaches_back_to_one_practice_says_nothing_of_another() -> None:
    controls = [made.control(effect="also-past")]
    ended = made.practice("ended", until=_day(1))
    assert _limits(_acme(made.practice(), control=controls), observation()) == ["also-past"]
    known = _acme(made.practice(), ended, control=controls)
    assert _limits(known, observation()) == ["past-stays-open"]
    later = made.practice("ended", since=_day(2), until=_day(2))
    assert _limits(_acme(made.practice(), later, control=controls), observation()) == ["also-past"]


def test_what_was_never_open_has_no_past() -> None:
    known = _acme(made.practice(), control=[made.control()])
    assert _limits(known, observation(on=made.BEGAN)) == []
    assert _limits(_acme(made.practice(says="no"))) == []


def test_an_open_answer_says_nothing_of_the_past() -> None:
    known = _acme(made.practice(), control=[made.control()])
    assert _limits(known, observation("on")) == []


def test_what_was_public_may_have_been_copied() -> None:
    closed = {"audience": "followers", "public_until": _day(10)}
    assert _limits(made.knowledge(), **closed) == ["was-public"]
    assert _limits(made.knowledge(), audience="public", public_until=_day(10)) == []


def test_an_audience_that_is_not_known_is_said() -> None:
    assert _limits(made.knowledge(), audience="unknown") == ["audience-unknown"]


def test_a_plan_that_was_not_named_is_said_where_it_counts() -> None:
    known = _acme(made.practice(plans=["team", "free"]), made.practice("more", plans=["free"]))
    (limit,) = ask(known).limits
    assert (limit.code, limit.facts["plans"]) == ("plan-not-known", "free, team")
    assert _limits(known, account=made.account(plan="free")) == []
    assert _limits(made.knowledge()) == []


@pytest.mark.parametrize(
    ("authored", "said"),
    [("own", False), ("own-over-others", False), ("others", True), ("about-me", True)],
)
def test_what_others_posted_is_said(authored: str, said: bool) -> None:
    assert _limits(made.knowledge(), authored=authored) == ["posted-by-others"] * said


def test_a_beginning_that_is_not_known_is_said() -> None:
    known = _acme(made.practice(known_since=_day(1)))
    (limit,) = ask(known).limits
    assert (limit.code, limit.facts["known_since"]) == ("since-not-known", "2024-06-01")
    assert limit.rests_on == "platforms/acme.toml#train"
    assert _limits(_acme(made.practice(known_since=_day(1), says="silent"))) == []


@pytest.mark.parametrize(
    ("announced", "when", "said"),
    [
        (_day(5), _day(4), False),
        (_day(5), _day(5), True),
        (_day(5), _day(19), True),
        (_day(5), _day(20), False),
        (None, _day(19), False),
    ],
)
def test_an_announced_change_is_said_from_its_announcement_to_its_day(
    announced: date | None, when: date, said: bool
) -> None:
    known = _acme(made.practice(announced=announced, since=_day(20)))
    assert _limits(known, when=when) == ["announced"] * said


def test_an_announcement_names_the_day() -> None:
    known = _acme(made.practice(announced=_day(5), since=_day(20)))
    (limit,) = ask(known, when=_day(6)).limits
    assert limit.facts["since"] == "2024-06-20"
    assert _limits(known, when=_day(6), kind="message") == []


def test_sources_that_disagree_are_both_named() -> None:
    sources = {
        "policy": made.source(),
        "press": made.source(kind="press", url="https://p.example/"),
    }
    texts = {"en": "One says so.", "de": "Eine sagt es."}

    def dispute(*about: str) -> Dispute:
        return Dispute(id="how-far", about=list(about), text=texts, sources=["policy", "press"])

    def known(*about: str) -> Any:
        return _acme(
            made.practice(), source=sources, dispute=[dispute(*about)], control=[made.control()]
        )

    (limit,) = ask(known("train")).limits
    assert (limit.code, limit.facts["text"]) == ("sources-disagree", texts)
    assert [one.kind for one in limit.sources] == ["official", "press"]
    assert limit.rests_on == "platforms/acme.toml#how-far"
    assert _limits(known("switch")) == ["sources-disagree"]
    assert _limits(known("other")) == []
    assert _limits(known("train"), kind="message") == []


def test_best_effort_is_said_of_tier_2() -> None:
    assert _limits(_acme(made.practice(), tier=2)) == ["best-effort"]


def test_what_was_only_remembered_is_said() -> None:
    sources = {"policy": made.source(kind="unverified"), "press": made.source(kind="press")}
    remembered = _acme(made.practice(), source=sources)
    assert _limits(remembered) == ["not-checked"]
    both = _acme(made.practice(sources=["policy", "press"]), source=sources)
    assert _limits(both) == []


def test_a_wall_that_was_only_remembered_is_said() -> None:
    sources = {"policy": made.source(kind="unverified"), "own": made.source()}
    acme = made.platform(source=sources, practice=[], shield=[made.shield()])
    web = made.actor("scrapeco", practice=[made.web_practice()])
    (limit,) = ask(made.knowledge(acme, actors=[web]), who="scrapeco").limits
    assert (limit.code, limit.rests_on) == ("not-checked", "platforms/acme.toml#shield")


def test_a_limit_is_said_once() -> None:
    practices = [made.practice("one"), made.practice("two")]
    sources = {"policy": made.source(kind="unverified")}
    limits = ask(_acme(*practices, source=sources), audience="unknown").limits
    assert codes(limits) == ["audience-unknown", "not-checked", "not-checked"]
    assert [one.rests_on for one in limits[1:]] == [
        "platforms/acme.toml#one",
        "platforms/acme.toml#two",
    ]


def test_limits_of_a_site_are_those_of_its_content() -> None:
    web = made.web_practice(since=None, known_since=_day(1))
    known = made.knowledge(actors=[made.actor("scrapeco", practice=[web])])
    page = made.content(site="a.example")
    verdict = ask(known, made.statement(allowed=True), who="scrapeco", about=page)
    assert codes(verdict.limits) == ["since-not-known"]
    assert verdict.limits[0].rests_on == "actors/scrapeco.toml#scrape"
