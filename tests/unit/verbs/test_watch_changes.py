"""Two looks side by side: which answers differ, for whom, and whether that is better or worse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit import made
from withhold.verbs.watch_changes import Group, differences, graded, slim
from withhold.verdict import PracticeAnswer, Reason, Verdict
from withhold.words import STRENGTHS

YES = {"answer": "allowed"}
UNKNOWN = {"answer": "unknown"}


def no(strength: str = "promised") -> dict[str, Any]:
    return {"answer": "disallowed", "strength": strength}


def verdict(said: dict[str, Any] | None = None, **more: Any) -> Verdict:
    usual = {
        "actor": "acme",
        "use": "train-ai",
        "where": "DE",
        "when": made.WHEN,
        "platform": "acme",
        "account": "acme",
        "kinds": ("post",),
        "audience": ("public",),
    }
    return Verdict(**(usual | (said or YES) | more))


def practices(**answers: str) -> tuple[PracticeAnswer, ...]:
    return tuple(PracticeAnswer(id=id, answer=one) for id, one in answers.items())


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (no(), YES, "worse"),
        (no(), UNKNOWN, "worse"),
        (UNKNOWN, YES, "worse"),
        (no("observed"), no("told"), "worse"),
        (no("required"), no("asked"), "worse"),
        (YES, no("asked"), "better"),
        (UNKNOWN, no(), "better"),
        (no("asked"), no("observed"), "better"),
        (YES, UNKNOWN, "unclear"),
        (None, YES, "worse"),
        (YES, None, "unclear"),
    ],
)
def test_a_change_is_graded_for_the_person(before: Any, after: Any, effect: str) -> None:
    ends = [verdict(one) if one else None for one in (before, after)]
    assert graded(*ends) == effect
    assert [one.effect for one in differences("acme", *([e] if e else [] for e in ends))] == [
        effect
    ]


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ({"a": "allowed"}, {"a": "allowed", "b": "allowed"}, "worse"),
        ({"a": "allowed", "b": "allowed"}, {"a": "disallowed", "b": "allowed"}, "better"),
        ({"a": "allowed"}, {"b": "allowed"}, "unclear"),
    ],
)
def test_within_a_yes_each_practice_that_opens_or_closes_is_told(
    before: dict[str, str], after: dict[str, str], effect: str
) -> None:
    found = differences(
        "acme",
        [verdict(practices=practices(**before))],
        [verdict(practices=practices(**after))],
    )
    assert [(one.effect, set(one.practices)) for one in found] == [
        (effect, {name for name in before | after if before.get(name) != after.get(name)})
    ]


def test_what_is_not_asked_any_more_or_anew_is_news_only_where_it_may() -> None:
    for said in (UNKNOWN, no()):
        assert differences("acme", [], [verdict(said)]) == []
        assert differences("acme", [verdict(said)], []) == []


def test_other_words_sources_and_days_are_no_change() -> None:
    before = verdict(reasons=(Reason(code="says-yes", checked=made.SEEN),))
    after = verdict(when=made.WHEN.replace(day=2), reasons=(Reason(code="says-yes"),))
    assert differences("acme", [before], [after]) == []


def test_groups_that_were_cut_otherwise_are_compared_by_what_is_in_them() -> None:
    """Then one answer for posts and photos, now two: only the photos changed."""
    before = verdict(no(), kinds=("post", "photo"), audience=("public", "followers"))
    after = [
        verdict(no(), kinds=("post",), audience=("public", "followers")),
        verdict(no(), kinds=("photo",), audience=("followers",)),
        verdict(YES, kinds=("photo",), audience=("public",)),
    ]
    (found,) = differences("acme", [before], after)
    assert (found.effect, found.content) == ("worse", (Group(("photo",), ("public",)),))


def test_what_changed_alike_is_told_as_one_and_names_nothing_else() -> None:
    before = [
        verdict(no(), kinds=("post", "photo"), audience=("public", "followers")),
        verdict(no(), kinds=("message",), audience=("private",)),
    ]
    after = [
        verdict(kinds=("post", "photo"), audience=("public", "followers")),
        verdict(kinds=("message",), audience=("private",)),
    ]
    (found,) = differences("acme", before, after)
    assert found.content == (
        Group(("post", "photo"), ("public", "followers")),
        Group(("message",), ("private",)),
    )


def test_actors_and_uses_are_never_mixed_and_the_worse_comes_first() -> None:
    before = [verdict(actor="acme"), verdict(no(), actor="partner"), verdict(no(), use="ads")]
    after = [verdict(no(), actor="acme"), verdict(actor="partner"), verdict(use="ads")]
    found = differences("acme", before, after)
    assert [(one.shown.actor, one.shown.use, one.effect) for one in found] == [
        ("acme", "ads", "worse"),
        ("partner", "train-ai", "worse"),
        ("acme", "train-ai", "better"),
    ]


said = st.sampled_from([YES, UNKNOWN, *map(no, STRENGTHS)])


@given(said, said)
def test_what_is_worse_one_way_is_better_the_other(one: Any, other: Any) -> None:
    pair = {graded(verdict(one), verdict(other)), graded(verdict(other), verdict(one))}
    yes_or_unknown = {one["answer"], other["answer"]} == {"allowed", "unknown"}
    expected = {"worse", "unclear"} if yes_or_unknown else {"worse", "better"}
    assert pair == ({"unclear"} if one == other else expected)


def test_slim_keeps_the_answer_the_deciding_reason_and_whose_words_it_is() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    full = made.ask(known, made.observation())
    kept = slim(full)
    assert (kept.answer, kept.strength) == (full.answer, full.strength) == ("disallowed", "told")
    assert [one.code for one in kept.reasons] == ["switch-told"]
    assert kept.limits == kept.steps == kept.open == ()
    assert differences("acme", [full], [kept]) == []
