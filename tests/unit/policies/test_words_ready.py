"""Words and phrases: the grammar of ``knowledge/clauses/`` and where its phrases are found."""

from __future__ import annotations

import msgspec
import pytest

from withhold.catalog.clauses import ClauseWords, clause_words
from withhold.errors import BadKnowledge
from withhold.policies.tokens import parts_of, words_of
from withhold.policies.words_ready import GAP, Mark, Ready, made_of, marks_of

EN = clause_words().langs["en"]


def ready(*phrases: str, **lists: list[str]) -> Ready:
    role = {name: [] for name in EN.role.__struct_fields__} | {"train": list(phrases)}
    return made_of(
        msgspec.convert(
            {"gate": [], "gate_capital": [], "months": [], "lists": lists, "role": role},
            ClauseWords,
        )
    )


def found(phrase: str, text: str, **lists: list[str]) -> list[str]:
    here = words_of(text)
    marks = marks_of(here, ready(phrase, **lists)).get("train", [])
    return [text[here.starts[one.first] : here.ends[one.last - 1]] for one in marks]


@pytest.mark.parametrize(
    ("phrase", "text", "what"),
    [
        ("fine tuning", "by Fine-Tuning it", ["Fine-Tuning"]),
        ("train|teach ai", "train AI, teach AI", ["train AI", "teach AI"]),
        ("train*", "pretrained trainers", ["trainers"]),
        ("opt|opt_me out", "opt me out", ["opt me out"]),
        (
            "train our? models",
            "train our models, train models",
            ["train our models", "train models"],
        ),
        ("our? models", "models", ["models"]),
        ("train ... ai", "train a b AI", ["train a b AI"]),
        ("train ... ai", "train it; AI", []),
        ("{who} train", "users train", ["users train"]),
        ("train", "untrained", []),
    ],
)
def test_what_a_phrase_fits(phrase: str, text: str, what: list[str]) -> None:
    assert found(phrase, text, who=["people", "users"]) == what


def test_a_gap_is_bounded() -> None:
    assert found("train ... ai", "train " + "x " * GAP + "ai")
    assert not found("train ... ai", "train " + "x " * (GAP + 1) + "ai")


def test_the_longer_of_two_counts() -> None:
    here = words_of("train our models")
    marks = marks_of(here, ready("train", "train our models"))
    assert marks["train"] == [Mark("train", 0, 3)]


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("... train", "stands between words"),
        ("our? the?", "every word may be missing"),
        ("{nobody} train", "no list 'nobody'"),
        ("tr*", "too short"),
        ("a|b?|c", "end of all alternatives"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ready(phrase)


def test_no_words_at_all_are_an_error_with_a_way_out(tmp_path: object) -> None:
    with pytest.raises(BadKnowledge, match="clauses"):
        clause_words(tmp_path)  # type: ignore[arg-type]


def test_places_count_the_text_as_it_stands() -> None:
    text = "**We** don’t [train](https://a.example/b_(c)) e.g. AI<br>models"
    here = words_of(text)
    assert here.words == ("we", "don't", "train", "e", "g", "ai", "models")
    assert [text[a:b] for a, b in zip(here.starts, here.ends, strict=True)][1] == "don’t"
    assert here.broken[-1] == 3
    assert here.broken[5] == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b; c d", 2),
        ("a, b: c", 1),
        ("a | b • c", 3),
        ("a. B", 2),
        ("v1.2 a", 1),
        ("", 0),
    ],
)
def test_parts_of_a_sentence(text: str, parts: int) -> None:
    assert len(parts_of(words_of(text))) == parts
