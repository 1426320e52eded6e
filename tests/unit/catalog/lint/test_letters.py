"""Letters with a gap, a threat, a claimed review or a paragraph less are found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root

WORDS, GROUNDS = "letter-words.toml", "grounds.toml"
EN, DE = "letters/en/access.toml", "letters/de/access.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the real letters in English and German."""
    for lang in ("en", "de"):
        shutil.copytree(default_root() / "letters" / lang, made_root / "letters" / lang)
    # the clean folder is looked at on a day of 2024, when these letters were not written yet
    for path in (made_root / "letters").rglob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("on = 2026-11-26", "on = 2024-06-01")
        path.write_text(text, encoding="utf-8")
    for file in (WORDS, GROUNDS):
        shutil.copy(default_root() / file, made_root / file)
    return made_root


def said(root: Path) -> list[str]:
    """The findings of this check, without the number of the line."""
    lines = found(root)
    assert all(line.endswith(" [letters]") for line in lines)
    return [line.replace(":1: ", ": ").removesuffix(" [letters]") for line in lines]


def test_the_letters_have_no_finding(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        (DE, 'lang = "de"', 'lang = "fr"', "lang: it lies in the folder `de`"),
        (
            DE,
            'status = "draft"',
            'status = "reviewed"',
            "by: who reviewed it is named where it is reviewed, and only there",
        ),
        (
            DE,
            'status = "draft"',
            'status = "draft"\nby = "me"',
            "by: who reviewed it is named where it is reviewed, and only there",
        ),
        (DE, "on = 2024-06-01", "on = 2999-01-01", "on: the day of its status has not come"),
        (DE, "Sehr geehrte Damen und Herren,", "{nothing},", "`{nothing}` is no placeholder"),
        (DE, "Sehr geehrte", "Sehr { geehrte", "a brace that is no gap: 'Sehr { geehrte Damen"),
        (DE, "Sehr geehrte Damen", "Illegal! Sehr geehrte Damen", "says 'illegal'"),
        (DE, '"not-gdpr"', '"not-rainy"', "when: `not-rainy` is no condition"),
        (DE, "Sehr geehrte Damen und Herren,", "  ", "a paragraph is blank"),
        (DE, " [{reference}]", "", "subject: it has no {reference}, by which an answer is known"),
        (DE, " [{reference}]", "", "subject: other gaps than en"),
        (DE, "{signature}", "{name}", "its last paragraph has no {signature}"),
        (DE, "mein Antrag nach {article}", "mein Antrag", "asked: other gaps than en"),
        (DE, "{account_url}", "hier", "paragraph 5: other conditions or gaps than en"),
        (
            DE,
            '[[paragraph]]\ntext = "Sehr geehrte Damen und Herren,"\n',
            "",
            "17 paragraphs, en has 18",
        ),
    ],
)
def test_what_is_wrong_in_a_letter_is_found(
    root: Path, file: str, old: str, new: str, finding: str
) -> None:
    folder.change(root, file, old, new)
    assert any(line.startswith(f"{file}: {finding}") for line in said(root)), said(root)


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        (WORDS, "[banner.machine]", "[banner.other]", "banner: one for each status that is not"),
        (WORDS, "[warning.under-age]", "[warning.tired]", "warning: one for each that is known"),
        (
            WORDS,
            '\nes = "Usted indica que es menor',
            '\nes = " "\nfi = "',
            "warning.under-age: nothing in es",
        ),
        (WORDS, '"Januar", ', "", "months: not twelve in de"),
        (WORDS, 'de = "{day}. {month} {year}"', 'de = "{day}. {year}"', "day: other gaps"),
        (WORDS, '\nfr = "Information, pas un conseil juridique."', "", "advice: nothing in fr"),
        (GROUNDS, 'id = "voice"', 'id = "works"', "question: ids are different"),
        (GROUNDS, 'id = "voice"', 'id = "free"', "question: ids are different"),
    ],
)
def test_what_is_missing_around_letters_is_found(
    root: Path, file: str, old: str, new: str, finding: str
) -> None:
    folder.change(root, file, old, new)
    lines = said(root)
    assert lines
    assert all(line.startswith(f"{file}: ") for line in lines)
    assert any(line.startswith(f"{file}: {finding}") for line in lines)


def test_a_letter_that_is_not_in_every_language_is_found(root: Path) -> None:
    (root / "letters/de/reminder.toml").unlink()
    assert said(root) == ["letters/de: `reminder` is not in every language"]


def test_an_act_without_a_letter_is_found(root: Path) -> None:
    for lang in ("en", "de"):
        (root / f"letters/{lang}/access.toml").unlink()
    assert said(root) == ["letters/en: no letter for the act `access`"]


def test_a_later_letter_has_no_words_for_what_was_asked(root: Path) -> None:
    folder.change(root, EN, 'asked = "my', 'asked = " "\nnote = { en = "my')
    text = (root / EN).read_text(encoding="utf-8").replace('AI training"\n\n', 'AI training" }\n\n')
    (root / EN).write_text(text, encoding="utf-8")
    assert f"{EN}: asked: later letters need it of an act, and of nothing else" in said(root)
