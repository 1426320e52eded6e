"""Plain text to passages: lines that were broken for width are joined."""

from __future__ import annotations

import time

import pytest

from tests.unit.policies.passages_of import passage, texts
from withhold.policies.passages import document_of

TEXT = """ACME PRIVACY POLICY

Effective date: 3 May 2025

1. What we do

We use what you post on Acme, in public or not, to
train our models, and nothing else of yours is used
for it. We do not use:
- messages
- what children post, whoever they are and wherever
  they live
We mean it.

1.1 Choices
You may say no.

Contact
-------
Write to us.
"""


def test_lines_become_paragraphs_items_and_headings() -> None:
    document = document_of(TEXT, "text")
    assert texts(document, "heading") == [
        "ACME PRIVACY POLICY",
        "1. What we do",
        "1.1 Choices",
        "Contact",
    ]
    assert texts(document, "item") == [
        "messages",
        "what children post, whoever they are and wherever they live",
    ]
    assert document.title == "ACME PRIVACY POLICY"
    assert document.kept == pytest.approx(1.0)


def test_items_have_their_lead() -> None:
    assert passage("messages", TEXT, "text").lead == "We do not use:"


def test_headings_with_numbers_stand_in_a_stack() -> None:
    assert passage("You may say no.", TEXT, "text").headings == ("1. What we do", "1.1 Choices")


def test_places_in_the_source_are_exact() -> None:
    for one in document_of(TEXT, "text").passages:
        assert " ".join(TEXT[one.start : one.end].split()) == one.text


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Short line\nAnother one", ["Short line", "Another one"]),
        ("short line\nthat goes on", ["short line that goes on"]),
        ("It ended here.\nand began so", ["It ended here.", "and began so"]),
        ("  indented\t words ", ["indented words"]),
        ("1. We train on it.", ["We train on it."]),
    ],
)
def test_where_a_line_goes_on(text: str, passages: list[str]) -> None:
    assert texts(document_of(text, "text")) == passages


@pytest.mark.parametrize(
    "text",
    ["a\n" * 500_000, "x" * 5_000_000, "a line that is wide enough to go on and on\n" * 60_000],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    document = document_of(text, "text")
    assert time.process_time() - began < 10
    assert all(len(one.text) <= 20_000 for one in document.passages)
