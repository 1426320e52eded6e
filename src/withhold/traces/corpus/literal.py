"""Which of many octet strings stand in a text: by Hyperscan, a table or pyahocorasick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

from withhold.errors import BadInput, MissingExtra
from withhold.traces.corpus.windows import SHORTEST, Windows

Engine = Literal["auto", "hyperscan", "windows", "ahocorasick"]
MOST = 2_000_000
"""Strings that are looked for at once; more are refused with what to do. With its needle each takes
memory in each process (how much: ``bench/growth.py``)."""
_FEW = 1_000
"""Up to so many strings Hyperscan looks for them, beyond that the table of windows."""


class Literals(Protocol):
    """What is looked for, made ready once."""

    def within(self, octets: bytes) -> set[int]:
        """The numbers of the strings that stand in these octets, wherever and however often."""
        ...


def literals(strings: Sequence[bytes], engine: Engine = "auto") -> Literals:
    """Strings made ready, none of them empty or there twice.

    Three ways to one answer: Hyperscan, fastest for few; a table of ``windows`` (numpy), fastest
    for many; pyahocorasick. ``auto`` takes the fastest that is installed. ValueError for
    a string shorter than ``windows.SHORTEST``. MissingExtra where what is asked for, or for
    ``auto`` all three, is not installed; BadInput for more than ``MOST`` strings.
    """
    not_too_many(len(strings))
    if not strings:
        return _None()
    if min(map(len, strings)) < SHORTEST:
        raise ValueError(f"a string of fewer than {SHORTEST} octets")
    for made in _ways(engine, len(strings)):
        try:
            return made(strings)
        except ImportError:
            continue
    raise MissingExtra(
        "looking for texts in a corpus needs an extra", 'pip install "withhold[scale]"'
    )


def not_too_many(number: int) -> None:
    """Raises BadInput for more strings than are looked for at once."""
    if number > MOST:
        raise BadInput(
            f"there are more than {MOST:,} texts to look for at once",
            "look for them in several runs, each with a part of them",
        )


def _ways(engine: Engine, number: int) -> list[Callable[[Sequence[bytes]], Literals]]:
    """In the order in which they are tried."""
    match engine:
        case "hyperscan":
            return [_Hyperscan]
        case "windows":
            return [Windows]
        case "ahocorasick":
            return [_Ahocorasick]
    return (
        [_Hyperscan, Windows, _Ahocorasick]
        if number <= _FEW
        else [Windows, _Hyperscan, _Ahocorasick]
    )


class _None:
    """Nothing is looked for."""

    def within(self, octets: bytes) -> set[int]:
        """Nothing."""
        del octets
        return set()


class _Hyperscan:
    """One database of literals, each reported once per text."""

    def __init__(self, strings: Sequence[bytes]) -> None:
        import hyperscan

        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=list(strings),
            ids=list(range(len(strings))),
            elements=len(strings),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(strings),
            literal=True,
        )
        self._found: set[int] = set()

    def _note(self, number: int, *where: object) -> None:
        del where
        self._found.add(number)

    def within(self, octets: bytes) -> set[int]:
        """By one scan."""
        if octets:
            self._database.scan(octets, match_event_handler=self._note)
        found, self._found = self._found, set()
        return found


class _Ahocorasick:
    """One automaton over characters, each an octet."""

    def __init__(self, strings: Sequence[bytes]) -> None:
        import ahocorasick

        self._automaton: Any = ahocorasick.Automaton()
        for number, string in enumerate(strings):
            self._automaton.add_word(string.decode("latin-1"), number)
        self._automaton.make_automaton()

    def within(self, octets: bytes) -> set[int]:
        """By one pass."""
        return {number for _, number in self._automaton.iter(octets.decode("latin-1"))}
