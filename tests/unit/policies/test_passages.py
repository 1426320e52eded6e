"""A document as a whole: its format, title, share kept and notes."""

from __future__ import annotations

import pytest

from withhold.errors import BadInput
from withhold.policies.passages import document_of, letters


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Acme Privacy Policy\n\n## Use\n\nWe do.", "Acme Privacy Policy"),
        (
            "Privacy Policy\n\nLast updated: 3 May 2025\n\n**Introduction**\n\nWe do.",
            "Privacy Policy",
        ),
        ("## Contents\n\nUse\n\n# Acme User Agreement\n\nWe do.", "Acme User Agreement"),
        ("**Terms of 2024**\n\n## Use\n\nWe do.", "Terms of 2024"),
        ("## Use\n\nThis policy is ours.", "Use"),
        ("# Datenschutzerklärung\n\nText.", "Datenschutzerklärung"),
        ("Only words here.", ""),
        ("", ""),
    ],
)
def test_title(text: str, title: str) -> None:
    assert document_of(text, "markdown").title == title


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput, match="docx"):
        document_of("We say so.", "docx")


@pytest.mark.parametrize("format", ["markdown", "html", "text", "pdf"])
def test_text_and_bytes_say_the_same(format: str) -> None:
    said = "We say: Größe matters to us."
    assert [one.text for one in document_of(said, format).passages] == [said]
    if format != "pdf":
        assert document_of(said.encode(), format) == document_of(said, format)


def test_letters_and_digits_are_counted() -> None:
    assert letters("We train, 24/7: [x](y)!") == 12
    assert letters("Größe") == 5
    assert letters("\ud800 ...") == 0


def test_addresses_and_marks_are_no_visible_text() -> None:
    assert (
        document_of("See [it](https://acme.example/a/long/path?x=1) **now**", "markdown").kept
        == 1.0
    )
    assert document_of("1.  One\n2.  Two\n", "markdown").kept == 1.0


def test_what_is_too_long_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.policies.passages.LONGEST", 100)
    document = document_of("We say so. " * 20, "markdown")
    assert document.notes == ("cut",)
    assert document.kept == pytest.approx(100 / 220, abs=0.05)
