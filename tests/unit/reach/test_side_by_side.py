"""Makers in processes of their own: nothing is lost, nothing is silent, nothing is left running."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection

import pytest

from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.reach import side_by_side as module
from withhold.reach.side_by_side import side_by_side

Thing = tuple[str, int]


def counting(name: str, count: int, size: int = 0) -> Iterator[Thing]:
    """``count`` things in order, each with ``size`` letters more than its name."""
    for number in range(count):
        yield name + "x" * size, number


def never_ends(name: str) -> Iterator[Thing]:
    number = 0
    while True:
        yield name, number
        number += 1


def raising(after: int, what: Exception) -> Iterator[Thing]:
    yield from counting("before", after)
    raise what


def kills_itself(after: int) -> Iterator[Thing]:
    yield from counting("before", after)
    os.kill(os.getpid(), signal.SIGKILL)


def nothing_left_running() -> bool:
    for _ in range(100):
        if not multiprocessing.active_children():
            return True
        time.sleep(0.02)
    return False


def test_cores_are_counted_where_the_system_gives_none_to_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """macOS and Windows have no such call."""
    monkeypatch.delattr(module.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(module.os, "cpu_count", lambda: 4)
    assert module.cores() == 4
    assert sorted(side_by_side([lambda: [1], lambda: [2]])) == [1, 2]


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with two cores, also where the tests run on one."""
    monkeypatch.setattr(module.os, "sched_getaffinity", lambda _: {0, 1})


COUNTS = [(0,), (5,), (0, 0), (1, 0), (63, 64, 65), (1000, 3), (200, 200, 200, 200)]


@pytest.mark.parametrize("counts", COUNTS)
def test_all_that_is_made_comes_in_the_order_of_its_maker(counts: tuple[int, ...]) -> None:
    makers = [partial(counting, f"m{n}", count) for n, count in enumerate(counts)]
    found = list(side_by_side(makers))
    for number, count in enumerate(counts):
        assert [n for name, n in found if name == f"m{number}"] == list(range(count))
    assert len(found) == sum(counts)
    assert nothing_left_running()


def test_they_do_run_at_once_in_other_processes() -> None:
    def who() -> Iterator[int]:
        yield os.getpid()

    found = set(side_by_side([who, who]))
    assert len(found) == 2
    assert os.getpid() not in found


def test_one_maker_alone_runs_here() -> None:
    assert list(side_by_side([lambda: iter([os.getpid()])])) == [os.getpid()]


def test_no_maker_makes_nothing() -> None:
    assert list(side_by_side([])) == []


