"""The looks at a policy as the history of a document: what brought something, and what did not."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.verbs.policies_made import DENIES, TRAINS, page
from withhold.keep.policy_seen import PolicySeen
from withhold.policies.reading import read_document
from withhold.policies.versions import compare
from withhold.verbs.policy_looks import history_of

NAME = "acme/privacy-policy"


def look(day: int, outcome: Any, **more: Any) -> PolicySeen:
    on = date(2026, 11, day)
    return PolicySeen(document=NAME, url="", on=on, outcome=outcome, id=f"obs-{day}", **more)


def worse() -> Any:
    before, after = (read_document(page(one), "html") for one in (DENIES, TRAINS))
    return compare(before, after, date(2026, 11, 4))


def test_each_look_that_brought_another_text_is_a_step_and_the_others_are_counted() -> None:
    change = worse()
    assert change.grade == "worse"
    looks = [
        look(2, "first"),
        look(3, "same"),
        look(4, "changed", change=change),
        look(5, "failed", reason="captcha"),
        look(6, "re-rendered", again=date(2026, 11, 2)),
    ]
    (past,) = history_of(NAME, looks).documents
    assert past.name == NAME
    assert (past.versions, past.used) == (5, 4)
    assert (past.first, past.last) == (date(2026, 11, 2), date(2026, 11, 6))
    assert [(one.version.day.day, one.outcome) for one in past.steps] == [
        (2, "first"),
        (4, "changed"),
        (5, "unreadable"),
        (6, "seen-before"),
    ]
    assert [one.version.day.day for one in past.noticed] == [4]
    assert past.steps[1].against == date(2026, 11, 3)
    assert past.steps[3].against == date(2026, 11, 2)


def test_of_looks_that_all_failed_nothing_is_said_and_nothing_is_noticed() -> None:
    (past,) = history_of(NAME, [look(2, "failed"), look(3, "failed")]).documents
    assert past.used == 0
    assert past.noticed == ()
    assert past.now == ()
    assert not past.silent  # nobody read it


def test_it_is_silent_only_where_every_look_that_saw_it_was() -> None:
    silent = [look(2, "first", silent=True), look(3, "failed")]
    assert history_of(NAME, silent).documents[0].silent
    assert not history_of(NAME, [*silent, look(4, "changed")]).documents[0].silent
