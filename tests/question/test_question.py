"""Every case of the question gets the answer that a person worked out from the sources."""

from __future__ import annotations

import pytest

from tests.question.case import Case, Statement, ask, differences, read_article, read_cases
from withhold.catalog.load import Knowledge

CASES = read_cases()
ARTICLE = read_article().statement


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{file}:{case.id}" for file, case in CASES]
)
def test_case(case: Case, knowledge: Knowledge) -> None:
    assert case.place in knowledge.places.names, f"unknown place {case.place}"
    assert not differences(case, ask(case, knowledge)), case.says


def test_there_are_at_least_150_cases_and_no_id_twice() -> None:
    ids = [case.id for _, case in CASES]
    for statement in ARTICLE:
        ids += [case.id for case in (*statement.then, *statement.now)]
    assert len(ids) >= 150
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("statement", ARTICLE, ids=[one.id for one in ARTICLE])
def test_statement_of_the_article(statement: Statement, knowledge: Knowledge) -> None:
    for case in (*statement.then, *statement.now):
        assert not differences(case, ask(case, knowledge)), (case.id, case.says)
    if statement.claim:
        assert knowledge.claims[statement.claim].source
    for fact in statement.facts:
        owner, _, name = fact.partition("/")
        things = knowledge.platforms.get(owner) or knowledge.actors[owner]
        ids = {one.id for one in things.practice} | {
            one.id for one in getattr(things, "control", ())
        }
        assert name in ids, fact
    assert statement.then or statement.claim or statement.facts


def test_a_change_since_the_article_is_shown_by_two_different_answers() -> None:
    for statement in ARTICLE:
        if statement.mark == "changed since" and statement.then and statement.now:
            before = [
                (one.expect.answer, one.expect.strength, one.expect.open) for one in statement.then
            ]
            after = [
                (one.expect.answer, one.expect.strength, one.expect.open) for one in statement.now
            ]
            assert before != after, statement.id
