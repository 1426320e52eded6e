"""Changes as sentences, written out by hand in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.places import Places
from withhold.catalog.sentences import load_sentences
from withhold.faces.report.changes import headline, sentence
from withhold.faces.report.rows import Speaker
from withhold.verbs.change import Code
from withhold.verbs.changes import Change, changes
from withhold.words import ControlKind

SENTENCES = {lang: load_sentences(default_root(), lang) for lang in ("en", "de")}
LATER = date(2024, 3, 1)
STARTS = tuple(one for one in get_args(Code) if one.endswith("-starts"))
SHIELDS = ("shield-closed", "shield-part", "shield-opened", "shield-changed")
KNOWN = (*STARTS, *SHIELDS, "promise-ends", "falls-silent", "terms-changed", "terms-widened")
"""Codes that can rest on a first source alone; an announcement, an end, a control has its day."""


def _places() -> Places:
    known = made.places()
    names = {**known.names, "EEA": {"en": "European Economic Area"}}
    return Places(names, {**known.groups, "EEA": known.groups["EU"]})


KNOWLEDGE = made.knowledge(actors=[made.actor("acme", name="Acme Corporation")])


def _said(change: Change, lang: str, here: str = "", known: Any = None) -> str:
    known = known or Knowledge(
        platforms=KNOWLEDGE.platforms, actors=KNOWLEDGE.actors, places=_places()
    )
    return sentence(change, Speaker(known, SENTENCES[lang]), here)


def _change(code: str = "training-starts", **more: Any) -> Change:
    usual = {
        "on": LATER,
        "effect": "unclear",
        "platform": "acme",
        "actor": "acme",
        "thing": "train",
        "what": {"en": "It trains.", "de": "Es trainiert."},
        "rests_on": "platforms/acme.toml#train",
    }
    return Change(**{"code": code} | usual | more)  # type: ignore[arg-type]


SWITCH = {"kind": "toggle", "what": {"en": "Use it", "de": "Nutze es"}}
LAW = {
    "platform": "",
    "actor": "",
    "places": ("DE",),
    "what": {"en": "The Act (s. 1): one may object", "de": "Das Gesetz (§ 1): man darf"},
}


@pytest.mark.parametrize(
    ("change", "en", "de"),
    [
        (
            _change(),
            "Acme (everywhere): training on content begins, by its own words: It trains.",
            "Acme (überall): Training mit Inhalten beginnt, nach eigenen Worten: Es trainiert.",
        ),
        (
            _change(precision="known"),
            "Acme (everywhere): training on content, by its own words; shown by a source on "
            "2024-03-01, when it began is not known: It trains.",
            "Acme (überall): Training mit Inhalten, nach eigenen Worten; eine Quelle zeigt es am "
            "2024-03-01, der Beginn ist nicht bekannt: Es trainiert.",
        ),
        (
            _change(before={"en": "It did not.", "de": "Es tat es nicht."}, places=("EU", "GB")),
            "Acme (EU, United Kingdom): training on content begins, by its own words: It trains. "
            "Before: It did not.",
            "Acme (EU, Vereinigtes Königreich): Training mit Inhalten beginnt, nach eigenen "
            "Worten: Es trainiert. Vorher: Es tat es nicht.",
        ),
        (
            _change(actor="partner", whose="platform", not_places=("EU", "EEA")),
            "Acme, Partner (everywhere except EU, EEA): training on content begins, by the "
            "platform's words: It trains.",
            "Acme, Partner (überall, außer: EU, EWR): Training mit Inhalten beginnt, nach den "
            "Worten der Plattform: Es trainiert.",
        ),
        (
            _change("training-ends", whose="reported"),
            "Acme (everywhere): the words that allow training on content no longer stand; what a "
            "model has learned is not undone: It trains.",
            "Acme (überall): die Worte, die Training mit Inhalten erlauben, stehen nicht mehr da; "
            "was ein Modell gelernt hat, verlernt es dadurch nicht: Es trainiert.",
        ),
        (
            _change("licence-starts", whose="reported", platform="", actor="scrapeco"),
            "Scrapeco, open web (everywhere): passing content on to others begins, as others "
            "report: It trains.",
            "Scrapeco, offenes Netz (überall): Weitergabe von Inhalten an andere beginnt, wie "
            "andere berichten: Es trainiert.",
        ),
        (
            _change("use-starts", use="ads"),
            "Acme (everywhere): a use of content (advertising) begins, by its own words: "
            "It trains.",
            "Acme (überall): eine Nutzung von Inhalten (Werbung) beginnt, nach eigenen Worten: "
            "Es trainiert.",
        ),
        (
            _change("promise-starts"),
            "Acme (everywhere): a promise not to use content this way begins, by its own words: "
            "It trains.",
            "Acme (überall): ein Versprechen, Inhalte nicht so zu nutzen, beginnt, nach eigenen "
            "Worten: Es trainiert.",
        ),
        (
            _change("promise-ends"),
            "Acme (everywhere): a promise not to use content this way no longer stands: It trains.",
            "Acme (überall): ein Versprechen, Inhalte nicht so zu nutzen, steht nicht mehr da: "
            "Es trainiert.",
        ),
        (
            _change("falls-silent"),
            "Acme (everywhere): the texts no longer say whether it may, and silence is not a no: "
            "It trains.",
            "Acme (überall): die Texte sagen nicht mehr, ob es darf, und Schweigen ist kein "
            "Nein: Es trainiert.",
        ),
        (
            _change("announced", for_day=date(2024, 10, 3), for_precision="month"),
            "Acme (everywhere): announced for 2024-10: It trains.",
            "Acme (überall): angekündigt (ab 2024-10): Es trainiert.",
        ),
        (
            _change("control-offered", **SWITCH),
            "Acme (everywhere): a control is offered: “Use it”.",
            "Acme (überall): es gibt eine Einstellung: „Nutze es“.",
        ),
        (
            _change("control-withdrawn", kind="form", what={}),
            "Acme (everywhere): a control is withdrawn: a form.",
            "Acme (überall): eine Einstellung fällt weg: ein Formular.",
        ),
        (
            _change("label-changed", before={"en": "Old", "de": "Old"}, **SWITCH),
            "Acme (everywhere): a control carries other words: “Use it”. Before: “Old”.",
            "Acme (überall): eine Einstellung trägt andere Worte: „Nutze es“. Vorher: „Old“.",
        ),
        (
            _change("shield-closed"),
            "Acme (everywhere): the platform, not you, refuses others' AI crawlers: It trains.",
            "Acme (überall): die Plattform, nicht Sie, schließt KI-Crawler anderer aus: "
            "Es trainiert.",
        ),
        (
            _change("law-in-force", **LAW),
            "Law (Germany): comes into force: The Act (s. 1): one may object.",
            "Recht (Deutschland): tritt in Kraft: Das Gesetz (§ 1): man darf.",
        ),
        (
            _change("terms-changed", what={}),
            "Acme (everywhere): what is said changes.",
            "Acme (überall): was gesagt wird, ändert sich.",
        ),
    ],
)
def test_the_sentence_of_a_change(change: Change, en: str, de: str) -> None:
    assert _said(change, "en") == en
    assert _said(change, "de") == de


def test_what_does_not_hold_here_says_so_first() -> None:
    europe = _change(places=("EU",))
    assert _said(europe, "en", "US-PA").startswith("Elsewhere, not here (Pennsylvania): Acme (EU):")
    assert _said(europe, "de", "GB").startswith(
        "Anderswo, nicht hier (Vereinigtes Königreich): Acme (EU):"
    )
    for here in ("DE", ""):
        assert _said(europe, "en", here).startswith("Acme (EU):")
    assert _said(_change(not_places=("EU",)), "en", "DE").startswith(
        "Elsewhere, not here (Germany)"
    )


def test_the_headline_is_the_sentence_up_to_what_it_says() -> None:
    speaker = Speaker(KNOWLEDGE, SENTENCES["en"])
    assert headline(_change(), speaker, "DE") == (
        "Acme (everywhere): training on content begins, by its own words"
    )


def test_every_code_has_a_sentence_and_those_of_a_first_source_have_two() -> None:
    """By the gaps too: each is filled with what a change brings, in both languages."""
    for lang in ("en", "de"):
        for code in get_args(Code):
            assert _said(_change(code), lang).startswith("Acme (")
        for code in KNOWN:
            assert "2024-03-01" in _said(_change(code, precision="known"), lang)
        for kind in get_args(ControlKind):
            if kind != "none":  # a control that does not exist never changes
                assert _said(_change("control-offered", kind=kind, what={}), lang)


def test_every_change_of_the_real_knowledge_can_be_said(knowledge: Knowledge) -> None:
    told = changes(
        knowledge, date(2026, 11, 23), uses=("train-ai", "licence-to-third-party", "ads")
    )
    for lang in ("en", "de"):
        speaker = Speaker(knowledge, SENTENCES[lang])
        for one in told:
            text = sentence(one, speaker, "US-PA")
            assert not {"{", "}"} & set(text), one
            assert text[-1] in ".?!", text


def test_linkedin_in_pennsylvania_reads_as_a_person_would_say_it(knowledge: Knowledge) -> None:
    (one,) = (
        one
        for one in changes(knowledge, date(2026, 11, 23))
        if (one.thing, one.code) == ("own-generative-models-eu", "training-starts")
    )
    where = "EU, EEA, United Kingdom, Switzerland, Canada, Hong Kong SAR China"
    text = _said(one, "en", "US-PA", knowledge)
    assert text.startswith(
        f"Elsewhere, not here (Pennsylvania): LinkedIn ({where}): training on content begins, "
        "by its own words: "
    )
    assert " Before: LinkedIn said that it does not train generative AI" in text


@pytest.mark.parametrize(
    ("what", "end"),
    [
        ("<b>{name}</b> & {0}", "<b>{name}</b> & {0}."),
        ("يقول إنه لا يفعل؟", "يقول إنه لا يفعل؟"),
        ("Ends with a space. ", "Ends with a space."),
    ],
)
def test_a_text_of_somebody_elses_is_only_ever_text(what: str, end: str) -> None:
    """Braces are no gaps, markup is letters (the page escapes it), foreign ends are ends."""
    assert _said(_change(what={"en": what}), "de") == (
        f"Acme (überall): Training mit Inhalten beginnt, nach eigenen Worten: {end}"
    )


def test_an_actor_or_platform_that_is_not_known_keeps_its_id() -> None:
    lost = _change(platform="gone", actor="nobody")
    assert _said(lost, "en").startswith("gone, nobody (everywhere):")
