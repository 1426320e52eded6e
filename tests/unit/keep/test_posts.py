"""Stored posts: grouped by what is asked of them, found by their words, and what they give away."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from tests.unit.keep.posts_made import ACCOUNT, archive, on, post, take

from withhold.errors import StoreTrouble
from withhold.exports.post import Media
from withhold.keep import Store
from withhold.keep.post_rows import Asked
from withhold.keep.posts import _GROUPS, _GROUPS_OF
from withhold.keep.said_audiences import SaidAudience, SaidAudiences
from withhold.reveals.reveal import Reveal
from withhold.words import Revealed

TODAY = date(2026, 8, 22)
PUBLIC = {"audience": "public", "audience_by": "item-field"}
Tamper = Callable[..., int]


def counted(store: Store, *accounts: str) -> dict[tuple[str, ...], int]:
    """How many posts of which account, kind, audience, evidence and day."""
    found: Counter[tuple[str, ...]] = Counter()
    for one in store.posts.groups(accounts):
        it = one.asked
        found[it.account, it.kind, it.audience, it.audience_by, it.day] += one.n
    return found


def say(store: Store, audience: str, since: str = "", until: str = "", on_: date = TODAY) -> None:
    """The owner's word on the posts of a span."""
    store.posts.said_audiences.say(
        SaidAudience(
            account=ACCOUNT,
            audience=audience,  # type: ignore[arg-type]
            on=on_,
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
        )
    )


def said(store: Store) -> list[tuple[str, str, str]]:
    return [
        (str(one.since or ""), str(one.until or ""), one.audience)
        for one in store.posts.said_audiences.of(ACCOUNT)
    ]


@pytest.mark.parametrize("text", ["begin\0and all behind it", "\0", "\0begin", "begin\0"])
def test_a_text_with_a_zero_in_it_is_not_shown_as_its_begin(store: Store, text: str) -> None:
    """SQLite's own functions end a text there, and a page would take the rest for nothing."""
    take(store, [post("1", text=text)])
    (one,) = store.posts.read([1], 8)
    assert one.post.text == text[:8]


def test_two_that_speak_at_once_are_both_heard(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2)
    read = SaidAudiences.of

    def slowly(self: SaidAudiences, account: str) -> list[SaidAudience]:
        found = read(self, account)
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock
            together.wait(0.5)
        return found

    def beside() -> None:
        with Store.open(home) as other:
            say(other, "private", "2021-01-01", "2022-01-01")

    monkeypatch.setattr(SaidAudiences, "of", slowly)
    second = threading.Thread(target=beside)
    second.start()
    say(store, "public", "2019-01-01", "2020-01-01")
    second.join()
    monkeypatch.undo()
    assert said(store) == [
        ("2019-01-01", "2020-01-01", "public"),
        ("2021-01-01", "2022-01-01", "private"),
    ]


# Groups ---------------------------------------------------------------------------------------


def test_posts_are_grouped_by_all_that_is_asked(store: Store) -> None:
    assert store.posts.groups() == []
    take(store, [on("2020-05-01", "1"), on("2020-05-01", "2"), on("2020-05-02", "3")])
    take(store, [on("2020-05-01", "4", kind="comment", **PUBLIC)])
    take(store, [post("1", created=None)], "reddit:bob")
    assert counted(store) == {
        (ACCOUNT, "post", "unknown", "none", "2020-05-01"): 2,
        (ACCOUNT, "post", "unknown", "none", "2020-05-02"): 1,
        (ACCOUNT, "comment", "public", "item-field", "2020-05-01"): 1,
        ("reddit:bob", "post", "unknown", "none", ""): 1,
    }
    assert set(counted(store, "reddit:bob")) == {("reddit:bob", "post", "unknown", "none", "")}
    assert counted(store, "reddit:nobody") == {}
    assert sum(one.n for one in store.posts.groups()) == store.posts.count() == 5


