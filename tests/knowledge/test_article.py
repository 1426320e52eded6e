"""The article's statements as knowledge: the same marks, and the same answers then and now.

The table that a person wrote, ``tests/question/article.toml``, is what they are held against.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.question.case import Case, Expect, Seen, Statement, ask, read_article
from withhold.catalog.load import Knowledge
from withhold.claims import Ask, Claim
from withhold.verdict import Verdict
from withhold.words import LANGS

ARTICLE = {f"article-{one.id}": one for one in read_article().statement}
SAID = date(2024, 9, 25)
TODAY = date(2026, 11, 23)
MARKS = {
    "as written": "as-written",
    "changed since": "changed-since",
    "was imprecise": "imprecise",
}
NO_QUESTION = {"article-bots-are-legal"}
"""What a law lets others do is no question that the engine answers."""


@pytest.fixture(scope="module", params=ARTICLE)
def pair(request: pytest.FixtureRequest, knowledge: Knowledge) -> tuple[Claim, Statement]:
    """Each claim with its statement in the table."""
    return knowledge.claims[request.param], ARTICLE[request.param]


def test_every_statement_has_its_claim_and_no_claim_is_left_over(knowledge: Knowledge) -> None:
    claims = {one.id for one in knowledge.claims.values() if one.part_of == "article-2024"}
    assert len(ARTICLE) == 21
    assert claims == set(ARTICLE)
    assert {one for one in knowledge.claims if one.startswith("article-")} == claims


def test_the_mark_is_the_one_of_the_table(pair: tuple[Claim, Statement]) -> None:
    claim, statement = pair
    assert claim.held == MARKS[statement.mark]
    assert claim.said_on == SAID


def test_it_rests_on_what_the_table_names(pair: tuple[Claim, Statement]) -> None:
    claim, statement = pair
    assert set(statement.facts) <= set(claim.facts)
    assert claim.facts or claim.id in NO_QUESTION


def test_it_is_told_in_both_languages_in_one_sentence_or_two(
    pair: tuple[Claim, Statement],
) -> None:
    claim, _ = pair
    for text in (claim.text, claim.why):
        assert set(text) == set(LANGS)
        assert text["en"] != text["de"]
    for said in claim.why.values():
        assert said.endswith(".")
    assert 1 <= len(re.findall(r"\.(?:\s|$)", claim.why["en"])) <= 2


def test_its_questions_are_as_many_as_tell_the_story(pair: tuple[Claim, Statement]) -> None:
    claim, statement = pair
    assert len(claim.asks) in ((0,) if claim.id in NO_QUESTION else (1, 2, 3, 4))
    assert bool(claim.asks) == bool(statement.then or statement.now)


def test_each_day_of_a_statement_is_shown_by_a_question(pair: tuple[Claim, Statement]) -> None:
    """The questions are of the statement itself: its own cases, on the day said and today."""
    claim, statement = pair
    for when, cases in ((SAID, statement.then), (TODAY, statement.now)):
        own = {_question(case) for case in cases}
        asked = {_question(_case(one, claim, when)) for one in claim.asks}
        assert (not own) or own & asked, when


@pytest.mark.parametrize("when", [SAID, TODAY])
def test_the_answer_is_the_one_of_the_table(
    pair: tuple[Claim, Statement], knowledge: Knowledge, when: date
) -> None:
    claim, _ = pair
    for one in claim.asks:
        case = _case(one, claim, when)
        verdict = ask(case, knowledge)
        for expect in EXPECTED[when].get(_question(case), []):
            assert _got(verdict) == (expect.answer, expect.strength), case
            if expect.open is not None:
                want = [(span.since, span.until) for span in expect.open]
                assert [(span.since, span.until) for span in verdict.open] == want, case


def test_every_question_stands_in_the_table(knowledge: Knowledge) -> None:
    """Of one statement on one day at least: no question of our own making goes unchecked."""
    asked = [(claim, one) for claim in _claims(knowledge) for one in claim.asks]
    assert len(asked) > len(ARTICLE)
    for claim, one in asked:
        days = [
            when for when in (SAID, TODAY) if _question(_case(one, claim, when)) in EXPECTED[when]
        ]
        assert days, (claim.id, one)


def test_what_was_imprecise_is_shown_by_more_than_one_answer(knowledge: Knowledge) -> None:
    """Where it was not so everywhere, the questions of the day it was said differ."""
    for name in ("article-linkedin-everyone", "article-eu-may-ask-that-it-stop"):
        claim = knowledge.claims[name]
        assert len({_got(ask(_case(one, claim, SAID), knowledge)) for one in claim.asks}) > 1


# A question of a claim, as a case of the table ---------------------------------------------------


def _claims(knowledge: Knowledge) -> list[Claim]:
    return [knowledge.claims[name] for name in ARTICLE]


def _case(one: Ask, claim: Claim, when: date) -> Case:
    """As the guide asks it: what the owner did was done the day before the claim was said."""
    assert claim.said_on is not None
    eve = claim.said_on - timedelta(days=1)
    return Case(
        id=claim.id,
        says="",
        source="",
        actor=one.actor,
        platform=one.platform,
        site=one.site,
        robots=one.robots,
        kind=one.kind,
        audience=one.audience,
        account_kind=one.account_kind,
        place=one.place,
        use=one.use,
        when=when,
        seen=[Seen(control=name, value=value, on=eve) for name, value in one.seen.items()],
        expect=Expect(answer="unknown"),
    )


def _question(case: Case) -> tuple[object, ...]:
    """What makes two cases the same question. A switch of another blog is no part of it."""
    own = f"{case.platform}:{case.account_name}" if case.account_name else case.platform
    seen = [(one.control, one.value, one.how) for one in case.seen if one.account in ("", own)]
    lines = [line for line in case.robots.splitlines() if line and not line.startswith("#")]
    return (
        case.actor,
        case.platform,
        case.site,
        tuple(lines),
        case.kind,
        case.audience,
        case.authored,
        case.account_kind,
        case.place,
        case.use,
        tuple(seen),
    )


def _expected(cases: list[Case]) -> dict[tuple[object, ...], list[Expect]]:
    found: dict[tuple[object, ...], list[Expect]] = {}
    for case in cases:
        found.setdefault(_question(case), []).append(case.expect)
    return found


def _got(verdict: Verdict) -> tuple[str, str | None]:
    return verdict.answer, verdict.strength


EXPECTED = {
    SAID: _expected([case for one in ARTICLE.values() for case in one.then]),
    TODAY: _expected([case for one in ARTICLE.values() for case in one.now]),
}
