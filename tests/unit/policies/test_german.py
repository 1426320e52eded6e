"""German: the made sentences are told apart, and what a clause holds beside its answer.

The sentences were written before the words of ``knowledge/clauses/de.toml``, and by their author:
the half kept aside shows that little was fitted to it (one rule was put right with one of its
sentences in sight), not that others write so.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from withhold.policies import Clause, read_document
from withhold.policies.document import Document
from withhold.policies.free_order import clauses_of
from withhold.policies.passage import Passage
from withhold.policies.reading import LANGS

MADE = tomllib.loads(Path(__file__).with_name("german.toml").read_text(encoding="utf-8"))
ALL = [(want, text) for half in ("tune", "aside") for want, text in MADE[half]]
PRACTICES = ("yes", "no", "conditional")
LEAST = 0.85


def found(text: str, **more: Any) -> list[Clause]:
    """The clauses of one German passage."""
    return list(clauses_of(Document(lang="de", passages=(Passage(text=text, **more),))))


def only(text: str, **more: Any) -> Clause:
    clauses = found(text, **more)
    assert len(clauses) == 1, text
    return clauses[0]


def told(text: str) -> str:
    """What the tests' labels would call it."""
    clauses = found(text)
    if not clauses:
        return "other"
    return "restriction" if clauses[0].restricts_reader else clauses[0].says


def test_german_is_read() -> None:
    assert LANGS == ("en", "de")


def test_there_are_enough_sentences_of_each_kind_and_none_stands_in_both_halves() -> None:
    for half in ("tune", "aside"):
        wants = [want for want, _ in MADE[half]]
        assert len(wants) >= 30
        assert all(wants.count(one) >= 4 for one in (*PRACTICES, "restriction", "other"))
    assert len({text for _, text in ALL}) == len(ALL)


@pytest.mark.parametrize("half", ["tune", "aside"])
def test_practices_are_found_and_nothing_else_is(half: str) -> None:
    pairs = [(want in PRACTICES, told(text) in PRACTICES) for want, text in MADE[half]]
    right = pairs.count((True, True))
    assert right / (right + pairs.count((False, True))) >= LEAST
    assert right / (right + pairs.count((True, False))) >= LEAST


@pytest.mark.parametrize(("want", "text"), [one for one in ALL if one[0] == "restriction"])
def test_a_restriction_of_the_reader_is_no_practice(want: str, text: str) -> None:
    assert told(text) == want


@pytest.mark.parametrize(("want", "text"), [one for one in ALL if one[0] in PRACTICES])
def test_a_no_is_no_yes(want: str, text: str) -> None:
    assert told(text) == want


@pytest.mark.parametrize(("want", "text"), [one for one in ALL if one[0] == "other"])
def test_other_talk_of_ai_and_of_training_is_nothing(want: str, text: str) -> None:
    assert told(text) == want


@pytest.mark.parametrize(
    ("text", "kind", "default"),
    [
        ("Du kannst dem Training unserer KI mit deinen Daten widersprechen.", "objection", "on"),
        ("Wir trainieren unsere KI nur mit Ihrer Einwilligung mit Ihren Chats.", "opt-in", "off"),
        (
            "Wir trainieren unsere Modelle mit deinen Chats, es sei denn, du schaltest das ab.",
            "opt-out",
            "on",
        ),
    ],
)
def test_the_way_out_that_is_offered(text: str, kind: str, default: str) -> None:
    clause = only(text)
    assert clause.says == "conditional"
    assert (clause.control.kind, clause.default) == (kind, default)


def test_an_objection_that_cannot_be_made_is_no_condition() -> None:
    clause = only("Dem Training unserer KI mit deinen Beiträgen kannst du nicht widersprechen.")
    assert (clause.says, clause.control.words) != ("conditional", "widersprechen")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Wir trainieren unsere KI mit deinen Fotos.", "people"),
        ("Wir trainieren unsere KI mit öffentlich zugänglichen Daten.", "public"),
        ("Wir trainieren unsere KI nicht mit Kundendaten.", "customers"),
    ],
)
def test_whose_content_it_is(text: str, whose: str) -> None:
    assert only(text).whose == whose


