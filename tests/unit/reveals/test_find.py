"""Spans are places in the text given, whatever it is written with; bounds, order and joining."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.reveals.find import AT_MOST, find

WORDS = reveal_words()


def spans(text: str, words: RevealWords, **how: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text, words, **how)]


@pytest.mark.parametrize(
    "before", ["", "🙂🙂 ", "İİİ ", "ﬁn ", "e\u0301te\u0301 ", "\u0301", "日本 "]
)
def test_places_are_code_points_of_the_text_given(before: str, words: RevealWords) -> None:
    text = before + "jane@example.org"
    assert spans(text, words) == [("email", "jane@example.org")]


def test_accents_of_two_characters_are_read_and_counted(words: RevealWords) -> None:
    text = unicodedata.normalize("NFD", "Été ! Je suis né le 3 février 1985, à Orléans")
    assert spans(text, words) == [
        ("birth-date", unicodedata.normalize("NFD", "Je suis né le 3 février 1985"))
    ]


def test_curly_apostrophes_are_apostrophes(words: RevealWords) -> None:
    assert spans("I’m diabetic", words) == [("health", "I’m diabetic")]


def test_nothing_in_nothing(words: RevealWords) -> None:
    assert find("", words) == []
    assert find(" \n\t", words) == []


def test_in_the_order_of_the_text(words: RevealWords) -> None:
    text = "jane@example.org, I work at Contoso, call 07700 900123. I'm pregnant."
    assert [one.kind for one in find(text, words)] == ["email", "employer", "phone", "health"]


def test_what_lies_beyond_the_bound_is_not_searched(words: RevealWords) -> None:
    mail = " jane@example.org"
    assert spans("x" * (AT_MOST - len(mail)) + mail, words) == [("email", mail.strip())]
    assert spans("x" * AT_MOST + mail, words) == []


def test_spans_of_one_kind_that_overlap_are_one(words: RevealWords) -> None:
    found = [one for one in find("My son Leo (7) goes to school", words) if one.kind == "minor"]
    assert len(found) == 1


def test_an_account_is_no_telephone_number(words: RevealWords) -> None:
    text = "call or pay: DE89 3704 0044 0532 0130 00"
    assert spans(text, words) == [("iban", "DE89 3704 0044 0532 0130 00")]


def test_a_number_of_the_owners_region(words: RevealWords) -> None:
    text = "Bel 06-12345678 of kom langs"
    assert spans(text, words, region="NL") == [("phone", "06-12345678")]
    assert spans("nº 12345", words, region="ES") == []


def test_an_unknown_region_or_language_changes_nothing(words: RevealWords) -> None:
    text = "I'm a Catholic, call +44 7911 123456"
    assert spans(text, words, region="zz", lang="xx") == spans(text, words)


def test_only_phrases_of_the_language_told(words: RevealWords) -> None:
    assert spans("ich bin katholisch", words, lang="de") == [("belief", "ich bin katholisch")]
    assert spans("ich bin katholisch", words, lang="fr") == []


def test_a_sentence_ends_a_phrase(words: RevealWords) -> None:
    assert not any(one.sure for one in find("I have it? Catholic is a word.", words, "en"))
    assert spans("Mein Sohn. Leo heißt der Hund.", words, lang="de") == []


def test_a_negation_takes_it_back(words: RevealWords) -> None:
    for text in ("I am not pregnant", "I don't have diabetes", "I never had cancer"):
        assert find(text, words, "en") == []
        assert find(text.replace("not ", "").replace("don't ", "").replace("never ", ""), words)


def test_a_condition_makes_it_possible_only(words: RevealWords) -> None:
    (found,) = find("what if I'm a Catholic", words, "en")
    assert (found.kind, found.sure) == ("belief", False)
    (found,) = find("I'm a Catholic", words, "en")
    assert (found.kind, found.sure) == ("belief", True)


def test_what_falls_short_is_possible_only(words: RevealWords) -> None:
    found = find("I have diabetes, my daughter (7) has ADHD, I work at Contoso", words, "en")
    kinds = {("health", False), ("minor", False), ("employer", False)}
    assert {(one.kind, one.sure) for one in found} == kinds


def test_all_in_capitals_nothing_is_a_name(words: RevealWords) -> None:
    assert spans("I WORK AT NOTHING SPECIAL", words) == []
    assert spans("I HAVE DIABETES", words) == [("health", "I HAVE DIABETES")]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_spans_inside_it(text: str) -> None:
    found = find(text, WORDS)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


PIECES = st.sampled_from(
    (
        *("I'm ", "my son ", "Leo ", "(7) ", "has ", "cancer", ". ", "12 Oak Street ", "call "),
        *("07700 ", "900123 ", "@", "a@b.de ", "né le ", "3 mai ", "\u0301", "İ", "DE89 ", "at "),
        *("48.1371, 11.5761 ", "Contoso ", "not ", "\n", "🙂", "+49 ", "'", "trabajo en ", "14 "),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_mixture_keeps_order_and_never_overlaps_in_a_kind(text: str) -> None:
    found = find(text, WORDS)
    assert found == sorted(found, key=lambda one: (one.start, one.end, one.kind))
    for kind in {one.kind for one in found}:
        of_kind = [one for one in found if one.kind == kind]
        assert all(a.end <= b.start for a, b in pairwise(of_kind))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_without_capitals_a_place_of_work_is_possible_only(words: RevealWords) -> None:
    (found,) = find("i work at contoso", words, "en")
    assert (found.kind, found.sure) == ("employer", False)
    assert find("i work at night", words, "en") == []
    assert not any(one.sure for one in find("my daughter sings", words, "en"))
    born = find("my son was born on 3 june 2015", words, "en")
    assert "birth-date" in {one.kind for one in born}
