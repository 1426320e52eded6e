"""Times of logs, against datetime."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.traces.logs import times

ZONES = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, zone),
    st.integers(631_238_400, 4_102_272_000),  # 1990-01-02 to 2099-12-30
    ZONES,
)


@given(MOMENTS)
def test_each_moment_in_each_zone(at: datetime) -> None:
    clf = at.strftime("%d/%b/%Y:%H:%M:%S %z").encode()
    assert times.clf(clf) == int(at.timestamp())
    assert times.any_time(clf) == int(at.timestamp())
    assert times.any_time(at.isoformat().encode()) == int(at.timestamp())
    whole = at.replace(second=0)
    assert times.minute(clf[:17], clf[21:]) == int(whole.timestamp())


@pytest.mark.parametrize(
    "text",
    [
        *(
            b"32/Oct/2000:13:55:36 +0000",
            b"29/Feb/2001:13:55:36 +0000",
            b"10/Okt/2000:13:55:36 +0000",
        ),
        *(
            b"10/Oct/2000:24:00:00 +0000",
            b"10/Oct/2000:13:60:00 +0000",
            b"10/Oct/2000:13:00:61 +0000",
        ),
        *(b"10/Oct/2000:13:55:36 +9999", b"10/Oct/2000:13:55:36 +0060", b"10/Oct/2000:13:55:36"),
        *(b"10/Oct/0001:13:55:36 +0000", b"10/Oct/9999:13:55:36 +0000", b"-", b"", b"17"),
        *(b"10/Oct/2000:1\xb2:55:36 +0000", b"99999999999999999999", b"2000-13-01T00:00:00Z"),
    ],
)
def test_what_is_no_time(text: bytes) -> None:
    assert times.any_time(text) is None
    assert times.minute(text[:17], text[21:]) is None or text[17:20] == b":61"[:3]


def test_numbers_by_their_size_and_a_leap_second() -> None:
    for text in (b"1600000000", b"1600000000.25", b"1600000000123", b"1600000000123456"):
        assert times.any_time(text) == 1_600_000_000
    leap = times.clf(b"31/Dec/2016:23:59:60 +0000")
    assert leap == times.clf(b"31/Dec/2016:23:59:59 +0000") is not None


@pytest.mark.parametrize("value", [10**400, -(10**400), 1e300, float("inf"), float("nan"), -1])
def test_numbers_that_are_no_time(value: float) -> None:
    assert times.number(value) is None