def test_what_a_clause_holds() -> None:
    text = (
        "Ab dem 3. November 2025 nutzen wir in der Schweiz deine öffentlichen Beiträge und Fotos, "
        "um unsere KI-Modelle zu trainieren."
    )
    clause = only(text, headings=("Datenschutz", "KI"), start=10, end=150)
    assert (clause.says, clause.lang, clause.sentence) == ("yes", "de", text)
    assert clause.places == ("CH",)
    assert set(clause.content) == {"post", "photo"}
    assert clause.audience == ("public",)
    assert clause.since == date(2025, 11, 3)
    assert (clause.headings, clause.start, clause.end) == (("Datenschutz", "KI"), 10, 150)
    words = {one.part: one.words for one in clause.why}
    assert words["verb"] == "trainieren"
    assert all(text[one.start : one.end] == one.words for one in clause.why)


def test_no_noun_is_taken_for_a_name() -> None:
    clause = only("Unsere Partner dürfen mit deinen Beiträgen ihre eigenen KI-Modelle trainieren.")
    assert (clause.actor, clause.actor_name) == ("third-party", "")


def test_a_turn_parts_the_no_from_the_training() -> None:
    text = (
        "Wir verkaufen deine Beiträge nicht, sondern verwenden sie, um unsere KI-Modelle zu "
        "trainieren."
    )
    assert only(text).says == "yes"
    assert only(text.replace("sondern", "und")).says == "no"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Wir trainieren unsere KI mit deinen Posts, aber nicht mit deinen Nachrichten.", "yes"),
        ("Wir trainieren unsere KI mit deinen Posts, nicht jedoch mit Nachrichten.", "yes"),
        ("Wir speichern deine Eingaben, aber nicht für das Training unserer KI.", "no"),
        ("Deine Eingaben dienen der Antwort und nicht dem Training unserer KI.", "no"),
        ("Wir nutzen deine Posts nicht nur zur Anzeige, auch zum Training unserer KI.", "yes"),
        ("Zum Training unserer KI nutzen wir deine Nachrichten nicht.", "no"),
        ("Auch wenn du widersprichst, trainieren wir unsere KI mit deinen Posts.", "yes"),
        ("Wir nutzen Ihre Beiträge keinesfalls, um unsere KI-Modelle zu trainieren.", "no"),
        ("Ihre Fotos werden keineswegs zum Training unserer KI-Modelle genutzt.", "no"),
        ("Wir nutzen nicht alle Ihre Beiträge, um unsere KI-Modelle zu trainieren.", "yes"),
    ],
)
def test_what_a_no_is_said_of(text: str, says: str) -> None:
    assert only(text).says == says


@pytest.mark.parametrize(
    "text",
    [
        "Trainiert ihr eure KI mit meinen Fotos?",
        "Training bezeichnet das Anpassen eines KI-Modells mit deinen Daten.",
        "Mehr Informationen dazu, wie wir KI-Modelle mit Daten trainieren, findest du hier.",
    ],
)
def test_a_question_a_definition_and_a_pointer_say_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Die KI liest deine Eingaben zur Beantwortung von Fragen und zur Verbesserung der Texte.",
        "Mit KI-Systemen entwickeln wir unser Angebot anhand deiner Daten weiter.",
        "Wir verbessern unsere Dienste mit deinen Daten; eine KI setzen wir nur zur Suche ein.",
    ],
)
def test_ai_that_is_not_what_is_improved_is_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("heading", "says"), [("Künstliche Intelligenz", ["no"]), ("Unser Laufkurs", [])]
)
def test_without_a_model_what_stands_around_tells_who_is_trained(
    heading: str, says: list[str]
) -> None:
    text = "Deine Aufnahmen werden nicht zu Trainingszwecken verwendet."
    assert [one.says for one in found(text, headings=("Datenschutz", heading))] == says


