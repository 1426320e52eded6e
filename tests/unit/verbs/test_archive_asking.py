"""What the store and the knowledge say to an import: whose accounts, which switches, what was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import withhold
from tests.unit import made
from withhold.errors import BadInput
from withhold.exports.post import Post
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive
from withhold.verbs.archive_asking import asking, filing
from withhold.words import Account, Observation

TODAY = date(2026, 8, 22)
NOW = datetime(2026, 8, 22, 10, tzinfo=UTC)
KNOWN = made.knowledge(
    made.platform(control=[made.control(), made.control("private", kind="audience")]),
    made.platform("other", control=[made.control()]),
)
ACME = Account(platform="acme", name="ada")
TWO = Account(platform="acme", name="two")


def test_without_a_store_only_what_is_known_and_named_counts() -> None:
    found = filing(KNOWN, None, {"acme": TWO.key}, more=(ACME, TWO))
    whose = found.of("acme", "somebody")
    assert (whose.key, whose.how) == (TWO.key, "named")
    assert found.of("other", "ada").how == "new"
    assert found.of("elsewhere", "ada").how == "posts-only"  # no knowledge of it
    asked = asking(KNOWN, None, TODAY, dry=True)
    assert (asked.seen, asked.today, asked.dry, asked.others) == ((), TODAY, True, False)


def test_the_owners_accounts_count_and_those_that_are_about_to_be_added(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(ACME, NOW)
        assert filing(KNOWN, store, {}).of("acme", "whoever").how == "only"
        assert filing(KNOWN, store, {}, more=(TWO,)).of("acme", "@two").key == TWO.key
        with pytest.raises(BadInput, match="which of your accounts"):
            filing(KNOWN, store, {}, more=(TWO,)).of("acme", "whoever")
        asked = filing(KNOWN, store, {}, lambda *_: TWO.key, (TWO,)).of("acme", "whoever")
        assert (asked.key, asked.how) == (TWO.key, "chosen")


def test_an_archive_of_another_name_than_the_last_is_not_taken_for_the_same(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(ACME, NOW)
        archive = NewArchive(
            platform="acme", layout="csv", digest="a" * 64, report='{"handle": "Painter"}'
        )
        store.posts.take(archive, [(ACME.key, Post(platform="acme", id="1", text="x"))], NOW)
        assert filing(KNOWN, store, {}).of("acme", "painter").how == "only"
        with pytest.raises(BadInput, match="it names itself potter"):
            filing(KNOWN, store, {}).of("acme", "potter")


def test_switches_of_all_platforms_and_those_of_the_audience_apart() -> None:
    asked = asking(KNOWN, None, TODAY, on=date(2026, 8, 1), others=True)
    assert set(asked.controls) == {"acme/switch", "acme/private", "other/switch"}
    assert set(asked.audience_controls) == {"acme/private"}
    assert (asked.on, asked.others) == (date(2026, 8, 1), True)
    assert asked.reader == f"withhold {withhold.__version__}"


def test_what_was_seen_before_is_told_so_that_it_is_not_recorded_twice(tmp_path: Path) -> None:
    seen = Observation(control="acme/switch", account=ACME.key, value="off", on=TODAY, how="told")
    with Store.open(tmp_path / "home") as store:
        kept = store.observations.record(seen, NOW)
        assert [one.id for one in asking(KNOWN, store, TODAY).seen] == [kept.id]
