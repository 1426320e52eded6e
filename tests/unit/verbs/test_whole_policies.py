"""Of a report: the policies of the owner's own platforms, as they had been seen on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.policies.clause import Clause
from withhold.policies.versions import Change, Pair
from withhold.verbs.policy_history import Past
from withhold.verbs.whole_policies import seen_policies

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LATE = date(2026, 11, 30)
CLAUSE = Clause(sentence="We train our models on your posts.", says="yes")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def see(store: Store, document: str, day: int, outcome: Any, **more: Any) -> None:
    """One look at one document, in a round of its own."""
    on = date(2026, 11, day)
    url = "https://acme.example/p"
    around = store.policies.begin([document], NOW)
    look = PolicySeen(document=document, url=url, on=on, outcome=outcome, **more)
    store.policies.record(around.id, look, NOW)
    store.policies.end(around.id, NOW)


def worse(day: int) -> Change:
    pair = Pair(before=None, after=CLAUSE, grade="worse")
    return Change(grade="worse", seen=date(2026, 11, day), pairs=(pair,))


def seen(store: Store, *platforms: str, when: date = LATE) -> dict[str, Past]:
    found = seen_policies(store, platforms, when)
    return {one.name: one for one in found.documents} if found else {}


def test_only_what_the_owner_uses_and_what_was_seen_up_to_the_day(store: Store) -> None:
    see(store, "acme/privacy", 2, "first")
    see(store, "acme/privacy", 9, "changed", change=worse(9))
    see(store, "acme/terms", 9, "first")
    see(store, "acmes/privacy", 2, "first")
    assert set(seen(store, "acme")) == {"acme/privacy", "acme/terms"}
    early = seen(store, "acme", when=date(2026, 11, 8))
    assert set(early) == {"acme/privacy"}
    assert (early["acme/privacy"].versions, early["acme/privacy"].noticed) == (1, ())
    assert len(seen(store, "acme")["acme/privacy"].noticed) == 1


def test_none_where_nothing_was_looked_at(store: Store) -> None:
    see(store, "acme/privacy", 9, "first")
    assert seen_policies(store, ["other"], LATE) is None
    assert seen_policies(store, ["acme"], date(2026, 11, 8)) is None


def test_what_the_newest_text_says_stands_whatever_came_of_later_looks(store: Store) -> None:
    see(store, "acme/privacy", 2, "first", silent=True)
    see(store, "acme/privacy", 3, "changed", change=worse(3), said=(CLAUSE,))
    see(store, "acme/privacy", 4, "same")
    see(store, "acme/privacy", 5, "failed", reason="captcha")
    one = seen(store, "acme")["acme/privacy"]
    assert (one.now, one.silent) == ((CLAUSE,), False)
    assert (one.versions, one.used, one.first.day, one.last.day) == (4, 3, 2, 5)
    assert [step.outcome for step in one.steps] == ["first", "changed", "unreadable"]


def test_a_policy_that_nobody_could_read_is_not_called_silent(store: Store) -> None:
    see(store, "acme/privacy", 2, "failed", reason="blocked")
    one = seen(store, "acme")["acme/privacy"]
    assert (one.used, one.silent, one.now) == (0, False, ())


def test_the_same_said_in_other_words_is_no_doing_of_an_archive(store: Store) -> None:
    see(store, "acme/privacy", 2, "first")
    see(store, "acme/privacy", 3, "re-rendered")
    see(store, "acme/privacy", 4, "re-rendered", again=date(2026, 11, 2))
    steps = seen(store, "acme")["acme/privacy"].steps
    assert [(one.outcome, one.against) for one in steps[1:]] == [
        ("seen-before", date(2026, 11, 2)),
        ("seen-before", date(2026, 11, 2)),
    ]
