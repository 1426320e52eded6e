"""The grammar of phrases: what fits, and what cannot be read."""

from __future__ import annotations

import re

import msgspec
import pytest

from withhold.catalog.reveals import LangWords, RevealWords
from withhold.reveals.dates import date_expression
from withhold.reveals.fold import composed, fold, names_marked
from withhold.reveals.phrases import Phrase, phrase


@pytest.fixture(scope="session")
def english(words: RevealWords) -> LangWords:
    lists = {"kin": ["son", "little one"], "ill": ["cancer", "depress*"]}
    return msgspec.structs.replace(words.langs["en"], lists=lists)


def made(said: str, english: LangWords) -> Phrase:
    return phrase(said, "health", "sure", "en", english, date_expression(english))


def fits(said: str, text: str, english: LangWords) -> bool:
    ready = names_marked(text, fold(text))
    return made(said, english).pattern().search(ready) is not None


@pytest.mark.parametrize(
    ("said", "text", "held"),
    [
        ("my son", "My son", True),
        ("my son", "my-son", True),
        ("my son", "my. Son", False),
        ("my son", "mommy son", False),
        ("my son", "my sons", False),
        ("my {kin}", "my little one", True),
        ("my {kin} is {ill}", "my son is depressed", True),
        ("my son|daughter is", "my daughter is", True),
        ("my heart_attack|stroke", "my heart attack", True),
        ("my big? son", "my son", True),
        ("my big? son", "my big son", True),
        ("my big? son", "my tall son", False),
        ("my ... son", "my dear and clever little second son", True),
        ("my ... son", "my one two three four five six seven son", False),
        ("to *gymnasium", "to Goethegymnasium", True),
        ("to *gymnasium", "to Gymnasium", False),
        ("work at <name>", "I work at Contoso", True),
        ("work at <name>", "I work at contoso", False),
        ("work at <name>", "I work at Home", False),
        ("son <name>? is", "my son Leo is", True),
        ("son <name>? is", "my son is", True),
        ("son is <age>", "my son is 17", True),
        ("son is <age>", "my son is 18", False),
        ("son is <age>", "my son is 7.5", False),
        ("son is <age>", "my son is seven", True),
        ("a <aged> son", "a 6yo son", True),
        ("in <number> weeks", "in 40 weeks", True),
        ("born <date>", "born 5 May 1990", True),
        ("born <date>", "born May 5th", True),
        ("born <date>", "born 1990", False),
        ("born <date>", "born 31/12/1990", True),
        ("born <date>", "born 1990-12-31", True),
        ("^ born here", "Born here", True),
        ("^ born here", "well. Born here", True),
        ("^ born here", "yes 🙂 born here", True),
        ("^ born here", "line\nborn here", True),
        ("^ born here", "was born here", False),
        ("^ born here", "yes, born here", False),
        ("^ just? born here", "just born here", True),
        ("^ ... born here", "so she was born here", True),
    ],
)
def test_what_a_phrase_fits(said: str, text: str, held: bool, english: LangWords) -> None:
    assert fits(said, text, english) is held


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("... son", "stands between words"),
        ("my? son", "cannot be missing"),
        ("my {nobody} son", "no list 'nobody'"),
        ("<name> <age>", "no word in it"),
        ("my --- son", "is no word"),
    ],
)
def test_what_cannot_be_read_is_named(said: str, why: str, english: LangWords) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        made(said, english)


def test_it_is_looked_up_by_its_rarest_word(english: LangWords) -> None:
    assert made("i work at the bakery", english).anchors == ("bakery",)
    assert set(made("my {kin} has", english).anchors) == {"son", "little"}
    assert made("i depress* me", english).anchors == ("depress*",)


@pytest.mark.parametrize(
    "text", ["ÀÉÎÕÜ", "ẞß", "İstanbul", "l’été", "plain", "Ǆ", "ﬃ", "\u0130" * 3]
)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(names_marked(text, fold(text))) == len(text)


def test_composed_knows_where_everything_stood() -> None:
    text, places = composed("ae\u0301x\u0301b")
    assert text == "aéx\u0301b"
    assert places == [0, 1, 3, 4, 5, 6]
    assert composed("déjà") == ("déjà", None)
