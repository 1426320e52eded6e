"""What a person is told to do: against texts written by hand, and of every recipe that ships."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.unit.recipes.pages import HOST, URL, recipe
from withhold.catalog.load import Knowledge
from withhold.catalog.recipes import load_recipes, menu_words
from withhold.catalog.step_words import SHOWN_LANGS, StepSentences, step_words
from withhold.facts import Control, Verified
from withhold.recipes.explain import explain
from withhold.recipes.label_only import explain_label
from withhold.recipes.said import Line, label
from withhold.steps import Recipe

RECIPES = load_recipes()
SAY, MENU = step_words(), menu_words()
EIGHT = ("linkedin", "facebook", "instagram", "threads", "tiktok", "reddit", "tumblr", "x")
"""The platforms whose settings are shown in French and Spanish too."""
GAP = re.compile(r"[{}]")
EMPTY = re.compile("“”|„“|«\\s*»")
"""Quotes around nothing: words that were not filled in."""
NBSP = "\N{NO-BREAK SPACE}"


def control(**changed: Any) -> Control:
    """A switch of a platform that is not there."""
    fields: dict[str, Any] = {
        "id": "training",
        "kind": "toggle",
        "covers": {},
        "sources": ["terms"],
        "want": "off",
        "verified": Verified(how="source", on=date(2026, 11, 26)),
    }
    return Control(**{**fields, **changed})


def told(made: Recipe, lang: str, menu_lang: str = "", **changed: Any) -> tuple[Line, ...]:
    """The recipe in words."""
    return explain(made, control(**changed), lang, menu_lang or lang, SAY, MENU)


def texts(lines: tuple[Line, ...]) -> list[str]:
    """All sentences, in order."""
    return [text for line in lines for text in (line.text, *line.more, *line.remarks)]


# Two recipes, written out by hand -------------------------------------------------------------

SWITCH = {
    "target": {
        "switch": {
            "role": ["switch"],
            "names": {
                "en": ["Train AI on my posts"],
                "de": ["KI mit Beiträgen trainieren"],
                "fr": ["Entraîner l’IA avec mes posts"],
                "es": ["Entrenar la IA con mis posts"],
            },
            "heading": {"en": ["AI"], "de": ["KI"], "fr": ["IA"], "es": ["IA"]},
            "seen": ["en", "es"],
        },
    },
    "account": "",
    "sign": {"here": [{"path": "/settings/ai"}]},
    "set": [{"do": "set", "target": "switch"}, {"do": "await-write"}],
}
SWITCH_TOLD = {
    "en": [
        f"Open {URL} and log in, if the page asks you to.",
        "Set “Train AI on my posts” to “Off”. If it stands so already, leave it.",
        "It stands under the heading “AI”.",
        "Load the page once more. It is done only if “Train AI on my posts” then stands at “Off”.",
        "To undo it, go the same way and set “Train AI on my posts” back.",
    ],
    "de": [
        f"Öffnen Sie {URL} und melden Sie sich an, falls die Seite danach fragt.",
        "Stellen Sie „KI mit Beiträgen trainieren“ auf „Aus“. Steht es schon so, lassen Sie es.",
        "Es steht unter der Überschrift „KI“.",
        "„KI mit Beiträgen trainieren“: Diese Worte konnte niemand nachprüfen.",
        "„KI“: Diese Worte konnte niemand nachprüfen.",
        "Laden Sie die Seite noch einmal. Getan ist es erst, wenn „KI mit Beiträgen trainieren“ "
        "dann auf „Aus“ steht.",
        "Zum Zurücknehmen gehen Sie denselben Weg und stellen „KI mit Beiträgen trainieren“ "
        "zurück.",
    ],
    "fr": [
        f"Ouvrez {URL} et connectez-vous si la page le demande.",
        "Mettez « Entraîner l’IA avec mes posts » sur « Désactivé ». Si c’est déjà le cas, n’y "
        "touchez pas.",
        "Cela se trouve sous le titre « IA ».",
        "« Entraîner l’IA avec mes posts » : personne n’a pu vérifier ces mots.",
        "« IA » : personne n’a pu vérifier ces mots.",
        "Rechargez la page. Ce n’est fait que si « Entraîner l’IA avec mes posts » est alors sur "
        "« Désactivé ».",
        "Pour revenir en arrière, suivez le même chemin et remettez « Entraîner l’IA avec mes "
        "posts » comme avant.",
    ],
    "es": [
        f"Abra {URL} e inicie sesión si la página lo pide.",
        "Ponga «Entrenar la IA con mis posts» en «Desactivado». Si ya está así, no lo toque.",
        "Está bajo el título «IA».",
        "Cargue la página otra vez. Solo está hecho si «Entrenar la IA con mis posts» está "
        "entonces en «Desactivado».",
        "Para deshacerlo, siga el mismo camino y vuelva a poner «Entrenar la IA con mis posts» "
        "como estaba.",
    ],
}
MENUS = {
    "needs": [],
    "account": "",
    "target": {
        "row": {
            "role": ["link"],
            "names": {"en": ["Who can see it?"], "de": ["Wer sieht es?"]},
            "act": "navigate",
            "seen": ["en", "de"],
        },
        "menu": {
            "role": ["combobox"],
            "names": {"en": ["Audience"]},
            "near": {"en": ["Future posts"]},
            "seen": ["en"],
        },
        "save": {"role": ["button"], "names": {"de": ["Sichern"]}, "act": "save", "seen": ["de"]},
    },
    "sign": {"here": [{"path": "/"}], "list": [{"heading": {"en": ["Privacy"]}}]},
    "show": [
        {"do": "open", "url": URL},
        {"do": "expect", "sign": "list"},
        {"do": "press", "target": "row"},
        {"do": "expect", "sign": "here"},
        {"do": "choose", "target": "menu", "option": {"en": ["Friends"], "de": ["Freunde"]}},
        {"do": "press", "target": "save"},
        {"do": "human", "what": {"en": "Scroll down."}, "why": {"en": "It is long."}},
    ],
    **{block: [] for block in ("read", "set", "verify", "undo")},
    "undo_not": {"en": "Copies stay.", "de": "Kopien bleiben."},
}
MENUS_TOLD = {
    ("en", "en"): [
        f"Open {URL}",
        "Wait until “Privacy” is there.",
        "“Privacy”: nobody could check these words.",
        "Choose “Who can see it?”.",
        "Wait until the page is there.",
        "At “Audience”, choose “Friends”.",
        "“Future posts” stands in the same row.",
        "Choose “Sichern”: it saves.",
        "“Sichern” is German: the words of a menu in English are not known here.",
        "Scroll down.",
        "It is long.",
        "Load the page once more. It is done only if “Audience” then stands at “Friends”.",
        "It cannot be undone: Copies stay.",
    ],
    ("de", "de"): [
        f"Öffnen Sie {URL}",
        "Warten Sie, bis „Privacy“ da ist.",
        "„Privacy“ ist Englisch: Die Worte eines Menüs auf Deutsch sind hier nicht bekannt.",
        "„Privacy“: Diese Worte konnte niemand nachprüfen.",
        "Wählen Sie „Wer sieht es?“.",
        "Warten Sie, bis die Seite da ist.",
        "Wählen Sie bei „Audience“ die Angabe „Freunde“.",
        "In derselben Zeile steht „Future posts“.",
        "„Audience“ ist Englisch: Die Worte eines Menüs auf Deutsch sind hier nicht bekannt.",
        "„Freunde“: Diese Worte konnte niemand nachprüfen.",
        "„Future posts“ ist Englisch: Die Worte eines Menüs auf Deutsch sind hier nicht bekannt.",
        "Wählen Sie „Sichern“: das speichert.",
        "Scroll down.",
        "It is long.",
        "Dieser Text ist noch nicht übersetzt.",
        "Laden Sie die Seite noch einmal. Getan ist es erst, wenn „Audience“ dann auf „Freunde“ "
        "steht.",
        "Es lässt sich nicht zurücknehmen: Kopien bleiben.",
    ],
    # a person who reads French, whose account has German menus
    ("fr", "de"): [
        f"Ouvrez {URL}",
        "Attendez que « Privacy » apparaisse.",
        "« Privacy » est en anglais : les mots d’un menu en allemand ne sont pas connus ici.",
        "« Privacy » : personne n’a pu vérifier ces mots.",
        "Choisissez « Wer sieht es? ».",
        "Attendez que la page apparaisse.",
        "Pour « Audience », choisissez « Freunde ».",
        "« Future posts » se trouve sur la même ligne.",
        "« Audience » est en anglais : les mots d’un menu en allemand ne sont pas connus ici.",
        "« Freunde » : personne n’a pu vérifier ces mots.",
        "« Future posts » est en anglais : les mots d’un menu en allemand ne sont pas connus ici.",
        "Choisissez « Sichern » : cela enregistre.",
        "Scroll down.",
        "It is long.",
        "Ce texte n’est pas encore traduit.",
        "Rechargez la page. Ce n’est fait que si « Audience » est alors sur « Freunde ».",
        "On ne peut pas revenir en arrière : Copies stay.",
        "Ce texte n’est pas encore traduit.",
    ],
}


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_a_switch_in_words(lang: str) -> None:
    lines = told(recipe(**SWITCH), lang)
    assert [one.replace(NBSP, " ") for one in texts(lines)] == SWITCH_TOLD[lang]
    assert [(one.part, one.do) for one in lines] == [
        ("step", "open"),
        ("step", "set"),
        ("finished", "look"),
        ("undo", "set"),
    ]
    assert lines[0].url == URL


@pytest.mark.parametrize(("lang", "menu_lang"), MENUS_TOLD)
def test_menus_rows_and_what_only_the_owner_does(lang: str, menu_lang: str) -> None:
    lines = told(recipe(**MENUS), lang, menu_lang)
    assert [one.replace(NBSP, " ") for one in texts(lines)] == MENUS_TOLD[lang, menu_lang]
    assert [one.lang for one in lines if one.do == "you"] == ["en"]


# Single things --------------------------------------------------------------------------------


def _set(target: dict[str, Any], want: str = "off", menu_lang: str = "en") -> str:
    names = {"names": {"en": ["Label"]}, "role": ["switch"]}
    changed = {**SWITCH, "target": {"switch": {**names, **target}}, "want": want}
    return next(
        one.text for one in told(recipe(**changed), "en", menu_lang) if one.do == "set"
    ).partition(".")[0]


def test_what_the_page_calls_on_may_be_the_no() -> None:
    assert _set({}) == "Set “Label” to “Off”"
    assert _set({"reads": "opposite"}) == "Set “Label” to “On”"
    assert _set({}, want="on") == "Set “Label” to “On”"
    assert _set({"reads": "opposite"}, want="followers") == "Set “Label” to “On”"


def test_the_words_of_the_menu_itself_come_before_those_of_all_menus() -> None:
    own = {"words_off": {"en": ["Nobody"]}, "words_on": {"en": ["Everybody"]}}
    assert _set(own) == "Set “Label” to “Nobody”"
    assert _set({**own, "reads": "opposite"}) == "Set “Label” to “Everybody”"


def test_a_menu_in_a_language_that_nobody_knows_gets_english_words_and_says_so() -> None:
    assert _set({}, menu_lang="xx") == "Set “Label” to “Off”"
    line = told(recipe(**SWITCH), "en", "xx")[1]
    assert line.remarks == (
        "“Train AI on my posts” is English: the words of a menu in xx are not known here.",
        "“AI” is English: the words of a menu in xx are not known here.",
    )


def test_a_switch_that_is_known_in_english_only_stands_in_an_english_menu() -> None:
    only = {"switch": {"role": ["switch"], "names": {"en": ["Share data"]}, "seen": ["en"]}}
    lines = told(recipe(**{**SWITCH, "target": only}), "de")
    assert lines[1].text.startswith("Stellen Sie „Share data“ auf „Off“.")
    assert "auf „Off“ steht" in lines[2].text
    alone = control(label={"en": "Share data"}, label_seen=True)
    said = [one.text for one in explain_label(alone, "fr", "fr", SAY, MENU)]
    assert ["« Off »" in one.replace(NBSP, " ") for one in said] == [True, True, False]


def test_a_target_without_words_is_named_by_us_and_says_so() -> None:
    target = {"role": ["switch"], "attribute": {"data-x": "1"}}
    made = recipe(**{**SWITCH, "target": {"switch": target}})
    line = told(made, "en")[1]
    assert line.text.startswith("Set “switch” to “Off”.")
    assert line.remarks == (
        "“switch” is our own name for it: its words on the page are not known.",
    )


def test_a_beginning_is_shown_as_one() -> None:
    names = {"names": {"en": ["Stop sharing for ..."]}}
    assert _set(names) == "Set “Stop sharing for …” to “Off”"


def test_an_address_that_no_source_shows_says_so() -> None:
    for seen, remarks in ((False, ("No source shows this address.",)), (True, ())):
        assert told(recipe(**SWITCH), "en", url=URL, url_seen=seen)[0].remarks == remarks


def test_a_form_is_done_when_it_is_confirmed_and_taken_back_in_writing() -> None:
    made = recipe(**{**MENUS, "show": MENUS["show"][:1], "undo_not": {}})
    lines = told(made, "en", kind="form", want="sent", undo="yes")
    assert [one.text for one in lines[-2:]] == [
        "It is done when the page or an e-mail confirms it: keep that. Whether they agree, only "
        "their answer says.",
        "To take it back, write to the same place once more.",
    ]


@pytest.mark.parametrize(
    ("undo", "text"),
    [
        ("yes", "To undo it, go the same way and put it back as it was."),
        ("no", "It cannot be undone."),
        ("not-known", "Whether it can be undone is not known."),
    ],
)
def test_without_a_block_the_control_says_whether_it_can_be_undone(undo: str, text: str) -> None:
    made = recipe(**{**MENUS, "undo_not": {}})
    assert told(made, "en", undo=undo)[-1].text == text


# Of a control without a recipe ----------------------------------------------------------------


def test_a_control_without_a_recipe_is_said_from_its_label_and_path() -> None:
    one = control(
        url=f"https://{HOST}/a",
        url_seen=True,
        label={"en": "Share data"},
        label_seen=False,
        path={"en": ["Settings", "Privacy", "Share data"]},
        needs=["login"],
    )
    assert texts(explain_label(one, "en", "en", SAY, MENU)) == [
        f"Open https://{HOST}/a and log in, if the page asks you to.",
        "Go to: Settings > Privacy",
        "“Settings > Privacy”: nobody could check these words.",
        "Set “Share data” to “Off”. If it stands so already, leave it.",
        "“Share data”: nobody could check these words.",
        "Load the page once more. It is done only if “Share data” then stands at “Off”.",
        "To undo it, go the same way and put it back as it was.",
    ]


def test_a_mail_names_its_address_and_never_opens_one() -> None:
    one = control(kind="email", want="sent", url="mailto:a@example.org?subject=x", undo="no")
    lines = explain_label(one, "de", "de", SAY, MENU)
    assert [line.text for line in lines[:1]] == [
        "Schreiben Sie eine E-Mail an a@example.org und senden Sie sie ab."
    ]
    assert [line.url for line in lines] == ["", "", ""]


# All that ships -------------------------------------------------------------------------------


def _controls(knowledge: Knowledge) -> dict[str, Control]:
    return {
        f"{platform.id}/{one.id}": one
        for platform in knowledge.platforms.values()
        for one in platform.control
        if one.kind != "none"
    }


@pytest.mark.parametrize("lang", SHOWN_LANGS)
@pytest.mark.parametrize("ref", sorted(RECIPES))
def test_every_recipe_can_be_said(ref: str, lang: str, knowledge: Knowledge) -> None:
    made, one = RECIPES[ref], _controls(knowledge)[ref]
    lines = explain(made, one, lang, lang, SAY, MENU)
    _whole(lines)
    assert len(lines) == len(made.show) + 2
    # said from the data, not from the lines: each word that no source shows is named as such
    for step, line in zip(made.show, lines, strict=False):
        target = made.target.get(getattr(step, "target", ""))
        if target is None or not target.names:
            continue
        word = label(target, lang)
        shown = word.text.replace("...", "…")
        assert shown in line.text
        doubt = [text for text in line.remarks if shown in text]
        assert bool(doubt) == (not word.seen or word.lang != lang), (line, word)


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_every_control_can_be_said_without_a_recipe(lang: str, knowledge: Knowledge) -> None:
    every = _controls(knowledge)
    assert len(every) >= 90
    for one in every.values():
        _whole(explain_label(one, lang, lang, SAY, MENU))


def _whole(lines: tuple[Line, ...]) -> None:
    """No empty sentence, no gap, at least one step, and an end and a way back."""
    parts = [one.part for one in lines]
    assert parts.count("finished") == parts.count("undo") == 1
    assert parts.count("step") >= 1
    for text in texts(lines):
        assert text.strip(), lines
        assert not GAP.search(text), text
        assert not EMPTY.search(text), text


@pytest.mark.parametrize("lang", ["fr", "es"])
@pytest.mark.parametrize("ref", sorted(one for one in RECIPES if one.split("/")[0] in EIGHT))
def test_the_eight_platforms_are_shown_in_french_and_spanish(
    ref: str, lang: str, knowledge: Knowledge
) -> None:
    lines = explain(RECIPES[ref], _controls(knowledge)[ref], lang, lang, SAY, MENU)
    assert {one.lang for one in lines} == {lang}
    # menus that nobody knows in this language are English ones, which is said of each above
    assert {word.lang for one in lines for word in one.labels} <= {lang, "en"}
    assert SAY.of(lang).untranslated not in texts(lines)


@pytest.mark.parametrize("ref", sorted(RECIPES))
def test_every_recipe_is_shown_in_german(ref: str, knowledge: Knowledge) -> None:
    lines = explain(RECIPES[ref], _controls(knowledge)[ref], "de", "de", SAY, MENU)
    assert {one.lang for one in lines} == {"de"}
    assert {word.lang for one in lines for word in one.labels} <= {"de", "en"}
    assert SAY.de.untranslated not in texts(lines)


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_every_language_has_every_sentence_with_the_same_gaps(lang: str) -> None:
    english, other = msgspec.to_builtins(SAY.en), msgspec.to_builtins(SAY.of(lang))
    assert list(other) == [one.name for one in msgspec.structs.fields(StepSentences)]
    for name, text in english.items():
        if isinstance(text, str):
            assert _gaps(other[name]) == _gaps(text), name
            assert lang == "en" or other[name] != text, name
        else:
            assert other[name].keys() == text.keys()
            assert all(one.strip() for one in other[name].values())


@pytest.mark.parametrize("lang", SHOWN_LANGS)
def test_every_language_has_its_own_words_for_on_and_off(lang: str) -> None:
    assert MENU.on[lang][0] != MENU.off[lang][0]
