"""Eight letters in each language, compared word by word with files that a person can read.

A language is added by its letters in ``knowledge/letters`` and by its files here.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from withhold.catalog.rights import letter_of
from withhold.catalog.rights_words import letter_words
from withhold.rights.case import About, Entitled, Person
from withhold.rights.letters import written
from withhold.rights_facts import LETTER_LANGS, Controller

HERE = Path(__file__).parent
CASES: dict[str, Any] = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
ACTS = (
    "object-training",
    "restrict",
    "erase",
    "access",
    "recipients",
    "withdraw-consent",
    "opt-out-of-sale",
    "voluntary-form",
)


def made(act: str, lang: str) -> str:
    """The letter of a case: its subject, a blank line, its text."""
    case = CASES[act]
    letter = letter_of(act, lang)  # type: ignore[arg-type]
    assert letter is not None
    it = written(
        letter,
        msgspec.convert(case["person"], Person),
        msgspec.convert(case["about"], About),
        msgspec.convert({"act": act, "controller": "they", **case["entitled"]}, Entitled),
        Controller(
            id="they",
            name=case["controller"],
            answers_for=["it"],
            places=["WORLD"],
            seat="IE",
            timezone="Europe/Dublin",
            door=[],
            source={},
        ),
        reference=case["reference"],
        today=date(2026, 11, 26),
        words=letter_words(),
        service=case["service"],
    )
    return f"{it.subject}\n\n{it.text}"


def test_the_cases_are_the_eight_acts_of_a_person() -> None:
    assert tuple(CASES) == ACTS


@pytest.mark.parametrize("lang", LETTER_LANGS)
@pytest.mark.parametrize("act", ACTS)
def test_a_letter_is_the_one_that_was_read(act: str, lang: str) -> None:
    kept = (HERE / lang / f"{act}.txt").read_text(encoding="utf-8")
    assert made(act, lang) == kept


def test_no_letter_is_kept_that_nothing_is_compared_with() -> None:
    kept = {str(path.relative_to(HERE)) for path in HERE.rglob("*.txt")}
    assert kept == {f"{lang}/{act}.txt" for lang in LETTER_LANGS for act in ACTS}
