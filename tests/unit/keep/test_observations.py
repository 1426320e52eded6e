"""Observations: appended, never changed, and every change by another hand is noticed.

The oracle recomputes the chain here, with hashlib over the rows, and shares no code with it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.errors import NotFound, StoreTrouble
from withhold.keep import Store
from withhold.words import Observation

Rows = Callable[..., list[tuple[object, ...]]]
Tamper = Callable[..., int]
Seen = Callable[..., Observation]


def recomputed(rows: list[tuple[object, ...]]) -> list[str]:
    """The digests that the rows (seq, recorded_at, salt, body, salted) ought to have."""
    digests, prev = [], "0" * 64
    for seq, recorded_at, salt, body, salted in rows:
        if salt is not None:
            assert isinstance(salt, bytes)
            assert isinstance(body, str)
            salted = hashlib.sha256(salt + body.encode()).hexdigest()
        said = "".join(f"{part}\n" for part in ("withhold-chain-1", prev, seq, recorded_at, salted))
        prev = hashlib.sha256(said.encode()).hexdigest()
        digests.append(prev)
    return digests


ROWS = """
    SELECT o.seq, o.recorded_at, p.salt, p.body, o.salted
    FROM observation o LEFT JOIN payload p ON p.seq = o.seq ORDER BY o.seq
