"""What the owner saw of a control's label."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from withhold.errors import StoreTrouble
from withhold.keep import Confirmation, Store

AS_WRITTEN = Confirmation(control="linkedin/toggle", seen="as-written", on=date(2026, 8, 22))
DIFFERENT = Confirmation(
    control="x/grok", seen="different", on=date(2026, 8, 20), words="Datenfreigabe für Grok"
)


def test_looks_come_back_oldest_first_and_survive(home: Path) -> None:
    with Store.open(home) as store:
        store.confirmations.record(AS_WRITTEN)
        store.confirmations.record(DIFFERENT)
    with Store.read(home) as store:
        assert store.confirmations.all() == [DIFFERENT, AS_WRITTEN]


def test_a_later_look_does_not_replace_an_earlier_one(store: Store) -> None:
    store.confirmations.record(AS_WRITTEN)
    store.confirmations.record(AS_WRITTEN)
    assert store.confirmations.all() == [AS_WRITTEN, AS_WRITTEN]


def test_no_looks_are_an_empty_list(store: Store) -> None:
    assert store.confirmations.all() == []


def test_only_two_things_can_be_seen(store: Store) -> None:
    odd = Confirmation(control="x/grok", seen="maybe", on=date(2026, 8, 20))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store.confirmations.record(odd)
    assert store.confirmations.all() == []


def test_a_date_that_is_none_is_damage(store: Store, tamper: Callable[..., int]) -> None:
    store.confirmations.record(AS_WRITTEN)
    assert tamper("UPDATE confirmation SET \"on\" = 'soon'") == 1
    with pytest.raises(StoreTrouble, match="a confirmation"):
        store.confirmations.all()
