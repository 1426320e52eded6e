"""Over made-up worlds: what flips is what flips when each question is asked by itself."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit import worlds
from withhold.catalog.load import Knowledge
from withhold.may_train import may_train
from withhold.verbs.flips import flips
from withhold.words import Account, Content

AUDIENCES = ("public", "followers", "group", "private")
PLACES = ("DE", "FR", "GB", "US", "US-PA")


@st.composite
def two(draw: Any) -> tuple[Knowledge, Knowledge]:
    """Two worlds that have nothing to do with each other: as many changes as there can be."""
    return draw(worlds.worlds()).known, draw(worlds.worlds()).known


@settings(max_examples=20, deadline=None)
@given(two(), st.sampled_from(worlds.DAYS[-2:]))
def test_every_answer_that_differs_is_told_and_no_other(
    both: tuple[Knowledge, Knowledge], when: Any
) -> None:
    before, after = both
    found = [one for one in flips(before, after, when).flips if not one.done and one.when == when]
    told = {
        (one.actor, one.use, *cell)
        for one in found
        if one.platform == "acme"
        for cell in product(one.kinds, one.audience, one.places, one.plans, one.account_kinds)
    }
    practices = [one for known in both for one in known.platforms["acme"].practice]
    asked = {
        (actor, use, *cell)
        for actor, use in {(one.actor, one.use) for one in practices}
        for cell in product(
            {kind for one in practices for kind in one.content},
            AUDIENCES,
            PLACES,
            ("", "free", "team"),
            ("personal", "business"),
        )
    }
    differ = {one for one in asked if _answer(before, one, when) != _answer(after, one, when)}
    assert told <= differ
    # what is asked on each side are the audiences, plans and kinds of account that are told apart
    known = {word for side in both for word in side.platforms["acme"].audiences}
    plans = {"", *(plan for one in _things(both) for plan in one.plans)}
    kinds = {"personal", *(kind for one in _things(both) for kind in one.account_kinds)}
    missed = {
        one
        for one in differ - told
        if one[3] in known and one[5] in plans and one[6] in kinds and not _public_only(one)
    }
    assert missed == set()


def _things(both: tuple[Knowledge, Knowledge]) -> list[Any]:
    return [
        one
        for side in both
        for one in (*side.platforms["acme"].practice, *side.platforms["acme"].control)
    ]


def _public_only(one: tuple[str, ...]) -> bool:
    """What stands on a business account is public."""
    return one[6] == "business" and one[3] != "public"


def _answer(known: Knowledge, one: tuple[str, ...], when: Any) -> Any:
    actor, use, kind, audience, place, plan, account_kind = one
    account = Account(platform="acme", plan=plan, kind=account_kind)  # type: ignore[arg-type]
    content = Content(kind=kind, audience=audience, account=account)  # type: ignore[arg-type]
    found = may_train(actor, content, place, when, known, (), use)
    return found.answer, found.strength, found.open
