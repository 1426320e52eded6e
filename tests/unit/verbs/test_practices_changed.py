"""How practices change, in made-up worlds: each begins, ends, or follows on another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from tests.unit import made
from withhold.verbs.changes import Change, changes

LATER = date(2024, 3, 1)


def _told(*platforms: Any, **more: Any) -> list[Change]:
    return changes(made.knowledge(*platforms, **more), made.WHEN)


def _only(*practices: Any, **more: Any) -> list[tuple[str, str, str]]:
    found = _told(made.platform(practice=list(practices)), **more)
    return [(one.day, one.code, one.effect) for one in found]


def _then(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """One practice that another follows on; without the change that the first one is itself."""
    first = made.practice("old", until=LATER, since=None, known_since=made.BEGAN, **before)
    return [
        row
        for row in _only(first, made.practice("new", since=LATER, **after))
        if row[0] != str(made.BEGAN)
    ]


YES: dict[str, Any] = {"says": "yes", "default": "on"}
NO: dict[str, Any] = {"says": "no"}
SILENT: dict[str, Any] = {"says": "silent"}
IF: dict[str, Any] = {"says": "conditional", "condition": {"en": "it pays"}}
OPT_IN: dict[str, Any] = {"says": "yes", "default": "off"}
LICENCE: dict[str, Any] = {"use": "licence-to-third-party"}


@pytest.mark.parametrize(
    ("fields", "starts", "first", "ends", "last"),
    [
        (YES, "training-starts", "worse", "training-ends", "better"),
        (YES | LICENCE, "licence-starts", "worse", "licence-ends", "better"),
        (NO, "promise-starts", "better", "promise-ends", "worse"),
        (NO | LICENCE, "promise-starts", "better", "promise-ends", "worse"),
        (IF, "condition-starts", "unclear", "condition-ends", "unclear"),
        (OPT_IN, "opt-in-starts", "unclear", "opt-in-ends", "unclear"),
    ],
)
def test_a_practice_that_begins_and_ends(
    fields: dict[str, Any], starts: str, first: str, ends: str, last: str
) -> None:
    assert _only(made.practice(until=LATER, **fields)) == [
        (str(LATER), ends, last),
        (str(made.BEGAN), starts, first),
    ]
    shown = made.practice(known_since=made.BEGAN, **fields)
    (known,) = _told(made.platform(practice=[shown]))
    assert (known.code, known.effect, known.precision) == (starts, "unclear", "known")


@pytest.mark.parametrize(
    ("before", "after", "code", "effect"),
    [
        (NO, YES, "training-starts", "worse"),
        (NO, OPT_IN, "opt-in-starts", "worse"),
        (NO, IF, "condition-starts", "worse"),
        (NO, SILENT, "promise-ends", "worse"),
        (SILENT, YES, "training-starts", "worse"),
        (SILENT, NO, "promise-starts", "better"),
        (SILENT, IF, "condition-starts", "unclear"),
        (IF, YES, "training-starts", "worse"),
        (IF, NO, "promise-starts", "better"),
        (IF, SILENT, "falls-silent", "unclear"),
        (YES, NO, "promise-starts", "better"),
        (YES, IF, "condition-starts", "better"),
        (YES, OPT_IN, "opt-in-starts", "better"),
        (YES, SILENT, "falls-silent", "unclear"),
        (OPT_IN, YES, "training-starts", "worse"),
        (OPT_IN, NO, "promise-starts", "better"),
        (YES, YES, "terms-changed", "unclear"),
        (NO, NO, "terms-changed", "unclear"),
        (YES, YES | {"content": ["post", "photo"]}, "terms-widened", "worse"),
        (NO, NO | {"audience": ["public", "followers"]}, "terms-widened", "better"),
        (IF, IF | {"content": ["post", "photo"]}, "terms-widened", "unclear"),
        (YES | {"plans": ["free"]}, YES, "terms-widened", "worse"),
        (YES, YES | {"plans": ["free"]}, "terms-changed", "unclear"),
        (YES | {"account_kinds": ["personal"]}, YES, "terms-widened", "worse"),
        (NO | {"places": ["EU"]}, YES | {"places": ["EU", "GB"]}, "training-starts", "worse"),
        (YES | {"places": ["EU"]}, YES | {"places": ["DE"]}, "terms-changed", "unclear"),
        (YES | {"not_places": ["EU"]}, YES, "terms-widened", "worse"),
    ],
)
def test_a_practice_that_follows_on_another(
    before: dict[str, Any], after: dict[str, Any], code: str, effect: str
) -> None:
    assert _then(before, after) == [(str(LATER), code, effect)]


@pytest.mark.parametrize(
    "apart",
    [
        {"content": ["photo"]},
        {"audience": ["followers"]},
        {"plans": ["team"]},
        {"account_kinds": ["business"]},
        {"places": ["GB"]},
        {"not_places": ["EU"]},
        {"actor": "partner"},
        {"use": "licence-to-third-party"},
    ],
)
def test_what_reaches_nothing_in_common_does_not_follow(apart: dict[str, Any]) -> None:
    old = NO | {"plans": ["free"], "account_kinds": ["personal"], "places": ["EU"]}
    found = _then(old, NO | {"plans": ["free"], "account_kinds": ["personal"]} | apart)
    assert sorted(code for _, code, _ in found) == ["promise-ends", "promise-starts"]


def test_silence_that_nothing_was_said_before_is_no_change() -> None:
    assert _only(made.practice(**SILENT)) == []
    assert _then(SILENT, SILENT) == []
    assert _only(made.practice(until=LATER, **SILENT)) == []


def test_one_practice_that_follows_on_two_names_both_and_does_not_hide_a_contradiction() -> None:
    old = {"until": LATER, "known_since": made.BEGAN}
    first = made.practice("one", content=["post"], **YES, **old)
    second = made.practice("two", content=["photo"], **NO, **old)
    new = made.practice("new", since=LATER, content=["post", "photo"], **IF)
    (found,) = (one for one in _told(made.platform(practice=[first, second, new])) if one.before)
    assert (found.code, found.effect) == ("condition-starts", "unclear")
    assert found.before == {"en": "It does one. It does two.", "de": "Es tut one. Es tut two."}


ORDER = {"disallowed": 0, "unknown": 1, "allowed": 2}


@pytest.mark.parametrize(
    ("before", "after"), list(product([YES, NO, SILENT, IF, OPT_IN], repeat=2))
)
def test_the_effect_agrees_with_the_question_asked_on_both_days(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    """The oracle is ``may_train``: who answers more openly than the day before is worse."""
    known = made.knowledge(
        made.platform(
            practice=[
                made.practice("old", until=LATER, **before),
                made.practice("new", since=LATER, **after),
            ]
        )
    )
    was = ORDER[made.ask(known, when=LATER - timedelta(days=1)).answer]
    now = ORDER[made.ask(known, when=LATER).answer]
    effects = {one.effect for one in changes(known, made.WHEN, since=LATER)}
    if was < now:
        assert effects == {"worse"}
    elif now < was and after is not SILENT:  # a text that falls silent is no better for that
        assert effects == {"better"}
    elif now < was:
        assert effects == {"unclear"}
    elif {id(before), id(after)} == {id(NO), id(OPT_IN)}:  # both answer no; one of them until asked
        assert effects == ({"worse"} if before is NO else {"better"})
    else:
        assert effects <= {"unclear"}
