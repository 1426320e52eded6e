"""Laws 1 to 3 of the question, each over made-up worlds of any kind: refusals, knowing, spans."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made, worlds
from tests.unit.reached import here, reaches
from tests.unit.worlds import DAYS, World, open_days
from withhold.facts import Practice
from withhold.verdict import Verdict, in_order
from withhold.words import STRENGTHS, Observation

LEAST_OPEN = {"allowed": 0, "unknown": 1, "disallowed": 2}


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
    assume(earlier < world.when)
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
        reaches(one, world) and _was_open(one, world, asked) for one in world.acme.practice
    )
    assert worlds.lies_in(asked, verdict.open) == expected


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
        if control.covers.get(one.id) != "full" or not here(control, world):
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
            if about and stands and here(anywhere, world):
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
