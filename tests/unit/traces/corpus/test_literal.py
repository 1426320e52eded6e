"""Three ways to look for many strings: each answers as a plain ``in`` does."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from withhold.errors import BadInput, MissingExtra
from withhold.traces.corpus import literal, windows
from withhold.traces.corpus.literal import Engine, literals

WAYS: tuple[Engine, ...] = ("hyperscan", "windows", "ahocorasick")
string = st.text("ab", min_size=24, max_size=34).map(str.encode)
piece = st.text("abc", max_size=30).map(str.encode)


@settings(max_examples=60, deadline=None)
@given(st.lists(string, min_size=1, max_size=12, unique=True), st.data())
def test_each_way_finds_what_in_finds(strings: list[bytes], data: st.DataObject) -> None:
    strings = list(dict.fromkeys([*strings, *(one[:24] for one in strings)]))  # one in another
    pieces = data.draw(st.lists(st.sampled_from(strings) | piece, max_size=8))
    text = b"".join(pieces)
    expected = {number for number, one in enumerate(strings) if one in text}
    for way in WAYS:
        assert literals(strings, way).within(text) == expected, way


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", range(18))
def test_a_string_is_found_at_every_place(way: Engine, before: int) -> None:
    found = literals([b"abcdefghijklmnopqrstuvwx", b"0" * 24], way)
    assert found.within(b"-" * before + b"abcdefghijklmnopqrstuvwx") == {0}
    assert found.within(b"-" * before + b"abcdefghijklmnopqrstuvwx" + b"-" * 9) == {0}
    assert found.within(b"-" * before + b"abcdefghijklmnopqrstuvw") == set()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", [b"", b"a", b"a" * 15, b"a" * 23])
def test_a_text_shorter_than_every_string_holds_none(way: Engine, text: bytes) -> None:
    assert literals([b"a" * 24], way).within(text) == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_text_that_is_nothing_but_matches(way: Engine) -> None:
    strings = [b"a" * 24, b"a" * 40, b"a" * 39 + b"b", b"b" + b"a" * 30]
    assert literals(strings, way).within(b"a" * 100_000) == {0, 1}
    assert literals(strings, way).within(b"a" * 100_000 + b"b") == {0, 1, 2}


@pytest.mark.parametrize("way", WAYS)
def test_thousands_with_the_same_beginning(way: Engine) -> None:
    strings = [b"dearneighbourshereisnews" + str(n).encode() for n in range(1000, 4000)]
    found = literals(strings, way).within(b"x" * 5 + strings[7] + b" and " + strings[2999])
    assert found == {7, 2999}


def test_two_ways_asked_twice_answer_twice() -> None:
    for way in WAYS:
        one = literals([b"abcdefghijklmnopqrstuvwx"], way)
        text = b"--abcdefghijklmnopqrstuvwx--" * 3
        assert [one.within(text), one.within(b"-"), one.within(text)] == [{0}, set(), {0}]


def test_nothing_is_found_of_nothing() -> None:
    assert literals([]).within(b"anything") == set()


def test_a_short_string_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="fewer than 24"):
        literals([b"abc"])
    with pytest.raises(ValueError, match="fewer than 24"):
        windows.Windows([b"abc"])


def test_too_many_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literal, "MOST", 2)
    with pytest.raises(BadInput, match="more than 2 texts to look for at once") as why:
        literals([bytes([65 + n]) * 24 for n in range(3)])
    assert "several runs" in str(why.value.tip)


@pytest.mark.parametrize(
    ("missing", "number", "taken"),
    [
        ([], 10, "_Hyperscan"),
        ([], 1_001, "Windows"),
        (["hyperscan"], 10, "Windows"),
        (["hyperscan", "numpy"], 10, "_Ahocorasick"),
        (["numpy"], 1_001, "_Hyperscan"),
        (["numpy", "hyperscan"], 1_001, "_Ahocorasick"),
    ],
)
def test_auto_takes_the_fastest_that_is_installed(
    monkeypatch: pytest.MonkeyPatch, missing: list[str], number: int, taken: str
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    strings = [f"{n:024d}".encode() for n in range(number)]
    assert type(literals(strings)).__name__ == taken


@example("auto")
@given(st.sampled_from(["auto", *WAYS]))
def test_without_any_of_them_the_tip_is_the_extra(way: Engine) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("hyperscan", "numpy", "ahocorasick"):
            patch.setitem(sys.modules, name, None)
        with pytest.raises(MissingExtra) as why:
            literals([b"a" * 24], way)
    assert why.value.tip == 'pip install "withhold[scale]"'
