"""Which part of the reviewers' rule a change breaks that makes an answer flip."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from tests.unit.verbs.test_flips import LATER, TODAY, found, world
from withhold.catalog.load import Correction, Knowledge
from withhold.facts import Practice
from withhold.verbs.flip_rules import RULES


def ended(**more: Any) -> Practice:
    """What was so, in history with the day on which it ended."""
    return made.practice("train-2024", until=LATER, **more)


def no(*sources: str) -> Practice:
    return made.practice(says="no", since=LATER, sources=list(sources) or ["policy-2"])


def rules(after: Knowledge, before: Knowledge | None = None) -> list[tuple[str, str]]:
    every = found(after, before)
    assert every
    return sorted({(rule.rule, rule.why) for one in every for rule in one.broken})


def test_a_flip_that_keeps_what_was_so_and_quotes_a_new_source_breaks_nothing() -> None:
    assert rules(world(no(), ended())) == []
    moved = made.practice(until=LATER)  # under its own id, the new one under another
    new = made.practice("train-now", says="no", since=LATER, sources=["policy-2"])
    assert rules(world(moved, new)) == []


def test_what_is_written_over_breaks_the_rule() -> None:
    assert rules(world(no())) == [("kept", "overwritten")]
    (one,) = found(world(no()))
    assert [broken.about for broken in one.broken] == [("acme/train",)]
    changed = ended(content=["post", "photo"])  # kept, but not as it was
    assert ("kept", "overwritten") in rules(world(no(), changed))


def test_a_mistake_of_ours_is_kept_in_the_list_of_corrections() -> None:
    correction = Correction(fact="acme/train", on=TODAY, text={"en": "It never did."})
    after = replace(world(no()), corrections=(correction,))
    assert rules(after) == []
    before = replace(world(), corrections=(correction,))  # an older one excuses nothing
    assert rules(after, before) == [("kept", "overwritten")]


@pytest.mark.parametrize(
    ("given", "broken"),
    [
        ({"a": {"kind": "official"}}, []),
        ({"a": {"kind": "archived"}}, []),
        ({"a": {"kind": "regulator"}}, []),
        ({"a": {"kind": "press"}}, [("new-source", "only-one")]),
        ({"a": {"kind": "unverified"}}, [("new-source", "not-read"), ("quote", "no-quote")]),
        (
            {"a": {"kind": "official", "read": "no"}},
            [("new-source", "not-read"), ("quote", "no-quote")],
        ),
        ({"a": {"kind": "official", "quote": ""}}, [("quote", "no-quote")]),
        (
            {"a": {"kind": "official", "seen": date(2024, 5, 31)}},
            [("new-source", "not-later"), ("quote", "no-quote")],
        ),
        (
            {"a": {"kind": "official", "seen": made.SEEN}},
            [("new-source", "not-later"), ("quote", "no-quote")],
        ),
        (
            {
                "a": {"kind": "press", "url": "https://news.example/1"},
                "b": {"kind": "blog", "url": "https://blog.example/1"},
            },
            [],
        ),
        (
            {
                "a": {"kind": "press", "url": "https://www.news.example/1"},
                "b": {"kind": "press", "url": "https://news.example/2"},
            },
            [("new-source", "only-one")],
        ),
    ],
)
def test_the_source_of_a_flip(
    given: dict[str, dict[str, Any]], broken: list[tuple[str, str]]
) -> None:
    usual = {"url": "https://acme.example/3", "seen": LATER, "quote": "We do not."}
    named = {name: made.source(**(usual | more)) for name, more in given.items()}
    assert rules(world(no(*named), ended(), source=named)) == broken


def test_the_old_source_is_none_for_the_new_answer() -> None:
    after = world(no("policy"), ended())
    assert rules(after) == [("new-source", "no-new-source"), ("quote", "no-quote")]


def test_the_rules_are_told_in_their_order() -> None:
    (one,) = found(world(no("policy")))
    assert [broken.rule for broken in one.broken] == ["kept", "new-source", "quote"]
    assert [one for one in RULES if one != "cause"] == ["kept", "new-source", "quote"]
