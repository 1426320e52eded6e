"""Forgetting: nothing of it is left in any file, and the chain still holds."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from withhold.errors import NotFound, StoreTrouble
from withhold.keep import Confirmation, Forgotten, Store
from withhold.words import Account, Observation

Rows = Callable[..., list[tuple[object, ...]]]
Seen = Callable[..., Observation]


def all_bytes(home: Path) -> bytes:
    """Every byte of every file under the home folder, log and shared memory included."""
    return b"".join(one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file())


# One observation --------------------------------------------------------------------------------


def test_one_observation_is_gone_and_the_chain_holds(
    store: Store, now: datetime, seen: Seen
) -> None:
    one, two, three = store.observations.record_all([seen(value=v) for v in "abc"], now)
    assert store.forget.observation(two.id, now) == Forgotten(observations=1)
    assert store.observations.all() == [one, three]
    report = store.observations.verify()
    assert (report.ok, report.length, report.forgotten) == (True, 3, 1)


def test_a_tombstone_stays_with_when_and_why(
    store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    store.observations.record_all([seen(), seen()], now)
    store.forget.observation("obs-2", now, "mistake")
    assert raw_rows("SELECT * FROM tombstone") == [
        (2, "2026-08-22T10:00:00.000000+00:00", "mistake")
    ]
    assert raw_rows("SELECT seq FROM payload") == [(1,)]
    assert raw_rows("SELECT count(*) FROM observation") == [(2,)]


def test_forgetting_twice_forgets_once(
    store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    store.observations.record(seen(), now)
    store.forget.observation("obs-1", now, "first")
    assert store.forget.observation("obs-1", now, "second") == Forgotten()
    assert raw_rows("SELECT why FROM tombstone") == [("first",)]


@pytest.mark.parametrize("number", ["9" * 19, "9" * 20, "9" * 5000])
def test_a_number_that_no_chain_has_is_not_found(store: Store, now: datetime, number: str) -> None:
    with pytest.raises(NotFound, match="no observation"):
        store.forget.observation(f"obs-{number}", now)
    assert store.observations.written([f"obs-{number}"]) == {}


def test_a_name_that_is_no_utf_8_is_not_found(store: Store, now: datetime) -> None:
    """The command line makes a surrogate of such an octet; no row can hold one."""
    assert not store.posts.is_of("linkedin:\udcff")
    with pytest.raises(NotFound):
        store.forget.account("linkedin:\udcff", now)
    with pytest.raises(NotFound):
        store.own.remove_site("https://a.example/\udcff")


def test_forgetting_what_never_was_says_so(store: Store, now: datetime) -> None:
    with pytest.raises(NotFound, match="obs-1"):
        store.forget.observation("obs-1", now)


def test_the_chain_goes_on_behind_a_forgotten_end(store: Store, now: datetime, seen: Seen) -> None:
    store.observations.record_all([seen(), seen()], now)
    store.forget.observation("obs-2", now)
    assert store.observations.record(seen(), now).id == "obs-3"
    assert store.observations.verify().ok


def test_an_observation_that_cannot_be_read_can_be_forgotten(
    store: Store, now: datetime, seen: Seen, tamper: Callable[..., int]
) -> None:
    store.observations.record_all([seen(), seen()], now)
    tamper("UPDATE payload SET body = CAST(x'ff7b' AS TEXT) WHERE seq = 1")
    store.forget.observation("obs-1", now)
    assert [one.id for one in store.observations.all()] == ["obs-2"]
    assert store.observations.verify().ok


# Nothing is left --------------------------------------------------------------------------------


def test_no_byte_of_it_is_left_in_any_file(home: Path, now: datetime, seen: Seen) -> None:
    with Store.open(home) as store:
        digest = store.evidence.keep(b"SECRET-PAGE", "SECRET-NAME.html")
        store.observations.record(seen(value="SECRET-VALUE", evidence=digest), now)
        store.observations.record(seen(value="kept-value"), now)
        before = all_bytes(home)
        store.forget.observation("obs-1", now)
        after = all_bytes(home)  # while the store is still open: the log counts too
    for secret in (b"SECRET-PAGE", b"SECRET-NAME", b"SECRET-VALUE"):
        assert secret in before
        assert secret not in after
        assert secret not in all_bytes(home)
    assert b"kept-value" in all_bytes(home)


def test_no_salt_is_left_in_any_file(
    home: Path, store: Store, now: datetime, seen: Seen, raw_rows: Rows
) -> None:
    store.observations.record_all([seen(), seen()], now)
    (first,), (second,) = raw_rows("SELECT salt FROM payload ORDER BY seq")
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert first in all_bytes(home)
    store.forget.observation("obs-1", now)
    assert first not in all_bytes(home)
    assert second in all_bytes(home)


@pytest.mark.parametrize("trial", [1, 17, 137])
def test_nothing_is_left_of_rows_that_moved_between_pages(
    home: Path, store: Store, now: datetime, seen: Seen, trial: int
) -> None:
    # rows of all sizes come and go, SQLite moves others to balance its pages, and copies stay
    # behind: with SQLite 3.40 and ``secure_delete`` alone, one each of 17 and 137 is still there
    dice = random.Random(trial)  # noqa: S311 - any rows will do
    kept: dict[int, str] = {}
    gone: list[str] = []
    with store._opened.writing():
        for _ in range(150):
            if dice.random() < 0.7 or not kept:
                mark = f"MARK{len(kept) + len(gone) + 1:04}y"
                length = dice.choice([10, 100, 300, 1500, 5000])
                recorded = store.observations.record(seen(value=mark + "z" * length), now)
                kept[store.observations.seq_of(recorded.id)] = mark
            else:
                seq = dice.choice(list(kept))
                store.observations.forget([seq], now, "x")
                gone.append(kept.pop(seq))
    store._opened.wipe()
    left = all_bytes(home)
    assert len(gone) > 30
    assert [mark for mark in gone if mark.encode() in left] == []
    assert [mark for mark in kept.values() if mark.encode() not in left] == []


# Evidence ---------------------------------------------------------------------------------------


def test_evidence_goes_with_the_last_observation_that_rests_on_it(
    home: Path, store: Store, now: datetime, seen: Seen
) -> None:
    shared = store.evidence.keep(b"shared", "shared.html")
    alone = store.evidence.keep(b"alone", "alone.html")
    store.observations.record_all(
        [seen(evidence=shared), seen(evidence=shared), seen(evidence=alone)], now
    )
    assert store.forget.observation("obs-1", now).evidence == 0
    assert store.evidence.read(shared) == b"shared"
    assert store.forget.observation("obs-2", now).evidence == 1
    assert not (home / "evidence" / shared).exists()
    assert [one.digest for one in store.evidence.all()] == [alone]


def test_evidence_that_an_unreadable_observation_names_is_kept(
    store: Store, now: datetime, seen: Seen, tamper: Callable[..., int]
) -> None:
    digest = store.evidence.keep(b"page", "page.html")
    store.observations.record_all([seen(evidence=digest), seen(evidence=digest)], now)
    tamper("UPDATE payload SET body = 'x' || body WHERE seq = 2")
    assert store.forget.observation("obs-1", now).evidence == 0
    assert store.evidence.has(digest)


def test_evidence_that_nothing_rests_on_yet_is_not_swept_away(
    store: Store, now: datetime, seen: Seen
) -> None:
    digest = store.evidence.keep(b"just kept", "page.html")
    store.observations.record(seen(), now)
    store.forget.observation("obs-1", now)
    assert store.evidence.read(digest) == b"just kept"


def test_a_file_that_resists_leaves_all_as_it_was(
    store: Store, now: datetime, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = store.evidence.keep(b"page", "page.html")
    recorded = store.observations.record(seen(evidence=digest), now)

    def resist(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", resist)
        with pytest.raises(StoreTrouble, match="Permission denied"):
            store.forget.observation("obs-1", now)
    assert store.observations.all() == [recorded]
    assert store.evidence.read(digest) == b"page"
    assert store.forget.observation("obs-1", now) == Forgotten(observations=1, evidence=1)


# An account -------------------------------------------------------------------------------------


@pytest.fixture
def blogs(store: Store, now: datetime, seen: Seen) -> Store:
    """Two blogs and a LinkedIn account, with observations of each and of all blogs."""
    for account in (
        Account(platform="tumblr", name="cats", audience="public"),
        Account(platform="tumblr", name="dogs", audience="public"),
        Account(platform="linkedin", audience="public"),
    ):
        store.own.add_account(account, now)
    store.observations.record_all(
        [
            seen(control="tumblr/toggle", account="tumblr:cats"),
            seen(control="tumblr/toggle", account="tumblr:dogs"),
            seen(control="tumblr/toggle", account="tumblr"),
            seen(control="tumblr/toggle", account=""),
            seen(control="linkedin/toggle", account="linkedin"),
            seen(control="linkedin/toggle", account=""),
        ],
        now,
    )
    return store


def left(store: Store) -> list[str]:
    return [one.id for one in store.observations.all()]


def test_an_account_goes_with_what_was_seen_of_it(blogs: Store, now: datetime) -> None:
    assert blogs.forget.account("tumblr:cats", now) == Forgotten(observations=1, accounts=1)
    assert left(blogs) == ["obs-2", "obs-3", "obs-4", "obs-5", "obs-6"]
    assert [one.key for one in blogs.own.accounts()] == ["linkedin", "tumblr:dogs"]
    assert blogs.own.audience_history("tumblr:cats") == []


def test_the_last_account_of_a_platform_takes_what_stood_for_all(
    blogs: Store, now: datetime
) -> None:
    blogs.forget.account("tumblr:cats", now)
    assert blogs.forget.account("tumblr:dogs", now) == Forgotten(observations=3, accounts=1)
    assert left(blogs) == ["obs-5", "obs-6"]
    assert blogs.observations.verify().ok


def test_an_account_without_a_name_takes_its_platforms_observations(
    blogs: Store, now: datetime
) -> None:
    assert blogs.forget.account("linkedin", now).observations == 2
    assert left(blogs) == ["obs-1", "obs-2", "obs-3", "obs-4"]


def test_an_account_that_was_only_seen_can_be_forgotten(
    store: Store, now: datetime, seen: Seen
) -> None:
    store.observations.record(seen(account="x:old"), now)
    assert store.forget.account("x:old", now) == Forgotten(observations=1)
    assert left(store) == []


def test_an_account_that_nobody_knows_is_not_found(blogs: Store, now: datetime) -> None:
    with pytest.raises(NotFound, match="no account reddit"):
        blogs.forget.account("reddit", now)
    assert len(left(blogs)) == 6


def test_an_unreadable_observation_goes_if_it_names_the_account(
    blogs: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    tamper("UPDATE payload SET body = 'x' || body WHERE seq IN (1, 2)")
    blogs.forget.account("tumblr:cats", now)
    assert blogs.observations.bodies().keys() == {2, 3, 4, 5, 6}


def test_no_byte_of_an_account_is_left(home: Path, store: Store, now: datetime, seen: Seen) -> None:
    store.own.add_account(Account(platform="tumblr", name="mysecretblog"), now)
    store.observations.record(seen(account="tumblr:mysecretblog"), now)
    assert b"mysecretblog" in all_bytes(home)
    store.forget.account("tumblr:mysecretblog", now)
    assert b"mysecretblog" not in all_bytes(home)


# Everything -------------------------------------------------------------------------------------


def test_everything_is_everything_but_the_chain(
    home: Path, blogs: Store, now: datetime, seen: Seen
) -> None:
    used = blogs.evidence.keep(b"SECRET-1", "SECRET-2")
    blogs.evidence.keep(b"SECRET-3", "SECRET-4")
    (home / "evidence" / ("c" * 64)).write_bytes(b"SECRET-5, left by a crash")
    blogs.observations.record(seen(value="SECRET-6", evidence=used), now)
    blogs.own.set("place", "SECRET-7")
    blogs.own.add_site("https://SECRET-8/", "/SECRET-9")
    blogs.confirmations.record(
        Confirmation(control="x/y", seen="different", words="SECRET-10", on=now.date())
    )
    assert blogs.forget.everything(now) == Forgotten(
        observations=7, evidence=2, accounts=3, sites=1
    )
    assert b"SECRET" not in all_bytes(home)
    assert b"tumblr" not in all_bytes(home)
    assert list((home / "evidence").iterdir()) == []
    assert (blogs.own.accounts(), blogs.own.sites(), blogs.own.settings()) == ([], [], {})
    assert (blogs.confirmations.all(), blogs.observations.all()) == ([], [])
    report = blogs.observations.verify()
    assert (report.ok, report.length, report.forgotten) == (True, 7, 7)


def test_a_store_that_forgot_everything_goes_on(blogs: Store, now: datetime, seen: Seen) -> None:
    blogs.forget.everything(now)
    assert blogs.forget.everything(now) == Forgotten()
    assert blogs.observations.record(seen(), now).id == "obs-7"
    assert blogs.observations.verify().ok
    assert blogs.faults() == []


# Wiping that was hindered -----------------------------------------------------------------------


def test_a_reader_that_holds_the_old_state_is_told_and_made_up_for(
    home: Path, now: datetime, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.keep.opened.WAIT", 0.1)
    with Store.open(home) as store:
        store.observations.record(seen(value="SECRET"), now)
        with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM payload").fetchall()
            with pytest.raises(StoreTrouble, match="not yet wiped") as told:
                store.forget.observation("obs-1", now)
            assert told.value.tip
            assert store.observations.all() == []  # forgotten it is
            assert b"SECRET" in all_bytes(home)
            with Store.open(home) as hindered:  # still held: no trouble for the next one
                assert hindered.observations.all() == []
            reader.execute("ROLLBACK")
        with Store.open(home):
            assert b"SECRET" not in all_bytes(home)
        assert store._opened.rows("SELECT * FROM unfinished") == []


def test_a_crash_before_the_wiping_is_made_up_for(
    home: Path, now: datetime, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(_: object) -> None:
        raise Crash

    with Store.open(home) as store:
        store.observations.record(seen(value="SECRET"), now)
        with monkeypatch.context() as patch:
            patch.setattr("withhold.keep.opened.Opened.wipe", crash)
            with pytest.raises(Crash):
                store.forget.observation("obs-1", now)
        assert b"SECRET" in all_bytes(home)
    with Store.open(home) as store:
        assert b"SECRET" not in all_bytes(home)
        assert store.observations.verify().ok


def test_a_site_is_wiped_too_when_it_is_put_off(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(home, puts_off=True) as store:
        store.own.add_site("https://SECRET.example", "/home/SECRET")
        monkeypatch.setattr("withhold.keep.opened.LARGE", 1)
        assert store.forget.site("https://SECRET.example") == Forgotten(sites=1)
        assert store.wipe_is_due
        with pytest.raises(NotFound):
            store.forget.site("https://SECRET.example")
    with Store.open(home) as store:
        assert not store.wipe_is_due
        assert b"SECRET" not in all_bytes(home)