def test_calls_that_are_recorded_to_train_people_are_nothing() -> None:
    text = "Ihre Anrufe können zu Qualitäts- und Trainingszwecken aufgezeichnet werden."
    assert found(text, headings=("Künstliche Intelligenz",)) == []


def test_a_sentence_does_not_end_behind_an_ordinal_or_a_short_word() -> None:
    text = "Seit dem 3. Juli 2025 trainieren wir unsere KI, z. B. mit deinen Fotos (Art. 6 DSGVO)."
    assert [one.sentence for one in found(f"{text} Das war es.")] == [text]


def test_items_say_what_their_lead_says() -> None:
    lead = "Um unsere KI-Modelle zu trainieren, verwenden wir folgende Daten nicht:"
    clause = only("deine privaten Nachrichten", kind="item", lead=lead)
    assert (clause.says, clause.whose, clause.lead) == ("no", "people", lead)
    assert clause.object == "deine privaten Nachrichten"
    assert found("siehe oben", kind="item", lead=lead) == []
    assert found("deine privaten Nachrichten", kind="paragraph", lead=lead) == []


def test_items_of_what_is_forbidden_restrict_the_reader() -> None:
    lead = "Es ist untersagt,"
    assert only("Sprachmodelle zu trainieren mit Inhalten der Plattform", lead=lead, kind="item")
    clause = only("Inhalte zum Training von KI-Modellen zu nutzen;", lead=lead, kind="item")
    assert clause.restricts_reader


DOCUMENT = """\
# Datenschutzerklärung

Diese Datenschutzerklärung gilt für alle, die unsere Dienste nutzen, und sagt, was wir mit Daten
machen. Wir erheben Daten, die du uns gibst, und solche, die bei der Nutzung entstehen.

## Künstliche Intelligenz

Wir verwenden deine öffentlichen Beiträge, um unsere KI-Modelle zu trainieren. Deine privaten
Nachrichten werden dafür nicht zum Training verwendet.
"""


def test_a_german_document_is_understood_from_its_text() -> None:
    reading = read_document(DOCUMENT)
    assert reading.document.lang == "de"
    assert reading.understood
    assert [one.says for one in reading.practices] == ["yes", "no"]
    assert not reading.silent


def test_a_german_document_without_a_clause_is_silent() -> None:
    reading = read_document(DOCUMENT.split("## ")[0])
    assert reading.silent


def test_a_document_in_a_language_that_is_not_read_is_not_silent() -> None:
    text = (
        "# Politique de confidentialité\n\nNous recueillons les données que vous nous donnez et "
        "celles qui naissent de votre utilisation de nos services, comme il est dit dans cette "
        "politique de confidentialité."
    )
    reading = read_document(text)
    assert not reading.understood
    assert not reading.silent


@pytest.mark.parametrize(
    "text",
    [
        "KI Training deine Daten nicht " * 4_000,
        "wenn du " * 20_000 + "KI-Modelle trainieren",
        "deine öffentlichen privaten " * 10_000 + "trainieren KI",
        "KI\x00Training\ud800 deine Daten",
    ],
)
def test_hostile_text_is_bounded_and_never_raises(text: str) -> None:
    for clause in found(text):
        assert len(clause.sentence) <= 5_000


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Wir verwenden Ihre Beiträge bzw. Fotos nicht, um unsere KI zu trainieren.", "no"),
        ("Wir verwenden Ihre Beiträge inkl. Fotos, um unsere KI zu trainieren.", "yes"),
        (
            "Wir verwenden Ihre Inhalte (z. B. Beiträge) gem. Art. 6 Abs. 1 DSGVO nicht, um unsere "
            "KI zu trainieren.",
            "no",
        ),
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str, says: str) -> None:
    """Cut at ``bzw.``, half a sentence said nothing and the other half nothing either."""
    clause = only(f"So gehen wir damit um. {sentence}")
    assert (clause.says, clause.sentence) == (says, sentence)
