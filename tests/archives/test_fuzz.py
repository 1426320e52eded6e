"""80 mutations of every made archive (``make mutants`` does more), and faults that it must find.

What finds nothing may be blind: each thing that the fuzz test promises to see is planted once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from tests.archives import fuzz
from tests.archives.every_layout import fixtures
from tests.archives.fuzz import run
from tests.archives.mutated import mutated, torn
from withhold.exports import reddit
from withhold.exports.notes import Notes
from withhold.exports.opened import READERS
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options
from withhold.keep.opened import Opened

COUNT = 80
NAMES = list(fixtures())
Read = Callable[[Files, Notes, Options], Iterator[Post]]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_a_plain_refusal_comes_out_of_faults(name: str) -> None:
    _, wrong, _ = run(name, range(COUNT))
    assert wrong == []


def test_every_reader_has_a_fixture() -> None:
    assert set(READERS) <= {name.split()[0] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_mutation_is_a_fault_and_the_same_each_time(name: str) -> None:
    made = fixtures()[name]()
    found = [mutated(made, f"x {seed}") for seed in range(40)]
    assert sum(one != made for one in found) >= 30
    assert found == [mutated(made, f"x {seed}") for seed in range(40)]
    assert len({torn(b"PK\3\4" + bytes(500), str(seed)) for seed in range(20)}) > 10


# What is planted must be found -------------------------------------------------------------------


def raises(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    yield from HONEST(files, notes, options)
    raise KeyError("planted")


def breaks_a_list(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    for post in HONEST(files, notes, options):
        yield replace(post, kind="tweet")


def guesses(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    for post in HONEST(files, notes, options):
        yield replace(post, audience="public", audience_by="none")


def counts_wrongly(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    yield from HONEST(files, notes, options)
    notes.read("posts.csv").posts += 1


def is_slow(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    yield from HONEST(files, notes, options)
    until = time.process_time() + 1.1
    while time.process_time() < until:
        pass


HONEST = reddit.READER.read


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (raises, "planted"),
        (breaks_a_list, "tweet"),
        (guesses, "AssertionError"),
        (counts_wrongly, "AssertionError"),
        (is_slow, "AssertionError: 1."),
    ],
)
def test_a_fault_of_a_reader_is_found(
    read: Read, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reddit, "READER", replace(reddit.READER, read=read))
    (wrong,) = run("reddit", range(1, 2))[1]
    assert said in wrong
    assert wrong.startswith("reddit, seed 1: ")


def test_a_path_that_is_in_no_list_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def complete(archive: Any) -> None:
        archive.notes.ignored.clear()
        archive.complete = True

    monkeypatch.setattr("withhold.exports.opened.Archive._complete", complete)
    (wrong,) = run("reddit", range(1, 2))[1]
    assert "in no list" in wrong


def test_what_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> Iterator[Post]:
        while True:
            yield from ()

    monkeypatch.setattr(fuzz, "HANGS", 0.3)
    monkeypatch.setattr(reddit, "READER", replace(reddit.READER, read=read))
    (wrong,) = run("reddit", range(1, 2))[1]
    assert "Hang" in wrong


@pytest.mark.parametrize("seed", [10, 40])
def test_a_half_import_is_found(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def keeps_what_was_written(opened: Opened) -> Iterator[Any]:
        tables = opened._through_sqlite_utils()
        if opened._connection.in_transaction:
            yield tables
            return
        opened._connection.execute("BEGIN IMMEDIATE")
        try:
            yield tables
        finally:
            opened._connection.execute("COMMIT")

    assert run("reddit", range(seed, seed + 1))[1] == []
    monkeypatch.setattr(Opened, "writing", keeps_what_was_written)
    (wrong,) = run("reddit", range(seed, seed + 1))[1]
    assert "half imported" in wrong