@pytest.mark.parametrize("field", ["kind", "authored", "state", "audience", "audience_by"])
def test_what_differs_in_one_thing_is_another_group(store: Store, field: str) -> None:
    other = {
        "kind": "video",
        "authored": "others",
        "state": "draft",
        "audience": "group",
        "audience_by": "platform-default",
    }
    take(store, [post("1"), post("2", **{field: other[field]})])
    groups = store.posts.groups()
    assert [one.n for one in groups] == [1, 1]
    assert {getattr(one.asked, field) for one in groups} >= {other[field]}


@pytest.mark.parametrize(("sql", "params"), [(_GROUPS, ()), (_GROUPS_OF, ("[]",))])
def test_groups_are_counted_without_reading_a_post(
    store: Store, sql: str, params: tuple[str, ...]
) -> None:
    plan = [row[3] for row in store._opened.rows(f"EXPLAIN QUERY PLAN {sql}", *params)]
    looked = [line for line in plan if " post " in f"{line} "]
    assert looked
    assert all("COVERING INDEX post_asked" in line for line in looked)


# The owner's word -----------------------------------------------------------------------------


def test_the_owners_word_counts_where_no_archive_has_one(store: Store) -> None:
    take(store, [on("2012-12-31", "1"), on("2013-01-01", "2"), on("2013-12-31", "3")])
    take(store, [on("2014-01-01", "4"), post("5", created=None)])
    say(store, "public", "2013-01-01", "2014-01-01")
    assert counted(store) == {
        (ACCOUNT, "post", "unknown", "none", "2012-12-31"): 1,
        (ACCOUNT, "post", "public", "owner-stated", "2013-01-01"): 1,
        (ACCOUNT, "post", "public", "owner-stated", "2013-12-31"): 1,
        (ACCOUNT, "post", "unknown", "none", "2014-01-01"): 1,
        (ACCOUNT, "post", "unknown", "none", ""): 1,
    }


def test_posts_without_a_day_are_meant_by_all_of_time_only(store: Store) -> None:
    take(store, [post("5", created=None)])
    say(store, "public", "2013-01-01")
    assert {key[2] for key in counted(store)} == {"unknown"}
    say(store, "public")
    assert {key[2] for key in counted(store)} == {"public"}


@pytest.mark.parametrize(
    ("by", "after"),
    [
        ("none", "owner-stated"),
        ("account-setting", "owner-stated"),
        ("item-field", "item-field"),
        ("platform-default", "platform-default"),
    ],
)
def test_it_stands_above_a_snapshot_and_below_a_post(store: Store, by: str, after: str) -> None:
    take(store, [post("1", audience="followers", audience_by=by)])
    say(store, "public")
    (group,) = store.posts.groups()
    assert group.asked.audience_by == after
    (one,) = store.posts.read([1])
    assert one.asked == group.asked
    assert one.post.audience_by == by


def test_groups_that_become_alike_are_one(store: Store) -> None:
    take(store, [post("1"), post("2", audience="followers", audience_by="account-setting")])
    say(store, "public")
    assert [one.n for one in store.posts.groups()] == [2]


def test_it_is_of_one_account(store: Store) -> None:
    take(store, [post("1")], "reddit:bob")
    say(store, "public")
    assert {one.asked.audience for one in store.posts.groups()} == {"unknown"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ([("public", "", "")], [("", "", "public")]),
        ([("public", "", ""), ("private", "", "")], [("", "", "private")]),
        ([("public", "", ""), ("unknown", "", "")], []),
        (
            [("public", "", ""), ("private", "2012-01-01", "2013-01-01")],
            [
                ("", "2012-01-01", "public"),
                ("2012-01-01", "2013-01-01", "private"),
                ("2013-01-01", "", "public"),
            ],
        ),
        (
            [("public", "", "2012-01-01"), ("private", "2012-01-01", "")],
            [("", "2012-01-01", "public"), ("2012-01-01", "", "private")],
        ),
        (
            [("public", "2010-01-01", "2014-01-01"), ("unknown", "", "2012-01-01")],
            [("2012-01-01", "2014-01-01", "public")],
        ),
        (
            [("public", "2010-01-01", "2014-01-01"), ("group", "2012-01-01", "")],
            [("2010-01-01", "2012-01-01", "public"), ("2012-01-01", "", "group")],
        ),
    ],
)
def test_the_last_word_on_a_time_counts(
    store: Store, words: list[tuple[str, str, str]], left: list[tuple[str, str, str]]
) -> None:
    for audience, since, until in words:
        say(store, audience, since, until)
    assert said(store) == left


