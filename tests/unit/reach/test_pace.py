"""The pause between two requests to one host, by a clock of our own."""

from __future__ import annotations

from withhold.reach.pace import Pace


class Clock:
    """Stands still, but for what is waited for."""

    def __init__(self) -> None:
        self.at = 100.0
        self.waited: list[float] = []

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.at += seconds


def test_one_host_waits_and_another_does_not() -> None:
    clock = Clock()
    pace = Pace(lambda host: 15.0 if host == "slow" else 2.0, now=clock.now, wait=clock.wait)
    for host in ("a", "slow", "b"):
        pace.before(host)
    assert clock.waited == []
    pace.before("a")
    assert clock.waited == [2.0]
    pace.before("slow")
    assert clock.waited == [2.0, 13.0]
    clock.at += 60
    pace.before("a")
    assert clock.waited == [2.0, 13.0]


def test_two_that_come_at_once_take_turns() -> None:
    clock = Clock()
    waits: list[float] = []
    pace = Pace(lambda _: 2.0, now=clock.now, wait=waits.append)  # the clock stands still
    for _ in range(3):
        pace.before("a")
    assert waits == [2.0, 4.0]


def test_stopped_nobody_waits() -> None:
    pace = Pace(lambda _: 3_600.0)
    pace.stop()
    pace.before("a")
    pace.before("a")  # would take an hour
