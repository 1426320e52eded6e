"""What a reply seems to say, on letters of many wordings; negations, conditions and machines."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.catalog.load import default_root
from withhold.catalog.rights_words import reply_words
from withhold.rights.phrases import GAP, found_in, language, phrase, plain, sentences
from withhold.rights.replies import Bounce, Message
from withhold.rights.suggest import suggested
from withhold.rights_facts import OUTCOMES

WORDS = reply_words(default_root())
SAID = tomllib.loads(Path(__file__).with_name("replies_said.toml").read_text("utf-8"))["reply"]


def outcome_of(text: str, subject: str = "Re: Objection WH-7K3Q9D", **more: object) -> str:
    message = Message(subject=subject, text=text, new_text=text, **more)  # type: ignore[arg-type]
    return suggested(message, WORDS).outcome


def test_letters_of_many_wordings() -> None:
    wrong = [
        (one["outcome"], got, one["text"].strip()[:60])
        for one in SAID
        if (got := outcome_of(one["text"].strip())) != one["outcome"]
    ]
    assert len(SAID) == 219
    assert len(wrong) <= len(SAID) // 20, wrong


def test_every_outcome_has_letters_in_these_tests() -> None:
    assert {one["outcome"] for one in SAID} == {*OUTCOMES, ""}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("We will stop using your posts for training.", "granted"),
        ("We will not stop using your posts for training.", "refuses-other"),
        ("We will stop using your posts once you have verified your identity.", ""),
        ("Wir werden Ihrem Widerspruch entsprechen.", "granted"),
        ("Wir können Ihrem Widerspruch nicht entsprechen.", "refuses-other"),
        ("Ihrem Widerspruch wird nicht stattgegeben.", "refuses-other"),
        ("Sobald Ihre Identität feststeht, werden wir Ihrem Widerspruch entsprechen.", ""),
        ("Nous acceptons votre demande.", "granted"),
        ("Nous ne pouvons pas accepter votre demande.", "refuses-other"),
        ("Hemos aceptado su solicitud.", "granted"),
        ("No podemos aceptar su solicitud.", "refuses-other"),
        ("Please send us a copy of your passport.", "wants-identity"),
        ("You do not need to send us a copy of your passport.", ""),
        ("We may ask you for a copy of your passport.", ""),
        ("We extend the period for our answer by two months.", "extension"),
        ("The period can be extended by two months.", ""),
    ],
)
def test_what_turns_a_sentence_round(text: str, outcome: str) -> None:
    got = outcome_of(text)
    # a sentence that decides nothing may still be taken for what asks, never for a decision
    assert got == outcome or (not outcome and not got.startswith(("granted", "refuses", "ext")))


def test_it_says_which_sentence_it_means() -> None:
    text = "Dear Mara,\n\nthank you. We have opted you\nout of AI training. Regards"
    got = suggested(Message(text=text, new_text=text), WORDS)
    assert (got.outcome, got.sure) == ("granted", True)
    assert got.because == "We have opted you out of AI training"


def test_two_things_said_are_not_sure() -> None:
    text = "We have opted you out. Please send us a copy of your passport."
    assert suggested(Message(text=text, new_text=text), WORDS).sure is False


YES = "We have opted you out of AI training."


@pytest.mark.parametrize(
    ("automatic", "text", "outcome"),
    [
        ("replied", YES, "automatic"),
        ("list", YES, "granted"),
        ("list", "Please use our form.", "automatic"),
        ("generated", "Please verify your identity.", "automatic"),
        ("generated", "Hello.", "automatic"),
        ("generated", YES, "granted"),
        ("perhaps", YES, "granted"),
        ("perhaps", "Hello.", "automatic"),
        ("", YES, "granted"),
        ("", "Hello.", ""),
    ],
)
def test_headers_go_before_phrases(automatic: str, text: str, outcome: str) -> None:
    message = Message(text=text, new_text=text, automatic=automatic, automatic_by="X")  # type: ignore[arg-type]
    got = suggested(message, WORDS)
    assert got.outcome == outcome
    if automatic and outcome == "granted":
        assert got.sure is False


def test_a_bounce_is_a_bounce_whatever_it_quotes() -> None:
    got = suggested(Message(text=YES, new_text=YES, bounce=Bounce()), WORDS)
    assert (got.outcome, got.sure) == ("bounce", True)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Objection WH-7K3Q9D",
        "Out of office: back on Monday",
        "Automatische Antwort: Widerspruch WH-7K3Q9D",
        "Abwesenheitsnotiz",
        "Réponse automatique : opposition",
        "Respuesta automática: oposición",
    ],
)
def test_a_subject_that_a_program_writes(subject: str) -> None:
    assert outcome_of("I will see to it. Please use the form.", subject) == "automatic"


def test_what_was_quoted_is_not_read() -> None:
    message = Message(text=f"{YES}\n> we refuse", new_text="Hello.")
    assert suggested(message, WORDS).outcome == ""


# Phrases ------------------------------------------------------------------------------------------


def fits(said: str, text: str) -> bool:
    return any(True for one in sentences(text) for _ in found_in(phrase(said), one))


@pytest.mark.parametrize(
    ("said", "text", "want"),
    [
        ("we stop", "We stop.", True),
        ("we stop", "we stopped", False),
        ("we stop*", "we stopped", True),
        ("*spruch", "Ihr Widerspruch", True),
        ("we ... stop", f"we {'a ' * GAP}stop", True),
        ("we ... stop", f"we {'a ' * (GAP + 1)}stop", False),
        ("we ... stop", "We agree. Stop it", False),
        ("stop|cease now", "cease now", True),
        ("we do? stop", "we stop", True),
        ("stop + today", "today we stop", True),
        ("stop + today", "We stop. Today it rains", False),
        ("stop + today", "stop " + "a " * 30 + "today", False),
        ("can not", "we can't", True),
        ("will not", "we won't", True),
        ("können", "Wir koennen", True),
        ("grüße", "GRÜSSE", True),
        ("déjà", "deja", True),
        ("under gdpr", "a right under GDPR. Your posts", True),
        ("gdpr your", "a right under GDPR. Your posts", False),
        ("art 21", "under Art. 21 of it", True),
        ("wrapped line", "a wrapped\nline", True),
    ],
)
def test_the_grammar_of_phrases(said: str, text: str, want: bool) -> None:
    assert fits(said, text) is want


@pytest.mark.parametrize(
    "said", ["", "...", "... we", "we ...", "we ... ... stop", "(we", "we?", "a|"]
)
def test_a_phrase_that_fits_nothing_or_anything_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"word|stands"):
        phrase(said)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("We have looked at your request and it is not for us to decide.", "en"),
        ("Wir haben Ihre Anfrage geprüft und sind nicht mit dem Antrag befasst.", "de"),
        ("Nous avons examiné votre demande dans le délai que la loi nous donne.", "fr"),
        ("Hemos revisado su solicitud en el plazo que la ley nos da para ello.", "es"),
        ("OK", ""),
        ("We have your request. Wir haben Ihre Anfrage.", ""),
    ],
)
def test_the_language_of_a_letter(text: str, lang: str) -> None:
    assert language(text, WORDS.small_words) == lang


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    got = suggested(Message(subject=text[:50], text=text, new_text=text), WORDS)
    assert got.outcome in (*OUTCOMES, "")
    assert bool(got.outcome) or not got.sure
    assert plain(plain(text)) == plain(plain(plain(text)))


def test_a_very_long_letter_comes_to_an_end() -> None:
    text = "we can not will not stop using your data not no longer " * 3000
    assert outcome_of(text) in (*OUTCOMES, "")
