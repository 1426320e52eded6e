"""Rules of parts: any order, one sentence, nothing against it; what cannot be read is named."""

from __future__ import annotations

import re

import msgspec
import pytest

from withhold.catalog.reveals import LangWords, RevealWords, Said
from withhold.reveals.find import find
from withhold.reveals.parts import vocabulary

LISTS = {"ill": ["cough*", "*fever", "broken arm"], "who": ["my", "i"], "told": ["book"]}


def english(words: RevealWords, *rules: str, perhaps: tuple[str, ...] = ()) -> LangWords:
    """English with these rules only, all of belief: that kind is shown as sure."""
    said = Said(together=list(rules), perhaps=list(perhaps), against=["{told}"])
    kinds = ("birth_date", "school", "employer", "health", "minor")
    return msgspec.structs.replace(
        words.langs["en"], lists=LISTS, belief=said, **dict.fromkeys(kinds, Said())
    )


def found(words: RevealWords, rule: str, text: str) -> list[tuple[str, bool]]:
    made = RevealWords(langs={"en": english(words, rule)})
    return [(text[one.start : one.end], one.sure) for one in find(text, made, "en")]


@pytest.mark.parametrize(
    ("rule", "text", "span"),
    [
        ("{ill} + {who}", "my bad cough", "my bad cough"),
        ("{ill} + {who}", "coughing again, poor my", "coughing again, poor my"),
        ("{ill} + {who}", "hayfever is what I have", "hayfever is what I"),
        ("{ill} + {who}", "my broken arm", "my broken arm"),
        ("{ill} + {who}", "a cough. My day", ""),
        ("{ill} + {who}", "my book on cough", ""),
        ("{ill} + {who}", "I have no cough", ""),
        ("{ill} + ~{who}", "a cough. My day", "cough"),
        ("{ill} at <name> + {who}", "my cough at Contoso Ltd", "my cough at Contoso Ltd"),
        ("{ill} at the? <name>", "cough at the Contoso", "cough at the Contoso"),
        ("{ill} + <age> + {who}", "my cough, 7 days", "my cough, 7"),
        ("{ill} + <date>", "cough since 5 May 1990", "cough since 5 May 1990"),
        ("{ill} + {who}", "my" + " word" * 20 + " cough", ""),
    ],
)
def test_what_a_rule_fits(rule: str, text: str, span: str, words: RevealWords) -> None:
    assert found(words, rule, text) == ([(span, True)] if span else [])


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("{nobody} + my", "no list 'nobody'"),
        ("<name> + my", "no word in its first part"),
        ("my? cough", "cannot be missing"),
        ("-- + my", "is no word"),
    ],
)
def test_what_cannot_be_read_is_named(rule: str, why: str, words: RevealWords) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        vocabulary(english(words, rule))


def test_a_weak_rule_is_possible_only(words: RevealWords) -> None:
    made = RevealWords(langs={"en": english(words, perhaps=("{ill} + {who}",))})
    assert [one.sure for one in find("my cough", made, "en")] == [False]
