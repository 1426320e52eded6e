"""Law 4 of the question, over made-up worlds of any kind: a control answers for what it covers."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit import made, worlds
from tests.unit.reached import reaches
from tests.unit.worlds import DAYS, World

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
        if reaches(one, world)
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
