"""Every input that once was a crash, and every seed, read once more; without atheris."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import ci
from tests.fuzz.corpora import OCTETS
from tests.fuzz.judging import in_time
from tests.fuzz.target import CORPORA, CRASHES, DICTIONARIES, files_in
from tests.fuzz.targets import every

EVERY = every()
SOME = [name for name in EVERY if ci.is_risky(name)]
"""Of whose corpora every run of the tests reads an input; the long ones read all of all."""
ONCE_A_CRASH = [path for folder in sorted(CRASHES.glob("*")) for path in files_in(folder)]


def kept(name: str, path: Path) -> None:
    target = EVERY[name][1]
    with in_time(target.seconds):
        target.once(path.read_bytes())


@pytest.mark.parametrize("path", ONCE_A_CRASH, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_once_was_a_crash_is_none(path: Path) -> None:
    kept(path.parent.name, path)


@pytest.mark.parametrize("name", SOME)
def test_the_smallest_input_keeps_the_law(name: str) -> None:
    kept(name, min(files_in(CORPORA / name), key=lambda one: one.stat().st_size))


@pytest.mark.long
@pytest.mark.parametrize("name", EVERY)
def test_all_inputs_keep_the_law(name: str) -> None:
    for path in files_in(CORPORA / name):
        kept(name, path)


def test_nothing_lies_where_no_target_looks() -> None:
    assert {path.name for path in CORPORA.iterdir()} == set(EVERY)
    assert {path.name for path in CRASHES.iterdir()} <= set(EVERY)
    used = {target.words for _, target in EVERY.values()} | {DICTIONARIES / "planted.dict"}
    assert set(DICTIONARIES.iterdir()) == used


@pytest.mark.parametrize("name", EVERY)
def test_a_corpus_is_small(name: str) -> None:
    sizes = [path.stat().st_size for path in files_in(CORPORA / name)]
    assert 1 <= len(sizes) <= 40, f"python -m tests.fuzz --seeds --only {name}"
    assert sum(sizes) <= OCTETS <= 200_000


def test_every_target_says_its_law() -> None:
    assert len(EVERY) >= 60
    assert all(len(target.law) > 8 for _, target in EVERY.values())
