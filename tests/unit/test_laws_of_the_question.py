"""The six laws of the question (design, section 1), each over made-up worlds of any kind."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made, worlds
from tests.unit.worlds import DAYS, World, open_days, wheres
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.facts import Practice
from withhold.verdict import Reason, Verdict, in_order
from withhold.words import STRENGTHS, Observation

LEAST_OPEN = {"allowed": 0, "unknown": 1, "disallowed": 2}
SENTENCES = {lang: load_sentences(default_root(), lang) for lang in ("en", "de")}


# 1. Adding a refusal never makes an answer more permissive ------------------------------------


@st.composite
def _refused(draw: Any) -> tuple[World, Verdict, Verdict]:
    """A world, its verdict, and the verdict after one refusal more of any sort."""
    world = draw(worlds.worlds(heard=worlds.statements(st.sampled_from([True, False, None]))))
    before = world.ask()
    sort = draw(st.sampled_from(["act", "act", "signal", "law", "shield"]))
    if sort == "act":
        after = world.ask(worlds.refusing(world, draw))
    elif sort == "signal":
        after = world.ask(draw(worlds.statements(st.just(False))))
    elif sort == "law":
        order = made.law("order-2", forbids=[draw(worlds.forbidding)])
        after = world.ask(known=world.with_law(order))
    else:
        after = world.ask(known=world.with_shield(replace(draw(worlds.shields), stance="closed")))
    return world, before, after


@given(_refused())
def test_law_1_a_refusal_never_makes_an_answer_more_permissive(
    found: tuple[World, Verdict, Verdict],
) -> None:
    _, before, after = found
    assert LEAST_OPEN[after.answer] >= LEAST_OPEN[before.answer]
    was = {one.id: one.answer for one in before.practices}
    for one in after.practices:
        assert LEAST_OPEN[one.answer] >= LEAST_OPEN[was.get(one.id, "unknown")], one.id


@given(_refused())
def test_law_1_a_refusal_never_opens_a_day(found: tuple[World, Verdict, Verdict]) -> None:
    _, before, after = found
    assert set(open_days(after.open)) <= set(open_days(before.open))


@given(_refused())
def test_law_1_a_refusal_never_weakens_a_no(found: tuple[World, Verdict, Verdict]) -> None:
    _, before, after = found
    was = {one.id: one.strength for one in before.practices}
    for one in after.practices:
        strength = was.get(one.id)
        if strength:
            assert one.strength
            assert STRENGTHS.index(one.strength) <= STRENGTHS.index(strength), one.id


def test_law_1_the_refusals_of_these_tests_do_refuse() -> None:
    """Each sort of refusal that is added above turns a yes into a no somewhere."""
    known = made.knowledge(made.platform(control=[made.control()]))
    assert made.ask(known).answer == "allowed"
    assert made.ask(known, made.observation()).answer == "disallowed"
    order = made.law(forbids=[made.forbids("acme/train")])
    assert made.ask(made.knowledge(laws=[order])).answer == "disallowed"
    anyone = made.actor("anyone", practice=[made.practice(actor="anyone")])
    assert made.ask(made.knowledge(actors=[anyone]), who="anyone").answer == "allowed"
    known = made.knowledge(made.platform(shield=[made.shield()]), actors=[anyone])
    assert made.ask(known, who="anyone").answer == "disallowed"
    web = made.knowledge(actors=[made.actor("scrapeco", practice=[made.web_practice()])])
    page = made.content(site="a.example")
    said = made.statement(on=made.SEEN)
    assert made.ask(web, said, who="scrapeco", about=page).answer == "disallowed"


# 2. Not knowing is never disallowed; a click is never observed --------------------------------


@given(
    worlds.worlds(
        says=st.sampled_from(["yes", "conditional", "silent"]),
        default=st.sampled_from(["on", "none"]),
        heard=worlds.statements(st.sampled_from([True, None])),
        refusals=False,
    )
)
def test_law_2_where_nobody_says_no_nothing_is_disallowed(world: World) -> None:
    verdict = world.ask()
    assert verdict.answer in ("allowed", "unknown")
    assert verdict.strength is None


@given(worlds.worlds(says=st.just("silent"), refusals=False))
def test_law_2_silence_alone_is_unknown(world: World) -> None:
    assume(not world.content.site and world.actor != "scrapeco")
    assert world.ask().answer == "unknown"


@given(worlds.worlds())
def test_law_2_nothing_that_was_only_clicked_is_observed_or_shown(world: World) -> None:
    clicked = [
        replace(one, how="clicked") if isinstance(one, Observation) else one for one in world.seen
    ]
    verdict = replace(world, seen=tuple(clicked)).ask()
    named = {verdict.strength, *(one.strength for one in verdict.practices)}
    assert not named & {"observed", "shown"}
    assert not {"switch-observed", "switch-shown"} & set(made.codes(verdict.reasons))


@given(worlds.worlds(), st.sampled_from(["told", "clicked", "shown", "observed"]))
def test_law_2_a_strength_says_no_more_than_how_it_was_seen(world: World, how: Any) -> None:
    """With one way of seeing, the strength of a switch is that way and no other."""
    seen = [replace(one, how=how) if isinstance(one, Observation) else one for one in world.seen]
    verdict = replace(world, seen=tuple(seen)).ask()
    claimed = {one.strength for one in verdict.practices} & {"observed", "shown"}
    assert claimed <= {how}


@given(worlds.worlds())
def test_law_2_a_strength_stands_beside_every_no_and_no_other_answer(world: World) -> None:
    verdict = world.ask()
    for one in (verdict, *verdict.practices):
        assert (one.strength is not None) == (one.answer == "disallowed")


# 3. A verdict lists the spans that were open --------------------------------------------------


@given(worlds.worlds())
def test_law_3_open_spans_are_in_order_and_none_begins_later(world: World) -> None:
    verdict = world.ask()
    for opened in (verdict.open, *(one.open for one in verdict.practices)):
        assert in_order(opened)
        for span in opened:
            assert span.since is None or span.until is None or span.since < span.until
            assert span.since is None or span.since <= world.when
            assert span.until is None or span.until <= world.when
        for one, following in pairwise(opened):
            assert one.until is not None
            assert following.since is not None
            assert one.until < following.since


@given(worlds.worlds())
def test_law_3_the_day_lies_in_an_open_span_just_when_a_yes_is_open(world: World) -> None:
    verdict = world.ask()
    says = {one.id: one.says for one in world.acme.practice}
    says["scrape"] = (
        world.known.actors[world.actor].practice[0].says
        if world.actor in ("scrapeco", "anyone")
        else ""
    )
    for one in verdict.practices:
        if says[one.id] == "yes" and one.answer == "allowed":
            assert worlds.lies_in(world.when, one.open), one.id
            assert worlds.lies_in(world.when, verdict.open)
        if one.answer != "allowed":
            assert not worlds.lies_in(world.when, one.open), one.id
    is_open = any(one.answer == "allowed" for one in verdict.practices)
    assert worlds.lies_in(world.when, verdict.open) == is_open


@given(worlds.worlds(), st.data())
def test_law_3_what_was_open_before_a_refusal_stays_listed(world: World, data: Any) -> None:
    refusal = worlds.refusing(world, data.draw)
    refusal = replace(refusal, on=data.draw(st.sampled_from(DAYS)))
    before = open_days(world.ask().open, refusal.on)
    assert open_days(world.ask(refusal).open, refusal.on) == before


@given(worlds.worlds(on_sites=False), worlds.days)
def test_law_3_the_past_reads_the_same_on_every_later_day(world: World, earlier: date) -> None:
    """A day that was open when asked then is open when asked now, and the reverse."""
    assume(earlier < world.when and world.content.public_until is None)
    seen = tuple(one for one in world.seen if one.on is None or one.on <= earlier)
    then = replace(world, seen=seen).ask(when=earlier)
    now = world.ask()
    assert open_days(now.open, earlier) == open_days(then.open, earlier)


@given(worlds.worlds(on_sites=False), worlds.days)
def test_law_3_a_day_is_open_just_when_nothing_said_no_on_it(world: World, asked: date) -> None:
    """Day by day, by an oracle that knows no spans."""
    assume(asked <= world.when and world.content.public_until is None)
    assume(not any(one.kind == "audience" for one in world.acme.control))
    assume(world.actor not in ("scrapeco", "anyone"))
    verdict = world.ask()
    expected = any(
        _reaches(one, world) and _was_open(one, world, asked) for one in world.acme.practice
    )
    assert worlds.lies_in(asked, verdict.open) == expected


def _here(thing: Any, world: World) -> bool:
    lies = {"DE": {"DE", "EU"}, "GB": {"GB"}, "US-PA": {"US-PA", "US"}, "US": {"US"}}
    here = {*lies[world.where], "WORLD"}
    account = world.content.account
    assert account
    return bool(
        here & set(thing.places)
        and not here & set(thing.not_places)
        and (not thing.account_kinds or account.kind in thing.account_kinds)
        and (not thing.plans or not account.plan or account.plan in thing.plans)
    )


def _reaches(one: Practice, world: World) -> bool:
    content = world.content
    return bool(
        one.actor == world.actor
        and content.kind in one.content
        and (content.audience == "unknown" or content.audience in one.audience)
        and _here(one, world)
    )


def _was_open(one: Practice, world: World, asked: date) -> bool:
    opt_in = one.default == "off" and one.says in ("yes", "conditional")
    if one.says != "yes" and not opt_in:
        return False
    account = world.content.account
    assert account
    begins = [one.since or one.known_since, world.content.posted, account.since]
    if any(first and asked < first for first in begins) or (one.until and one.until <= asked):
        return False
    switched_on = False
    for control in world.acme.control:
        if control.covers.get(one.id) != "full" or not _here(control, world):
            continue
        if world.content.authored not in control.reaches:
            continue
        keys = {account.key}
        if not (account.name and control.scope == "blog"):
            keys |= {"acme", ""}
        state = ""
        acts = [act for act in world.seen if isinstance(act, Observation)]
        for act in sorted(acts, key=lambda act: act.on):
            if act.control == f"acme/{control.id}" and act.account in keys and act.on <= asked:
                state = act.value
        asks = control.kind in ("form", "email")
        if state in (("sent", "confirmed") if asks else (control.want,)):
            return False
        switched_on |= bool(state) and not asks
    if _by_letter(one, world, asked):
        return False
    for law in world.known.laws.values():
        for order in law.forbids:
            about = f"acme/{one.id}" in order.practices
            stands = order.since <= asked and (order.until is None or asked < order.until)
            anywhere = replace(one, places=order.places, not_places=[], plans=[], account_kinds=[])
            if about and stands and _here(anywhere, world):
                return False
    return switched_on if opt_in else True


def _by_letter(one: Practice, world: World, asked: date) -> bool:
    """Whether a letter about the practice stood on that day, by its last word."""
    account = world.content.account
    assert account
    if world.content.authored not in ("own", "own-over-others"):
        return False
    last: dict[str, str] = {}
    for act in sorted((act for act in world.seen if isinstance(act, Observation)), key=_day_of):
        mine = act.account in (account.key, "acme", "")
        if mine and act.on <= asked and f"acme/{one.id}" in act.practices:
            last[act.control] = act.value
    return bool({"sent", "confirmed"} & set(last.values()))


def _day_of(act: Observation) -> date:
    return act.on


# 4. A control answers only for what it covers -------------------------------------------------


@given(worlds.worlds(), st.data())
def test_law_4_a_control_changes_no_practice_that_it_does_not_cover(
    world: World, data: Any
) -> None:
    act = data.draw(worlds.acts(world.acme.control))
    control = {f"acme/{one.id}": one for one in world.acme.control}.get(act.control)
    covers = control.covers if control else {}
    before = {one.id: one for one in world.ask().practices}
    for one in world.ask(act).practices:
        if covers.get(one.id) != "full":
            was = before[one.id]
            assert (one.answer, one.strength, one.open) == (was.answer, was.strength, was.open)


@given(worlds.worlds(), st.data())
def test_law_4_a_letter_changes_no_practice_that_it_does_not_name(world: World, data: Any) -> None:
    letter = data.draw(worlds.letters())
    before = {one.id: one for one in world.ask().practices}
    named = {one.partition("/")[2] for one in letter.practices}
    for one in world.ask(letter).practices:
        if one.id not in named:
            assert one == before[one.id]


@given(worlds.worlds(on_sites=False), st.data())
def test_law_4_a_letter_reaches_nothing_that_others_posted(world: World, data: Any) -> None:
    world = replace(world, content=replace(world.content, authored="others"))
    letter = data.draw(worlds.letters())
    assert world.ask(letter) == world.ask()


@given(worlds.worlds(on_sites=False), st.sampled_from(["part", "not", ""]), st.data())
def test_law_4_what_is_reached_in_part_or_not_is_not_closed(
    world: World, reach: str, data: Any
) -> None:
    """A control that everybody has, and that was read back in the state that says no."""
    covers = {one: reach for one in worlds.PRACTICES if reach}
    extra = made.control("extra", covers, reaches=["own", "others"])
    acme = replace(world.acme, control=[*world.acme.control, extra])
    known = replace(world.known, platforms={"acme": acme})
    act = made.observation(
        control="acme/extra",
        account="",
        on=data.draw(st.sampled_from([one for one in DAYS if one <= world.when])),
        how="observed",
    )
    before, after = world.ask(known=known), world.ask(act, known=known)
    assert (after.answer, after.strength, after.open) == (
        before.answer,
        before.strength,
        before.open,
    )
    for one, was in zip(after.practices, before.practices, strict=True):
        assert (one.answer, one.strength, one.open) == (was.answer, was.strength, was.open)


@given(worlds.worlds(), st.data())
def test_law_4_an_act_on_another_account_changes_nothing(world: World, data: Any) -> None:
    act = data.draw(worlds.acts(world.acme.control))
    account = world.content.account
    assume(account is not None)
    if account and act.account in (account.key, "acme", ""):
        act = replace(act, account="acme:three")
    assert world.ask(act) == world.ask()


@given(worlds.worlds(on_sites=False), st.data())
def test_law_4_a_control_that_this_account_lacks_changes_nothing(world: World, data: Any) -> None:
    """Lacks: by its kind, by its place, or because somebody else posted it."""
    lack = data.draw(st.sampled_from(["kind", "place", "not-place", "author", "plan"]))
    account = world.content.account
    assert account
    foreign: dict[str, Any] = {
        "kind": {"account_kinds": ["page"]},
        "place": {"places": ["FR"]},
        "not-place": {"places": ["WORLD"], "not_places": [world.where]},
        "author": {"reaches": ["about-me"]},
        "plan": {"plans": ["gold"]},
    }[lack]
    assume(lack != "plan" or account.plan)
    extra = made.control("extra", dict.fromkeys(worlds.PRACTICES, "full"), **foreign)
    acme = replace(world.acme, control=[*world.acme.control, extra])
    known = replace(world.known, platforms={"acme": acme})
    act = made.observation(control="acme/extra", account="", on=DAYS[0], how="observed")
    assert world.ask(act, known=known) == world.ask()


@given(worlds.worlds(), st.data())
def test_law_4_what_is_left_open_stays_in_the_verdict(world: World, data: Any) -> None:
    before = world.ask()
    after = world.ask(worlds.refusing(world, data.draw))
    assert {one.id for one in before.practices} <= {one.id for one in after.practices}
    assert (after.answer == "allowed") == any(one.answer == "allowed" for one in after.practices)


@given(worlds.worlds(on_sites=False))
def test_law_4_every_practice_in_force_that_reaches_it_is_in_the_verdict(world: World) -> None:
    assume(world.actor in ("acme", "partner") and world.content.public_until is None)
    own = [one for one in world.acme.practice if one.actor == world.actor]
    expected = [
        one.id
        for one in own
        if _reaches(one, world)
        and (one.since is None or one.since <= world.when)
        and (one.until is None or world.when < one.until)
    ]
    answers = world.ask().practices
    if any(one.says == "no" for one in own if one.id in expected):  # see may_train._counted
        known = {
            one.id for one in own if one.since or (one.known_since or world.when) <= world.when
        }
        expected = [one for one in expected if one in known | {got.id for got in answers}]
    assert [one.id for one in answers] == expected


@given(worlds.worlds())
def test_law_4_a_step_closes_only_what_is_open_and_covered(world: World) -> None:
    verdict = world.ask()
    opened = {one.id for one in verdict.practices if one.answer == "allowed"}
    covers = {f"acme/{one.id}": one.covers for one in world.acme.control}
    for step in verdict.steps:
        assert {*step.closes, *step.narrows, *step.leaves} == opened
        assert all(covers[step.control][one] == "full" for one in step.closes)
        assert all(covers[step.control][one] == "part" for one in step.narrows)
        assert all(covers[step.control].get(one, "not") == "not" for one in step.leaves)


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
