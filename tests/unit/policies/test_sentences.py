"""Sentences of a passage."""

from __future__ import annotations

import sys
import time

import pytest

from withhold.errors import MissingExtra
from withhold.policies.sentences import normal, sentences_of


def _said(text: str, lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences_of(text, lang)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["We train on posts.", "You may object!", "May you?", "Yes."],
        ["We may, e.g. where you ask, use it in the U.S. to train models.", "Not elsewhere."],
        ["We use it (see section 2.1) as told in sec. 4 and Art. 6 GDPR.", "No more."],
        ["We do not train; we do not sell; we keep it: all of it.", "So it is."],
        ["We do not train on:"],
        ["Acme, Inc. trains its models.", "It says so."],
        ["It is as “we said.”", "You agree."],
        ["Version 2.5 of Node.js reads acme.example/a.b and more.", "Good."],
    ],
)
def test_english_sentences(sentences: list[str]) -> None:
    assert _said("  " + " ".join(sentences) + " ") == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Wir nutzen Beiträge, z. B. Bilder, zum Training.", "Sie können widersprechen."],
        ["Grundlage ist Art. 6 Abs. 1 lit. f DSGVO.", "Das gilt ab dem 3. November 2025."],
        ["Das gilt ggf. Auch für Kommentare bzw. Nachrichten.", "Mehr nicht."],
    ],
)
def test_german_sentences(sentences: list[str]) -> None:
    assert _said(" ".join(sentences), "de") == sentences


def test_places_are_without_spaces_and_in_order() -> None:
    text = "\n One is here.  Two is there. \n"
    assert sentences_of(text) == [(2, 14), (16, 29)]
    assert sentences_of("") == sentences_of(" \n") == []


def test_a_language_without_words_is_read_as_english() -> None:
    assert len(_said("Noi siamo qui. Voi siete là.", "it")) == 2


@pytest.mark.parametrize(
    "text",
    ["U.S. " * 4_000, "a.b." * 5_000, "(" * 20_000, ". " * 10_000, "1. " * 6_000, "e.g. " * 4_000],
)
def test_hostile_passages_take_little_time(text: str) -> None:
    began = time.process_time()
    found = sentences_of(text)
    assert time.process_time() - began < 2
    assert all(0 <= start < end <= len(text) for start, end in found)


def test_normal_keeps_letters_and_digits() -> None:
    assert normal("We “may” TRAIN_on: 5 Größen.") == "wemaytrainon5grössen"
    assert normal("STRASSE") == normal("Straße")
    assert normal("…") == ""


def test_without_nupunkt_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nupunkt", None)
    with pytest.raises(MissingExtra) as told:
        sentences_of("We say so.")
    assert told.value.tip == 'pip install "withhold[policies]"'
