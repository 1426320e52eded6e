"""Sentences made by hand in many manners: what each says of training, alone, without context."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from withhold.policies import read

TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8")
)
KINDS = ("yes", "conditional", "no", "reader", "nothing")


def cases(table: dict[str, list[str]]) -> list[Any]:
    return [
        pytest.param(kind, text, id=f"{kind}-{number}")
        for kind in KINDS
        for number, text in enumerate(table.get(kind, []), start=1)
    ]


def said(text: str) -> str:
    found = read(text, "text")
    practices = [one.says for one in found if not one.restricts_reader]
    return practices[0] if practices else "reader" if found else "nothing"


@pytest.mark.parametrize(("kind", "text"), cases(TABLE))
def test_what_a_sentence_says(kind: str, text: str) -> None:
    assert said(text) == kind


@pytest.mark.parametrize(("kind", "text"), cases(TABLE["missed"]))
def test_what_is_missed_is_written_down_as_missed(kind: str, text: str) -> None:
    assert said(text) != kind, "seen now: move it up in sentences.toml"


def test_there_are_enough_of_each_and_few_are_missed() -> None:
    assert all(len(TABLE[kind]) >= 50 for kind in KINDS)
    assert sum(map(len, TABLE["missed"].values())) <= 20


@pytest.mark.parametrize("kind", ["yes", "conditional", "no", "reader"])
def test_every_clause_says_which_words_decided_and_where(kind: str) -> None:
    for text in TABLE[kind]:
        for clause in read(text, "text"):
            parts = {one.part for one in clause.why}
            assert "verb" in parts, text
            assert clause.restricts_reader == ("addressed" in parts), text
            for one in clause.why:
                assert clause.sentence[one.start : one.end] == one.words, text


def test_capitals_quotes_and_hyphens_make_no_difference() -> None:
    plain = "We don't use your content for fine-tuning our machine learning models."
    other = "WE DON’T USE YOUR CONTENT FOR FINE TUNING OUR MACHINE-LEARNING MODELS."
    assert said(plain) == said(other) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "We are not obliged to train our models on your posts.",
        "We aren't required to ask you before we use your posts to train our AI models.",
        "We do not control whether your posts are used to train AI models.",
        "We don't decide whether partners train AI models on your content.",
        "Not all of your posts are used to train our AI models.",
        "We do not always use your content to train our AI models.",
    ],
)
def test_a_no_that_is_not_of_the_training_is_not_told_as_one(text: str) -> None:
    """A false no is false assurance; whether each is a yes is another matter."""
    assert said(text) not in ("no", "nothing")
