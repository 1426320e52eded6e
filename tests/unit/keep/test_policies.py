"""Looks at policies: links of the one chain, one a document and round, forgotten as the rest is."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from withhold.errors import StoreTrouble
from withhold.keep import Forgotten, Store
from withhold.keep.policy_seen import PolicySeen
from withhold.policies.clause import Clause
from withhold.policies.versions import Change, Pair
from withhold.words import Account, Observation

Rows = Callable[..., list[tuple[object, ...]]]
Seen = Callable[..., Observation]
NAMES = ("acme/privacy", "acme/terms")
BODY = b"<h1>Privacy</h1>"


def look(document: str = NAMES[0], **more: object) -> PolicySeen:
    """A look; what is not said is of no importance to the test."""
    usual: dict[str, object] = {
        "url": "https://acme.example/privacy",
        "on": date(2026, 8, 22),
        "outcome": "first",
    }
    return PolicySeen(document=document, **(usual | more))  # type: ignore[arg-type]


def worse(on: date = date(2026, 8, 22)) -> Change:
    after = Clause(sentence="We train our models on your posts.", says="yes")
    return Change(grade="worse", seen=on, pairs=(Pair(before=None, after=after, grade="worse"),))


# Rounds -----------------------------------------------------------------------------------------


def test_a_round_that_was_cut_is_gone_on_with(home: Path, now: datetime) -> None:
    with Store.open(home) as store:
        first = store.policies.begin(NAMES, now)
        store.policies.record(first.id, look(), now)
    with Store.open(home) as store:
        again = store.policies.begin(reversed(NAMES), now + timedelta(hours=1))
        assert (again.id, again.begun, again.resumed) == (first.id, now, True)
        assert list(store.policies.done(again.id)) == ["acme/privacy"]
        assert store.policies.is_done(again.id, "acme/privacy")
        assert not store.policies.is_done(again.id, "acme/terms")


def test_a_round_that_was_ended_is_not_gone_on_with(store: Store, now: datetime) -> None:
    first = store.policies.begin(NAMES, now)
    assert not first.resumed
    later = now + timedelta(minutes=5)
    assert store.policies.end(first.id, later) == later
    assert store.policies.end(first.id, now + timedelta(hours=1)) == later
    second = store.policies.begin(NAMES, now)
    assert (second.id == first.id, second.resumed) == (False, False)


def test_other_documents_are_another_round(store: Store, now: datetime) -> None:
    assert store.policies.begin(NAMES, now).id != store.policies.begin(NAMES[:1], now).id
    assert store.policies.begin(NAMES, now).id == store.policies.begin(NAMES * 2, now).id


@pytest.mark.parametrize(("hours", "same"), [(23, True), (24, False)])
def test_what_was_cut_a_day_ago_is_too_old_to_go_on_with(
    store: Store, now: datetime, hours: int, same: bool
) -> None:
    first = store.policies.begin(NAMES, now)
    again = store.policies.begin(NAMES, now + timedelta(hours=hours))
    assert (again.id == first.id) is same


# Writing ----------------------------------------------------------------------------------------


def test_a_look_comes_back_whole(home: Path, now: datetime) -> None:
    given = look(
        outcome="changed",
        change=worse(),
        title="Privacy",
        published=date(2026, 8, 1),
        in_force=date(2026, 9, 1),
        etag='"a"',
        letters=1200,
        clauses="ab",
        tries=2,
    )
    with Store.open(home) as store:
        round = store.policies.begin(NAMES, now).id
        told = store.policies.record(round, given, now, BODY)
    assert (told.id, told.round) == ("obs-1", round)
    with Store.read(home) as store:
        assert store.policies.looks("acme/privacy") == [told]
        assert store.evidence.read(told.evidence) == BODY
        assert told.change == worse()
        assert (told.published, told.in_force) == (date(2026, 8, 1), date(2026, 9, 1))


def test_of_a_document_there_is_one_look_in_a_round(store: Store, now: datetime) -> None:
    round = store.policies.begin(NAMES, now).id
    first = store.policies.record(round, look(title="one"), now, BODY)
    assert store.policies.record(round, look(title="two"), now, b"other") == first
    assert store.observations.verify().length == 1
    assert len(store.evidence.all()) == 1
    store.policies.end(round, now)
    second = store.policies.begin(NAMES, now).id
    assert store.policies.record(second, look(title="two"), now).title == "two"


def test_the_table_itself_refuses_a_second_one(store: Store, now: datetime) -> None:
    round = store.policies.begin(NAMES, now).id
    store.policies.record(round, look(), now)
    other = store.observations.append(b"{}", now)
    again = "INSERT INTO policy_record (seq, round, document) VALUES (?, ?, ?)"
    with pytest.raises(sqlite3.IntegrityError), store._opened.writing() as tables:
        tables.execute(again, [other, round, "acme/privacy"])
    assert len(store.policies.looks("acme/privacy")) == 1


def test_processes_at_the_same_round_write_each_look_once(home: Path, now: datetime) -> None:
    names = [f"acme/{number}" for number in range(12)]
    with Store.open(home) as store:
        round = store.policies.begin(names, now).id
    together = threading.Barrier(3)
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            with Store.open(home) as store:
                together.wait(10)
                for name in names:
                    store.policies.record(round, look(name), now, BODY)
        except BaseException as why:
            troubles.append(why)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert troubles == []
    with Store.read(home) as store:
        assert sorted(store.policies.done(round)) == sorted(names)
        assert store.observations.verify().length == 12


def test_a_look_rests_only_on_evidence_that_is_kept(store: Store, now: datetime) -> None:
    round = store.policies.begin(NAMES, now).id
    with pytest.raises(StoreTrouble, match="a" * 64):
        store.policies.record(round, look(evidence="a" * 64), now)
    assert store.observations.verify().length == 0


def test_the_same_body_is_kept_once(store: Store, now: datetime) -> None:
    round = store.policies.begin(NAMES, now).id
    one = store.policies.record(round, look(), now, BODY)
    other = store.policies.record(round, look("acme/terms"), now, BODY)
    assert one.evidence == other.evidence
    assert len(store.evidence.all()) == 1


def test_looks_are_only_added(store: Store, now: datetime) -> None:
    store.policies.record(store.policies.begin(NAMES, now).id, look(), now)
    for sql in ("UPDATE policy_record SET document = 'x'", "DELETE FROM policy_record"):
        with pytest.raises(sqlite3.IntegrityError), store._opened.writing() as tables:
            tables.execute(sql)
    assert store.policies.documents() == ["acme/privacy"]


# Reading ----------------------------------------------------------------------------------------


def _looked(store: Store, now: datetime, *these: tuple[PolicySeen, bytes | None]) -> None:
    for one, body in these:
        round = store.policies.begin(NAMES, now)
        store.policies.record(round.id, one, now, body)
        store.policies.end(round.id, now)


def test_the_last_look_is_a_failure_too_and_none_that_was_forgotten(
    store: Store, now: datetime
) -> None:
    assert store.policies.last_look(NAMES[0]) == ""
    _looked(
        store,
        now,
        (look(), BODY),
        (look(outcome="failed", reason="timeout"), None),
        (look(NAMES[1]), b"terms"),
    )
    assert store.policies.last_look(NAMES[0]) == "obs-2"
    store.forget.observation("obs-2", now)
    assert store.policies.last_look(NAMES[0]) == "obs-1"


def test_versions_are_the_looks_that_brought_another_text(store: Store, now: datetime) -> None:
    kept = store.evidence.keep(BODY, "x")
    _looked(
        store,
        now,
        (look(on=date(2026, 8, 1)), BODY),
        (look(on=date(2026, 8, 2), outcome="same", evidence=kept), None),
        (look(on=date(2026, 8, 3), outcome="failed", reason="captcha"), None),
        (look(on=date(2026, 8, 4), outcome="re-rendered"), b"two"),
        (look(on=date(2026, 8, 5), outcome="changed", change=worse()), b"three"),
        (look("acme/terms", on=date(2026, 8, 5)), b"terms"),
        (look(on=date(2026, 8, 6), outcome="failed", reason="timeout"), None),
    )
    assert [one.on.day for one in store.policies.history("acme/privacy")] == [1, 4, 5]
    last = store.policies.last_good("acme/privacy")
    assert last is not None
    assert last.on.day == 5
    assert len(store.policies.looks("acme/privacy")) == 6
    assert store.policies.last_good("acme/nothing") is None
    assert store.policies.documents() == ["acme/privacy", "acme/terms"]


def test_changes_are_those_a_person_is_told_of(store: Store, now: datetime) -> None:
    quiet = Change(grade="re-rendered")
    _looked(
        store,
        now,
        (look(on=date(2026, 8, 1), outcome="changed", change=worse()), b"1"),
        (look(on=date(2026, 8, 2), outcome="re-rendered", change=quiet), b"2"),
        (look(on=date(2026, 8, 3), outcome="changed", change=worse()), b"3"),
        (look(on=date(2026, 8, 4), outcome="failed", reason="gone"), None),
    )
    assert [one.on.day for one in store.policies.changes(date(2026, 8, 1))] == [1, 3]
    assert [one.on.day for one in store.policies.changes(date(2026, 8, 3))] == [3]
    assert store.policies.changes(date(2026, 8, 4)) == []


def test_looks_are_no_observations_of_controls(store: Store, now: datetime, seen: Seen) -> None:
    store.observations.record(seen(), now)
    store.policies.record(store.policies.begin(NAMES, now).id, look(), now, BODY)
    store.observations.record(seen(value="on"), now)
    assert [one.id for one in store.observations.all()] == ["obs-1", "obs-3"]
    assert store.observations.verify().ok
    assert store.cases.all() == []
    assert store.faults() == []


def test_a_look_that_cannot_be_read_is_told(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    store.policies.record(store.policies.begin(NAMES, now).id, look(), now)
    tamper("UPDATE payload SET body = 'x' || body")
    with pytest.raises(StoreTrouble, match="obs-1, a look at a policy"):
        store.policies.looks("acme/privacy")
    tamper("UPDATE policy_round SET begun = 'yesterday'")
    with pytest.raises(StoreTrouble, match="a round of policies"):
        store.policies.begin(NAMES, now)


# Forgetting -------------------------------------------------------------------------------------


def all_bytes(home: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file())


def test_everything_takes_the_looks_along(home: Path, store: Store, now: datetime) -> None:
    round = store.policies.begin(("secretco/privacy",), now).id
    seen = look("secretco/privacy", url="https://secretco.example/")
    store.policies.record(round, seen, now, b"<p>SECRETCO")
    assert store.forget.everything(now) == Forgotten(observations=1, evidence=1)
    assert b"secretco" not in all_bytes(home).lower()
    assert store.policies.documents() == []
    assert store.observations.verify().ok
    assert store.faults() == []
    again = store.policies.begin(("secretco/privacy",), now)
    assert (again.id > round, again.resumed) == (True, False)
    assert store.policies.record(again.id, seen, now).id == "obs-2"


def test_one_look_is_forgotten_as_an_observation(store: Store, now: datetime) -> None:
    round = store.policies.begin(NAMES, now).id
    store.policies.record(round, look(), now, BODY)
    store.policies.record(round, look("acme/terms"), now, b"terms")
    assert store.forget.observation("obs-1", now) == Forgotten(observations=1, evidence=1)
    assert store.policies.looks("acme/privacy") == []
    assert store.policies.documents() == ["acme/terms"]
    assert store.observations.verify().ok


def test_an_account_without_a_name_leaves_what_its_policies_said(
    store: Store, now: datetime
) -> None:
    store.own.add_account(Account(platform="acme"), now)
    store.policies.record(store.policies.begin(NAMES, now).id, look(title="acme"), now)
    assert store.forget.of_account("acme") == Forgotten(accounts=1)
    assert store.forget.account("acme", now) == Forgotten(accounts=1)
    assert len(store.policies.looks(NAMES[0])) == 1


def test_an_account_of_the_platform_leaves_what_its_policies_said(
    store: Store, now: datetime
) -> None:
    store.own.add_account(Account(platform="acme", name="ada"), now)
    store.policies.record(store.policies.begin(NAMES, now).id, look(), now, BODY)
    store.forget.account("acme:ada", now)
    assert len(store.policies.looks("acme/privacy")) == 1


# Older stores -----------------------------------------------------------------------------------


def test_a_store_from_before_the_policies_gets_them(home: Path, now: datetime, seen: Seen) -> None:
    """A store of schema 4, with an observation in it."""
    with Store.open(home) as store:
        store.observations.record(seen(), now)
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        raw.execute("DROP TABLE policy_record")
        raw.execute("DROP TABLE policy_round")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_policies'")
        raw.execute("PRAGMA user_version = 4")
    with Store.read(home) as store:
        assert [one.id for one in store.observations.all()] == ["obs-1"]
        assert store.policies.documents() == []
    with Store.open(home) as store:
        store.policies.record(store.policies.begin(NAMES, now).id, look(), now)
        assert store.observations.verify().length == 2
