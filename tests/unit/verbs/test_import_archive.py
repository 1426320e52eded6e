"""Taking in an archive: its posts, whose they are, what it shows; all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.verbs.archives_made import EXPORTED, NOW, TODAY, archive, post, setting
from withhold.errors import BadInput
from withhold.exports.opened import Archive
from withhold.exports.post import Post
from withhold.keep import Store
from withhold.keep.post_taking import Taken
from withhold.verbs.archive_owner import Filing
from withhold.verbs.import_archive import Asking, Imported, digest_of, import_archive
from withhold.words import Account

CONTROL = "x/protect-posts"
KNOWN = ("x", "threads")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def run(one: Archive, store: Store | None, **said: Any) -> Imported:
    """Imports it for the owner as the store has them."""
    owned = store.own.accounts() if store else []
    asking = Asking(
        **{
            "today": TODAY,
            "reader": "withhold 9",
            "controls": {CONTROL},
            "audience_controls": {CONTROL},
            "seen": tuple(store.observations.all()) if store else (),
            **said,
        }
    )
    return import_archive(one, Filing(owned, KNOWN), asking, store, NOW)


def seen(store: Store) -> list[tuple[str, str, str, str, str]]:
    return [
        (one.control, one.account, one.value, str(one.on), one.how)
        for one in store.observations.all()
    ]


def test_posts_settings_and_the_archive_itself_are_there(store: Store, tmp_path: Path) -> None:
    one = archive(tmp_path / "a", [post("1"), post("2", kind="comment")], [setting()])
    done = run(one, store)
    assert done.taken == Taken(new=2)
    assert [(it.account, it.kind, it.audience, it.n) for it in done.counted] == [
        ("x:ada", "comment", "unknown", 1),
        ("x:ada", "post", "unknown", 1),
    ]
    assert (done.platform, done.layout, done.exported) == ("x", "made", EXPORTED)
    assert seen(store) == [
        (CONTROL, "x:ada", "followers", str(EXPORTED), "shown"),
        ("x/archive:import", "x:ada", f"2 posts, sha256 {done.digest}", str(EXPORTED), "shown"),
    ]
    assert store.posts.counts() == {"x:ada": 2}
    assert [it.exported for it in store.posts.archives()] == [str(EXPORTED)]


def test_a_second_time_adds_nothing(store: Store, tmp_path: Path) -> None:
    posts, settings = [post("1"), post("2")], [setting(), setting("jurisdiction", "DE")]
    run(archive(tmp_path / "a", posts, settings), store)
    before = seen(store)
    done = run(archive(tmp_path / "a", posts, settings), store)
    assert done.taken == Taken(again=2)
    assert (done.recorded, len(done.already)) == ((), 2)
    assert seen(store) == before
    assert store.observations.verify().length == 3


def test_the_file_that_shows_a_setting_is_its_evidence(store: Store, tmp_path: Path) -> None:
    body = b'{"protected": true}'
    one = archive(
        tmp_path / "a", [], [setting(), setting("b", "1")], bodies={"settings.json": body}
    )
    done = run(one, store)
    digest = hashlib.sha256(body).hexdigest()
    assert {it.evidence for it in done.recorded} == {digest}
    assert store.evidence.read(digest) == body
    assert [(it.name, it.size) for it in store.evidence.all()] == [("settings.json", len(body))]


def test_a_large_file_is_no_evidence(store: Store, tmp_path: Path) -> None:
    body = b" " * (1024 * 1024 + 1)
    done = run(archive(tmp_path / "a", [], [setting()], bodies={"settings.json": body}), store)
    assert [it.evidence for it in done.recorded] == [""]
    assert store.evidence.all() == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, RecursionError])
def test_what_stops_it_leaves_nothing(
    store: Store, tmp_path: Path, stop: type[BaseException]
) -> None:
    def half() -> Iterator[Post]:
        yield post("1")
        yield post("2")
        raise stop

    with pytest.raises(stop):
        run(archive(tmp_path / "a", half(), [setting()]), store)
    assert (store.posts.count(), store.own.accounts(), seen(store)) == (0, [], [])
    assert store.evidence.all() == []
    assert list((tmp_path / "home" / "evidence").iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_failing_disk_is_no_trouble_of_the_store(
    store: Store, tmp_path: Path, after: int
) -> None:
    def half() -> Iterator[Post]:
        for number in range(after):
            yield post(str(number))
        raise OSError(5, "Input/output error")

    with pytest.raises(BadInput, match="a: cannot be read to its end"):
        run(archive(tmp_path / "a", half()), store)
    assert store.posts.count() == 0


def test_an_archive_of_which_nothing_was_understood_leaves_no_trace(
    store: Store, tmp_path: Path
) -> None:
    one = archive(tmp_path / "a")
    one.notes.trouble("x.json", "no-reader")
    done = run(one, store)
    assert not done.anything
    assert done.accounts == ()
    assert (store.own.accounts(), seen(store), store.posts.archives()) == ([], [], [])


def test_an_archive_with_nothing_published_in_it_is_no_fault(store: Store, tmp_path: Path) -> None:
    done = run(archive(tmp_path / "a"), store)
    assert done.anything
    assert (done.posts, done.accounts) == (0, ())
    assert (store.own.accounts(), seen(store)) == ([], [])


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    run(archive(tmp_path / "a", [post("1"), post("2")]), store)
    before = seen(store)
    again = archive(tmp_path / "b", [post("2"), post("3"), post("4")], [setting()])
    done = run(again, store, dry=True)
    assert (done.taken, done.written) == (Taken(new=2, again=1), False)
    assert [(it.control, it.id) for it in done.recorded] == [(CONTROL, "")]
    assert store.posts.count() == 2
    assert seen(store) == before
    bare = run(archive(tmp_path / "b", [post("2"), post("3")]), None, dry=True)
    assert bare.taken == Taken(new=2)


def test_posts_of_a_second_platform_go_to_its_account(store: Store, tmp_path: Path) -> None:
    store.own.add_account(Account(platform="threads", name="ada"), NOW)
    posts = [post("1"), post("2", platform="threads"), post("3", platform="threads")]
    done = run(archive(tmp_path / "a", posts), store)
    assert store.posts.counts() == {"x:ada": 1, "threads:ada": 2}
    assert [(it.key, it.how) for it in done.accounts] == [
        ("x:ada", "new"),
        ("threads:ada", "handle"),
    ]
    assert [it.key for it in store.own.accounts()] == ["threads:ada", "x:ada"]
    assert [(it[0], it[1], it[2][:7]) for it in seen(store)] == [
        ("x/archive:import", "x:ada", "1 posts"),
        ("threads/archive:import", "threads:ada", "2 posts"),
    ]


def test_only_accounts_with_something_in_it_are_told(store: Store, tmp_path: Path) -> None:
    """WordPress' archive may be all of the hosted service, which is another platform."""
    done = run(archive(tmp_path / "a", [post("1")], platform="threads"), store)
    assert [it.key for it in done.accounts] == ["x:ada"]
    assert [it.key for it in store.own.accounts()] == ["x:ada"]


