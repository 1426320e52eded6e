"""Phrases of replies can be read and mean one thing; next steps are said in every language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root

WORDS, STEPS = "reply-words.toml", "next-steps.toml"


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the words of replies and of next steps as they are."""
    for file in (WORDS, STEPS):
        shutil.copy(default_root() / file, made_root / file)
    return made_root


def test_what_is_there_has_no_finding(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (WORDS, '"opted ... out"', '"... out"', "`...` stands between words"),
        (WORDS, '"opted ... out"', '"out?"', "fits anything"),
        (WORDS, '"opted ... out"', '"opted (out)"', "'(out)' is no word"),
        (WORDS, '"opted ... out"', '"cannot opt"', "write `can not`"),
        (WORDS, '"opted ... out"', '"working on"', "stands for phrase."),
        (WORDS, "[phrase.bounce]", "[phrase.bounced]", "bounced: is no outcome"),
        (WORDS, "[phrase.bounce]", "[phrase.bounced]", "bounce: no phrases"),
        (WORDS, "granted-future-only = [", "granted-soon = [", "claim.granted-soon: is no outcome"),
        (WORDS, '"not-bound"', '"not-bond"', "idea.fr: bond: a claim names it"),
        (WORDS, '"not-exception"', '"not-find !record"', "idea.es: exception: no claim names it"),
        (WORDS, '"not-bound"', '"!find"', "claim.refuses-no-such-law: '!find': no idea in it"),
        (WORDS, '"went through"', '"... through"', "search: '... through': `...` stands between"),
        (STEPS, 'de = "Diese Anfrage ist abgeschlossen."', 'de = " "', "done: step: no text in de"),
        (STEPS, "Bis {by} ist Zeit", "Es ist Zeit", "wait: step: de: other gaps than en"),
        (STEPS, "after-reminder = 7", "after-reminder = 0", "days: not between 1 and 366"),
        (STEPS, "granted = {", "granted-all = {", "granted: has no words"),
    ],
)
def test_one_change_one_finding(root: Path, file: str, old: str, new: str, said: str) -> None:
    assert any(said in one and one.startswith(file) for one in found(root, (file, old, new)))


def test_an_idea_that_one_language_lacks_is_found(root: Path) -> None:
    path = root / WORDS
    text = path.read_text(encoding="utf-8")
    at = text.index("\nbound = [", text.index("[idea.fr]"))
    path.write_text(text[:at] + text[text.index("\n", at + 1) :], encoding="utf-8")
    assert any(
        "idea.fr: bound: a claim names it, and it is not there" in one for one in found(root)
    )


def test_a_language_that_lacks_phrases_is_found(root: Path) -> None:
    path = root / WORDS
    text = path.read_text(encoding="utf-8")
    start = text.index("[phrase.automatic]")
    at = text.index("\nes = [", start)
    path.write_text(text[:at] + "\nes = []\n", encoding="utf-8")
    assert any("phrase.automatic: no phrases in es" in one for one in found(root))
