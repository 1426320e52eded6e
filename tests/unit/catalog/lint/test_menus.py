"""Words of menus and sentences of steps stand in every language, whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root

MENUS, STEPS = "menu-words.toml", "step-words.toml"
FORBIDDEN = '\n[forbidden]\nen = ["delete", "pay"]\nde = ["löschen"]\n'
WORDS = """\
[on]
en = ["On"]
de = ["An"]

[off]
en = ["Off"]
de = ["Aus"]
{forbidden}
[login]
en = ["Log in to ..."]
de = ["... anmelden"]

[password]
en = ["Your password"]
de = ["Ihr Passwort"]

[challenge]
en = ["I am no robot"]
de = ["Kein Roboter"]
"""


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with words of menus and the sentences of steps."""
    (made_root / MENUS).write_text(WORDS.format(forbidden=FORBIDDEN), encoding="utf-8")
    shutil.copy(default_root() / STEPS, made_root / STEPS)
    return made_root


def test_words_in_every_language_have_no_finding(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('de = ["löschen"]\n', "", "forbidden: no words in de"),
        ('de = ["löschen"]', "de = []", "forbidden: no words in de"),
        ('de = ["Aus"]\n', "", "off: no words in de"),
        ('"pay"', '" "', "forbidden: ' ' fits nothing"),
        ("... anmelden", "Bei ... anmelden", "login: 'Bei ... anmelden' fits nothing"),
        ("Log in to ...", "Log … in", "login: 'Log … in' fits nothing"),
        ("I am no robot", "...", "challenge: '...' fits nothing"),
    ],
)
def test_a_word_that_is_missing_or_fits_nothing_is_found(
    root: Path, old: str, new: str, said: str
) -> None:
    folder.change(root, MENUS, old, new)
    (line,) = found(root)
    at = folder.line(root, MENUS, f"[{said.partition(':')[0]}]")
    assert line.startswith(f"{MENUS}:{at}: {said}")
    assert line.endswith(" [menus]")


def test_a_language_of_one_table_is_missed_in_all_others(root: Path) -> None:
    folder.change(root, MENUS, 'de = ["An"]', 'de = ["An"]\nnl = ["Aan"]')
    said = [one.partition(": ")[2] for one in found(root)]
    assert said == [
        f"{table}: no words in nl [menus]"
        for table in ("off", "forbidden", "login", "password", "challenge")
    ]


def test_a_language_of_menus_has_a_name_in_every_language(root: Path) -> None:
    text = (root / MENUS).read_text(encoding="utf-8")
    (root / MENUS).write_text(text.replace("de = ", "hu = "), encoding="utf-8")
    said = [one.partition(": ")[2] for one in found(root)]
    assert said == [
        f"{lang}: languages: no word for 'hu' [menus]" for lang in ("en", "de", "fr", "es")
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('press = "Wählen Sie „{label}“."', 'press = "Wählen Sie."', "press: other gaps than en"),
        ('press = "Wählen Sie „{label}“."', 'press = " "', "press: is blank"),
        (', group = "nur für eine Gruppe" }', " }", "wants: no word for 'group'"),
        ('group = "nur für eine Gruppe"', 'group = ""', "wants: 'group' is blank"),
        ('ar = "Arabisch" }', 'ar = "Arabisch", xx = "X" }', "languages: 'xx' is not in en"),
    ],
)
def test_a_sentence_that_differs_is_found(root: Path, old: str, new: str, said: str) -> None:
    folder.change(root, STEPS, old, new)
    lines = found(root)
    at = folder.line(root, STEPS, "[de]")
    assert any(one.startswith(f"{STEPS}:{at}: de: {said}") for one in lines)
    assert all(one.endswith(" [menus]") for one in lines)