def test_what_others_wrote_is_counted_and_left_out(store: Store, tmp_path: Path) -> None:
    posts = [post("1"), post("2", authored="others")]
    done = run(archive(tmp_path / "a", posts), store)
    assert (done.posts, done.others) == (1, 1)
    done = run(archive(tmp_path / "a", posts), store, others=True)
    assert (done.posts, done.others, done.taken) == (2, 0, Taken(new=1, again=1))


def test_the_owner_hears_how_far_it_is(store: Store, tmp_path: Path) -> None:
    heard: list[int] = []
    one = archive(tmp_path / "a", [post(str(n)) for n in range(1_201)])
    asking = Asking(today=TODAY, reader="")
    import_archive(one, Filing([], KNOWN), asking, store, NOW, heard.append)
    assert heard == [500, 1_000, 1_201]


def test_half_a_surrogate_pair_in_a_setting_is_no_trouble(store: Store, tmp_path: Path) -> None:
    odd = [setting("a\ud83d", "b\udc00" + "x" * 1_000), setting("plain", "1")]
    done = run(archive(tmp_path / "a", [post("1")], odd, handle="ad\ud83da"), store)
    assert [it.key for it in done.accounts] == ["x:ada"]
    assert [(it.control, it.value) for it in done.recorded] == [
        ("x/archive:a?", "b?" + "x" * 498),
        ("x/archive:plain", "1"),
    ]
    assert [it[:3] for it in seen(store)[:2]] == [
        ("x/archive:a?", "x:ada", "b?" + "x" * 498),
        ("x/archive:plain", "x:ada", "1"),
    ]
    again = run(archive(tmp_path / "a", [post("1")], odd), store)
    assert again.recorded == ()