def test_an_audience_that_nobody_could_have_said_is_damage(store: Store, tamper: Tamper) -> None:
    say(store, "public")
    tamper("UPDATE said_audience SET audience = 'all'")
    with pytest.raises(StoreTrouble, match=f"audience of posts of {ACCOUNT}"):
        store.posts.groups()


# Words ----------------------------------------------------------------------------------------


def found(store: Store, words: str, **more: int) -> list[str]:
    return [one.post.id for one in store.posts.find(words, **more)]


def test_posts_are_found_by_all_of_their_words_newest_first(store: Store) -> None:
    take(store, [on("2020-01-01", "1", text="Ein Haus am See"), on("2021-01-01", "2", text="Haus")])
    take(store, [on("2019-01-01", "3", text="haus, see!"), post("4", text="Maus", created=None)])
    assert found(store, "haus") == ["2", "1", "3"]
    assert found(store, "see haus") == ["1", "3"]
    assert found(store, "haus", at_most=1) == ["2"]
    assert found(store, "häus") == ["2", "1", "3"]  # accents do not part words
    assert found(store, "hau") == []


@pytest.mark.parametrize(
    "words",
    ["", "  ", '"', '""', "*", "a*", "NEAR(a b)", "AND", "a OR b", "text:a", "(", "^a", "-a", "'",
     "\x00", "a\x00b", "a\ud83d", "{a}", "a + b", "😀", "\\", "NOT", "--", ";DROP TABLE post"],
)  # fmt: skip
def test_any_text_is_taken_as_words(store: Store, words: str) -> None:
    take(store, [post("1", text="nothing of it")])
    assert found(store, words) == []


def test_quotes_and_signs_inside_words_are_looked_over(store: Store) -> None:
    take(store, [post("1", text='she said "no" to AT&T - and a*b')])
    assert found(store, '"no" at&t a*b') == ["1"]


# What posts give away -------------------------------------------------------------------------


def reveal(kind: Revealed, *, sure: bool = True, start: int = 0) -> Reveal:
    return Reveal(kind=kind, start=start, end=start + 3, sure=sure)


def test_posts_are_looked_through_in_pieces_and_once(store: Store) -> None:
    take(store, [post(str(n)) for n in range(5)])
    assert [one.id for one in store.posts.unsearched("1", 2)] == [1, 2]
    store.posts.add_reveals("1", 2, [(1, reveal("email"))])
    assert store.posts.left_to_search("1") == 3
    assert [one.id for one in store.posts.unsearched("1", 99)] == [3, 4, 5]
    store.posts.add_reveals("1", 5, [(5, reveal("phone")), (5, reveal("phone"))])
    assert store.posts.unsearched("1", 99) == []
    assert [[it.kind for it in one.reveals] for one in store.posts.read([1, 2, 5])] == [
        ["email"],
        [],
        ["phone"],
    ]


def test_new_rules_go_over_all_and_replace_what_others_found(store: Store) -> None:
    take(store, [post(str(n)) for n in range(3)])
    store.posts.add_reveals("1", 3, [(n, reveal("email")) for n in (1, 2, 3)])
    assert store.posts.left_to_search("2") == 3
    store.posts.add_reveals("2", 2, [(1, reveal("phone"))])
    kinds = [[it.kind for it in one.reveals] for one in store.posts.read([1, 2, 3])]
    assert kinds == [["phone"], [], ["email"]]
    assert store.posts.left_to_search("2") == 1


