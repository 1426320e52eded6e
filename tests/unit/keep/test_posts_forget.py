"""Forgetting posts: no word of them stays in any file; what is not meant stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.unit.keep.posts_made import ACCOUNT, NOW, archive, post, search_is_sound, take
from tests.unit.keep.test_forget import all_bytes

from withhold.errors import NotFound
from withhold.exports.post import Media, Pointer
from withhold.keep import Forgotten, Store
from withhold.keep.said_audiences import SaidAudience
from withhold.reveals.reveal import Reveal
from withhold.words import Account, Observation

Rows = Callable[..., list[tuple[object, ...]]]
OTHER = "tumblr:kitchen"
TABLES = ("post", "media", "reveal", "archive", "said_audience")
SECRETS = (
    b"quinoa", b"RAWQUINOA", b"hidden-address", b"secretcommunity", b"secret-picture", b"secretalt",
    b"secret-folder", b"secretreport", b"secret-id",
)  # fmt: skip


def fill(store: Store) -> None:
    """Two accounts, each with posts, media, reveals, a word of the owner, and an archive."""
    secret = post(
        "secret-id",
        text="quinoa for breakfast",
        raw="RAWQUINOA",
        url="https://hidden-address.example",
        url_by="given",
        community="secretcommunity",
        media=(Media(path="secret-picture.jpg", text="secretalt", place=(1.0, 2.0)),),
        source=Pointer(path="secret-folder/posts.json"),
    )
    fillers = [post(f"p{n}", text=f"quinoa number {n}") for n in range(300)]
    take(store, [secret, *fillers], of=archive("a", report='"secretreport"'))
    kept = [post(f"k{n}", text=f"barley number {n}") for n in range(50)]
    take(store, kept, OTHER, of=archive("b"))
    numbers = range(1, store.posts.count() + 1)
    store.posts.add_reveals(
        "1", numbers[-1], [(n, Reveal(kind="email", start=0, end=6)) for n in numbers]
    )
    for key in (ACCOUNT, OTHER):
        store.posts.said_audiences.say(
            SaidAudience(account=key, audience="public", on=date(2026, 8, 22))
        )
        platform, _, name = key.partition(":")
        store.own.add_account(Account(platform=platform, name=name), NOW)


def counts(raw_rows: Rows, account: str) -> dict[str, int]:
    found = {}
    for table in TABLES:
        where = "account = ?" if table not in ("media", "reveal") else (
            "post IN (SELECT id FROM post WHERE account = ?)"
        )  # fmt: skip
        (count,) = raw_rows(f"SELECT count(*) FROM {table} WHERE {where}", account)[0]  # noqa: S608
        assert isinstance(count, int)
        found[table] = count
    return found


def test_no_word_of_an_account_is_left_in_any_file(
    home: Path, store: Store, now: datetime, raw_rows: Rows, seen: Callable[..., Observation]
) -> None:
    fill(store)
    digest = store.evidence.keep(b"SETTINGS-FILE", "settings.json")
    store.observations.record(
        seen(control="reddit/archive:import", account=ACCOUNT, evidence=digest), now
    )
    store.observations.record(seen(control="tumblr/x", account=OTHER), now)
    before, other = all_bytes(home), counts(raw_rows, OTHER)
    assert all(secret in before for secret in (*SECRETS, b"SETTINGS-FILE"))
    done = store.forget.account(ACCOUNT, now)
    assert done == Forgotten(observations=1, evidence=1, accounts=1, posts=301)
    left = all_bytes(home)  # while the store is open: the log counts too
    assert [one for one in (*SECRETS, b"SETTINGS-FILE") if one in left] == []
    assert set(counts(raw_rows, ACCOUNT).values()) == {0}
    assert counts(raw_rows, OTHER) == other
    assert len(store.posts.find("barley")) == 50
    assert store.posts.find("quinoa") == []
    search_is_sound(store)
    assert store.faults() == []
    report = store.observations.verify()
    assert (report.ok, report.length, report.forgotten) == (True, 2, 1)


def test_everything_is_everything(home: Path, store: Store, now: datetime, raw_rows: Rows) -> None:
    fill(store)
    done = store.forget.everything(now)
    assert (done.posts, done.accounts) == (351, 2)
    left = all_bytes(home)
    assert [one for one in (*SECRETS, b"barley", b"reddit", b"tumblr") if one in left] == []
    for table in (*TABLES, "searched"):
        assert raw_rows(f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608
    assert take(store, [post("1")]).new == 1
    search_is_sound(store)


def test_words_that_a_newer_archive_replaced_go_with_it(
    home: Path, store: Store, now: datetime
) -> None:
    take(store, [post("1", text="amaranth")], of=archive("a", exported="2024-01-01"))
    take(store, [post("1", text="buckwheat")], of=archive("b", exported="2026-01-01"))
    store.forget.account(ACCOUNT, now)
    left = all_bytes(home)
    assert b"amaranth" not in left
    assert b"buckwheat" not in left


def test_posts_of_an_account_that_nobody_added_can_be_forgotten(
    store: Store, now: datetime
) -> None:
    take(store, [post("1", platform="wordpress")], "wordpress:blog")
    assert store.forget.account("wordpress:blog", now) == Forgotten(posts=1)
    with pytest.raises(NotFound):
        store.forget.account("wordpress:blog", now)


def test_a_word_of_the_owner_alone_can_be_forgotten(store: Store, now: datetime) -> None:
    store.posts.said_audiences.say(
        SaidAudience(account=ACCOUNT, audience="public", on=date(2026, 8, 22))
    )
    assert store.forget.account(ACCOUNT, now) == Forgotten()
    assert store.posts.said_audiences.all() == {}


def test_what_was_forgotten_comes_back_only_by_its_archive(store: Store, now: datetime) -> None:
    fill(store)
    store.forget.account(ACCOUNT, now)
    assert take(store, [post("p1")]).new == 1
    assert [one.id for one in store.posts.unsearched("1", 9)] == [352]
