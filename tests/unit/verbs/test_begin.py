"""The first use: accounts as they were named, all of it written or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit import made
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.verbs.begin import Begun, accounts_named, begin, has_named_parts
from withhold.words import Account, Site

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_one_account_a_platform_or_one_for_each_name() -> None:
    found = accounts_named(["acme", "blogs", "acme"], {"blogs": ["a", "b", "a"]}, "page", "public")
    assert [one.key for one in found] == ["acme", "blogs:a", "blogs:b"]
    assert {(one.kind, one.audience, one.adult) for one in found} == {("page", "public", True)}


def test_a_minor_is_no_adult() -> None:
    (found,) = accounts_named(["acme"], {}, "minor")
    assert (found.kind, found.adult, found.audience) == ("minor", False, "unknown")


@pytest.mark.parametrize(
    ("scope", "kind", "named"),
    [
        ("blog", "toggle", True),
        ("site", "robots", True),
        ("account", "toggle", False),
        ("blog", "none", False),
        ("blog", "audience", False),
    ],
)
def test_blogs_are_named_where_each_has_a_switch(scope: str, kind: str, named: bool) -> None:
    platform = made.platform(control=[made.control(scope=scope, kind=kind)])
    assert has_named_parts(platform) is named


def test_it_is_written_down_and_what_was_not_said_stays(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        begin(store, Begun(place="DE", lang="de", accounts=(Account(platform="acme"),)), NOW)
        begin(store, Begun(sites=(Site(url="https://ada.example"),)), NOW)
        assert store.own.settings() == {"place": "DE", "lang": "de"}
        assert store.own.accounts() == [Account(platform="acme")]
        assert store.own.sites() == [Site(url="https://ada.example")]


def test_all_of_it_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    begun = Begun(
        place="DE", accounts=(Account(platform="acme"),), sites=(Site(url="https://ada.example"),)
    )
    with Store.open(tmp_path) as store:
        monkeypatch.setattr(store.own, "add_site", full)
        with pytest.raises(StoreTrouble, match="no space"):
            begin(store, begun, NOW)
        assert (store.own.settings(), store.own.accounts()) == ({}, [])
