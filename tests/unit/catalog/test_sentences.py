"""The fixed sentences, written out by hand: what is printed beside an answer, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from tests.unit.made import ask, observation
from withhold.catalog.load import default_root
from withhold.catalog.sentences import Sentences, gaps_of, load_sentences
from withhold.errors import BadKnowledge
from withhold.verdict import Reason
from withhold.words import AUDIENCES, KINDS, STRENGTHS

EN = load_sentences(default_root(), "en")
DE = load_sentences(default_root(), "de")


def _verdict(value: str = "off", how: str = "told", **control: Any) -> Any:
    other = {"off": "off", "on": "on"}.get(value, "sent")
    known = made.knowledge(made.platform(control=[made.control(**({"want": other} | control))]))
    return ask(known, observation(value, how=how))


REQUIRED = made.knowledge(laws=[made.law(forbids=[made.forbids("acme/train")])])
DENIED = made.knowledge(made.platform(practice=[made.practice(says="no")]))
ANYONE = made.actor("anyone", practice=[made.practice(actor="anyone")])
SHIELDED = made.knowledge(made.platform(shield=[made.shield()]), actors=[ANYONE])


@pytest.mark.parametrize(
    ("asked", "en", "de"),
    [
        pytest.param(
            lambda: _verdict(how="observed"),
            "the switch read OFF on 2024-06-01; that Acme obeys it is Acme's word",
            "der Schalter stand am 2024-06-01 auf AUS; dass Acme sich daran hält, "
            "ist das Wort von Acme",
            id="observed-off",
        ),
        pytest.param(
            lambda: _verdict("on", how="observed"),
            "the switch read ON on 2024-06-01; that Acme obeys it is Acme's word",
            "der Schalter stand am 2024-06-01 auf EIN; dass Acme sich daran hält, "
            "ist das Wort von Acme",
            id="observed-on",
        ),
        pytest.param(
            lambda: _verdict(how="shown"),
            "the page you saved on 2024-06-01 shows OFF",
            "die von Ihnen am 2024-06-01 gespeicherte Seite zeigt AUS",
            id="shown-off",
        ),
        pytest.param(
            lambda: _verdict("on", how="shown"),
            "the page you saved on 2024-06-01 shows ON",
            "die von Ihnen am 2024-06-01 gespeicherte Seite zeigt EIN",
            id="shown-on",
        ),
        pytest.param(
            lambda: _verdict(),
            "you say you switched it off on 2024-06-01",
            "Sie sagen, Sie haben es am 2024-06-01 ausgeschaltet",
            id="told-off",
        ),
        pytest.param(
            lambda: _verdict("on"),
            "you say you switched it on on 2024-06-01",
            "Sie sagen, Sie haben es am 2024-06-01 eingeschaltet",
            id="told-on",
        ),
        pytest.param(
            lambda: _verdict(how="clicked"),
            "you say you switched it off on 2024-06-01",
            "Sie sagen, Sie haben es am 2024-06-01 ausgeschaltet",
            id="clicked-is-told",
        ),
        pytest.param(
            lambda: _verdict("confirmed", kind="form"),
            "you say it was granted on 2024-06-01",
            "Sie sagen, dem wurde am 2024-06-01 stattgegeben",
            id="told-granted",
        ),
        pytest.param(
            lambda: _verdict("confirmed", how="shown", kind="form"),
            "Acme says it does not",
            "Acme sagt, es geschieht nicht",
            id="promised-by-letter",
        ),
        pytest.param(
            lambda: _verdict("sent", kind="form"),
            "you asked; nobody promised to listen",
            "Sie haben gebeten; niemand hat versprochen, darauf zu hören",
            id="asked",
        ),
        pytest.param(
            lambda: ask(DENIED),
            "Acme says it does not",
            "Acme sagt, es geschieht nicht",
            id="promised",
        ),
        pytest.param(
            lambda: ask(REQUIRED),
            "the law named here forbids it; whether Acme complies is not known",
            "das hier genannte Recht verbietet es; ob Acme sich daran hält, ist nicht bekannt",
            id="required",
        ),
        pytest.param(
            lambda: ask(SHIELDED, who="anyone"),
            "Acme asked, not you; nobody promised to listen",
            "Acme hat gebeten, nicht Sie; niemand hat versprochen, darauf zu hören",
            id="asked-by-the-platform",
        ),
    ],
)
def test_the_fixed_sentence_of_each_strength(asked: Any, en: str, de: str) -> None:
    verdict = asked()
    assert verdict.answer == "disallowed"
    assert EN.headline(verdict, "Acme", "Acme") == en
    assert DE.headline(verdict, "Acme", "Acme") == de


def test_every_strength_has_its_case_above() -> None:
    (mark,) = test_the_fixed_sentence_of_each_strength.pytestmark  # type: ignore[attr-defined]
    assert {case.values[0]().strength for case in mark.args[1]} == set(STRENGTHS)


def test_other_answers_never_stand_alone() -> None:
    known = made.knowledge(actors=[ANYONE])
    allowed = ask(known)
    assert EN.headline(allowed, "Acme") == "Acme says it may"
    assert DE.headline(allowed, "Acme") == "Acme sagt, es darf"
    unknown = ask(known, kind="message")
    assert EN.headline(unknown, "Acme") == "not known"
    assert DE.headline(unknown, "Acme") == "nicht bekannt"
    anyone = ask(known, who="anyone")
    assert EN.headline(anyone, "others who scrape") == "open to others who scrape"
    assert DE.headline(anyone, "andere") == "offen für andere"


PRESS = {"policy": made.source(kind="press")}
LICENSED = made.practice("licence", actor="partner")


@pytest.mark.parametrize(
    ("platform", "who", "en", "de"),
    [
        (made.platform(), "acme", "Beta says it may", "Beta sagt, es darf"),
        (
            made.platform(practice=[LICENSED]),
            "partner",
            "Acme says that Beta may",
            "Acme sagt, Beta darf es",
        ),
        (
            made.platform(source=PRESS),
            "acme",
            "Beta is reported to",
            "Beta tut es nach Berichten anderer",
        ),
        (
            made.platform(practice=[LICENSED], source=PRESS),
            "partner",
            "Beta is reported to",
            "Beta tut es nach Berichten anderer",
        ),
    ],
)
def test_an_open_answer_says_by_whose_words(platform: Any, who: str, en: str, de: str) -> None:
    verdict = ask(made.knowledge(platform), who=who)
    assert verdict.answer == "allowed"
    assert EN.headline(verdict, "Beta", "Acme") == en
    assert DE.headline(verdict, "Beta", "Acme") == de


WEB = made.actor("scrapeco", practice=[made.web_practice()])


def test_a_promise_to_heed_a_site_is_not_a_promise_of_the_actors_own() -> None:
    page = made.content(site="a.example")
    verdict = ask(made.knowledge(actors=[WEB]), made.statement(), who="scrapeco", about=page)
    assert verdict.strength == "promised"
    assert EN.headline(verdict, "Beta") == "Beta says that it heeds what refuses it here"
    assert (
        DE.headline(verdict, "Beta") == "Beta sagt, sich an das zu halten, was es hier ausschließt"
    )


def test_a_promise_to_heed_a_platforms_wall_says_whose_wall_it_is() -> None:
    known = made.knowledge(made.platform(shield=[made.shield()]), actors=[WEB])
    verdict = ask(known, who="scrapeco")
    assert verdict.strength == "promised"
    assert EN.headline(verdict, "Beta") == "Acme refuses it, not you; Beta says that it heeds that"
    assert DE.headline(verdict, "Beta") == (
        "Acme schließt es aus, nicht Sie; Beta sagt, sich daran zu halten"
    )


def test_the_sentence_is_that_of_the_practice_the_answer_hangs_by() -> None:
    """Of two refused practices the weakest is printed, with its own day."""
    controls = [made.control(covers="one"), made.control("other", "two")]
    practices = [made.practice("one"), made.practice("two")]
    known = made.knowledge(made.platform(practice=practices, control=controls))
    other = observation(control="acme/other", how="told", on=made.BEGAN)
    verdict = ask(known, observation(how="observed"), other)
    assert EN.headline(verdict, "Acme") == "you say you switched it off on 2024-01-01"


def test_a_state_that_has_no_word_is_printed_as_it_is() -> None:
    known = made.knowledge(made.platform(control=[made.control(want="limited")]))
    verdict = ask(known, observation("limited", how="shown"))
    assert EN.headline(verdict, "Acme") == "the page you saved on 2024-06-01 shows LIMITED"


def test_both_languages_have_the_same_codes_and_gaps() -> None:
    beside = ("kind", "audience", "use", "source", "change")
    for table in ("answer", "strength", "state", "reason", *beside):
        english, german = getattr(EN, table), getattr(DE, table)
        assert set(english) == set(german)
        for code in english:
            assert gaps_of(english[code]) == gaps_of(german[code]), code
    assert set(EN.kind) == set(KINDS)
    assert set(EN.audience) == {*AUDIENCES, "unknown"}
    assert set(STRENGTHS) <= set(EN.strength)


def test_no_sentence_reassures() -> None:
    for sentences, words in (
        (EN, ("protected", "safe", "illegal", "violated", "guarantee")),
        (DE, ("geschützt", "sicher", "illegal", "verletzt", "garantiert")),
    ):
        for table in (sentences.answer, sentences.strength, sentences.reason, sentences.change):
            for text in table.values():
                assert not [word for word in words if word in text.lower()], text


def test_a_reason_is_said_in_the_language_or_else_in_english() -> None:
    both = Reason(code="says-yes", facts={"name": "Acme", "what": {"en": "It does.", "de": "Ja."}})
    assert EN.say(both) == "Acme says it may: It does."
    assert DE.say(both) == "Acme sagt, es darf: Ja."
    english = Reason(code="says-yes", facts={"name": "Acme", "what": {"en": "It does."}})
    assert DE.say(english) == "Acme sagt, es darf: It does."
    assert DE.text({}) == ""


def test_a_code_or_a_gap_that_nobody_wrote_is_never_passed_over() -> None:
    with pytest.raises(BadKnowledge, match=r"^reasons/en.toml: no sentence for no-such-code$"):
        EN.say(Reason(code="no-such-code"))
    with pytest.raises(KeyError):
        EN.say(Reason(code="says-yes", facts={"name": "Acme"}))


def test_a_sentence_file_that_does_not_hold_is_named(tmp_path: Path) -> None:
    (tmp_path / "reasons").mkdir()
    (tmp_path / "reasons/en.toml").write_text('lang = "en"\nanswer = 3\n', encoding="utf-8")
    with pytest.raises(BadKnowledge, match=r"^reasons/en.toml:2: answer: expected `object`"):
        load_sentences(tmp_path, "en")
    with pytest.raises(BadKnowledge, match=r"reasons/fr.toml: cannot be read"):
        load_sentences(tmp_path, "fr")


def test_gaps() -> None:
    assert gaps_of("{name} and {date}, {name}") == {"name", "date"}
    assert gaps_of("none") == frozenset()
    assert isinstance(EN, Sentences)
