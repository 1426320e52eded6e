"""Each of our words for policies has its phrase in every language."""

from __future__ import annotations

from typing import get_args

import pytest

from withhold.faces.report import watched_told
from withhold.faces.report.policy_said import language, words_of
from withhold.keep.policy_seen import REASONS
from withhold.policies.against import STANDS, Differs
from withhold.policies.clause import ClauseSays, OfferedKind, Part, Reach, Trainer, Whose
from withhold.verbs.check_policy import Standing
from withhold.verbs.policy_text import Failed, Kind
from withhold.words import LANGS

NOTES = (
    "cut",
    "empty",
    "broken-letters",
    "collapsed",
    "fallback",
    "damaged",
    "encrypted",
    "pages-unread",
)
"""What withhold.policies.passages and pdf_text note of a text."""


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("says", get_args(ClauseSays)),
        ("who", get_args(Trainer)),
        ("whose", get_args(Whose)),
        ("control", set(get_args(OfferedKind)) - {"not-stated"}),
        ("default", ("on", "off")),
        ("reach", set(get_args(Reach)) - {"not-stated"}),
        ("part", get_args(Part)),
        ("standing", get_args(Standing)),
        ("known", STANDS),
        ("compared", STANDS),
        ("differs", get_args(Differs)),
        ("failed", get_args(Failed)),
        ("kind", get_args(Kind)),
        ("note", NOTES),
    ],
)
def test_every_word_of_ours_is_said(start: str, words: tuple[str, ...]) -> None:
    assert {f"{start}_{one}" for one in words} - words_of("en").keys() == set()


@pytest.mark.parametrize("lang", LANGS)
def test_every_reason_for_which_a_policy_was_not_seen_is_said(lang: str) -> None:
    said = watched_told.words_of(lang)
    for reason in REASONS:
        assert not reason or said[f"unseen_{reason}"]


def test_a_language_without_a_name_is_called_by_its_code() -> None:
    assert language("de", words_of("en")) == "German"
    assert language("xx", words_of("en")) == "xx"
    assert language("", words_of("de")) == "nicht erkannt"


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_reassures(lang: str) -> None:
    said = " ".join(words_of(lang).values()).lower()
    for word in ("illegal", "you are safe", "guarantee", "sicher sind", "garantiert"):
        assert word not in said
