"""Forgetting: what would go is what goes, of the store and beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from withhold.errors import NotFound, ProfileInUse
from withhold.keep import Forgotten, Store
from withhold.reach import profiles
from withhold.verbs import forgetting
from withhold.verbs.forgetting import Gone
from withhold.words import Account, Observation

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def seen(account: str, evidence: str = "") -> Observation:
    return Observation(
        control="acme/switch",
        value="off",
        on=date(2026, 2, 1),
        how="told",
        account=account,
        evidence=evidence,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two accounts on Acme with observations; one piece of evidence is shared, one is not."""
    with Store.open(tmp_path) as store:
        for name in ("a", "b"):
            store.own.add_account(Account(platform="acme", name=name), NOW)
        both = store.evidence.keep(b"both", "both.txt")
        alone = store.evidence.keep(b"alone", "alone.txt")
        store.observations.record_all(
            [seen("acme:a", both), seen("acme:b", both), seen("acme:a", alone), seen("acme")], NOW
        )
        store.own.add_site("https://ada.example")
    return tmp_path


@pytest.mark.parametrize(
    ("key", "going"),
    [
        ("acme:a", Forgotten(accounts=1, observations=2, evidence=1)),
        ("acme:b", Forgotten(accounts=1, observations=1)),
    ],
)
def test_of_an_account_what_would_go_is_what_goes(home: Path, key: str, going: Forgotten) -> None:
    with Store.open(home) as store:
        assert store.forget.of_account(key) == going
        assert len(store.own.accounts()) == 2, "counting deletes nothing"
        assert store.forget.account(key, NOW) == going


def test_with_the_last_account_goes_what_was_seen_of_the_whole_platform(home: Path) -> None:
    with Store.open(home) as store:
        store.forget.account("acme:b", NOW)
        assert store.forget.of_account("acme:a").observations == 3
        assert store.forget.account("acme:a", NOW).observations == 3


def test_of_nothing_nothing_can_go(home: Path) -> None:
    with Store.read(home) as store, pytest.raises(NotFound):
        store.forget.of_account("narnia")


def test_everything_is_counted_before_and_after(home: Path) -> None:
    (home / "runs" / "20260101-000000").mkdir(parents=True)
    (home / "window" / "acme").mkdir(parents=True)
    (home / "responses").mkdir()
    (home / "responses" / "20260101-000000.warc.gz").write_bytes(b"")
    whole = Gone(
        stored=Forgotten(accounts=2, sites=1, observations=4, evidence=2),
        runs=1,
        windows=1,
        responses=1,
    )
    assert forgetting.there_is(home) == whole
    assert forgetting.there_is_beside(home) == Gone(runs=1, windows=1, responses=1)
    assert forgetting.everything(home, NOW) == whole
    assert forgetting.there_is(home).counted == {}
    with Store.read(home) as store:
        assert store.observations.verify().ok


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path) -> None:
    assert forgetting.there_is(tmp_path / "none") == Gone()
    assert not (tmp_path / "none").exists()


def test_windows_and_responses_go_alone(home: Path) -> None:
    (home / "window" / "acme").mkdir(parents=True)
    (home / "responses").mkdir()
    (home / "responses" / "20260101-000000.warc.gz").write_bytes(b"")
    assert forgetting.windows(home) == Gone(windows=1)
    assert forgetting.responses(home) == Gone(responses=1)
    assert forgetting.there_is(home).stored.observations == 4


def test_while_a_window_is_open_nothing_at_all_goes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "window" / "acme").mkdir(parents=True)
    monkeypatch.setattr(profiles, "in_use", lambda _: True)
    with pytest.raises(ProfileInUse):
        forgetting.everything(home, NOW)
    assert forgetting.there_is(home).stored.accounts == 2


def test_what_nothing_was_there_of_is_not_counted() -> None:
    assert Gone(stored=Forgotten(posts=3), windows=1).counted == {"post": 3, "window": 1}
