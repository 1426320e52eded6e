"""What a person answers is their paragraph, word for word; what they left blank leaves no trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.catalog.rights_words import grounds_questions
from withhold.errors import BadInput
from withhold.rights.grounds import grounds

KNOWN = grounds_questions()
IDS = [one.id for one in KNOWN.question]


def test_there_are_five_questions_in_four_languages() -> None:
    assert IDS == ["voice", "others", "sensitive", "safety", "works"]
    for one in KNOWN.question:
        assert one.ask.keys() == one.hint.keys() == {"en", "de", "fr", "es"}
        assert all(text.endswith("?") for text in one.ask.values())


def test_the_answers_stand_in_the_order_of_the_questions_and_what_is_free_is_last() -> None:
    it = grounds(
        {
            "free": "My late wife is in the pictures.",
            "works": "I paint for a living.",
            "voice": "I am a speaker.",
        },
        KNOWN,
    )
    assert it.own_words == (
        "I am a speaker.\nI paint for a living.\nMy late wife is in the pictures."
    )
    assert it.warning == {}


def test_no_word_is_added_whatever_the_question() -> None:
    for one in (*IDS, "free"):
        own = "Only these nine words, and not one word more."
        assert grounds({one: own}, KNOWN).own_words == own


@pytest.mark.parametrize("answers", [{}, {"voice": ""}, {"voice": " \n\u200b ", "free": "\r\n"}])
def test_without_an_answer_there_is_no_paragraph_but_a_warning(answers: dict[str, str]) -> None:
    it = grounds(answers, KNOWN)
    assert it.own_words == ""
    assert it.warning["en"].startswith("You have given no grounds yet.")
    assert it.warning.keys() == {"en", "de", "fr", "es"}


def test_a_few_words_are_called_very_short() -> None:
    seven, eight = "I do not want this at all.", "I do not want this at all, ever."
    assert grounds({"free": seven}, KNOWN).warning["de"].startswith("Ihre Gründe sind sehr kurz.")
    assert grounds({"free": eight}, KNOWN).warning == {}


def test_an_answer_keeps_its_lines_and_loses_what_is_hidden() -> None:
    it = grounds({"free": "One.\r\nBcc: x@example.org\x00\n\n\n\nTwo\u202e."}, KNOWN)
    assert it.own_words == "One.\nBcc: x@example.org\n\nTwo."


def test_an_unknown_question_and_an_endless_answer_are_refused() -> None:
    with pytest.raises(BadInput, match="`colour` is no question on grounds"):
        grounds({"colour": "blue"}, KNOWN)
    for size in (1201, 1_000_000):
        with pytest.raises(BadInput, match="at most 1200 characters"):
            grounds({"free": "x" * size}, KNOWN)
    assert len(grounds({"free": "x" * 1200}, KNOWN).own_words) == 1200


@given(st.dictionaries(st.sampled_from([*IDS, "free"]), st.text(max_size=80)))
def test_every_word_of_the_paragraph_was_said(answers: dict[str, str]) -> None:
    said = "".join("".join(text.split()) for text in answers.values())
    plain = grounds(answers, KNOWN).own_words
    if said.isascii():
        heard = "".join(char for char in said if char.isprintable())
        assert sorted("".join(plain.split())) == sorted(heard)
    else:
        assert len(plain) <= 4 * sum(len(text) + 1 for text in answers.values())
