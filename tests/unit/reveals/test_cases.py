"""What is found and what is not, by kind and language, on sentences made by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from withhold.catalog.reveals import RevealWords
from withhold.reveals import Reveal
from withhold.reveals.find import find
from withhold.words import REVEALED

TABLE: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)


def cases(name: str) -> Iterator[Any]:
    for kind, langs in TABLE.items():
        for lang, table in langs.items():
            for number, text in enumerate(table.get(name, []), start=1):
                yield pytest.param(kind, lang, text, id=f"{kind}-{lang}-{number}")


def unmarked(text: str) -> tuple[str, int, int]:
    """The sentence without its marks, and where they stood."""
    before, rest = text.split("«")
    marked, after = rest.split("»")
    return before + marked + after, len(before), len(before) + len(marked)


def of_kind(kind: str, text: str, words: RevealWords, lang: str) -> list[Reveal]:
    return [one for one in find(text, words, lang) if one.kind == kind]


def touches(one: Reveal, start: int, end: int) -> bool:
    """Whether the two spans share at least half of the shorter."""
    both = min(one.end, end) - max(one.start, start)
    return both * 2 >= min(one.end - one.start, end - start)


def test_every_kind_has_cases_in_every_language() -> None:
    assert set(TABLE) == set(REVEALED)
    for kind, langs in TABLE.items():
        assert set(langs) == {"en", "de", "fr", "es"}, kind
        assert all(table["finds"] and table["none"] for table in langs.values()), kind
    assert sum(len(many) for by in TABLE.values() for t in by.values() for many in t.values()) > 400


@pytest.mark.usefixtures("strong")
@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("kind", "lang", "text"), list(cases("finds")))
def test_it_is_found_once_and_surely(
    kind: str, lang: str, text: str, told: bool, words: RevealWords
) -> None:
    plain, start, end = unmarked(text)
    sure = [one for one in of_kind(kind, plain, words, lang if told else "") if one.sure]
    assert any(touches(one, start, end) for one in sure), sure
    assert all(touches(one, start, end) for one in sure), [plain[a.start : a.end] for a in sure]


@pytest.mark.usefixtures("strong")
@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("kind", "lang", "text"), list(cases("none")))
def test_a_near_miss_gives_nothing_away_for_sure(
    kind: str, lang: str, text: str, told: bool, words: RevealWords
) -> None:
    found = of_kind(kind, text, words, lang if told else "")
    assert [text[one.start : one.end] for one in found if one.sure] == []


@pytest.mark.usefixtures("strong")
@pytest.mark.parametrize(("kind", "lang", "text"), list(cases("possible")))
def test_it_is_found_as_possible_only(kind: str, lang: str, text: str, words: RevealWords) -> None:
    plain, start, end = unmarked(text)
    found = of_kind(kind, plain, words, lang)
    assert any(touches(one, start, end) for one in found)
    assert not any(one.sure for one in found)
