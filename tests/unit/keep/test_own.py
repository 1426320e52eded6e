"""Settings, accounts with the history of their audience, sites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from withhold.errors import NotFound, StoreTrouble
from withhold.keep import Store
from withhold.words import Account, Site


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00:00+00:00")


# Settings ---------------------------------------------------------------------------------------


def test_a_setting_never_set_is_the_default(store: Store) -> None:
    assert store.own.setting("place") == ""
    assert store.own.setting("lang", "en") == "en"
    assert store.own.settings() == {}


def test_settings_are_set_replaced_and_survive(home: Path) -> None:
    with Store.open(home) as store:
        store.own.set("place", "DE")
        store.own.set("lang", "de")
        store.own.set("place", "US-PA")
    with Store.read(home) as store:
        assert store.own.settings() == {"lang": "de", "place": "US-PA"}
        assert store.own.setting("place", "GB") == "US-PA"


def test_an_empty_setting_is_a_setting(store: Store) -> None:
    store.own.set("menu_lang", "")
    assert store.own.setting("menu_lang", "en") == ""


@given(st.dictionaries(st.text(), st.text(), max_size=5))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_comes_back_as_it_was(store: Store, said: dict[str, str]) -> None:
    said = {name: value for name, value in said.items() if _can_be_stored(name + value)}
    for name, value in said.items():
        store.own.set(name, value)
    found = store.own.settings()
    assert {name: found[name] for name in said} == said


def _can_be_stored(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


# Accounts ---------------------------------------------------------------------------------------


def test_an_account_comes_back_whole(store: Store, now: datetime) -> None:
    account = Account(
        platform="tumblr",
        name="cats",
        kind="business",
        plan="premium",
        audience="followers",
        lang="de",
        since=date(2012, 3, 4),
        adult=False,
    )
    store.own.add_account(account, now)
    assert store.own.accounts() == [account]


def test_an_account_of_which_little_is_known_comes_back_so(store: Store, now: datetime) -> None:
    store.own.add_account(Account(platform="reddit"), now)
    assert store.own.accounts() == [Account(platform="reddit")]
    assert store.own.accounts()[0].since is None


def test_two_blogs_of_one_platform_are_two_accounts(store: Store, now: datetime) -> None:
    for name in ("dogs", "cats", ""):
        store.own.add_account(Account(platform="tumblr", name=name), now)
    store.own.add_account(Account(platform="linkedin"), now)
    assert [one.key for one in store.own.accounts()] == [
        "linkedin",
        "tumblr",
        "tumblr:cats",
        "tumblr:dogs",
    ]


def test_adding_again_replaces_all_fields(store: Store, now: datetime) -> None:
    store.own.add_account(Account(platform="x", plan="premium", lang="de", audience="public"), now)
    store.own.add_account(Account(platform="x", audience="private"), now)
    assert store.own.accounts() == [Account(platform="x", audience="private")]


def test_a_removed_account_is_gone_with_its_history(store: Store, now: datetime) -> None:
    store.own.add_account(Account(platform="x", audience="public"), now)
    store.own.add_account(Account(platform="reddit", audience="public"), now)
    store.own.remove_account("x")
    assert [one.key for one in store.own.accounts()] == ["reddit"]
    assert store.own.audience_history("x") == []
    assert store.own.audience_history("reddit") != []


def test_removing_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no account x") as told:
        store.own.remove_account("x")
    assert told.value.tip == "withhold own list shows yours"
    assert told.value.exit_code == 2


# Audience history -------------------------------------------------------------------------------


def test_the_first_audience_counts_from_the_day_it_was_told(store: Store) -> None:
    store.own.add_account(Account(platform="x", audience="public"), day("2026-01-10"))
    assert store.own.audience_history("x") == [(date(2026, 1, 10), "public")]
    assert store.own.public_until("x") is None


def test_was_public_until(store: Store) -> None:
    store.own.add_account(
        Account(platform="x", audience="public"), day("2026-01-10"), date(2019, 5, 1)
    )
    store.own.add_account(Account(platform="x", audience="followers"), day("2026-03-01"))
    assert store.own.audience_history("x") == [
        (date(2019, 5, 1), "public"),
        (date(2026, 3, 1), "followers"),
    ]
    assert store.own.public_until("x") == date(2026, 3, 1)


def test_public_again_is_public(store: Store) -> None:
    for audience, on in (("public", 1), ("private", 2), ("public", 3)):
        store.own.add_account(
            Account(platform="x", audience=audience), datetime(2026, on, 1, tzinfo=UTC)
        )
    assert store.own.public_until("x") is None
    assert len(store.own.audience_history("x")) == 3


def test_the_last_end_of_being_public_counts(store: Store) -> None:
    for audience, on in (
        ("public", 1),
        ("private", 2),
        ("public", 3),
        ("group", 4),
        ("private", 5),
    ):
        store.own.add_account(
            Account(platform="x", audience=audience), datetime(2026, on, 1, tzinfo=UTC)
        )
    assert store.own.public_until("x") == date(2026, 4, 1)


def test_never_public_was_never_public(store: Store) -> None:
    store.own.add_account(Account(platform="x", audience="followers"), day("2026-01-10"))
    store.own.add_account(Account(platform="x", audience="private"), day("2026-02-10"))
    assert store.own.public_until("x") is None
    assert store.own.public_until("not-there") is None


def test_what_is_taken_back_on_the_same_day_leaves_the_days_before(store: Store) -> None:
    for audience, today in (
        ("public", "2020-01-01"),
        ("private", "2025-01-01"),
        ("public", "2026-01-10"),  # a slip ...
        ("private", "2026-01-10"),  # ... put right
    ):
        store.own.add_account(Account(platform="x", audience=audience), day(today))  # type: ignore[arg-type]
    assert store.own.audience_history("x") == [
        (date(2020, 1, 1), "public"),
        (date(2025, 1, 1), "private"),
    ]
    assert store.own.public_until("x") == date(2025, 1, 1)


def test_the_same_audience_told_again_changes_no_date(store: Store) -> None:
    store.own.add_account(Account(platform="x", audience="public"), day("2026-01-10"))
    store.own.add_account(Account(platform="x", audience="public", lang="de"), day("2026-02-10"))
    assert store.own.audience_history("x") == [(date(2026, 1, 10), "public")]


@pytest.mark.parametrize("since", [date(2025, 6, 1), date(2026, 1, 20)])
def test_the_same_audience_with_a_date_corrects_it(store: Store, since: date) -> None:
    store.own.add_account(Account(platform="x", audience="public"), day("2024-01-01"))
    store.own.add_account(Account(platform="x", audience="private"), day("2026-01-10"))
    store.own.add_account(Account(platform="x", audience="private"), day("2026-02-10"), since)
    assert store.own.audience_history("x") == [(date(2024, 1, 1), "public"), (since, "private")]
    assert store.own.public_until("x") == since


def test_an_earlier_date_replaces_what_was_said_of_later_days(store: Store) -> None:
    store.own.add_account(Account(platform="x", audience="public"), day("2024-01-01"))
    store.own.add_account(Account(platform="x", audience="followers"), day("2026-01-10"))
    store.own.add_account(
        Account(platform="x", audience="private"), day("2026-02-10"), date(2025, 1, 1)
    )
    assert store.own.audience_history("x") == [
        (date(2024, 1, 1), "public"),
        (date(2025, 1, 1), "private"),
    ]


def test_changed_twice_on_one_day_the_last_word_counts(store: Store) -> None:
    for audience in ("public", "group", "private"):
        store.own.add_account(Account(platform="x", audience=audience), day("2026-01-10"))
    assert store.own.audience_history("x") == [(date(2026, 1, 10), "private")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["public", "followers", "group", "private", "unknown"]),
            st.integers(0, 30),
            st.none() | st.integers(0, 30),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_history_alternates_in_order_and_ends_with_what_is(
    store: Store, told: list[tuple[str, int, int | None]]
) -> None:
    if any(one.key == "x" for one in store.own.accounts()):
        store.own.remove_account("x")
    for audience, today, since in told:
        store.own.add_account(
            Account(platform="x", audience=audience),  # type: ignore[arg-type]
            datetime(2026, 1, 1 + today, tzinfo=UTC),
            date(2026, 1, 1 + since) if since is not None else None,
        )
    history = store.own.audience_history("x")
    days, audiences = [on for on, _ in history], [audience for _, audience in history]
    assert days == sorted(set(days))
    assert all(one != other for one, other in pairwise(audiences))
    assert audiences[-1] == store.own.accounts()[0].audience


# Sites ------------------------------------------------------------------------------------------


def test_sites_are_added_replaced_listed_and_removed(store: Store) -> None:
    store.own.add_site("https://b.example/")
    store.own.add_site("https://a.example/", "/srv/a")
    store.own.add_site("https://b.example/", "/srv/b")
    assert store.own.sites() == [
        Site(url="https://a.example/", folder="/srv/a"),
        Site(url="https://b.example/", folder="/srv/b"),
    ]
    store.own.remove_site("https://a.example/")
    assert [one.url for one in store.own.sites()] == ["https://b.example/"]


def test_removing_a_site_that_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFound, match=r"no site https://a\.example/"):
        store.own.remove_site("https://a.example/")


# A file changed by another hand -----------------------------------------------------------------


def test_an_account_with_a_word_that_is_not_ours_is_damage(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    store.own.add_account(Account(platform="x"), now)
    assert tamper("UPDATE account SET audience = 'everybody'") == 1
    with pytest.raises(StoreTrouble, match="account x"):
        store.own.accounts()


def test_a_date_that_is_none_is_damage(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    store.own.add_account(Account(platform="x"), now)
    assert tamper("UPDATE audience_change SET \"on\" = 'yesterday'") == 1
    with pytest.raises(StoreTrouble, match="audience of x"):
        store.own.audience_history("x")


def test_text_that_is_not_utf8_is_damage(store: Store, tamper: Callable[..., int]) -> None:
    store.own.set("place", "DE")
    assert tamper("UPDATE setting SET value = CAST(x'ff' AS TEXT)") == 1
    with pytest.raises(StoreTrouble, match="damaged"):
        store.own.settings()
