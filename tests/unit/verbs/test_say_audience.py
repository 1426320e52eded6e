"""The owner's word on who could see the posts of a time: kept, taken back, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.unit.keep.posts_made import ACCOUNT, on, take
from withhold.errors import BadInput, NotFound
from withhold.keep import Store
from withhold.verbs.say_audience import say_audience
from withhold.words import Account

TODAY = date(2026, 8, 22)
MAY, JUNE = date(2020, 5, 1), date(2020, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two posts, of the last day of May and of the first of June."""
    with Store.open(tmp_path / "home") as opened:
        take(opened, [on("2020-05-31", "may"), on("2020-06-01", "june")])
        yield opened


def audiences(store: Store) -> dict[str, str]:
    found = store.posts.find("text")
    return {one.post.id: one.asked.audience for one in found}


def test_the_last_day_is_left_out_and_unknown_takes_it_back(store: Store) -> None:
    say_audience(store, ACCOUNT, "followers", TODAY, MAY, JUNE)
    assert audiences(store) == {"may": "followers", "june": "unknown"}
    say_audience(store, ACCOUNT, "unknown", TODAY, MAY, JUNE)
    assert audiences(store) == {"may": "unknown", "june": "unknown"}


def test_without_days_it_is_said_of_all_time(store: Store) -> None:
    say_audience(store, ACCOUNT, "public", TODAY)
    assert set(audiences(store).values()) == {"public"}


@pytest.mark.parametrize("until", [MAY, date(2020, 4, 30)])
def test_a_time_without_a_day_in_it_is_refused(store: Store, until: date) -> None:
    with pytest.raises(BadInput, match="no day lies between") as why:
        say_audience(store, ACCOUNT, "public", TODAY, MAY, until)
    assert why.value.tip == "--until is the day after the last"
    assert store.posts.said_audiences.all() == {}


def test_one_day_is_a_time(store: Store) -> None:
    say_audience(store, ACCOUNT, "public", TODAY, date(2020, 5, 31), JUNE)
    assert audiences(store) == {"may": "public", "june": "unknown"}


def test_of_an_account_that_is_nowhere_nothing_is_noted(store: Store) -> None:
    with pytest.raises(NotFound, match="reddit:eda"):
        say_audience(store, "reddit:eda", "public", TODAY)
    assert store.posts.said_audiences.all() == {}


def test_an_account_without_posts_is_one_too(store: Store) -> None:
    account = Account(platform="x", name="ada")
    store.own.add_account(account, datetime(2026, 8, 22, tzinfo=UTC))
    say_audience(store, account.key, "public", TODAY)
    assert [one.audience for one in store.posts.said_audiences.of(account.key)] == ["public"]
