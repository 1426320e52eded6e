"""Verdicts that read the same stand in one paragraph; what differs to a reader never does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.load import default_root
from withhold.catalog.sentences import load_sentences
from withhold.faces.report.alike import by_group, in_order, read_alike
from withhold.faces.report.rows import Speaker
from withhold.verdict import PracticeAnswer, Reason, Verdict
from withhold.words import Span, Strength

SPEAKER = Speaker(made.knowledge(), load_sentences(default_root(), "en"))
YES = Reason(code="says-yes", facts={"whose": "own"})
NO = Reason(code="switch-told", facts={"state": "off", "date": "2024-06-01"})


def practice(id: str, strength: Strength | None = None) -> PracticeAnswer:
    """An open practice, or one that is refused with that strength."""
    answer = "disallowed" if strength else "allowed"
    return PracticeAnswer(
        id=id,
        answer=answer,  # type: ignore[arg-type]
        strength=strength,
        reasons=(NO if strength else YES,),
    )


OPEN, CLOSED = practice("train"), practice("partner", "told")


def verdict(**more: Any) -> Verdict:
    usual = {
        "actor": "acme",
        "use": "train-ai",
        "where": "DE",
        "when": made.WHEN,
        "answer": "allowed",
        "platform": "acme",
        "kinds": ("post",),
        "audience": ("public",),
        "practices": (OPEN,),
        "reasons": (YES,),
    }
    return Verdict(**(usual | more))


def numbers(*verdicts: Verdict) -> list[list[int]]:
    """Which of them stand together, by their number in the order given."""
    groups = read_alike(verdicts, SPEAKER)
    return [[next(n for n, v in enumerate(verdicts) if v is one) for one in g] for g in groups]


@pytest.mark.parametrize(
    "more",
    [
        {"kinds": ("photo",)},
        {"audience": ("followers",)},
        {"account": "acme:two"},
        {"practices": (practice("other"),)},
    ],
    ids=str,
)
def test_only_the_content_differs_so_they_read_the_same(more: dict[str, Any]) -> None:
    assert numbers(verdict(), verdict(**more)) == [[0, 1]]


@pytest.mark.parametrize(
    "more",
    [
        {"actor": "partner"},
        {"use": "licence-to-third-party"},
        {"answer": "unknown"},
        {"answer": "disallowed", "strength": "told", "practices": (CLOSED,)},
        {"open": (Span(date(2024, 1, 1)),)},
        {"practices": (OPEN, CLOSED)},
    ],
    ids=str,
)
def test_what_a_reader_would_miss_stands_apart(more: dict[str, Any]) -> None:
    assert numbers(verdict(), verdict(**more)) == [[0], [1]]


def test_two_noes_of_other_strength_stand_apart() -> None:
    promised, asked = (
        verdict(answer="disallowed", strength=one, practices=(practice("train", one),))
        for one in ("promised", "asked")
    )
    assert numbers(promised, asked, promised) == [[0, 0], [1]]


def test_which_half_is_closed_matters_only_while_another_is_open() -> None:
    """Of a no every practice is closed, so the list of them adds nothing for a reader."""
    one = verdict(answer="disallowed", strength="told", practices=(CLOSED,))
    two = (practice("train", "told"),)
    other = verdict(answer="disallowed", strength="told", practices=two)
    assert numbers(one, other) == [[0, 1]]


def test_nothing_is_lost_and_the_order_stays() -> None:
    given = [verdict(kinds=(k,)) for k in ("post", "photo")]
    given.insert(1, verdict(actor="partner"))
    groups = read_alike(given, SPEAKER)
    assert [one for group in groups for one in group] == [given[0], given[2], given[1]]
    assert read_alike([], SPEAKER) == []


# One order of answers everywhere ------------------------------------------------------------------

SAID = ("may", "observed", "shown", "promised", "required", "told", "asked", "not known")


def standing_as(said: str) -> Verdict:
    if said in ("may", "not known"):
        return verdict(answer={"may": "allowed"}.get(said, "unknown"), account=said)
    return verdict(answer="disallowed", strength=said, account=said)


@pytest.mark.parametrize("turned", range(len(SAID)))
def test_what_may_first_then_each_no_by_its_strength_then_what_is_not_known(turned: int) -> None:
    given = [standing_as(one) for one in (*SAID[turned:], *SAID[:turned])]
    assert [one.account for (one,) in in_order([one] for one in given)] == list(SAID)
    assert [(name, [one.account for one in these]) for name, these in by_group(given)] == [
        ("group_may", ["may"]),
        ("group_promised", ["observed", "shown", "promised", "required", "told"]),
        ("group_asked", ["asked"]),
        ("group_unknown", ["not known"]),
    ]


def test_of_one_standing_the_order_stays_and_no_group_is_empty() -> None:
    given = [verdict(actor=one) for one in ("partner", "acme", "anyone")]
    assert in_order([one] for one in given) == [[one] for one in given]
    assert by_group(given) == [("group_may", given)]
    assert by_group([]) == []
