"""How a run ended, and why, can be said in every language: each outcome, each reason, no more."""

from __future__ import annotations

from typing import get_args

import pytest

from withhold.catalog.sentences import gaps_of
from withhold.faces.cli.show_result import words_of
from withhold.recipes.result import Reason
from withhold.steps import Outcome
from withhold.words import LANGS

FACTS = {"name", "words", "state", "account", "step", "check", "before", "since"}
"""What ``show_result`` fills into such a sentence."""
OF_A_PAGE = "page-"
"""Begins the keys of what is said otherwise of a saved page."""
READ = {"already-no", "on", "flipped-back"}
"""What is read from a saved page: it is shown, never observed, and is not of today."""
SILENT = {"read", "saved"}
"""Reasons that the sentence of the outcome says already."""


def _of(lang: str, kind: str) -> dict[str, str]:
    return {
        key.removeprefix(kind): text for key, text in words_of(lang).items() if key.startswith(kind)
    }


def test_there_are_as_many_as_the_design_names() -> None:
    assert len(get_args(Outcome)) == 9
    assert len(get_args(Reason)) == len(set(get_args(Reason))) >= 40


@pytest.mark.parametrize("lang", LANGS)
def test_every_outcome_has_its_sentence_and_every_sentence_its_outcome(lang: str) -> None:
    said = _of(lang, "outcome_")
    assert {one for one in said if not one.startswith(OF_A_PAGE)} == set(get_args(Outcome))
    assert all(text.strip() for text in said.values())


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_saved_page_shows_is_said_otherwise(lang: str) -> None:
    for kind, codes in (("outcome_", get_args(Outcome)), ("reason_", get_args(Reason))):
        said = {one.removeprefix(OF_A_PAGE) for one in _of(lang, kind) if one.startswith(OF_A_PAGE)}
        assert said <= set(codes)
        assert kind == "reason_" or said >= READ


@pytest.mark.parametrize("lang", LANGS)
def test_every_reason_has_its_sentence_and_every_sentence_its_reason(lang: str) -> None:
    said = _of(lang, "reason_")
    assert {one for one in said if not one.startswith(OF_A_PAGE)} == set(get_args(Reason))
    assert {one for one, text in said.items() if not text.strip()} == SILENT


@pytest.mark.parametrize("kind", ["outcome_", "reason_"])
def test_they_have_the_same_gaps_in_every_language_and_only_those_that_are_filled(
    kind: str,
) -> None:
    first = {key: gaps_of(text) for key, text in _of("en", kind).items()}
    assert set().union(*first.values()) <= FACTS
    for lang in LANGS:
        assert {key: gaps_of(text) for key, text in _of(lang, kind).items()} == first


def test_every_other_sentence_of_settings_stands_in_every_language_with_the_same_gaps() -> None:
    first = {key: gaps_of(text) for key, text in words_of("en").items()}
    for lang in LANGS:
        assert {key: gaps_of(text) for key, text in words_of(lang).items()} == first


@pytest.mark.parametrize("lang", LANGS)
def test_only_what_was_read_twice_after_a_write_says_no_without_a_doubt(lang: str) -> None:
    """No outcome but these two begins with a no; the fixed words of doubt stay in the others."""
    no = {"en": ("no:", "no,", "already no"), "de": ("Nein:", "Nein,", "schon Nein")}[lang]
    begins = {key for key, text in _of(lang, "outcome_").items() if text.startswith(no)}
    assert begins == {"already-no", "verified-no", "page-already-no"}
