"""Values as what they should be: dates of any kind, ids of any type, texts of any length."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from withhold.exports import loose
from withhold.exports.notes import Notes


@pytest.mark.parametrize(
    ("said", "when", "precision", "zone"),
    [
        ("2024-03-01T12:00:00Z", (2024, 3, 1, 12), "second", "utc"),
        ("2024-03-01T12:00:00.123456789Z", (2024, 3, 1, 12, 0, 0, 123456), "second", "utc"),
        ("2024-03-01T12:00:00+02:00", (2024, 3, 1, 10), "second", "offset"),
        ("2024-03-01T12:30-07:00", (2024, 3, 1, 19, 30), "minute", "offset"),
        ("2024-03-01 12:00:00", (2024, 3, 1, 12), "second", "unknown"),
        ("2024-03-01", (2024, 3, 1), "day", "unknown"),
    ],
)
def test_dates(said: str, when: tuple[int, ...], precision: str, zone: str) -> None:
    assert loose.moment(said) == (datetime(*when, tzinfo=UTC), precision, zone)  # type: ignore[misc]


@pytest.mark.parametrize(
    "said",
    [None, 7, "", "2024", "0000-00-00 00:00:00", "0001-01-01T00:00:00+14:00",
     "9999-12-31T23:59:59-14:00", "2024-13-01", "x" * 100, [], {}, b"2024-03-01"],
)  # fmt: skip
def test_what_is_no_date_is_none(said: Any) -> None:
    assert loose.moment(said) == (None, "none", "none")
    assert loose.mail_date(said) == (None, "none", "none")


@pytest.mark.parametrize(
    ("said", "when"),
    [
        (0, (1970, 1, 1)), (1_700_000_001.5, (2023, 11, 14, 22, 13, 21, 500_000)),
        (-86_400, (1969, 12, 31)),
    ],
)  # fmt: skip
def test_unix_seconds(said: float, when: tuple[int, ...]) -> None:
    assert loose.epoch(said) == (datetime(*when, tzinfo=UTC), "second", "utc")  # type: ignore[misc]


@pytest.mark.parametrize(
    "said", [None, True, "0", 1e300, -1e300, 10**400, float("nan"), float("inf"), [], {}, -1e12]
)
def test_what_is_no_second_is_none(said: Any) -> None:
    assert loose.epoch(said) == (None, "none", "none")


def test_dates_of_mails() -> None:
    when = datetime(2022, 5, 9, 9, 53, tzinfo=UTC)
    assert loose.mail_date("Mon, 09 May 2022 09:53:00 +0000") == (when, "second", "offset")
    assert loose.mail_date("Mon, 09 May 2022 11:53:00 +0200")[0] == when
    assert loose.mail_date("Wed, 30 Nov -0001 00:00:00 +0000")[0] is None


@pytest.mark.parametrize(
    ("said", "expected"), [("a", "a"), (7, "7"), (True, ""), (1.5, ""), (None, ""), ([1], "")]
)
def test_ids(said: Any, expected: str) -> None:
    assert loose.ident(said) == expected


def test_a_text_is_cut_at_the_limit_and_not_before() -> None:
    notes = Notes()
    assert loose.cut("abc", notes, "a.json", "/0", 3) == "abc"
    assert notes.not_understood == []
    assert loose.cut("abcd", notes, "a.json", "/0", 3) == "abc"
    (one,) = notes.not_understood
    assert (one.path, one.at, one.why, one.facts["characters"]) == ("a.json", "/0", "too-long", "4")
