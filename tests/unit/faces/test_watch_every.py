"""Again and again in the foreground: a clock that is moved by hand, and looks that may fail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pytest

from withhold.errors import BadInput, NothingToCheck, StoreTrouble
from withhold.faces.cli.watch_every import repeat, seconds
from withhold.faces.cli.watch_round import Options

NOON = datetime(2026, 11, 26, 12, 0)  # noqa: DTZ001 - the wall clock, as a person reads it


@pytest.mark.parametrize(
    ("said", "expected"),
    [("1m", 60), ("30m", 1800), ("6h", 21600), ("1d", 86400), ("366d", 31622400)],
)
def test_a_time_is_a_number_and_a_letter(said: str, expected: int) -> None:
    assert seconds(said) == expected


@pytest.mark.parametrize("said", ["", "0d", "1", "d", "1w", "1.5h", "-1d", "367d", "1d1h", "９d"])
def test_what_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match="is no time"):
        seconds(said)


def test_servers_are_not_asked_more_than_once_an_hour() -> None:
    assert seconds("1h", fetches=True) == 3600
    with pytest.raises(BadInput, match="once an hour"):
        seconds("59m", fetches=True)


class Looks:
    """Looks that end as they are told to, and the sleep between them."""

    def __init__(self, ends: Iterable[bool | Exception]) -> None:
        self.ends = list(ends)
        self.looked = 0
        self.slept: list[float] = []

    def once(self, options: Options) -> bool:
        assert options.one_line
        end = self.ends[self.looked]
        self.looked += 1
        if isinstance(end, Exception):
            raise end
        return end

    def sleep(self, time: float) -> None:
        self.slept.append(time)
        if self.looked == len(self.ends):
            raise KeyboardInterrupt

    def run(self) -> bool:
        return repeat(Options(), 3600, sleep=self.sleep, now=lambda: NOON, once=self.once)


def test_it_looks_until_it_is_stopped_and_says_when_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    looks = Looks([False, False, False])
    assert looks.run() is False
    assert (looks.looked, looks.slept) == (3, [3600, 3600, 3600])
    said = capsys.readouterr().err
    assert said.count("next look 2026-11-26 13:00") == 3
    assert said.rstrip().endswith("stopped; what was told is kept")


def test_one_change_for_the_worse_is_remembered_to_the_end() -> None:
    assert Looks([False, True, False]).run() is True


@pytest.mark.parametrize("trouble", [StoreTrouble("locked"), OSError(28, "No space left")])
def test_a_look_that_fails_is_told_and_survived(
    trouble: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = Looks([trouble, True, trouble])
    assert looks.run() is True
    assert looks.looked == 3
    assert capsys.readouterr().err.count("this look failed") == 2


@pytest.mark.parametrize("trouble", [BadInput("no address"), NothingToCheck("nothing")])
def test_what_waiting_does_not_mend_ends_the_first_look_but_no_later_one(
    trouble: Exception,
) -> None:
    with pytest.raises(type(trouble)):
        Looks([trouble, False]).run()
    assert Looks([False, trouble, False]).run() is False


def test_a_fault_of_the_program_is_not_slept_over() -> None:
    with pytest.raises(ZeroDivisionError):
        Looks([False, ZeroDivisionError()]).run()
