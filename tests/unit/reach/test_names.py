"""Names are asked once in a run, and nobody waits for them without end."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from withhold.reach.names import Names


def test_a_name_is_asked_once_though_its_answer_would_change() -> None:
    answers = iter([("93.184.216.34",), ("127.0.0.1",)])
    names = Names(lambda _: next(answers))
    assert names.of("a.example", 1) == ("93.184.216.34",)
    assert names.of("a.example", 1) == ("93.184.216.34",)


def test_many_threads_ask_once() -> None:
    asked: list[str] = []

    def lookup(host: str) -> tuple[str, ...]:
        asked.append(host)
        time.sleep(0.05)
        return ("192.0.2.1",)

    names = Names(lookup)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: names.of("a.example", 2), range(8)))
    assert found == [("192.0.2.1",)] * 8
    assert asked == ["a.example"]


def test_no_such_name_is_remembered_too() -> None:
    asked: list[str] = []

    def lookup(host: str) -> tuple[str, ...]:
        asked.append(host)
        raise OSError(-2, "Name or service not known")

    names = Names(lookup)
    for _ in range(2):
        with pytest.raises(OSError, match="not known"):
            names.of("a.example", 1)
    assert len(asked) == 1


def test_a_name_without_addresses_is_no_such_name() -> None:
    with pytest.raises(OSError, match="no address"):
        Names(lambda _: ()).of("a.example", 1)


def test_a_name_that_the_resolver_cannot_spell() -> None:
    def lookup(host: str) -> tuple[str, ...]:
        raise UnicodeError("label too long")

    with pytest.raises(OSError, match="no name"):
        Names(lookup).of("a.example", 1)


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    hang = threading.Event()

    def lookup(host: str) -> tuple[str, ...]:
        hang.wait(10)
        return ("192.0.2.1",)

    names = Names(lookup)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        names.of("a.example", 0.05)
    assert time.monotonic() - began < 1
    hang.set()
    assert names.of("a.example", 5) == ("192.0.2.1",)


@pytest.mark.parametrize("number", ["192.0.2.1", "2001:db8::1", "::1"])
def test_a_number_is_its_own_address(number: str) -> None:
    def lookup(host: str) -> tuple[str, ...]:
        raise AssertionError

    assert Names(lookup).of(number, 0) == (number,)


def test_families_take_turns() -> None:
    names = Names(lambda _: ("::a", "::b", "::c", "1.1.1.1"))
    assert names.of("a.example", 1) == ("::a", "1.1.1.1", "::b", "::c")
    names = Names(lambda _: ("1.1.1.1", "2.2.2.2", "::a"))
    assert names.of("a.example", 1) == ("1.1.1.1", "::a", "2.2.2.2")