def test_what_media_say_and_where_they_were_is_looked_at_too(store: Store) -> None:
    media = (
        Media(path="1.jpg", text="my house"),
        Media(path="2.jpg"),
        Media(path="3.jpg", place=(1.5, 2.5), place_by="exif"),
    )
    take(store, [post("1", media=media)])
    (one,) = store.posts.unsearched("1", 9)
    assert (one.text, one.places, one.said) == ("text of 1", (3,), ((1, "my house"),))


def test_what_each_post_gives_away_is_counted_by_kind(store: Store) -> None:
    media = (Media(path="1.jpg", place=(1.0, 2.0), place_by="exif"),)
    take(store, [post("1"), post("2", media=media), post("3")])
    store.posts.add_reveals(
        "1",
        3,
        [
            (1, reveal("email")),
            (1, reveal("email", start=9)),
            (1, reveal("minor", sure=False)),
            (2, Reveal(kind="coordinates", start=0, end=0, media=1)),
        ],
    )
    one, two = store.posts.giving_away()
    assert (one.id, one.sure, one.possible, one.in_media) == (1, {"email": 2}, {"minor": 1}, set())
    assert (two.id, two.sure, two.in_media) == (2, {"coordinates": 1}, {"coordinates"})


def test_the_owners_word_is_in_what_is_asked_of_them(store: Store) -> None:
    take(store, [on("2012-05-01", "1"), on("2014-05-01", "2")])
    store.posts.add_reveals("1", 2, [(1, reveal("email")), (2, reveal("email"))])
    say(store, "public", "", "2013-01-01")
    assert [one.asked.audience for one in store.posts.giving_away()] == ["public", "unknown"]
    assert {one.asked for one in store.posts.giving_away()} == {
        one.asked for one in store.posts.groups()
    }


def test_reading_keeps_the_order_and_leaves_out_what_is_not_there(store: Store) -> None:
    take(store, [post("a"), post("b"), post("c")])
    assert [one.post.id for one in store.posts.read([3, 99, 1])] == ["c", "a"]
    one = store.posts.read([2])[0]
    assert (one.id, one.account, one.archive) == (2, ACCOUNT, 1)
    assert one.asked == Asked(
        ACCOUNT, "reddit", "post", "unknown", "none", "own", "live", "2020-05-01"
    )


def test_a_post_that_is_none_is_damage(store: Store, tamper: Tamper) -> None:
    take(store, [post("1")])
    tamper("UPDATE post SET kind = 'shout'")
    with pytest.raises(StoreTrouble, match="post 1"):
        store.posts.read([1])


def test_a_store_is_read_while_another_hand_writes(store: Store, home: Path) -> None:
    take(store, [post("1")])
    with Store.read(home) as reading:
        take(store, [post("2")], of=archive("b"))
        assert reading.posts.count() == 2
        with pytest.raises(RuntimeError, match="for reading"):
            take(reading, [post("3")])


def test_a_store_from_before_the_posts_gets_them(home: Path) -> None:
    """A store of schema 3, with an account in it."""
    with Store.open(home) as opened:
        opened.own.set("place", "DE")
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        for table in ("post_text", "reveal", "media", "post", "archive", "searched",
                      "said_audience"):  # fmt: skip
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_posts'")
        raw.execute("PRAGMA user_version = 3")
    with Store.read(home) as opened:
        assert opened.own.settings() == {"place": "DE"}
        assert opened.posts.groups() == []
    with Store.open(home) as opened:
        take(opened, [post("1")])
        assert [one.post.id for one in opened.posts.find("text")] == ["1"]
        assert opened.faults() == []


def test_rows_are_given_one_by_one_and_can_be_left(store: Store, home: Path) -> None:
    take(store, [post(str(n)) for n in range(50)])
    coming = store._opened.each("SELECT id FROM post ORDER BY id")
    assert [next(coming), next(coming)] == [(1,), (2,)]
    assert isinstance(coming, Generator)
    coming.close()
    take(store, [post("more")])  # nothing holds the table
    with pytest.raises(StoreTrouble, match="no such table"):
        list(store._opened.each("SELECT * FROM gone"))
