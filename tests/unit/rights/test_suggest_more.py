"""Claims made of ideas, and fresh answers in ten letters a language and round."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.rights_words import reply_words
from withhold.rights.claims import claims, rule
from withhold.rights.phrases import phrase
from withhold.rights.replies import Message
from withhold.rights.suggest import suggested
from withhold.rights_facts import LETTER_LANGS, OUTCOMES

WORDS = reply_words(default_root())
SAID = tomllib.loads(Path(__file__).with_name("suggest_more.toml").read_text("utf-8"))["reply"]


def outcome_of(text: str) -> str:
    return suggested(Message(subject="Re: WH-7K3Q9D", text=text, new_text=text), WORDS).outcome


def test_nine_of_ten_fresh_answers_are_understood() -> None:
    """At first sight: 21, 29, 29, 33, 19 and 35 of 40, by round; each was tuned on afterwards.

    The fifth was written to be hard, the sixth in ordinary words; both by whoever tuned.
    """
    wrong = [
        (one["outcome"], got, one["text"].strip()[:60])
        for one in SAID
        if (got := outcome_of(one["text"].strip())) != one["outcome"]
    ]
    rounds = Counter(one["round"] for one in SAID)
    assert set(rounds.values()) == {40}
    assert len(wrong) <= len(SAID) // 10, wrong


def test_a_rule_names_ideas_that_every_language_has() -> None:
    used: set[str] = set()
    for outcome, many in WORDS.claim.items():
        assert outcome in OUTCOMES
        for one in map(rule, many):
            used |= {idea for _, idea in one.wanted} | set(one.barred)
    for lang in LETTER_LANGS:
        assert set(WORDS.idea[lang]) == used, lang
        for said in (one for many in WORDS.idea[lang].values() for one in many):
            assert phrase(said).patterns


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Your portfolio was removed from the corpus.", "granted", "was removed"),
        (
            "We could not locate any account of that kind for you.",
            "refuses-not-your-data",
            "locate",
        ),
        ("Wir haben Ihr Profil aus dem Training entfernt.", "granted", "entfernt"),
        ("Nous ne ferons pas d'exception à notre pratique.", "refuses-other", "exception"),
        ("Ampliamos el plazo de respuesta.", "extension", "ampliamos, plazo"),
    ],
)
def test_a_claim_names_the_words_that_decided(text: str, outcome: str, words: str) -> None:
    said = {one.outcome: one.words for one in claims(text, WORDS)}
    assert words in said[outcome]


@pytest.mark.parametrize(
    "text",
    [
        "Your portfolio was not removed from the corpus.",
        "Once you have replied, your portfolio will be removed from the corpus.",
        "If you wish, your portfolio will be removed from the corpus.",
        "Ihr Profil wurde nicht aus dem Training entfernt.",
        "Votre profil n'a pas été retiré du corpus de nos modèles.",
        "Su perfil no ha sido retirado de los modelos.",
    ],
)
def test_what_is_denied_or_only_offered_is_not_granted(text: str) -> None:
    assert "granted" not in {one.outcome for one in claims(text, WORDS)}


@pytest.mark.parametrize("said", ["", "~", "!stop", "& !stop"])
def test_a_rule_without_an_idea_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="no idea"):
        rule(said)
