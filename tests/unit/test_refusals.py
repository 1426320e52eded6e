"""All that says no to one practice: each sort, how strong it is, and over which days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit import made
from tests.unit.made import observation, statement
from withhold import refusals
from withhold.facts import Practice
from withhold.refusals import Refusal
from withhold.site_facts import Honours
from withhold.words import Observation, Span, Statement


def _found(*seen: Observation | Statement, practice: Practice | None = None, **more: Any) -> Any:
    ask = made.asked(*seen, **more)
    found = refusals.refusals(practice or ask.owner.practice[0], ask)
    return [(one.strength, one.span, one.reason.code) for one in found]


def _day(number: int) -> date:
    return date(2024, 6, number)


# Controls -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "strength", "code"),
    [
        ("observed", "observed", "switch-observed"),
        ("shown", "shown", "switch-shown"),
        ("told", "told", "switch-told"),
        ("clicked", "told", "switch-told"),
    ],
)
def test_a_switch_is_as_strong_as_the_way_it_was_seen(how: Any, strength: str, code: str) -> None:
    assert _found(observation(how=how)) == [(strength, Span(made.SEEN, None), code)]


@pytest.mark.parametrize("kind", ["form", "email"])
@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        ("sent", "told", ("asked", "request-sent")),
        ("sent", "observed", ("asked", "request-sent")),
        ("confirmed", "told", ("told", "request-confirmed-told")),
        ("confirmed", "clicked", ("told", "request-confirmed-told")),
        ("confirmed", "shown", ("promised", "request-confirmed")),
        ("confirmed", "observed", ("promised", "request-confirmed")),
        ("refused", "shown", None),
        ("off", "told", None),
    ],
)
def test_a_request_is_asked_until_the_actor_grants_it(
    kind: str, value: str, how: Any, said: tuple[str, str] | None
) -> None:
    knows = made.knowledge(made.platform(control=[made.control("ask", kind=kind)]))
    found = _found(observation(value, how=how, control="acme/ask"), knows=knows)
    assert [(strength, code) for strength, _, code in found] == ([said] if said else [])


@pytest.mark.parametrize(
    ("control", "closes"),
    [
        (made.control(), True),
        (made.control(covers={"train": "part"}), False),
        (made.control(covers={"train": "not"}), False),
        (made.control(covers={"other": "full"}), False),
        (made.control(kind="audience", want="off"), False),
        (made.control(want="on"), False),
        (made.control(want=""), False),
        (made.control(places=["DE"]), False),
        (made.control(not_places=["US"]), False),
        (made.control(account_kinds=["business"]), False),
        (made.control(account_kinds=["personal"]), True),
        (made.control(plans=["team"]), True),  # the plan was not named
        (made.control(reaches=["others"]), False),
    ],
)
def test_a_control_closes_what_it_covers_for_who_has_it(control: Any, closes: bool) -> None:
    knows = made.knowledge(made.platform(control=[control]))
    assert bool(_found(observation(), knows=knows)) is closes


@pytest.mark.parametrize(
    ("account", "scope", "said_of", "counts"),
    [
        ("", "account", "acme", True),
        ("", "account", "", True),
        ("", "account", "acme:one", False),
        ("one", "account", "acme:one", True),
        ("one", "account", "acme:two", False),
        ("one", "account", "acme", True),
        ("one", "account", "", True),
        ("one", "blog", "acme:one", True),
        ("one", "blog", "acme", False),
        ("one", "blog", "", False),
        ("one", "site", "acme", False),
        ("", "blog", "acme", True),
    ],
)
def test_an_act_counts_for_the_account_it_was_done_on(
    account: str, scope: str, said_of: str, counts: bool
) -> None:
    knows = made.knowledge(made.platform(control=[made.control(scope=scope)]))
    about = made.content(account=made.account(name=account))
    assert bool(_found(observation(account=said_of), knows=knows, about=about)) is counts


def test_an_act_on_another_platform_or_control_counts_for_nothing() -> None:
    assert _found(observation(control="beta/switch")) == []
    assert _found(observation(control="acme/other")) == []


def test_the_strongest_state_of_a_run_is_named() -> None:
    seen = [observation(how="told", id="1"), observation(how="shown", on=_day(9), id="2")]
    ask = made.asked(*seen)
    (one,) = refusals.refusals(made.practice(), ask)
    assert (one.strength, one.span) == ("shown", Span(made.SEEN, None))
    assert one.reason.rests_on == "observation 2 (acme/switch)"
    assert one.reason.facts["date"] == str(_day(9))


def test_content_on_a_site_has_no_controls() -> None:
    assert _found(observation(), about=made.content(site="a.example")) == []


# Laws -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forbids", "where", "forbidden"),
    [
        (made.forbids("acme/train"), "DE", True),
        (made.forbids("acme/train", places=["EU"]), "DE", True),
        (made.forbids("acme/train", places=["EU"]), "US-PA", False),
        (made.forbids("acme/other"), "DE", False),
        (made.forbids("beta/train"), "DE", False),
    ],
)
def test_a_law_forbids_the_practices_it_names_where_it_holds(
    forbids: Any, where: str, forbidden: bool
) -> None:
    knows = made.knowledge(laws=[made.law(forbids=[forbids])])
    found = _found(knows=knows, where=where)
    assert found == ([("required", Span(made.BEGAN, None), "law-forbids")] if forbidden else [])


def test_a_law_stands_from_its_day_to_its_day() -> None:
    order = made.forbids("acme/train", since=_day(3), until=_day(9))
    knows = made.knowledge(laws=[made.law(forbids=[order])])
    (one,) = refusals.refusals(made.practice(), made.asked(knows=knows))
    holds = [day for day in range(1, 12) if one.holds(_day(day))]
    assert holds == [3, 4, 5, 6, 7, 8]
    assert one.reason.rests_on == "laws/act.toml"
    assert one.reason.checked == made.SEEN


# Signals --------------------------------------------------------------------------------------

PAGE = made.content(site="a.example")


def _web(*seen: Statement, via: list[str], **more: Any) -> Any:
    web = made.web_practice(via=via)
    knows = made.knowledge(actors=[made.actor("scrapeco", practice=[web])])
    return _found(*seen, practice=web, knows=knows, owner="scrapeco", about=PAGE, **more)


def test_a_refused_token_is_promised_only_where_the_actor_says_so() -> None:
    assert _web(statement("ScrapeBot"), via=["ScrapeBot"]) == [
        ("promised", Span(made.SEEN, None), "signal-heeded")
    ]
    assert _web(statement("OtherBot"), via=["OtherBot"]) == [
        ("asked", Span(made.SEEN, None), "signal-asked")
    ]
    assert _web(statement("NewBot"), via=["NewBot"])[0][0] == "asked"


@pytest.mark.parametrize("says", ["no", "in-part", "not-stated"])
def test_nothing_short_of_a_yes_is_a_promise(says: Any) -> None:
    bot = made.crawler("HalfBot", honours=Honours(says=says, looked_at="there"))
    web = made.web_practice(via=["HalfBot"])
    scraper = made.actor("scrapeco", practice=[web])
    knows = made.knowledge(actors=[scraper], crawlers=[bot])
    found = _found(statement("HalfBot"), practice=web, knows=knows, owner="scrapeco", about=PAGE)
    assert found[0][0] == "asked"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"ScrapeBot": False}, True),
        ({"ScrapeBot": True}, False),
        ({"ScrapeBot": None}, False),
        ({"OtherBot": False}, False),  # governs nothing here
    ],
)
def test_of_one_fetcher_its_own_line_decides(said: dict[str, bool | None], refused: bool) -> None:
    seen = [statement(token, allowed) for token, allowed in said.items()]
    assert bool(_web(*seen, via=["ScrapeBot"])) is refused


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (False, False, True),
        (False, True, False),
        (True, False, False),
        (False, None, False),
        (True, True, False),
    ],
)
def test_of_two_fetchers_each_is_a_way_of_its_own(
    first: bool | None, second: bool | None, refused: bool
) -> None:
    seen = [statement("ScrapeBot", first), statement("OtherBot", second)]
    assert bool(_web(*seen, via=["ScrapeBot", "OtherBot"])) is refused


def test_a_fetcher_that_nothing_is_known_of_is_not_refused() -> None:
    """Of two ways one was heard to be closed; of the other nothing is known."""
    assert _web(statement("ScrapeBot"), via=["ScrapeBot", "OtherBot"]) == []


def test_one_refusal_of_a_control_token_is_enough() -> None:
    seen = [statement("ScrapeBot", True), statement("Scrape-Extended", False)]
    found = _web(*seen, via=["ScrapeBot", "Scrape-Extended"])
    assert [code for _, _, code in found] == ["signal-heeded"]


def test_tokens_are_compared_without_case() -> None:
    assert _web(statement("scrapebot"), via=["ScrapeBot"])


def test_the_latest_line_of_a_token_counts() -> None:
    older, newer = statement(allowed=False, on=_day(1)), statement(allowed=True, on=_day(5))
    assert _web(older, newer, via=["ScrapeBot"]) == []
    assert _web(newer, older, via=["ScrapeBot"]) == []
    again = statement(allowed=False, on=_day(6))
    assert _web(again, newer, older, via=["ScrapeBot"])[0][1] == Span(_day(6), None)


def test_a_line_read_after_the_day_asked_is_not_heard() -> None:
    """A file that says no on the 1st and yes on the 9th said no on the 5th."""
    said = [statement(allowed=False, on=_day(1)), statement(allowed=True, on=_day(9))]
    found = _web(*said, via=["ScrapeBot"], when=_day(5))
    assert [strength for strength, *_ in found] == ["promised"]


def test_what_another_site_says_is_not_heard() -> None:
    there = statement(site="b.example")
    here = statement(site="a.example")
    assert _web(there, via=["ScrapeBot"]) == []
    assert _web(here, via=["ScrapeBot"])


# Shields --------------------------------------------------------------------------------------


def _shielded(practice: Practice, *shields: Any, when: date = made.WHEN, **more: Any) -> Any:
    """What refuses a practice of the open web, of a post on a platform with these shields."""
    acme = made.platform(shield=list(shields))
    owner = practice.actor
    knows = made.knowledge(acme, actors=[made.actor(owner, practice=[practice])])
    about = made.content(**more)
    return _found(practice=practice, knows=knows, owner=owner, about=about, when=when)


ANYONE = made.practice(actor="anyone")


def test_a_shield_is_asked_of_anyone_and_promised_by_who_heeds_it() -> None:
    assert _shielded(ANYONE, made.shield()) == [("asked", Span(made.BEGAN, None), "shield-refuses")]
    web = made.web_practice(via=["ScrapeBot"])
    assert _shielded(web, made.shield())[0][0] == "promised"
    other = made.web_practice(via=["OtherBot"])
    assert _shielded(other, made.shield())[0][0] == "asked"


@pytest.mark.parametrize("actor", ["acme", "partner", "anyone"])
def test_a_shield_does_not_bind_what_the_platform_itself_hands_on(actor: str) -> None:
    own = made.practice(actor=actor)
    knows = made.knowledge(made.platform(practice=[own], shield=[made.shield()]))
    assert _found(practice=own, knows=knows) == []


@pytest.mark.parametrize("audience", ["followers", "group", "private"])
def test_a_shield_is_about_what_is_public(audience: Any) -> None:
    assert _shielded(ANYONE, made.shield(), audience=audience) == []
    assert _shielded(ANYONE, made.shield(), audience="unknown")


def test_a_shield_refuses_the_tokens_that_it_names() -> None:
    web = made.web_practice(via=["ScrapeBot"])
    assert _shielded(web, made.shield(refuses=["scrapebot"]))
    assert _shielded(web, made.shield(refuses=["OtherBot"])) == []
    assert _shielded(web, made.shield(refuses=[])) == []
    assert _shielded(ANYONE, made.shield(refuses=[])) == []
    assert _shielded(ANYONE, made.shield(refuses=["ScrapeBot"])) == []
    assert _shielded(web, made.shield(refuses=["*"], admits=["scrapebot"])) == []
    assert _shielded(web, made.shield(refuses=["*"], admits=["OtherBot"]))


def test_a_shield_stands_from_the_day_it_is_known() -> None:
    known = made.shield(since=None, known_since=_day(10))
    assert _shielded(ANYONE, known, when=_day(9)) == []
    assert _shielded(ANYONE, known, when=_day(10))[0][1] == Span(_day(10), None)


def test_a_shield_that_ended_stood_until_its_day() -> None:
    """Asked later, the days on which it stood are still those on which it stood."""
    ended = made.shield(since=_day(1), until=_day(10))
    assert _shielded(ANYONE, ended, when=_day(20)) == [
        ("asked", Span(_day(1), _day(10)), "shield-refuses")
    ]


def test_a_wall_that_is_only_remembered_gives_a_promise_nothing_to_hold_to() -> None:
    web = made.web_practice(via=["ScrapeBot"])
    sources = {"policy": made.source(kind="unverified")}
    acme = made.platform(shield=[made.shield()], source=sources)
    knows = made.knowledge(acme, actors=[made.actor("scrapeco", practice=[web])])
    found = _found(practice=web, knows=knows, owner="scrapeco")
    assert [strength for strength, *_ in found] == ["asked"]


def test_a_refusal_holds_on_the_days_of_its_span() -> None:
    ask = made.asked(observation())
    (one,) = refusals.refusals(made.practice(), ask)
    assert isinstance(one, Refusal)
    assert not one.holds(made.SEEN - timedelta(days=1))
    assert one.holds(made.SEEN)
