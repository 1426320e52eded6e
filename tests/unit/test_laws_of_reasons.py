"""Laws 5 and 6 of the question, over made-up worlds of any kind: arguments and reasons."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made, worlds
from tests.unit.worlds import DAYS, World, wheres
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.verdict import Reason, Verdict
from withhold.words import Observation

SENTENCES = {lang: load_sentences(default_root(), lang) for lang in ("en", "de")}


# 5. The answer depends on the arguments, on each of them, and on nothing else -----------------


@given(worlds.worlds(), worlds.worlds())
def test_law_5_the_same_question_has_the_same_answer(world: World, other: World) -> None:
    before = repr(world.known)
    first = world.ask()
    other.ask()
    assert world.ask() == first
    assert repr(world.known) == before


@given(worlds.worlds(), st.randoms(use_true_random=False))
def test_law_5_acts_of_different_days_may_be_told_in_any_order(world: World, order: Any) -> None:
    acts = {one.on: one for one in world.seen if isinstance(one, Observation)}
    mixed = list(acts.values())
    order.shuffle(mixed)
    in_turn = replace(world, seen=tuple(acts[one] for one in sorted(acts)))
    assert replace(world, seen=tuple(mixed)).ask() == in_turn.ask()


@given(worlds.worlds(), st.data())
def test_law_5_what_happens_later_does_not_change_an_earlier_answer(
    world: World, data: Any
) -> None:
    assume(world.when < DAYS[-1])
    later = st.sampled_from([one for one in DAYS if one > world.when])
    act = replace(data.draw(worlds.acts(world.acme.control)), on=data.draw(later))
    line = replace(data.draw(worlds.statements()), on=data.draw(later))
    assert world.ask(act) == world.ask()
    assert world.ask(line) == world.ask()


def test_law_5_no_disk_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    expected = made.ask(known, made.observation())

    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("the question opened a file")

    monkeypatch.setattr(builtins, "open", forbidden)
    monkeypatch.setattr(Path, "open", forbidden)
    monkeypatch.setattr(Path, "read_text", forbidden)
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert made.ask(known, made.observation()) == expected


@pytest.mark.parametrize(
    "file",
    [
        "may_train",
        "answers",
        "limits",
        "refusals",
        "told_by_signals",
        "controls",
        "asked",
        "verdict",
    ],
)
def test_law_5_no_clock_is_asked(file: str) -> None:
    spec = find_spec(f"withhold.{file}")
    assert spec
    assert spec.origin
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert len(named) > 5
    assert not named & {"today", "now", "utcnow", "getenv", "environ", "read_text", "read_bytes"}


NO_EU = made.platform(
    practice=[made.practice(not_places=["EU"]), made.practice("denied", says="no", places=["EU"])]
)
FREE = made.practice(plans=["free"])
PERSONAL = made.practice(account_kinds=["personal"])


def _of(**more: Any) -> dict[str, Any]:
    return {"about": made.content(account=made.account(**more))}


@pytest.mark.parametrize(
    ("knows", "one", "other", "answers"),
    [
        (NO_EU, {"where": "US-PA"}, {"where": "DE"}, ("allowed", "disallowed")),
        (
            made.platform(
                practice=[made.practice(), made.practice("no", says="no", audience=["followers"])]
            ),
            {"audience": "public"},
            {"audience": "followers"},
            ("allowed", "disallowed"),
        ),
        (
            made.platform(
                practice=[PERSONAL, made.practice("no", says="no", account_kinds=["business"])]
            ),
            _of(kind="personal"),
            _of(kind="business"),
            ("allowed", "disallowed"),
        ),
        (
            made.platform(practice=[FREE, made.practice("no", says="no", plans=["team"])]),
            _of(plan="free"),
            _of(plan="team"),
            ("allowed", "disallowed"),
        ),
        (
            made.platform(),
            {"when": made.BEGAN},
            {"when": made.BEGAN - timedelta(days=1)},
            ("allowed", "unknown"),
        ),
        (made.platform(), {"kind": "post"}, {"kind": "message"}, ("allowed", "unknown")),
        (made.platform(), {"who": "acme"}, {"who": "partner"}, ("allowed", "unknown")),
        (made.platform(), {"use": "train-ai"}, {"use": "ads"}, ("allowed", "unknown")),
    ],
    ids=["place", "audience", "account-kind", "plan", "date", "kind", "actor", "use"],
)
def test_law_5_one_argument_changes_the_answer(
    knows: Any, one: Any, other: Any, answers: tuple[str, str]
) -> None:
    known = made.knowledge(knows)
    assert (made.ask(known, **one).answer, made.ask(known, **other).answer) == answers


def test_law_5_whose_photo_it_is_changes_the_answer() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    assert made.ask(known, made.observation()).answer == "disallowed"
    assert made.ask(known, made.observation(), authored="others").answer == "allowed"


@given(worlds.worlds(), wheres)
def test_law_5_the_place_counts_only_where_something_names_one(world: World, other: str) -> None:
    """Without places in knowledge, all places answer alike."""
    acme = replace(
        world.acme,
        practice=[replace(one, places=["WORLD"], not_places=[]) for one in world.acme.practice],
        control=[replace(one, places=["WORLD"], not_places=[]) for one in world.acme.control],
    )
    same = replace(world, known=replace(world.known, platforms={"acme": acme}, laws={}))
    here, there = same.ask(), replace(same, where=other).ask()
    assert replace(there, where=here.where) == here


# 6. Every reason names what it rests on, and says when that is overdue ------------------------


def _reasons(verdict: Verdict) -> Iterator[Reason]:
    yield from verdict.reasons
    for one in verdict.practices:
        yield from one.reasons


@given(worlds.worlds())
def test_law_6_every_reason_names_what_it_rests_on(world: World) -> None:
    verdict = world.ask()
    assert verdict.reasons
    assert all(one.reasons for one in verdict.practices)
    things = {f"platforms/acme.toml#{one.id}" for one in world.acme.practice}
    things |= {f"platforms/acme.toml#{one.id}" for one in world.acme.control}
    things |= {"platforms/acme.toml#shield", "platforms/acme.toml", "actors/scrapeco.toml"}
    things |= {"actors/anyone.toml#scrape"}
    things |= {"actors/scrapeco.toml#scrape", "laws/act.toml", "laws/order.toml", "robots.txt:2"}
    things |= {f"actors/{one}.toml" for one in world.known.actors}
    things |= {
        f"observation {one.id} ({one.control})"
        for one in world.seen
        if isinstance(one, Observation)
    }
    for reason in _reasons(verdict):
        assert reason.rests_on in things, reason.code


@given(worlds.worlds(), st.sampled_from(["en", "de"]))
def test_law_6_every_reason_and_limit_can_be_said(world: World, lang: str) -> None:
    verdict = world.ask()
    sentences = SENTENCES[lang]
    for reason in (*_reasons(verdict), *verdict.limits):
        said = sentences.say(reason)
        assert said
        assert not re.search(r"[{}]|None", said), reason.code
    head = sentences.headline(verdict, "Acme", "Acme")
    assert head
    assert not re.search(r"[{}]", head)


@given(worlds.worlds())
def test_law_6_the_reasons_of_the_practices_are_never_dropped(world: World) -> None:
    verdict = world.ask()
    for one in verdict.practices:
        assert all(reason in verdict.reasons for reason in one.reasons)


@given(worlds.worlds())
def test_law_6_a_reason_is_overdue_past_its_own_days(world: World) -> None:
    """The day it is due is worked out from the file that the reason names."""
    recheck: dict[str, tuple[date, int]] = {}
    for one in world.acme.practice:
        recheck[f"platforms/acme.toml#{one.id}"] = (made.SEEN, 180)
    for control in world.acme.control:
        recheck[f"platforms/acme.toml#{control.id}"] = (control.verified.on, 90)
    recheck["platforms/acme.toml#shield"] = (made.SEEN, 90)
    recheck["actors/scrapeco.toml#scrape"] = (made.SEEN, 180)
    recheck["actors/anyone.toml#scrape"] = (made.SEEN, 180)
    recheck["laws/act.toml"] = recheck["laws/order.toml"] = (made.SEEN, 365)
    for reason in _reasons(world.ask()):
        if reason.rests_on in recheck:
            checked, days = recheck[reason.rests_on]
            assert reason.checked == checked
            last = checked + timedelta(days=days)
            assert not reason.overdue(last), reason.code
            assert reason.overdue(last + timedelta(days=1)), reason.code


@given(worlds.worlds())
def test_law_6_what_a_person_saw_is_overdue_after_90_days(world: World) -> None:
    for reason in _reasons(world.ask()):
        if reason.rests_on.startswith("observation "):
            assert reason.checked
            assert not reason.overdue(reason.checked + timedelta(days=90))
            assert reason.overdue(reason.checked + timedelta(days=91))


@pytest.mark.parametrize(
    ("days", "shown"), [(0, None), (180, None), (181, made.SEEN), (4000, made.SEEN)]
)
def test_law_6_a_verdict_says_when_it_was_last_checked_once_that_is_overdue(
    days: int, shown: date | None
) -> None:
    verdict = made.ask(made.knowledge(), when=made.SEEN + timedelta(days=days))
    assert verdict.overdue == shown


def test_law_6_a_no_that_hangs_by_a_law_says_when_the_law_was_last_checked() -> None:
    order = made.law(forbids=[made.forbids("acme/train")])
    trains = made.practice(recheck_after="9999 days")
    known = made.knowledge(made.platform(practice=[trains]), laws=[order])
    verdict = made.ask(known, when=made.SEEN + timedelta(days=366))
    assert made.answered(verdict) == ("disallowed", "required")
    assert verdict.overdue == made.SEEN


def test_law_6_the_oldest_check_is_the_one_that_is_named() -> None:
    both = {"policy": made.source(), "old": made.source(seen=date(2023, 1, 1))}
    practices = [made.practice(), made.practice("more", sources=["old"])]
    known = made.knowledge(made.platform(source=both, practice=practices))
    assert made.ask(known, when=date(2025, 6, 1)).overdue == date(2023, 1, 1)
    assert made.ask(known, when=date(2024, 6, 2)).overdue == date(2023, 1, 1)
    assert made.ask(known, when=date(2023, 6, 1), who="partner").overdue is None
