"""For whom a document or sentence is."""

from __future__ import annotations

import pytest

from withhold.policies.applies_to import addressed, named_places
from withhold.policies.passages import document_of

REGION = ("EU", "EEA", "GB", "CH")


@pytest.mark.parametrize(
    ("text", "places", "left_out"),
    [
        ("# Acme European Regional Privacy Notice\n\nHello.", REGION, ()),
        ("# U.S. Privacy Policy\n\nHello.", ("US",), ()),
        ("# Terms for users in the EU, EEA and UK", ("EU", "EEA", "GB"), ()),
        ("# Terms\n\nThese terms apply if you live in Switzerland or Japan.", ("CH", "JP"), ()),
        ("# Terms\n\nThese Terms apply if you live outside the United States.", (), ("US",)),
        ("# Nutzungsbedingungen\n\nDiese Bedingungen gelten in Deutschland.", ("DE",), ()),
        ("# Policy\n\nThis policy applies worldwide.", (), ()),
        ("# Policy\n\nThis policy does not apply in Japan.", (), ()),
        ("# Policy\n\nThis policy applies to us and to you.", (), ()),
        ("# Policy\n\nOur [US notice](/us) is a policy that applies in the US. [US](/us)", (), ()),
        ("# Policy\n\nWe have an office in Japan.", (), ()),
        ("# The New York Times Terms", (), ()),
    ],
)
def test_a_document_says_for_whom_it_is(
    text: str, places: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    document = document_of(text, "markdown")
    assert (document.places, document.not_places) == (places, left_out)


def test_only_its_beginning_says_so() -> None:
    text = "# Policy\n\n" + "More.\n\n" * 20 + "This policy applies in Japan."
    assert document_of(text, "markdown").places == ()


@pytest.mark.parametrize(
    ("sentence", "places", "left_out"),
    [
        ("If you live in the UK, we train.", ("GB",), ()),
        ("Outside of the EU, the EEA and Switzerland we train.", (), ("EU", "EEA", "CH")),
        ("In Brazil, but outside the EU, we train.", ("BR",), ("EU",)),
        ("Outside the EU we train; if you live in Brazil, we do not.", ("BR",), ("EU",)),
        ("It is between us and you.", (), ()),
    ],
)
def test_places_of_a_sentence(
    sentence: str, places: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    assert addressed(sentence) == (places, left_out)


def test_names_stand_as_whole_words_with_case() -> None:
    text = "Give us USB in the US-made china of China, Georgia, EEA/UK/CH"
    assert [(text[one.start : one.end], one.codes) for one in named_places(text)] == [
        ("China", ("CN",)),
        ("EEA/UK/CH", ("EEA", "GB", "CH")),
    ]
