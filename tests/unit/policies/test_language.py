"""The language of a document."""

from __future__ import annotations

import sys

import pytest

from withhold import language_model
from withhold.errors import MissingExtra
from withhold.policies.passages import document_of

ENGLISH = "We use what you post to train our models, and you may object to this with a form. " * 5
GERMAN = "Wir nutzen Ihre Beiträge für das Training, und Sie können dem mit einem Formular "
GERMAN = (GERMAN + "widersprechen, das wir auf der Seite zeigen. ") * 4


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_small_words_tell_without_a_library(
    text: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    assert document_of(text, "markdown").lang == lang


def test_others_are_told_by_py3langid() -> None:
    italian = "Usiamo ciò che pubblichi per addestrare i nostri modelli e puoi opporti. " * 4
    assert document_of(italian, "markdown").lang == "it"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    text = GERMAN[:80] + "\n\n" + "\n\n".join([ENGLISH] * 8)
    assert document_of(text, "markdown").lang == "en"


@pytest.mark.parametrize("text", ["", "Terms", "x" * 4000])
def test_too_short_or_no_language(text: str) -> None:
    assert document_of(text, "markdown").lang == ""


def test_the_extra_is_named_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    not_loaded = language_model._ranking.__wrapped__
    monkeypatch.setattr(language_model, "_ranking", not_loaded)  # what is loaded stays for others
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    with pytest.raises(MissingExtra) as told:
        document_of("Lorem ipsum dolor sit amet consectetur adipiscing elit sed.", "markdown")
    assert told.value.tip == 'pip install "withhold[policies]"'
