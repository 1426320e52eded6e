"""A letter has every gap filled or is refused; nothing that people typed gets out of its place."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rights.letters_made import ABOUT, ENTITLED, PERSON, SO_FAR, WORDS, letter, write
from withhold.catalog.letter_gaps import CONDITIONS, PLACEHOLDERS, WARNINGS
from withhold.catalog.rights import load_letters
from withhold.errors import BadInput, BadKnowledge
from withhold.rights.letters import Written, cited, letter_lang, said, side_by_side
from withhold.rights_facts import LETTER_LANGS, LetterLang, Paragraph

SAID: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("letters_said.toml").read_text(encoding="utf-8")
)
KNOWN = {(lang, name): one for lang in LETTER_LANGS for name, one in load_letters(lang).items()}
LAWS = ("gdpr-art-21", "uk-gdpr-art-21", "ccpa", "ch-fadp", "lgpd-art-18", "kr-pipa", "us-co-cpa")
EMPTY: dict[str, Any] = {
    **{key: "" for key in PERSON if key not in ("lang", "place")},
    **{key: type(value)() for key, value in ABOUT.items() if key != "subject"},
    "article": "",
    "law": "",
    **{key: None if isinstance(value, date) else type(value)() for key, value in SO_FAR.items()},
}


# Gaps ---------------------------------------------------------------------------------------------


def test_the_table_has_every_gap() -> None:
    assert SAID["filled"].keys() == PLACEHOLDERS.keys()
    # the id of the platform stands in for its name: that gap is never empty
    assert SAID["missing"].keys() == PLACEHOLDERS.keys() - {"service"}


@pytest.mark.parametrize("gap", PLACEHOLDERS)
def test_a_gap_is_filled(gap: str) -> None:
    it = write(letter(f"It is <{{{gap}}}>."))
    assert it.paragraphs == (f"It is <{SAID['filled'][gap]}>.",)


@pytest.mark.parametrize("gap", SAID["missing"])
def test_a_gap_that_stays_empty_refuses_the_letter_and_says_what_is_missing(gap: str) -> None:
    field, what = SAID["missing"][gap]
    with pytest.raises(BadInput) as refused:
        write(letter(f"It is {{{gap}}}.", subject="Mine"), **{field: EMPTY.get(field, "")})
    assert what in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.tip


def test_all_that_is_missing_is_named_at_once_and_once() -> None:
    with pytest.raises(BadInput, match=r"without your name and your e-mail address$"):
        write(letter("{name} {email} {name} {signature}"), name="", email="")


def test_a_gap_of_what_was_asked_counts_too() -> None:
    with pytest.raises(BadInput, match="the article that the letter rests on"):
        write(letter("I sent {asked}."), article="")


def test_what_is_not_said_is_not_missed() -> None:
    one = letter("Hello.", Paragraph(text="{account}", when=["account"]))
    assert write(one, account="").paragraphs == ("Hello.",)


def test_a_gap_or_condition_that_is_none_is_a_fault_of_the_letter() -> None:
    with pytest.raises(BadKnowledge, match=r"letters/en/object-training.toml: `\{nothing\}`"):
        write(letter("{nothing}"))
    with pytest.raises(BadKnowledge, match="`not-rainy` is no condition"):
        write(letter(Paragraph(text="x", when=["not-rainy"])))


@pytest.mark.parametrize("row", SAID["holds"], ids=lambda row: str(row["changed"]))
def test_a_condition_holds_or_not(row: dict[str, Any]) -> None:
    assert set(row["holds"]) & set(row["not_holds"]) == set()
    for when in (*row["holds"], *row["not_holds"]):
        it = write(letter("x", Paragraph(text="y", when=[when])), **row["changed"])
        assert (it.paragraphs == ("x", "y")) is (when in row["holds"]), when


def test_all_conditions_of_a_paragraph_must_hold() -> None:
    both = Paragraph(text="y", when=["account", "not-urls"])
    assert write(letter("x", both)).paragraphs == ("x",)
    assert write(letter("x", both), urls=()).paragraphs == ("x", "y")
    assert write(letter("x", both), urls=(), account="").paragraphs == ("x",)


# Every letter that is known -----------------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("lang", "name"), KNOWN)
def test_every_known_letter_can_be_written(lang: LetterLang, name: str, law: str) -> None:
    for party in ("person", "author", "publisher"):
        it = write(KNOWN[lang, name], law=law, party=party)
        assert "{" not in it.subject + it.text
        assert "}" not in it.subject + it.text
        assert all(it.paragraphs)
        assert "WH-7K3Q9D" in it.subject
        assert it.paragraphs[-1].endswith("jana@example.org")
        assert it.lang == lang


@pytest.mark.parametrize(("lang", "name"), KNOWN)
def test_a_draft_opens_under_its_banner_and_no_letter_claims_a_review(
    lang: LetterLang, name: str
) -> None:
    it = write(KNOWN[lang, name])
    assert it.status in ("draft", "machine")
    assert it.banner
    assert it.banner not in it.text
    assert it.advice not in it.text


FIELDS = sorted(EMPTY)


@given(
    which=st.sampled_from(sorted(KNOWN)),
    blank=st.sets(st.sampled_from(FIELDS)),
    law=st.sampled_from(LAWS),
)
def test_whatever_is_missing_a_letter_is_whole_or_refused(
    which: tuple[LetterLang, str], blank: set[str], law: str
) -> None:
    changed = {"law": law, **{field: EMPTY[field] for field in blank}}
    it: Written | None = None
    message = ""
    try:
        it = write(KNOWN[which], **changed)
    except BadInput as refused:
        message = refused.message
    if it is None:
        assert blank
        assert " cannot be written without " in message
        assert "\n" not in message
        return
    for text in (it.subject, *it.paragraphs):
        assert "{" not in text
        assert text.strip() == text != ""
    if "name" not in blank:
        assert "Jana Müller" in it.text
    if "own_words" in blank:
        assert ABOUT["own_words"] not in it.text


# What people typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Jana\r\nBcc: x@example.org", "Jana Bcc: x@example.org"),
        ("Jana\x00\x1b[31m Müller", "Jana [31m Müller"),
        ("Jana \u202egnp.exe", "Jana gnp.exe"),
        ("Jana\u2028Anna\u2029Müller", "Jana Anna Müller"),
        ("  Jana \t Müller ", "Jana Müller"),
        ("Ju\u0308rgen", "Jürgen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("{signature} {account}", "{signature} {account}"),
        ("\ud800Jana", "Jana"),
    ],
)
def test_a_name_stays_on_its_line_and_in_its_place(typed: str, shown: str) -> None:
    it = write(letter("I am {name}."), name=typed)
    assert it.paragraphs == (f"I am {shown}.",)
    assert it.sender[0] == shown


def test_own_words_keep_their_lines_and_lose_what_is_hidden() -> None:
    typed = "One.\r\n\r\n\r\n  Two \u202eowt.\x07\n{email}\n"
    assert write(letter("{own_words}"), own_words=typed).paragraphs == (
        "One.\n\nTwo owt.\n{email}",
    )


@pytest.mark.parametrize("field", ["name", "account", "own_words", "reason", "address", "article"])
def test_what_is_too_long_is_refused_and_nothing_is_cut(field: str) -> None:
    for size in (6001, 100_000):
        with pytest.raises(BadInput, match=r"at most \d+ characters"):
            write(letter("x"), **{field: "x" * size})


def test_a_letter_lists_no_more_than_a_hundred_addresses() -> None:
    many = tuple(f"https://example.org/{n}" for n in range(101))
    assert write(letter("{urls}"), urls=many[:100]).paragraphs[0].count("\n") == 99
    with pytest.raises(BadInput, match="at most 100, these are 101"):
        write(letter("x"), urls=many)


@given(st.text(max_size=150))
def test_no_name_whatever_starts_a_line(name: str) -> None:
    try:
        it = write(letter("I am {name}.", "{signature}"), name=name)
    except BadInput:
        return
    assert len(it.paragraphs[0].splitlines()) == 1
    assert len(it.paragraphs[1].splitlines()) == 2


# Around the letter --------------------------------------------------------------------------------


def test_a_reviewed_letter_has_no_banner_and_every_letter_has_the_advice() -> None:
    it = write(letter("x"))
    assert (it.banner, it.advice) == ("", "Information, not legal advice.")
    german = write(letter("x", status="draft", by=""), lang="de")
    assert german.banner.startswith("Entwurf: ")
    assert german.advice == "Information, keine Rechtsberatung."
    machine = write(letter("x", status="machine", by=""), lang="fr")
    assert machine.banner.startswith("Traduit par une machine")
    assert write(letter("x", status="draft", by=""), lang="pt").banner.startswith("Draft: ")


def codes(it: Any) -> list[str]:
    """The codes of what a letter warns of, by its English words."""
    return [code for code in WARNINGS if WORDS.warning[code]["en"] in it.warnings]


@pytest.mark.parametrize(
    ("changed", "warned"),
    [
        ({}, []),
        ({"own_words": ""}, ["no-own-words"]),
        ({"own_words": " \n "}, ["no-own-words"]),
        ({"own_words": "I do not like it."}, ["few-own-words"]),
        ({"own_words": "", "needs_grounds": False}, []),
        ({"read": "relayed"}, ["law-not-seen"]),
        ({"read": "no"}, ["law-not-seen"]),
        ({"read": "no", "law": ""}, []),
        ({"adult": False}, ["under-age"]),
    ],
)
def test_what_is_warned_of(changed: dict[str, Any], warned: list[str]) -> None:
    own = Paragraph(text="{own_words}", when=["own-words"])
    it = write(letter("x", own), **changed)
    assert codes(it) == warned
    assert len(it.warnings) == len(warned)


def test_own_words_are_not_translated_and_that_is_said() -> None:
    own = Paragraph(text="{own_words}", when=["own-words"])
    it = write(letter("x", own), lang="de")
    assert it.warnings == (WORDS.warning["own-words-not-translated"]["de"],)
    assert write(letter("x"), lang="de").warnings == ()


def test_the_lines_of_a_letter_by_post() -> None:
    it = write(letter("x", lang="de"), to=("Merrion Road\r\nDublin 4", " ", "Ireland"))
    assert it.sender == ("Jana Müller", "Lindenweg 3", "80331 München")
    assert it.recipient == (
        "Meta Platforms Ireland Limited",
        "Merrion Road",
        "Dublin 4",
        "Ireland",
    )
    assert it.day == "26. November 2026"


def test_only_an_authority_is_told_where_somebody_lives() -> None:
    assert "Lindenweg" not in write(letter("{signature}")).text
    told = write(letter("{signature}", id="complaint")).paragraphs[0]
    assert told == "Jana Müller\nLindenweg 3\n80331 München\njana@example.org"


def test_side_by_side_is_the_letter_that_is_sent_and_the_one_that_is_read() -> None:
    theirs, yours = write(letter("x")), write(letter("y", lang="de"))
    assert side_by_side(theirs, yours) == (theirs, yours)
    assert side_by_side(theirs, theirs) == (theirs,)


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LETTER_LANGS)
@pytest.mark.parametrize("row", SAID["cited"], ids=lambda row: row["article"])
def test_an_article_is_cited_as_the_language_does(row: dict[str, str], lang: LetterLang) -> None:
    assert cited(row["article"], lang, WORDS) == row[lang]


@pytest.mark.parametrize("lang", LETTER_LANGS)
@pytest.mark.parametrize("row", SAID["day"], ids=lambda row: str(row["day"]))
def test_a_day_in_words(row: dict[str, Any], lang: LetterLang) -> None:
    assert said(row["day"], lang, WORDS) == row[lang]
    assert said(None, lang, WORDS) == ""


@pytest.mark.parametrize(
    ("lang", "written_in"),
    [
        ("en", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("FR", "fr"),
        ("es", "es"),
        ("pt", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_letter(lang: str, written_in: str) -> None:
    assert letter_lang(lang) == written_in


def test_the_lists_are_closed_and_used() -> None:
    used = {
        when.removeprefix("not-")
        for one in KNOWN.values()
        for p in one.paragraph
        for when in p.when
    }
    assert used <= set(CONDITIONS)
    assert ENTITLED["act"] in CONDITIONS
