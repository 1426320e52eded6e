"""A text that another hand made unreadable in the file is told as damage, in one line.

The octets FF FE are in no UTF-8 (RFC 3629, 3): JSON that holds them is none. Brackets without an
end are no JSON that a reader of bounded depth can take.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.unit.keep.test_cases import DRAFTED, filed
from tests.unit.keep.test_policies import look

from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.words import Observation

Read = Callable[[Store], object]
BROKEN = (b'{"control":"\xff\xfe"}', b"\xff\xfe", b"[" * 100_000)


@pytest.mark.parametrize("body", BROKEN)
@pytest.mark.parametrize(
    ("seq", "read"),
    [
        (1, lambda store: store.observations.all()),
        (2, lambda store: store.policies.looks("acme/privacy")),
        (3, lambda store: store.cases.all()),
    ],
)
def test_what_is_no_text_is_damage_not_a_crash(
    store: Store,
    now: datetime,
    seen: Callable[..., Observation],
    tamper: Callable[..., int],
    seq: int,
    read: Read,
    body: bytes,
) -> None:
    store.observations.record(seen(), now)
    store.policies.record(store.policies.begin(["acme/privacy"], now).id, look(), now)
    store.cases.open(filed(), DRAFTED, now)
    assert read(store)
    assert tamper("UPDATE payload SET body = CAST(? AS TEXT) WHERE seq = ?", body, seq) == 1
    with pytest.raises(StoreTrouble, match="damaged") as told:
        read(store)
    assert "\n" not in str(told.value)
    assert "withhold doctor" in told.value.tip


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_no_text_can_still_be_forgotten(
    store: Store,
    now: datetime,
    seen: Callable[..., Observation],
    tamper: Callable[..., int],
    body: bytes,
) -> None:
    store.observations.record_all([seen(account="x:ada"), seen(account="x:ada")], now)
    tamper("UPDATE payload SET body = CAST(? AS TEXT) WHERE seq = 1", body + b'"x:ada"')
    store.forget.account("x:ada", now)
    assert store.observations.all() == []
