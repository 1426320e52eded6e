"""Much at once, little at one place."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.reach.polite import at_once, host_of


class Watched:
    """Work that notes how much of it goes on, at each place and in all."""

    def __init__(self, seconds: float = 0.002) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_in_all = 0
        self.order: defaultdict[str, list[int]] = defaultdict(list)

    def __call__(self, thing: tuple[str, int]) -> tuple[str, int]:
        place = thing[0]
        with self.lock:
            self.now[place] += 1
            self.order[place].append(thing[1])
            self.most[place] = max(self.most[place], self.now[place])
            self.most_in_all = max(self.most_in_all, self.now.total())
        time.sleep(self.seconds)
        with self.lock:
            self.now[place] -= 1
        return thing


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers()), max_size=40),
    st.integers(1, 3),
    st.integers(1, 6),
)
def test_each_thing_once_within_both_limits(
    things: list[tuple[str, int]], per_place: int, in_all: int
) -> None:
    work = Watched(0.0005)
    found = list(at_once(work, things, lambda one: one[0], per_place, in_all))
    assert Counter(found) == Counter(things)
    assert all(most <= per_place for most in work.most.values())
    assert work.most_in_all <= in_all


def test_at_one_place_in_their_order() -> None:
    work = Watched()
    things = [("ab"[n % 2], n) for n in range(30)]
    list(at_once(work, things, lambda one: one[0], 1, 8))
    assert work.order == {"a": list(range(0, 30, 2)), "b": list(range(1, 30, 2))}


def test_a_busy_place_holds_up_nobody_else() -> None:
    work = Watched(0.03)
    things = [("slow", n) for n in range(10)] + [(str(n), n) for n in range(10)]
    found = list(at_once(work, things, lambda one: one[0], 1, 4))
    others = [at for at, one in enumerate(found) if one[0] != "slow"]
    assert max(others) < len(found) - 5, "the ten others were done long before the slow place"
    assert work.most_in_all == 4


def test_results_come_before_the_source_ends() -> None:
    def endless() -> Iterator[tuple[str, int]]:
        number = 0
        while True:
            number += 1
            yield str(number), number

    found = at_once(Watched(), endless(), lambda one: one[0], 1, 3)
    assert [next(found)[0] in {"1", "2", "3"} for _ in range(1)] == [True]
    found.close()


def test_closed_early_nothing_more_is_begun() -> None:
    work = Watched(0.01)
    found = at_once(work, [(str(n), n) for n in range(100)], lambda one: one[0], 1, 2)
    next(found)
    found.close()
    begun = sum(map(len, work.order.values()))
    time.sleep(0.1)
    assert sum(map(len, work.order.values())) <= begun + 1 < 10


@pytest.mark.parametrize("in_all", [1, 3])
def test_a_fault_of_the_work_is_raised(in_all: int) -> None:
    def work(thing: int) -> int:
        if thing == 3:
            raise ZeroDivisionError
        return thing

    with pytest.raises(ZeroDivisionError):
        list(at_once(work, range(10), str, 1, in_all))


def test_threads_end_with_the_work() -> None:
    before = threading.active_count()
    list(at_once(Watched(), [(str(n), n) for n in range(20)], lambda one: one[0], 1, 8))
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_the_host_of_a_url() -> None:
    assert host_of("https://EXAMPLE.org:8443/x") == "example.org"
    assert host_of("nonsense") == "nonsense"
