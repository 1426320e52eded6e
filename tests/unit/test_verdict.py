"""How answers combine, what is merged, and spans of time, each against what a hand works out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.verdict import (
    PracticeAnswer,
    Reason,
    Step,
    Verdict,
    both,
    combine,
    in_order,
    merge,
    strongest,
    union,
    up_to,
    weakest,
    without,
)
from withhold.words import Answer, Span, Strength

WHEN = date(2024, 7, 1)


def _answers(*said: tuple[Answer, Strength | None]) -> list[PracticeAnswer]:
    return [PracticeAnswer(id=f"p{n}", answer=a, strength=s) for n, (a, s) in enumerate(said)]


# The table of combination ---------------------------------------------------------------------

ALLOWED: tuple[Answer, None] = ("allowed", None)
UNKNOWN: tuple[Answer, None] = ("unknown", None)


def _no(strength: Strength) -> tuple[Answer, Strength]:
    return "disallowed", strength


@pytest.mark.parametrize(
    ("practices", "answer"),
    [
        ([], UNKNOWN),
        ([ALLOWED], ALLOWED),
        ([UNKNOWN], UNKNOWN),
        ([_no("observed")], _no("observed")),
        ([ALLOWED, UNKNOWN], ALLOWED),
        ([UNKNOWN, ALLOWED], ALLOWED),
        ([ALLOWED, _no("observed")], ALLOWED),
        ([_no("observed"), ALLOWED], ALLOWED),
        ([UNKNOWN, _no("required")], UNKNOWN),
        ([_no("required"), UNKNOWN], UNKNOWN),
        ([ALLOWED, UNKNOWN, _no("asked")], ALLOWED),
        ([_no("observed"), _no("shown")], _no("shown")),
        ([_no("promised"), _no("shown")], _no("promised")),
        ([_no("promised"), _no("required")], _no("required")),
        ([_no("told"), _no("required")], _no("told")),
        ([_no("told"), _no("asked"), _no("observed")], _no("asked")),
    ],
)
def test_the_least_restrictive_practice_decides(
    practices: list[tuple[Answer, Strength | None]], answer: tuple[Answer, Strength | None]
) -> None:
    assert combine(_answers(*practices)) == answer


def test_strengths_from_the_strongest_to_the_weakest() -> None:
    """The order of the design, by hand."""
    order: list[Strength] = ["observed", "shown", "promised", "required", "told", "asked"]
    for stronger in range(len(order)):
        for weaker in range(stronger, len(order)):
            pair = [order[weaker], order[stronger]]
            assert strongest(pair) == order[stronger]
            assert weakest(pair) == order[weaker]


# Overdue --------------------------------------------------------------------------------------


def _verdict(**more: Any) -> Verdict:
    usual = {"actor": "acme", "use": "train-ai", "where": "DE", "when": WHEN, "answer": "allowed"}
    return Verdict(**(usual | more))


def test_a_reason_is_overdue_on_the_day_after_it_is_due() -> None:
    reason = Reason(code="says-yes", due=WHEN)
    assert not reason.overdue(WHEN)
    assert reason.overdue(WHEN + timedelta(days=1))
    assert not Reason(code="says-yes").overdue(date.max)


def test_a_verdict_names_the_oldest_overdue_check() -> None:
    late = [
        Reason(code="says-yes", checked=date(2024, day, 1), due=date(2024, day, 20))
        for day in (3, 2, 4)
    ]
    fresh = Reason(code="says-yes", checked=date(2023, 1, 1), due=WHEN)
    assert _verdict(reasons=(*late, fresh)).overdue == date(2024, 2, 1)
    assert _verdict(reasons=(fresh,)).overdue is None
    assert _verdict().overdue is None


def test_what_stands_beside_an_answer_does_not_make_it_overdue() -> None:
    beside = Reason(code="no-control", checked=date(2024, 1, 1), due=date(2024, 2, 1))
    assert _verdict(reasons=(beside,)).overdue is None


# Merging --------------------------------------------------------------------------------------


def _one(kind: Any, audience: Any, answer: Any = "allowed", **more: Any) -> Verdict:
    return _verdict(kinds=(kind,), audience=(audience,), answer=answer, **more)


def test_what_is_alike_is_merged_into_one() -> None:
    grid = [_one(k, a) for k in ("post", "photo") for a in ("public", "followers")]
    (merged,) = merge(grid)
    assert merged.kinds == ("post", "photo")
    assert merged.audience == ("public", "followers")


def test_kinds_of_other_audiences_stay_apart() -> None:
    merged = merge([_one("post", "public"), _one("post", "followers"), _one("message", "private")])
    assert [(one.kinds, one.audience) for one in merged] == [
        (("post",), ("public", "followers")),
        (("message",), ("private",)),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"answer": "unknown"},
        {"answer": "disallowed", "strength": "told"},
        {"actor": "partner"},
        {"use": "ads"},
        {"where": "FR"},
        {"when": date(2024, 7, 2)},
        {"account": "acme:two"},
        {"site": "a.example"},
        {"path": "/x"},
        {"open": (Span(WHEN, None),)},
        {"practices": (PracticeAnswer(id="p", answer="allowed"),)},
        {"steps": (Step(control="acme/switch", closes=("p",)),)},
        {"limits": (Reason(code="was-public"),)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_whatever_differs_is_not_merged(other: dict[str, Any]) -> None:
    assert len(merge([_one("post", "public"), _one("photo", "public", **other)])) == 2
    assert len(merge([_one("post", "public"), _one("post", "followers", **other)])) == 2


def test_practices_that_answer_otherwise_are_not_averaged_away() -> None:
    open_one = _answers(ALLOWED, _no("told"))
    open_other = _answers(_no("told"), ALLOWED)
    merged = merge(
        [
            _one("post", "public", practices=tuple(open_one)),
            _one("photo", "public", practices=tuple(open_other)),
        ]
    )
    assert len(merged) == 2


KINDS = ("post", "photo", "video", "message")
AUDIENCES = ("public", "followers", "group", "private")


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(AUDIENCES)),
        st.sampled_from(["allowed", "unknown", "told", "asked"]),
    )
)
def test_a_merged_verdict_names_all_that_was_asked_and_nothing_else(
    asked: dict[tuple[str, str], str],
) -> None:
    verdicts = [
        _one(kind, audience, "disallowed", strength=said)
        if said in ("told", "asked")
        else _one(kind, audience, said)
        for (kind, audience), said in asked.items()
    ]
    named: list[tuple[str, str]] = []
    for one in merge(verdicts):
        for kind in one.kinds:
            for audience in one.audience:
                named.append((kind, audience))
                assert asked[kind, audience] == (one.strength or one.answer)
    assert sorted(named) == sorted(asked)


# Spans, against a calendar of single days -----------------------------------------------------

FIRST = date(2024, 1, 1)
CALENDAR = [FIRST + timedelta(days=number) for number in range(-2, 14)]
ends = st.none() | st.sampled_from(CALENDAR[2:-2])
a_span = st.builds(Span, ends, ends).filter(
    lambda span: span.since is None or span.until is None or span.since < span.until
)
some = st.lists(a_span, max_size=5)


def _days(spans: Sequence[Span]) -> set[date]:
    """The single days that lie in the spans, one by one."""
    return {
        day
        for day in CALENDAR
        for span in spans
        if (span.since is None or day >= span.since) and (span.until is None or day < span.until)
    }


@settings(max_examples=300)
@given(some, some)
def test_union_without_and_both_hold_on_every_day(spans: list[Span], others: list[Span]) -> None:
    assert _days(union([*spans, *others])) == _days(spans) | _days(others)
    assert _days(without(spans, others)) == _days(spans) - _days(others)
    assert _days(both(spans, others)) == _days(spans) & _days(others)
    for found in (union(spans), without(spans, others), both(spans, others)):
        assert in_order(found)


@settings(max_examples=300)
@given(some, st.sampled_from(CALENDAR))
def test_up_to_a_day_nothing_later_is_told(spans: list[Span], when: date) -> None:
    joined = union(spans)
    found = up_to(joined, when)
    past = {day for day in CALENDAR if day <= when}
    assert _days(found) & past == _days(joined) & past
    assert all(span.since is None or span.since <= when for span in found)
    assert all(span.until is None or span.until <= when for span in found)


@pytest.mark.parametrize(
    ("spans", "ordered"),
    [
        ([], True),
        ([Span()], True),
        ([Span(None, FIRST), Span(FIRST + timedelta(days=1), None)], True),
        ([Span(None, FIRST), Span(FIRST, None)], False),  # they touch: one span
        ([Span(FIRST, None), Span(None, FIRST)], False),
        ([Span(FIRST, FIRST)], False),
        ([Span(None, CALENDAR[5]), Span(CALENDAR[4], None)], False),
    ],
)
def test_in_order_means_disjoint_in_turn_and_not_empty(spans: list[Span], ordered: bool) -> None:
    assert in_order(spans) is ordered


def test_spans_by_hand() -> None:
    def day(number: int) -> date:
        return date(2024, 1, number)

    assert union([Span(day(5), day(7)), Span(day(1), day(5))]) == (Span(day(1), day(7)),)
    assert without([Span(None, None)], [Span(day(3), day(5))]) == (
        Span(None, day(3)),
        Span(day(5), None),
    )
    assert both([Span(day(1), day(9))], []) == ()
    assert up_to([Span(day(1), day(5)), Span(day(8), None)], day(4)) == (Span(day(1), None),)
    assert up_to([Span(day(1), day(5))], day(5)) == (Span(day(1), day(5)),)
