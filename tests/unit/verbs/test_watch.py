"""One look against the last: worse, better, elsewhere, to come, due; and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.load import Knowledge
from withhold.keep import Store
from withhold.verbs import sites as _sites  # noqa: F401 - what it imports needs sockets as they are
from withhold.verbs.check import Asking
from withhold.verbs.owner import Owner
from withhold.verbs.watch import Looked, Round, SiteLook, change_key, look_again, read_last, save
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED, in_folders
from withhold.words import Observation, Site

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
MONDAY, LATER = date(2024, 7, 1), date(2024, 7, 8)


def owner(**more: Any) -> Owner:
    return Owner(**{"place": "DE", "accounts": (made.account(),)} | more)


def known(*practices: Any, **more: Any) -> Knowledge:
    """A platform that says no of posts, with what else it is said to do."""
    promise = made.practice("promise", says="no", content=["post"])
    return made.knowledge(made.platform(practice=[promise, *practices], **more))


def look(
    knowledge: Knowledge,
    last: Mapping[str, Looked] | Round | None = None,
    who: Owner | None = None,
    when: date = MONDAY,
    **more: Any,
) -> Round:
    who = who or owner()
    asking = Asking(place=who.place, when=when, knowledge=knowledge, seen=who.seen)
    before = last.keeps if isinstance(last, Round) else (last or {})
    return look_again(who, asking, before, **more)


def told(found: Round) -> set[str]:
    """Which of the three it says of itself."""
    return {name for name in ("changed", "worse", "is_news") if getattr(found, name)}


def test_the_first_look_tells_no_change_and_is_what_the_second_is_told_against() -> None:
    first = look(known())
    assert (first.since, first.first, first.changed, first.is_news) == (
        None,
        ("acme",),
        False,
        False,
    )
    second = look(known(), first, when=LATER)
    assert (second.since, second.first) == (MONDAY, ())
    assert told(second) == set()
    assert second.elsewhere == ()


def test_newer_knowledge_that_opens_content_is_worse_with_both_reasons_and_its_day() -> None:
    trains = made.practice("train", since=date(2024, 7, 4), default="on")
    found = look(known(trains), look(known()), when=LATER)
    (one,) = [each for each in found.differences if each.shown.actor == "acme"]
    assert (one.effect, found.worse, found.is_news) == ("worse", True, True)
    assert (one.before.answer, one.before.strength, one.after.answer) == (
        "disallowed",
        "promised",
        "allowed",
    )
    assert one.before.reasons[0].rests_on == "platforms/acme.toml#promise"
    assert [(each.thing, each.on, each.code) for each in one.because] == [
        ("train", date(2024, 7, 4), "training-starts")
    ]
    assert one.because[0].sources[0].url == "https://acme.example/policy"
    assert found.news == ()  # what made the difference is not told a second time


def test_newer_knowledge_that_closes_content_is_better() -> None:
    open_ = made.knowledge(made.platform())
    closed = made.knowledge(
        made.platform(
            practice=[
                made.practice(until=date(2024, 7, 3)),
                made.practice("promise", says="no", since=date(2024, 7, 3)),
            ]
        )
    )
    found = look(closed, look(open_), when=LATER)
    assert [one.effect for one in found.differences if one.shown.actor == "acme"] == ["better"]
    assert not found.worse


def test_what_only_concerns_another_place_is_elsewhere_and_no_news() -> None:
    abroad = made.practice("train-us", places=["US"], since=date(2024, 7, 2))
    found = look(known(abroad), look(known()), when=LATER)
    assert [one.thing for one in found.elsewhere] == ["train-us"]
    assert told(found) == set()
    again = look(known(abroad), found, when=LATER + timedelta(days=1))
    assert again.elsewhere == ()


def test_what_is_announced_is_to_come_once_as_new_and_is_told_on_its_day() -> None:
    soon = made.practice("train", announced=MONDAY, since=date(2024, 7, 20), default="on")
    found = look(known(soon), look(known()), when=LATER)
    assert [(one.thing, one.on) for one in found.ahead] == [("train", date(2024, 7, 20))]
    assert (found.changed, found.is_news) == (False, True)
    waiting = look(known(soon), found, when=date(2024, 7, 19))
    assert len(waiting.ahead) == 1
    assert not waiting.is_news
    there = look(known(soon), waiting, when=date(2024, 7, 20))
    assert [one.effect for one in there.differences if one.shown.actor == "acme"] == ["worse"]
    assert there.ahead == ()


def test_what_comes_elsewhere_is_not_to_come_here() -> None:
    soon = made.practice("train", places=["US"], since=date(2024, 8, 1))
    found = look(known(soon), look(known()), when=LATER)
    assert (found.ahead, [one.thing for one in found.elsewhere]) == ((), ["train"])


def test_what_a_source_shows_later_does_not_come_then() -> None:
    shown = made.practice("train", known_since=date(2024, 8, 1))
    assert look(known(shown)).ahead == ()
    there = look(known(shown), look(known()), when=date(2024, 8, 1))
    assert {name for one in there.differences for name in one.practices} >= {"train"}


def test_a_control_that_is_offered_is_news_beside_the_answers() -> None:
    more = {"control": [made.control(covers="promise", since=date(2024, 7, 5))]}
    found = look(known(**more), look(known()), when=LATER)
    assert [(one.code, one.effect) for one in found.news] == [("control-offered", "better")]
    assert found.changed


def test_an_own_act_is_told_as_better_without_a_change_of_theirs() -> None:
    knowledge = made.knowledge(made.platform(control=[made.control()]))
    off = owner(seen=(made.observation(on=LATER),))
    found = look(knowledge, look(knowledge), off, LATER)
    assert [(one.effect, one.after.strength, one.because) for one in found.differences] == [
        ("better", "told", ())
    ]


def test_a_new_account_and_another_place_are_first_looks() -> None:
    world = made.knowledge(made.platform(), made.platform("beta"))
    first = look(world)
    two = owner(accounts=(made.account(), made.account("beta", name="blog")))
    found = look(world, first, two, LATER)
    assert (found.first, found.changed) == (("beta:blog",), False)
    moved = look(world, found, owner(place="US-PA"), LATER)
    assert (moved.since, moved.first, moved.changed) == (None, ("acme",), False)


def test_the_same_thing_told_twice_against_the_same_look_has_the_same_name() -> None:
    trains = known(made.practice("train", since=date(2024, 7, 4)))
    first = look(known())
    one, again = (look(trains, first, when=day) for day in (LATER, LATER + timedelta(days=1)))
    assert one.base == again.base
    assert [each.key for each in one.differences] == [each.key for each in again.differences]
    assert look(trains, one, when=LATER).base != one.base


# What is due --------------------------------------------------------------------------------------


def seen(on: date, value: str = "off", **more: Any) -> Observation:
    return made.observation(value, on=on, **more)


@pytest.mark.parametrize(
    ("acts", "due"),
    [
        ([seen(date(2024, 4, 2))], [date(2024, 7, 1)]),  # 90 days later is today
        ([seen(date(2024, 4, 3))], []),
        ([seen(date(2024, 1, 1)), seen(date(2024, 6, 30))], []),
        ([seen(date(2024, 1, 1)), seen(date(2024, 3, 1), "on")], []),
        ([seen(date(2024, 1, 1), practices=("acme/train",))], []),
        ([seen(date(2024, 7, 9))], []),
    ],
)
def test_a_switch_is_due_for_another_look(acts: list[Observation], due: list[date]) -> None:
    knowledge = made.knowledge(made.platform(control=[made.control()]))
    found = look(knowledge, who=owner(seen=tuple(acts)))
    assert [one.on for one in found.due if one.kind == "control"] == due


def test_a_switch_that_is_gone_is_not_looked_for() -> None:
    gone = made.knowledge(made.platform(control=[made.control(until=date(2024, 6, 1))]))
    assert look(gone, who=owner(seen=(seen(date(2024, 1, 1)),))).due == ()


def test_what_becomes_due_is_news_once_and_knowledge_never() -> None:
    knowledge = made.knowledge(made.platform(control=[made.control()]))
    who = owner(seen=(seen(date(2024, 4, 5)),))
    first = look(knowledge, who=who)
    found = look(knowledge, first, who, date(2024, 7, 6))
    assert [one.kind for one in found.due] == ["control"]
    assert (found.is_news, found.changed) == (True, False)
    assert not look(knowledge, found, who, date(2024, 7, 7)).is_news
    old = look(knowledge, found, who, date(2025, 6, 1))
    assert [one.ref for one in old.due if one.kind == "knowledge"] == ["acme"]
    assert not old.is_news


# Sites --------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "site"
    there.mkdir()
    (there / "robots.txt").write_text("User-agent: ScrapeBot\nDisallow: /\n")
    return there


def with_site(knowledge: Knowledge, folder: Path, last: Round | None = None) -> Round:
    who = owner(accounts=(), sites=(Site(url="https://me.example", folder=str(folder)),))
    asking = Asking(place="DE", when=MONDAY, knowledge=knowledge)
    return look(knowledge, last, who, sites=list(in_folders(who.sites, asking)))


def test_a_lost_no_of_an_own_site_is_worse_and_names_the_file(folder: Path) -> None:
    knowledge = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice()])])
    first = with_site(knowledge, folder)
    assert first.first == ("https://me.example",)
    (folder / "robots.txt").write_text("User-agent: *\nDisallow:\n")
    found = with_site(knowledge, folder, first)
    (one,) = found.differences
    assert (one.effect, one.before.answer, one.after.answer) == ("worse", "disallowed", "allowed")
    assert one.before.reasons[0].rests_on.endswith("robots.txt:2")


def test_a_site_that_cannot_be_read_changes_nothing_and_keeps_what_was_known(folder: Path) -> None:
    knowledge = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice()])])
    first = with_site(knowledge, folder)
    away = folder.rename(folder.with_name("away"))
    found = with_site(knowledge, folder, first)
    assert [(one.site, one.why) for one in found.not_seen] == [("https://me.example", NO_FOLDER)]
    assert not found.changed
    away.rename(folder)
    (folder / "robots.txt").write_text("")
    assert with_site(knowledge, folder, found).worse


def test_what_was_fetched_once_is_kept_while_it_is_not_fetched() -> None:
    knowledge = made.knowledge()
    who = owner(accounts=(), sites=(Site(url="https://me.example"),))
    asking = Asking(place="DE", when=MONDAY, knowledge=knowledge)
    assert [one.why for one in in_folders(who.sites, asking)] == [NOT_FETCHED]
    web = SiteLook(site="https://me.example (served)")
    first = look(knowledge, None, who, sites=[web])
    assert "https://me.example (served)" in look(knowledge, first, who).keeps
    gone = look(knowledge, first, owner(accounts=()))
    assert set(gone.keeps) == {""}


def test_the_first_site_makes_no_news_of_what_companies_did_before() -> None:
    knowledge = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice()])])
    first = look(knowledge)
    two = owner(sites=(Site(url="https://me.example", folder="f"),))
    web = SiteLook(site="https://me.example")
    found = look(knowledge, first, two, sites=[web])
    assert (found.first, found.news) == (("https://me.example",), ())
    begins = made.web_practice(id="more", since=date(2024, 7, 3))
    newer = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice(), begins])])
    assert [one.thing for one in look(newer, found, two, LATER, sites=[web]).news] == ["more"]
    assert look(newer, first, when=LATER).news == ()


# What is kept -------------------------------------------------------------------------------------


def test_what_is_kept_comes_back_as_it_was_and_beside_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "home"
    trains = made.practice("train", since=date(2024, 8, 1))
    found = look(known(trains))
    with Store.open(home) as store:
        store.own.set("place", "DE")
        store.own.add_account(made.account(), NOW)
    assert read_last(home) == {}
    save(home, found)
    assert read_last(home) == found.keeps
    with Store.open(home) as store:
        assert store.own.settings() == {"place": "DE"}
        store.own.remove_account("acme")
    assert set(read_last(home)) == {""}


def test_nothing_that_is_kept_beside_the_accounts_names_one(tmp_path: Path) -> None:
    who = owner(
        accounts=(made.account(name="ada"),),
        seen=(seen(date(2024, 1, 1), account="acme:ada"),),
    )
    found = look(made.knowledge(made.platform(control=[made.control()])), who=who)
    assert found.due
    rest = json.dumps(found.keeps[""].known)
    assert "ada" not in rest
    assert "acme" not in rest


def test_a_row_that_cannot_be_read_is_a_first_look(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store.open(home) as store:
        store.watched.replace({"acme": '{"on": "yesterday"}', "": "{"})
    assert read_last(home) == {}


def test_a_change_is_told_apart_by_its_day() -> None:
    days = (date(2024, 8, 1), date(2024, 8, 2))
    one, other = (look(known(made.practice("train", since=day))).ahead[0] for day in days)
    assert change_key(one) != change_key(other)


# With what is really known ------------------------------------------------------------------------


def test_linkedin_in_germany_is_announced_and_then_worse(knowledge: Knowledge) -> None:
    """Its European notice was seen on 2025-09-18 for 2025-11-03; worked out from the TOML."""
    who = Owner(place="DE", accounts=(made.account("linkedin", audience="public"),))
    before = look(knowledge, None, who, date(2025, 10, 1))
    assert ("own-generative-models-eu", date(2025, 11, 3)) in [
        (one.thing, one.on) for one in before.ahead
    ]
    after = look(knowledge, before, who, date(2025, 11, 4))
    assert after.worse
    moved = {name for one in after.differences for name in one.practices}
    assert "own-generative-models-eu" in moved
    because = {(one.thing, one.on) for each in after.differences for one in each.because}
    assert ("own-generative-models-eu", date(2025, 11, 3)) in because
    assert look(knowledge, after, who, date(2025, 11, 5)).differences == ()


def test_the_same_day_changes_nothing_in_pennsylvania(knowledge: Knowledge) -> None:
    who = Owner(place="US-PA", accounts=(made.account("linkedin", audience="public"),))
    before = look(knowledge, None, who, date(2025, 10, 1))
    after = look(knowledge, before, who, date(2025, 11, 4))
    assert not [one for one in after.differences if one.effect == "worse"]
    assert "own-generative-models-eu" in {one.thing for one in after.elsewhere}
