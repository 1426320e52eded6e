"""All that says no to one practice: each sort, how strong it is, and over which days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit import made
from tests.unit.made import observation, statement
from withhold import refusals
from withhold.facts import Honours, Practice
from withhold.refusals import Asked, Refusal
from withhold.words import Content, Observation, Span, Statement


def _asked(
    *seen: Observation | Statement,
    about: Content | None = None,
    knows: Any = None,
    where: str = "US-PA",
    when: date = made.WHEN,
    owner: str = "acme",
) -> Asked:
    known = knows or made.knowledge(made.platform(control=[made.control()]))
    whose = known.platforms.get(owner) or known.actors[owner]
    return Asked(about or made.content(), where, when, known, tuple(seen), whose)


def _found(*seen: Observation | Statement, practice: Practice | None = None, **more: Any) -> Any:
    ask = _asked(*seen, **more)
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


def _runs(*states: tuple[str, int]) -> list[tuple[bool, date | None, date | None]]:
    ask = _asked(*(observation(value, on=_day(day)) for value, day in states), when=_day(20))
    found = refusals.runs(made.control(), ask)
    return [(run.refuses, run.span.since, run.span.until) for run in found]


def test_states_that_say_the_same_are_one_run() -> None:
    assert _runs() == []
    assert _runs(("off", 3), ("off", 7)) == [(True, _day(3), None)]
    assert _runs(("off", 3), ("on", 5), ("off", 9)) == [
        (True, _day(3), _day(5)),
        (False, _day(5), _day(9)),
        (True, _day(9), None),
    ]


def test_runs_stand_in_the_order_of_their_days() -> None:
    assert _runs(("on", 9), ("off", 3)) == [(True, _day(3), _day(9)), (False, _day(9), None)]


def test_a_state_contradicted_on_its_own_day_closes_nothing() -> None:
    assert _runs(("off", 3), ("on", 3)) == [(False, _day(3), None)]


def test_an_act_after_the_day_asked_is_not_seen() -> None:
    assert _runs(("off", 21)) == []
    assert _runs(("off", 20)) == [(True, _day(20), None)]


def test_the_strongest_state_of_a_run_is_named() -> None:
    seen = [observation(how="told", id="1"), observation(how="shown", on=_day(9), id="2")]
    ask = _asked(*seen)
    (one,) = refusals.refusals(made.practice(), ask)
    assert (one.strength, one.span) == ("shown", Span(made.SEEN, None))
    assert one.reason.rests_on == "observation 2 (acme/switch)"
    assert one.reason.facts["date"] == str(_day(9))


def test_content_on_a_site_has_no_controls() -> None:
    assert _found(observation(), about=made.content(site="a.example")) == []


@pytest.mark.parametrize(
    ("thing", "where", "plan", "kind", "applies"),
    [
        ({}, "US-PA", "", "personal", True),
        ({"places": ["US"]}, "US-PA", "", "personal", True),
        ({"places": ["US-PA"]}, "US", "", "personal", False),
        ({"places": ["EU"]}, "DE", "", "personal", True),
        ({"places": ["EU"]}, "GB", "", "personal", False),
        ({"not_places": ["EU"]}, "FR", "", "personal", False),
        ({"plans": ["free"]}, "DE", "free", "personal", True),
        ({"plans": ["free"]}, "DE", "team", "personal", False),
        ({"plans": ["free"]}, "DE", "", "personal", True),
        ({"account_kinds": ["page"]}, "DE", "", "page", True),
        ({"account_kinds": ["page"]}, "DE", "", "personal", False),
    ],
)
def test_a_practice_applies_to_places_plans_and_kinds(
    thing: dict[str, Any], where: str, plan: str, kind: Any, applies: bool
) -> None:
    about = made.content(account=made.account(plan=plan, kind=kind))
    assert _asked(about=about, where=where).applies(made.practice(**thing)) is applies


def test_on_a_site_neither_plan_nor_kind_is_asked() -> None:
    ask = _asked(about=made.content(site="a.example"))
    assert ask.applies(made.practice(plans=["team"], account_kinds=["page"]))


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
    (one,) = refusals.refusals(made.practice(), _asked(knows=knows))
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


def test_a_line_is_named_by_file_and_number() -> None:
    ask = _asked()
    said = refusals.signal_reason("signal-asked", statement(place="a/robots.txt", line=7), ask)
    assert said.rests_on == said.facts["where"] == "a/robots.txt:7"
    whole = refusals.signal_reason("signal-asked", statement(place="", line=None), ask)
    assert whole.rests_on == "robots.txt"


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


# Whose words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "actor", "whose"),
    [
        (["official"], "acme", "own"),
        (["archived"], "acme", "own"),
        (["press", "regulator"], "acme", "own"),
        (["official"], "partner", "platform"),
        (["press"], "acme", "reported"),
        (["blog", "research", "unverified"], "partner", "reported"),
        ([], "acme", "reported"),
    ],
)
def test_who_says_what_an_actor_does(kinds: list[Any], actor: str, whose: str) -> None:
    sources = {kind: made.source(kind=kind) for kind in kinds}
    acme = made.platform(source=sources)
    assert refusals.whose_words(made.practice(actor=actor, sources=kinds), acme) == whose
    web = made.actor("partner", source=sources)
    own = refusals.whose_words(made.practice(actor="partner", sources=kinds), web)
    assert own == ("own" if whose == "platform" else whose)


# What a reason rests on -----------------------------------------------------------------------


def test_a_reason_names_file_thing_sources_and_when_a_check_is_due() -> None:
    ask = _asked()
    said = refusals.reason("says-yes", ask.owner, made.practice(recheck_after="10 days"), ask)
    assert said.rests_on == "platforms/acme.toml#train"
    assert [one.url for one in said.sources] == ["https://acme.example/policy"]
    assert (said.checked, said.due) == (made.SEEN, made.SEEN + timedelta(days=10))
    assert said.facts["name"] == "Acme"
    control = refusals.reason("no-control", ask.owner, made.control(), ask)
    assert control.checked == made.SEEN
    assert "what" not in control.facts


def test_a_superseded_practice_rests_on_history() -> None:
    knows = made.knowledge(superseded=[("acme", "train")])
    ask = _asked(knows=knows)
    said = refusals.reason("says-yes", ask.owner, made.practice(), ask)
    assert said.rests_on == "history/acme.toml#train"


def test_a_reason_without_a_known_source_has_no_day() -> None:
    ask = _asked()
    said = refusals.reason("says-yes", ask.owner, made.practice(sources=["gone"]), ask)
    assert (said.checked, said.due, said.sources) == (None, None, ())


def test_a_control_without_a_label_goes_by_its_id() -> None:
    assert refusals.label(made.control(label={})) == {"en": "switch"}
    assert refusals.label(made.control(label={"de": "Schalter"})) == {"de": "Schalter"}


def test_a_refusal_holds_on_the_days_of_its_span() -> None:
    ask = _asked(observation())
    (one,) = refusals.refusals(made.practice(), ask)
    assert isinstance(one, Refusal)
    assert not one.holds(made.SEEN - timedelta(days=1))
    assert one.holds(made.SEEN)
    assert refusals.days("90 days") == timedelta(days=90)
