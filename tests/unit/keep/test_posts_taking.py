"""Taking posts in: all or none, each once; a newer archive may say more, an older one may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tests.unit.keep.posts_made import ACCOUNT, NOW, archive, on, post, same, search_is_sound, take

from withhold.errors import StoreTrouble
from withhold.exports.post import Media, Pointer, Post
from withhold.keep import Store
from withhold.keep.post_taking import CHUNK, Taken

Rows = Callable[..., list[tuple[object, ...]]]


def stored(store: Store) -> list[Post]:
    """All posts as they come out again, in the order in which they were taken."""
    numbers = store._opened.rows("SELECT id FROM post ORDER BY id")
    return [one.post for one in store.posts.read(number for (number,) in numbers)]


FULL = Post(
    platform="instagram",
    id="17",
    kind="photo",
    authored="own-over-others",
    created=datetime(2012, 2, 29, 23, 59, 58, tzinfo=UTC),
    precision="minute",
    zone="assumed-utc",
    text="größe \x00 \N{PILE OF POO}",
    raw="grÃ¶Ã\x9fe",
    media=(
        Media(path="media/1.jpg", place=(52.5, -13.4), place_by="exif", taken="2012", text="a cat"),
        Media(path="https://a.example/2.mp4"),
    ),
    audience="followers",
    audience_by="account-setting",
    state="archived",
    url="https://a.example/p/17",
    url_by="built",
    community="cats",
    reply_to="16",
    source=Pointer(part="2.zip", path="media.json", at="/photos/0"),
)


def test_a_post_comes_out_as_it_went_in(store: Store) -> None:
    take(store, [FULL, post("bare", created=None, precision="none", zone="none", text="")])
    full, bare = stored(store)
    assert full == FULL
    assert bare == Post(platform="reddit", id="bare")


@pytest.mark.parametrize(
    ("created", "day", "seconds"),
    [
        (datetime(1969, 12, 31, 23, 59, 59, 600_000, tzinfo=UTC), "1969-12-31", -1),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01", -62135596800),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "9999-12-31", 253402300799),
        (datetime(2020, 1, 1, 1, 0), "2020-01-01", 1577840400),  # noqa: DTZ001 - a reader's fault
        (
            datetime(2020, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))),
            "2019-12-31",
            1577833200,
        ),
        (None, "", None),
    ],
)
def test_days_and_seconds_are_utc(
    store: Store, raw_rows: Rows, created: datetime | None, day: str, seconds: int | None
) -> None:
    take(store, [post("1", created=created)])
    assert raw_rows("SELECT day, created FROM post") == [(day, seconds)]


def test_twice_is_no_doubling(store: Store) -> None:
    posts = [post(str(n)) for n in range(5)]
    assert take(store, posts) == Taken(new=5)
    assert take(store, posts) == Taken(again=5)
    assert store.posts.count() == 5
    assert [one.posts for one in store.posts.archives()] == [5]
    assert take(store, [*posts, post("5")], of=archive("b")) == Taken(new=1, again=5)
    assert store.posts.counts() == {ACCOUNT: 6}


def test_the_same_id_of_two_accounts_is_two_posts(store: Store) -> None:
    take(store, [post("1")], "reddit:ada")
    assert take(store, [post("1")], "reddit:bob") == Taken(new=1)


def test_what_is_said_twice_in_a_row_is_two_posts(store: Store) -> None:
    lol = same("lol")
    posts = [lol, lol, lol, same("x"), lol]
    assert take(store, posts) == Taken(new=4, repeated=1)
    assert [one.id.partition("#")[2] for one in stored(store)] == ["", "2", "3", ""]
    assert take(store, posts) == Taken(again=5)


def test_an_id_of_the_platform_twice_is_one_post(store: Store) -> None:
    assert take(store, [post("1"), post("1"), post("2")]) == Taken(new=2, repeated=1)


def test_neighbours_are_neighbours_across_pieces(store: Store) -> None:
    lol = same("lol")
    posts = [*(post(str(n)) for n in range(CHUNK - 1)), lol, lol]
    assert take(store, posts) == Taken(new=CHUNK + 1)
    assert take(store, posts) == Taken(again=CHUNK + 1)


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_number_of_posts_is_taken(store: Store, count: int) -> None:
    assert take(store, (post(str(n)) for n in range(count))) == Taken(new=count)
    assert store.posts.count() == count


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, OSError])
def test_what_stops_leaves_nothing(
    store: Store, home: Path, raw_rows: Rows, stop: type[BaseException]
) -> None:
    take(store, [post("before")])

    def coming() -> Iterator[tuple[str, Post]]:
        for number in range(CHUNK + 10):
            yield ACCOUNT, post(str(number), text="half-of-it", media=(Media(path="x"),))
        raise stop

    with pytest.raises((stop, StoreTrouble)):
        store.posts.take(archive("b"), coming(), NOW)
    assert [one.id for one in stored(store)] == ["before"]
    assert store.posts.find("half-of-it") == []
    assert raw_rows("SELECT count(*) FROM media") == [(0,)]
    assert [one.digest[0] for one in store.posts.archives()] == ["a"]
    assert take(store, [post("after")], of=archive("b")) == Taken(new=1)


def test_half_a_surrogate_pair_loses_nothing_else(store: Store) -> None:
    broken = post("1", text="a \ud83d b", community="\udc00", media=(Media(path="\ud83d.jpg"),))
    assert take(store, [post("0"), broken, post("2")]) == Taken(new=3)
    assert [one.text for one in stored(store)] == ["text of 0", "a ? b", "text of 2"]
    assert stored(store)[1].media == (Media(path="?.jpg"),)


def test_a_place_that_is_none_on_earth_is_none(store: Store) -> None:
    nowhere = Media(path="a", place=(float("nan"), 1.0), place_by="exif")
    take(store, [post("1", media=(nowhere,))])
    assert stored(store)[0].media[0].place is None


def test_an_archive_of_two_accounts_is_listed_for_each(store: Store) -> None:
    posts = [("instagram:a", post("1")), ("threads:a", post("2")), ("instagram:a", post("3"))]
    store.posts.take(archive(exported="2026-01-02", reader="withhold 9"), posts, NOW)
    listed = [(one.account, one.platform, one.posts) for one in store.posts.archives()]
    assert listed == [("instagram:a", "instagram", 2), ("threads:a", "threads", 1)]
    one = store.posts.archives()[0]
    assert (one.layout, one.exported, one.reader) == ("csv", "2026-01-02", "withhold 9")
    assert one.read_at == "2026-08-22T10:00:00.000000+00:00"


def test_what_is_known_at_the_end_is_noted(store: Store) -> None:
    def ended() -> Any:
        return archive(exported="2026-03-04", report='{"a":1}')

    store.posts.take(archive(), [(ACCOUNT, post("1"))], NOW, ended)
    one = store.posts.archives()[0]
    assert (one.exported, one.report) == ("2026-03-04", '{"a":1}')


def test_which_ids_are_there(store: Store) -> None:
    take(store, [post("1"), post("'; --")])
    assert store.posts.known(ACCOUNT, ["0", "1", "'; --"]) == {"1", "'; --"}
    assert store.posts.known("reddit:bob", ["1"]) == set()


# A newer archive ------------------------------------------------------------------------------

OLD, MIDDLE, NEW = "2024-01-01", "2025-01-01", "2026-01-01"
PUBLIC = {"audience": "public", "audience_by": "item-field"}
CLOSED = {"audience": "private", "audience_by": "item-field"}
SNAPSHOT = {"audience": "followers", "audience_by": "account-setting"}
ALWAYS = {"audience": "public", "audience_by": "platform-default"}


@pytest.mark.parametrize(
    ("first", "then", "days", "left"),
    [
        ({}, PUBLIC, (OLD, NEW), PUBLIC),
        ({}, PUBLIC, (NEW, OLD), PUBLIC),  # what was not known is taken from any
        (PUBLIC, CLOSED, (OLD, NEW), CLOSED),
        (PUBLIC, CLOSED, (NEW, OLD), PUBLIC),
        (PUBLIC, CLOSED, ("", NEW), PUBLIC),  # of which day the first was nobody knows
        (PUBLIC, {}, (OLD, NEW), PUBLIC),
        (PUBLIC, SNAPSHOT, (OLD, NEW), PUBLIC),
        (SNAPSHOT, PUBLIC, (NEW, OLD), PUBLIC),
        (SNAPSHOT, {}, (OLD, NEW), {"audience": "unknown", "audience_by": "none"}),
        (SNAPSHOT, {}, (NEW, OLD), SNAPSHOT),
        (ALWAYS, {}, (OLD, NEW), ALWAYS),
    ],
)
def test_who_could_see_it_by_two_archives(
    store: Store,
    first: dict[str, str],
    then: dict[str, str],
    days: tuple[str, str],
    left: dict[str, str],
) -> None:
    take(store, [post("1", **first)], of=archive("a", exported=days[0]))
    take(store, [post("1", **then)], of=archive("b", exported=days[1]))
    (one,) = stored(store)
    assert {"audience": one.audience, "audience_by": one.audience_by} == left


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        (((NEW, "new"), (OLD, "with url"), (MIDDLE, "middle")), "new"),
        (((MIDDLE, "middle"), ("", "with url"), (NEW, "new")), "new"),
        (((OLD, "same"), (NEW, "same"), (MIDDLE, "middle")), "same"),
        (((OLD, "old"), (MIDDLE, "middle"), (NEW, "new")), "new"),
    ],
)
def test_words_of_three_archives(
    store: Store, dates: tuple[tuple[str, str], ...], left: str
) -> None:
    """Whatever came in between: words of an archive give way only to those of a later one."""
    for digest, (exported, said) in zip("abc", dates, strict=True):
        url = {"url": "https://a.example/1", "url_by": "given"} if said == "with url" else {}
        take(store, [post("1", text=said, **url)], of=archive(digest, exported=exported))
    (one,) = stored(store)
    assert one.text == left


@pytest.mark.parametrize(
    ("first", "then", "days", "left"),
    [
        ("one", "two", (OLD, NEW), "two"),
        ("one", "two", (NEW, OLD), "one"),
        ("one", "two", (OLD, OLD), "one"),
        ("one", "", (OLD, NEW), "one"),
        ("", "two", (NEW, OLD), "two"),
    ],
)
def test_words_of_two_archives(
    store: Store, first: str, then: str, days: tuple[str, str], left: str
) -> None:
    take(store, [post("1", text=first)], of=archive("a", exported=days[0]))
    taken = take(store, [post("1", text=then)], of=archive("b", exported=days[1]))
    assert [one.text for one in stored(store)] == [left]
    assert taken == Taken(again=1, changed=int(left != first))
    assert [one.post.text for one in store.posts.find(left)] == [left]
    other = ({"one", "two"} - {left}).pop()
    assert store.posts.find(other) == []
    search_is_sound(store)


def test_it_was_read_from_the_latest_archive_that_has_it(store: Store) -> None:
    for digest, exported in (("a", OLD), ("b", NEW), ("c", MIDDLE)):
        there = post("1", source=Pointer(path=f"{digest}.json"))
        take(store, [there], of=archive(digest, exported=exported))
    ((one,),) = [store.posts.find("text")]
    read = {it.id: it.exported for it in store.posts.archives()}
    assert (read[one.archive], one.post.source.path) == (NEW, "b.json")


def test_new_words_are_searched_and_old_reveals_are_gone(store: Store, raw_rows: Rows) -> None:
    from withhold.reveals.reveal import Reveal

    take(store, [post("1", text="old"), post("2")], of=archive("a", exported=OLD))
    store.posts.add_reveals("1", 2, [(1, Reveal(kind="email", start=0, end=3))])
    take(store, [post("1", text="new")], of=archive("b", exported=NEW))
    assert raw_rows("SELECT count(*) FROM reveal") == [(0,)]
    assert [(one.id, one.text) for one in store.posts.unsearched("1", 9)] == [(3, "new")]
    assert take(store, [post("3")]) == Taken(new=1)
    assert raw_rows("SELECT max(id) FROM post") == [(4,)]


def test_a_number_is_never_given_twice(store: Store, raw_rows: Rows, now: datetime) -> None:
    take(store, [post("1", text="old")], of=archive("a", exported=OLD))
    take(store, [post("1", text="new")], of=archive("b", exported=NEW))
    store.forget.account(ACCOUNT, now)
    take(store, [post("9")])
    assert raw_rows("SELECT id FROM post") == [(3,)]


def test_media_address_and_state_of_a_newer_archive(store: Store) -> None:
    take(store, [post("1", text="t")], of=archive("a", exported=OLD))
    more = post(
        "1",
        text="t",
        state="deleted",
        url="https://a.example/1",
        url_by="given",
        media=(Media(path="1.jpg"),),
        source=Pointer(path="new.json"),
    )
    assert take(store, [more], of=archive("b", exported=NEW)) == Taken(again=1, changed=1)
    assert stored(store) == [more]
    less = post("1", text="t", media=(Media(path="2.jpg"),))
    assert take(store, [less], of=archive("c", exported=OLD)) == Taken(again=1)
    assert stored(store) == [more]


def test_twice_in_one_newer_archive_changes_once(store: Store) -> None:
    take(store, [post("1", text="a")], of=archive("a", exported=OLD))
    taken = take(
        store,
        [post("1", text="b"), post("1", text="b"), on("2021-01-01", "2")],
        of=archive("b", exported=NEW),
    )
    assert (taken.new, taken.again + taken.repeated, taken.changed) == (1, 2, 1)
    assert [one.text for one in stored(store)] == ["b", "text of 2"]
    assert store.faults() == []


def test_an_id_with_a_zero_in_it_is_met_again(store: Store) -> None:
    """SQLite's JSON ends a text there; found by the fuzz test of archives."""
    first, again = (take(store, [post("a\0b"), post("\0"), post("a")]) for _ in range(2))
    assert (first.new, again.new, again.again) == (3, 0, 3)
