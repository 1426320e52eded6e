"""The normal form of texts, and that searching by skeletons misses nothing."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from withhold.traces.corpus import folding
from withhold.traces.corpus.folding import fold, folded, letters, skeleton, words

SAME = [
    ("The  Ferry\r\n\twas late", "the ferry was late"),
    ("“Late,” she said — it’s", '"late," she said - it\'s'),
    ("`quoted´", "'quoted'"),
    ("«Spät»", '"spät"'),
    ("STRASSE", "straße"),
    ("ﬁnal eﬀort", "final effort"),
    ("Ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 12"),
    ("cafe\u0301", "café"),
    ("co\u00adop\u200bera\ufefftion", "cooperation"),
    ("\u202bco\u200fop\u2066er\u034fation\u202c\u2069", "cooperation"),
    ("ok \u2764\ufe0f", "ok \u2764"),
    ("a\u00a0b\u2009c", "a b c"),
    ("x² … ™", "x2 ... tm"),
    ("ΟΔΟΣ", "οδοσ"),
    ("ПАРОМ", "паром"),
    ("  ends  ", "ends"),
    ("", ""),
]
DIFFERENT = [
    ("the ferry was late", "the ferry was lat"),
    ("the ferry, late", "the ferry late"),
    ("café", "cafe"),
    ("route 7", "route 8"),
    ("co-operation", "cooperation"),
    ("паром", "napom"),
    ("كتاب", "كتـاب"),
    ("ilik", "ılık"),
]
odd = st.text(
    st.sampled_from(
        "aKzß1 ﬁſK\u0301\u0327²™İıéÉ’“—\u00ad\u200b\u202e\ufe0f\u034f\n\tǆĳẞŉ№Ⅳ①ａ中я🄰𝐚"
    ),
    max_size=40,
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_differs_only_for_a_machine_is_the_same(one: str, other: str) -> None:
    assert fold(one) == other if other.isascii() else fold(one) == fold(other)
    assert fold(other) == fold(one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_letter_a_digit_a_comma_an_accent_make_another_text(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text() | odd, st.integers(1, 9))
@example("a \u0301b  c\u00a0\u0327 d\n\n e", 1)
def test_a_long_text_is_folded_piece_by_piece_to_the_same(text: str, at_once: int) -> None:
    whole = fold(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_AT_ONCE", at_once)
        assert fold(text) == whole


@given(st.text() | odd)
def test_the_fold_of_a_fold_is_itself(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text() | odd)
@example("ẞ\u0301s")
def test_a_skeleton_is_the_ascii_letters_and_digits_of_the_fold(text: str) -> None:
    octets = text.encode("utf-8", "surrogatepass")
    assert skeleton(octets).decode() == "".join(re.findall("[a-z0-9]", folded(octets)))


@given(st.binary())
@example(b"\xf0\xc3\x9f k\xcc\x81 \xe2\x84 \xff")
def test_octets_that_are_no_text_have_a_skeleton_all_the_same(octets: bytes) -> None:
    assert skeleton(octets).decode() == "".join(re.findall("[a-z0-9]", folded(octets)))


def test_every_character_of_unicode_has_the_skeleton_of_its_fold() -> None:
    wrong = []
    for character in map(chr, range(128, sys.maxunicode + 1)):
        if unicodedata.category(character) in ("Cn", "Co", "Cs"):
            continue
        text = f"x{character}y"
        if skeleton(text.encode()).decode() != "".join(re.findall("[a-z0-9]", fold(text))):
            wrong.append(hex(ord(character)))
    assert not wrong


def test_every_mark_on_every_letter_has_the_skeleton_of_its_fold() -> None:
    marks = [
        mark for mark in map(chr, range(128, sys.maxunicode)) if unicodedata.combining(mark) == 230
    ]
    assert len(marks) > 400
    for mark in marks:
        for letter in "aceikostuxyzAEIKNOSTUZ2":
            text = letter + mark
            assert skeleton(text.encode()).decode() == "".join(re.findall("[a-z0-9]", fold(text)))


@given(st.text(max_size=20) | odd, st.text(max_size=20) | odd, st.text(max_size=20) | odd)
def test_what_stands_in_a_text_has_its_skeleton_in_the_texts(
    before: str, part: str, after: str
) -> None:
    whole = f"{before} {part} {after}"
    if fold(part) in fold(whole):
        assert skeleton(part.encode("utf-8", "replace")) in skeleton(
            whole.encode("utf-8", "replace")
        )


def test_letters_and_words_are_of_every_script() -> None:
    assert letters(fold("Паром, опять_опоздал: 中文 7!")) == "паромопятьопоздал中文7"
    assert words(fold("It’s late — паром_7")) == ["it", "s", "late", "паром", "7"]