"""


# Recording and reading --------------------------------------------------------------------------


def test_an_observation_comes_back_whole_with_an_id(store: Store, now: datetime) -> None:
    said = Observation(
        control="x/grok",
        value="off",
        on=date(2026, 8, 1),
        how="observed",
        account="x:me",
        evidence="https://x.example/page",
    )
    recorded = store.observations.record(said, now)
    assert recorded.id == "obs-1"
    assert store.observations.all() == [recorded]
    assert (recorded.control, recorded.value, recorded.on) == ("x/grok", "off", date(2026, 8, 1))
    assert (recorded.how, recorded.account) == ("observed", "x:me")
    assert recorded.evidence == "https://x.example/page"


def test_observations_come_in_the_order_recorded_not_of_their_dates(
    home: Path, now: datetime, seen: Seen
) -> None:
    with Store.open(home) as store:
        for value, on in (("off", 9), ("on", 3), ("off", 6)):
            store.observations.record(seen(value=value, on=date(2026, 1, on)), now)
    with Store.read(home) as store:
        assert [(one.id, one.on.day) for one in store.observations.all()] == [
            ("obs-1", 9),
            ("obs-2", 3),
            ("obs-3", 6),
        ]


def test_an_id_that_is_brought_is_replaced(store: Store, now: datetime, seen: Seen) -> None:
    recorded = store.observations.record(seen(id="obs-77"), now)
    assert recorded.id == "obs-1"
    assert [one.id for one in store.observations.all()] == ["obs-1"]


def test_many_are_recorded_in_one_piece(store: Store, now: datetime, seen: Seen) -> None:
    assert store.observations.record_all([], now) == []
    done = store.observations.record_all((seen(value=str(n)) for n in range(5)), now)
    assert [one.id for one in done] == [f"obs-{n}" for n in range(1, 6)]
    assert store.observations.all() == done
    assert store.observations.verify().ok


def test_one_that_cannot_be_recorded_leaves_none_of_them(
    store: Store, now: datetime, seen: Seen
) -> None:
    with pytest.raises(StoreTrouble, match="is not kept here") as told:
        store.observations.record_all([seen(), seen(evidence="0" * 64)], now)
    assert told.value.tip
    assert store.observations.all() == []
    assert store.observations.record(seen(), now).id == "obs-1"
    assert store.observations.verify().length == 1


def test_a_time_without_a_zone_is_an_error_of_the_programmer(store: Store, seen: Seen) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.observations.record(seen(), datetime(2026, 8, 22))  # noqa: DTZ001
    assert store.observations.verify().length == 0


def test_two_equal_observations_have_different_digests(
    store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    store.observations.record_all([seen(), seen()], now)
    salts = {row[0] for row in raw_rows("SELECT salt FROM payload")}
    salted = {row[0] for row in raw_rows("SELECT salted FROM observation")}
    assert len(salts) == len(salted) == 2
    assert all(isinstance(salt, bytes) and len(salt) == 32 for salt in salts)


def test_the_payload_is_json_that_anyone_can_read(
    store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    store.observations.record(seen(account="tumblr:größe", id="obs-9"), now)
    [(body,)] = raw_rows("SELECT body FROM payload")
    said = json.loads(str(body))
    assert said["id"] == ""  # the id is the number of the link, and follows from it
    assert said["account"] == "tumblr:größe"
    assert said["on"] == "2026-08-22"


def test_a_field_of_a_later_version_is_read_over(
    store: Store, now: datetime, seen: Seen, tamper: Tamper
) -> None:
    recorded = store.observations.record(seen(), now)
    tamper("UPDATE payload SET body = json_set(body, '$.mood', 'calm')")
    assert store.observations.all() == [recorded]


@pytest.mark.parametrize("body", ["", "{", "{}", "[]", '{"control": 1}'])
def test_a_payload_that_cannot_be_read_is_damage_and_named(
    store: Store, now: datetime, seen: Seen, tamper: Tamper, body: str
) -> None:
    store.observations.record_all([seen(), seen()], now)
    tamper("UPDATE payload SET body = ? WHERE seq = 2", body)
    with pytest.raises(StoreTrouble, match="obs-2") as told:
        store.observations.all()
    assert "withhold doctor" in told.value.tip
    assert store.observations.verify().broken_at == 2


@pytest.mark.parametrize("wrong", ["obs-0", "obs-2", "obs-01", "1", "obs-", "obs--1", "obs-x", ""])
def test_an_id_that_is_not_there_is_not_found(
    store: Store, now: datetime, seen: Seen, wrong: str
) -> None:
    store.observations.record(seen(), now)
    assert store.observations.seq_of("obs-1") == 1
    with pytest.raises(NotFound):
        store.observations.seq_of(wrong)


# Append-only ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE observation SET recorded_at = '2020-01-01'",
        "UPDATE observation SET digest = digest",
        "DELETE FROM observation",
        "DELETE FROM observation WHERE seq = 2",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation WHERE seq = 2",
        "INSERT INTO observation VALUES (4, 'now', 'p', 's', 'd')",
        "INSERT INTO observation SELECT 9, 'now', digest, 's', 'd' FROM observation WHERE seq = 2",
        "INSERT INTO observation SELECT 3, 'now', digest, 's', 'd' FROM observation WHERE seq = 1",
        "UPDATE payload SET body = '{}'",
        "DELETE FROM payload",
        "INSERT INTO tombstone VALUES (99, 'now', 'why')",
        "INSERT INTO payload VALUES (2, x'00', '{}')",
    ],
)
def test_the_database_itself_refuses_to_change_history(
    home: Path, store: Store, now: datetime, seen: Seen, sql: str
) -> None:
    store.observations.record_all([seen(), seen()], now)
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(sql)
    assert store.observations.verify().ok
    assert len(store.observations.all()) == 2


def test_a_tombstone_cannot_be_changed_or_taken_away(
    home: Path, store: Store, now: datetime, seen: Seen
) -> None:
    store.observations.record(seen(), now)
    store.forget.observation("obs-1", now)
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        for sql in ("UPDATE tombstone SET why = ''", "DELETE FROM tombstone"):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(sql)


# The chain --------------------------------------------------------------------------------------


def test_the_stored_digests_are_those_that_the_oracle_computes(
    store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    for n in range(12):
        store.observations.record(seen(value=f"v{n}"), now + timedelta(minutes=n))
    store.forget.observation("obs-5", now)
    stored = [row[0] for row in raw_rows("SELECT digest FROM observation ORDER BY seq")]
    assert stored == recomputed(raw_rows(ROWS))
    report = store.observations.verify()
    assert (report.length, report.ok, report.forgotten) == (12, True, 1)
    assert report.head == stored[-1]


def test_an_empty_store_has_a_sound_chain(store: Store) -> None:
    report = store.observations.verify()
    assert (report.length, report.ok, report.broken_at) == (0, True, 0)


def test_links_carry_all_that_a_third_person_needs(store: Store, now: datetime, seen: Seen) -> None:
    store.observations.record_all([seen(), seen()], now)
    store.forget.observation("obs-1", now)
    first, second = store.observations.links()
    assert (first.forgotten, first.salt, first.body) == (True, b"", b"")
    assert hashlib.sha256(second.salt + second.body).hexdigest() == second.salted
    assert second.prev == first.digest
    assert second.recorded_at == "2026-08-22T10:00:00.000000+00:00"


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE payload SET body = replace(body, 'off', 'on') WHERE seq = 2", 2),
        ("UPDATE payload SET salt = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE payload SET body = CAST(x'ff' || body AS TEXT) WHERE seq = 2", 2),
        ("UPDATE observation SET digest = upper(digest) WHERE seq = 2", 2),
        ("UPDATE observation SET digest = CAST(x'ff' || digest AS TEXT) WHERE seq = 2", 2),
        ("UPDATE observation SET salted = lower(hex(randomblob(32))) WHERE seq = 4", 4),
        ("UPDATE observation SET recorded_at = '2020-01-01' WHERE seq = 4", 4),
        ("UPDATE observation SET prev = digest WHERE seq = 1", 1),
        ("DELETE FROM observation WHERE seq = 1", 1),
        ("DELETE FROM observation WHERE seq = 3", 3),
        ("DELETE FROM observation WHERE seq = 5", 5),
        ("DELETE FROM observation", 1),
        ("DELETE FROM payload WHERE seq = 3", 3),
        ("DELETE FROM tombstone WHERE seq = 4", 4),
        ("INSERT INTO tombstone VALUES (3, 'now', 'x')", 3),
        ("INSERT INTO tombstone VALUES (6, 'now', 'x')", 6),
        ("INSERT INTO payload VALUES (4, zeroblob(32), '{}')", 4),
        ("INSERT INTO payload VALUES (7, zeroblob(32), '{}')", 6),
    ],
)
def test_tampering_is_found_where_it_was_done(
    store: Store, now: datetime, seen: Seen, tamper: Tamper, sql: str, broken_at: int
) -> None:
    store.observations.record_all([seen(value=f"off{n}") for n in range(5)], now)
    store.forget.observation("obs-4", now)
    assert store.observations.verify().ok
    assert tamper(sql) >= 1
    report = store.observations.verify()
    assert (report.ok, report.broken_at) == (False, broken_at)
    assert report.why


def test_a_lost_end_is_noticed_even_with_its_payload(
    store: Store, now: datetime, seen: Seen, tamper: Tamper
) -> None:
    store.observations.record_all([seen(), seen(), seen()], now)
    tamper("DELETE FROM payload WHERE seq = 3")
    tamper("DELETE FROM observation WHERE seq = 3")
    report = store.observations.verify()
    assert (report.length, report.broken_at, report.why) == (2, 3, "links are missing at the end")


def test_a_chain_goes_on_behind_a_broken_link_and_stays_broken(
    store: Store, now: datetime, seen: Seen, tamper: Tamper
) -> None:
    store.observations.record_all([seen(), seen()], now)
    tamper("UPDATE payload SET body = '{}' WHERE seq = 1")
    store.observations.record(seen(), now)
    report = store.observations.verify()
    assert (report.length, report.broken_at) == (3, 1)


# Any sequence, any byte -------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.text(max_size=20).filter(lambda text: text.isprintable())),
        st.tuples(st.just("forget"), st.integers(1, 8)),
    ),
    min_size=1,
    max_size=8,
)
CELLS = (
    ("payload", "body"),
    ("payload", "salt"),
    ("observation", "digest"),
    ("observation", "prev"),
    ("observation", "salted"),
    ("observation", "recorded_at"),
)


@given(steps=STEPS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_chain_holds_after_anything_and_no_flipped_byte_goes_unnoticed(
    steps: list[tuple[str, object]], data: st.DataObject
) -> None:
    now = datetime(2026, 8, 22, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "home") as store:
        length, forgotten = 0, set()
        for what, which in steps:
            if what == "record":
                length += 1
                store.observations.record(
                    Observation(control="x/y", value=str(which), on=date(2026, 1, 1), how="told"),
                    now,
                )
            elif int(str(which)) <= length:
                store.forget.observation(f"obs-{which}", now)
                forgotten.add(which)
            report = store.observations.verify()
            assert (report.ok, report.length, report.forgotten) == (True, length, len(forgotten))
        with closing(sqlite3.connect(store.path, isolation_level=None)) as raw:
            for (name,) in raw.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            cells = [
                (table, column, seq, value)
                for table, column in CELLS
                for seq, value in raw.execute(
                    f"SELECT seq, CAST({column} AS BLOB) FROM {table}"  # noqa: S608
                )
            ]
            if not cells:
                return
            table, column, seq, value = data.draw(st.sampled_from(cells), label="cell")
            at = data.draw(st.integers(0, len(value) - 1), label="byte")
            bit = data.draw(st.integers(1, 255), label="flip")
            flipped = value[:at] + bytes([value[at] ^ bit]) + value[at + 1 :]
            kind = "BLOB" if column == "salt" else "TEXT"
            raw.execute(
                f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE seq = ?",  # noqa: S608
                (flipped, seq),
            )
        report = store.observations.verify()
        assert not report.ok
        assert report.broken_at == seq


def test_how_many_links_and_when_each_was_written_down(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        assert store.observations.length() == 0
        for day in (1, 2):
            seen = Observation(control="x/y", value="off", on=date(2026, 10, day), how="told")
            store.observations.record(seen, moment)
        store.forget.observation("obs-1", moment)
        assert store.observations.length() == 2
        links = {f"obs-{one.seq}": one.digest for one in store.observations.links()}
        found = store.observations.written(["obs-1", "obs-2", "obs-3", "WH-222222", "obs-1;--"])
    assert found == {
        name: ("2026-11-01T09:30:00.000000+00:00", digest) for name, digest in links.items()
    }