# Days and audiences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exported", "folder", "said", "day"),
    [
        ("2026-07-01", "a", None, "2026-07-01"),
        ("2026-07-01", "a-2025-01-02", date(2024, 1, 1), "2026-07-01"),
        ("", "instagram-ada-2025-01-02-xyz", None, "2025-01-02"),
        ("", "takeout-20250102T101112Z", None, "2025-01-02"),
        ("", "a-2025-01-02", date(2024, 1, 1), "2024-01-01"),
        ("2099-01-01", "a-2025-13-40", date(2024, 1, 1), "2024-01-01"),
        ("no date", "a", None, "None"),
        ("", "a-120250102", None, "None"),
    ],
)
def test_the_day_of_an_archive(
    store: Store, tmp_path: Path, exported: str, folder: str, said: date | None, day: str
) -> None:
    done = run(archive(tmp_path / folder, [post("1")], exported=exported), store, on=said)
    assert str(done.exported) == day


def test_without_a_day_a_control_is_not_recorded(store: Store, tmp_path: Path) -> None:
    settings = [setting(), setting("jurisdiction", "DE"), setting(value="public", on=EXPORTED)]
    done = run(archive(tmp_path / "a", [], settings, exported=""), store)
    assert [it.name for it in done.undated] == ["protect-posts"]
    assert seen(store)[:2] == [
        ("x/archive:jurisdiction", "x:ada", "DE", str(TODAY), "shown"),
        (CONTROL, "x:ada", "public", str(EXPORTED), "shown"),
    ]
    later = {"today": TODAY + timedelta(days=9)}
    done = run(archive(tmp_path / "a", [], settings, exported=""), store, **later)
    assert done.recorded == ()


def test_a_name_that_is_no_control_says_nothing_of_one(store: Store, tmp_path: Path) -> None:
    one = archive(tmp_path / "a", [], [setting("no-such-control"), setting(control=False)])
    run(one, store)
    assert [it[0] for it in seen(store)] == [
        "x/archive:no-such-control", "x/archive:protect-posts", "x/archive:import",
    ]  # fmt: skip


def test_the_audience_of_a_new_account_is_what_the_archive_shows(
    store: Store, tmp_path: Path
) -> None:
    first, then = date(2026, 3, 1), date(2026, 5, 1)
    settings = [setting(value="public", on=then), setting(on=first), setting(value="so", on=then)]
    run(archive(tmp_path / "a", [post("1")], settings), store)
    assert store.own.audience_history("x:ada") == [
        (first - timedelta(days=1), "unknown"),
        (first, "followers"),
        (then, "public"),
    ]


def test_that_it_was_public_before_it_was_seen_closed_is_not_claimed(
    store: Store, tmp_path: Path
) -> None:
    run(archive(tmp_path / "a", [post("1")], [setting(on=date(2026, 3, 1))]), store)
    assert store.own.audience_history("x:ada")[-1] == (date(2026, 3, 1), "followers")
    assert store.own.public_until("x:ada") is None


def test_a_setting_of_the_first_day_of_all_ends_no_import(store: Store, tmp_path: Path) -> None:
    run(archive(tmp_path / "a", [post("1")], [setting(on=date.min)]), store)
    assert store.own.audience_history("x:ada") == [(date.min, "followers")]


def test_what_the_owner_said_of_the_audience_stays(store: Store, tmp_path: Path) -> None:
    store.own.add_account(Account(platform="x", name="ada", audience="public"), NOW)
    before = store.own.audience_history("x:ada")
    run(archive(tmp_path / "a", [post("1")], [setting()]), store)
    assert store.own.audience_history("x:ada") == before


# The digest -----------------------------------------------------------------------------------


def test_an_archive_is_named_by_its_files(tmp_path: Path) -> None:
    def digest(folder: str, bodies: dict[str, bytes]) -> str:
        return digest_of(archive(tmp_path / folder, bodies=bodies).files)

    base = digest("a", {"x.json": b"1", "y.json": b"22"})
    assert digest("b", {"y.json": b"22", "x.json": b"1"}) == base
    assert len({
        base,
        digest("c", {"x.json": b"1"}),
        digest("d", {"x.json": b"1", "z.json": b"22"}),
        digest("e", {"x.json": b"1", "y.json": b"333"}),
    }) == 4  # fmt: skip