@pytest.mark.parametrize("why", ["one core", "no fork"])
def test_one_after_the_other_where_it_must_be(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    if why == "one core":
        monkeypatch.setattr(module.os, "sched_getaffinity", lambda _: {0})
    else:
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    makers = [partial(counting, "first", 3), partial(counting, "second", 2)]
    expected = [("first", 0), ("first", 1), ("first", 2), ("second", 0), ("second", 1)]
    assert list(side_by_side(makers)) == expected
    assert list(side_by_side([lambda: [os.getpid()], lambda: [os.getpid()]])) == [os.getpid()] * 2


def test_more_than_a_pipe_holds_comes_whole() -> None:
    makers = [partial(counting, name, 100, size=20_000) for name in "ab"]
    lengths = Counter(len(name) for name, _ in side_by_side(makers))
    assert lengths == {20_001: 200}


@pytest.mark.parametrize("after", [0, 1, 64, 100])
@pytest.mark.parametrize(
    "what",
    [
        ValueError("no such thing"),
        BadInput("bad", "do this"),
        MissingExtra("the guide lacks a part", 'pip install "withhold[guide]"'),
    ],
    ids=lambda what: type(what).__name__,
)
def test_what_a_maker_raises_is_raised_here_with_its_tip(after: int, what: Exception) -> None:
    makers: list[Callable[[], Iterator[Thing]]] = [
        partial(raising, after, what),
        partial(never_ends, "other"),
    ]
    with pytest.raises(type(what)) as raised:
        for _ in side_by_side(makers):
            pass
    assert str(raised.value) == str(what)
    assert getattr(raised.value, "tip", "") == getattr(what, "tip", "")
    assert nothing_left_running()


@pytest.mark.parametrize("after", [0, 64, 100])
def test_a_killed_process_is_no_silent_end(after: int) -> None:
    makers = [partial(kills_itself, after), partial(counting, "other", 3)]
    with pytest.raises(WithholdError) as raised:
        list(side_by_side(makers))
    assert "exit -9" in raised.value.message
    assert raised.value.tip
    assert raised.value.exit_code == 1
    assert nothing_left_running()


_LISTENER = """
import sys
from withhold.reach.side_by_side import side_by_side

def endless(name):
    yield name
    while True:
        yield "x" * 100_000

for one in side_by_side([lambda: endless("one"), lambda: endless("two")]):
    if one in ("one", "two"):
        print(one, flush=True)
"""


def test_nobody_goes_on_when_the_one_who_listened_is_killed() -> None:
    """The makers were left waiting for ever once: each held the end that the other sent to."""
    listener = subprocess.Popen(
        [sys.executable, "-c", _LISTENER], stdout=subprocess.PIPE, start_new_session=True
    )
    assert listener.stdout is not None
    assert {listener.stdout.readline(), listener.stdout.readline()} == {b"one\n", b"two\n"}
    listener.kill()
    listener.stdout.close()
    listener.wait()
    for _ in range(100):
        try:
            os.killpg(listener.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(listener.pid, signal.SIGKILL)
    pytest.fail("processes that made things for it are still there")


class Killed:
    """A process of which only the end is left to hear."""

    exitcode = -9

    def join(self) -> None:
        """It has ended."""


@pytest.mark.parametrize("sent", [0, 2, 4, 100, 999])
def test_nor_one_that_is_killed_in_the_middle_of_a_thing(sent: int) -> None:
    """What came is half a message: four bytes of its length, and not all of the rest."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    os.write(theirs.fileno(), (struct.pack("!i", 1000) + bytes(1000))[:sent])
    theirs.close()
    with pytest.raises(WithholdError, match=r"ended without a word \(exit -9\)"):
        list(module._received(ours, {ours: Killed()}))


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 130])
def test_what_a_process_sends_ends_with_how_it_ended(count: int) -> None:
    """The other half, here in this process: at most 64 at once, then a word of the end."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    module._make(partial(counting, "one", count), theirs)
    *made, last = iter_messages(ours)
    assert last == ("done", None)
    assert [thing for _, batch in made for thing in batch] == list(counting("one", count))
    assert all(kind == "made" and len(batch) <= 64 for kind, batch in made)


@pytest.mark.parametrize(
    ("what", "ends"), [(ValueError("no"), ["raised"]), (KeyboardInterrupt(), [])]
)
def test_nor_does_it_end_without_one_but_when_it_is_stopped(
    what: BaseException, ends: list[str]
) -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    module._make(partial(raising, 3, what), theirs)  # type: ignore[arg-type]
    assert [kind for kind, _ in iter_messages(ours)] == ends


def iter_messages(ours: Connection) -> Iterator[tuple[str, list[Thing]]]:
    """All that was sent, until the other end was closed."""
    while True:
        try:
            yield ours.recv()
        except EOFError:
            return


def test_what_cannot_be_sent_is_an_error_too() -> None:
    def unsendable() -> Iterator[object]:
        yield lambda: None

    with pytest.raises(Exception, match="pickle"):
        list(side_by_side([unsendable, partial(counting, "other", 1)]))
    assert nothing_left_running()


def test_interrupting_a_process_prints_no_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> Iterator[Thing]:
        yield "one", 1
        raise KeyboardInterrupt

    with pytest.raises(WithholdError):
        list(side_by_side([interrupted, partial(counting, "other", 1)]))
    assert "Traceback" not in capfd.readouterr().err


def test_whoever_stops_listening_leaves_no_process_behind() -> None:
    made = side_by_side([partial(never_ends, "a"), partial(never_ends, "b")])
    assert next(made)[1] == 0
    assert len(multiprocessing.active_children()) == 2
    made.close()  # type: ignore[attr-defined]
    assert nothing_left_running()
