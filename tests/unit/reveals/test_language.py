"""The language of a text: four are told apart, the rest is other, short ones are not guessed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from withhold.reveals import language_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("This is my house and I like living here very much.", "en"),
        ("Das ist mein Haus und ich wohne sehr gerne hier.", "de"),
        ("C'est ma maison et j'aime beaucoup vivre ici.", "fr"),
        ("Esta es mi casa y me gusta mucho vivir aquí.", "es"),
        ("Questa è la mia casa e mi piace molto vivere qui.", "other"),
        ("これは私の家です。ここに住むのがとても好きです。", "other"),
    ],
)
def test_the_language(text: str, lang: str) -> None:
    told, share = language_of(text)
    assert told == lang
    assert 0.5 < share <= 1


@pytest.mark.parametrize("text", ["", "   ", "hola", "I work at Siemens", " " * 50 + "hello"])
def test_a_short_text_is_not_guessed(text: str) -> None:
    assert language_of(text) == ("", 0.0)


def test_nothing_heavy_is_loaded_before_it_is_asked() -> None:
    code = "import sys, withhold.reveals; print('numpy' in sys.modules, 'py3langid' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]
