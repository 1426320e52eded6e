"""Meta's mojibake: what was garbled comes back, and no character of clean text is changed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import ftfy
import pytest

from withhold.exports.meta_text import as_it_is, garbled, mender, repaired
from withhold.exports.notes import Notes
from withhold.exports.parts import Files

# Twelve scripts: letters, and the marks that people write between them.
SCRIPTS = {
    "latin": ("abcdefghijklmnopqrstuvwxyzàâäæçéèêëíîïñóôöœßúûüÿÀÂÃÉÈÊÜÑ", "«»¿¡°®©·…’“”–"),
    "greek": ("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ", "·;«»"),
    "cyrillic": ("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", "«»№—"),
    "armenian": ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "՝՞։"),
    "hebrew": ("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", "־״׳"),
    "arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآ", "،؛؟"),
    "devanagari": ("अआइईउऊएऐओऔकखगघचछजझटठडढतथदधनपफबभमयरलवशषसहािीुूेैोौ्", "।॥"),
    "thai": ("กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮะาิีึืุูเแโใไ่้", "ฯๆ"),
    "georgian": ("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "„“"),
    "hangul": ("가나다라마바사아자차카타파하한국어글말좋은날", "·…"),
    "kana-han": ("あいうえおかきくけこさしすせそアイウエオカ日本語中文字漢学校", "、。「」"),
    "emoji": ("😀🎉❤👍🏽🇩🇪👨👩👧🌍🔥✨🙏", "\u200d\ufe0f"),
}


def texts(script: str, how_many: int, seed: int) -> Iterator[str]:
    """Clean texts of 1 to 8 words; some have digits, spaces that do not break, an address."""
    letters, marks = SCRIPTS[script]
    dice = random.Random(f"{script} {seed}")  # noqa: S311
    for _ in range(how_many):
        words = [
            "".join(dice.choices(letters, k=dice.randint(1, 9)))
            + (dice.choice(marks) if dice.random() < 0.3 else "")
            for _ in range(dice.randint(1, 8))
        ]
        if dice.random() < 0.2:
            words.append(dice.choice(["2026", "https://a.example/b?c=d", "OK \\u00e9", '"so"']))
        yield dice.choice([" ", " ", "\u00a0", "\n"]).join(words)


def as_meta_writes(text: str) -> str:
    return "".join(chr(byte) for byte in text.encode("utf-8"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_character_of_clean_text_is_changed(script: str, tmp_path: Path) -> None:
    """12 times 8,400 texts: in files as a sound writer has them, escaped and not."""
    changed = []
    for number in range(12):
        clean = list(texts(script, 700, number))
        for name, ascii_only in (("raw", False), ("escaped", True)):
            body = json.dumps(clean, ensure_ascii=ascii_only)
            (tmp_path / f"{name}.json").write_text(body, encoding="utf-8")
        with Files([tmp_path], Notes()) as files:
            for name in ("raw.json", "escaped.json"):
                mend = mender(files, name)
                changed += [text for text in clean if mend(text) != text]
    assert changed == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_meta_garbled_comes_back(script: str, tmp_path: Path) -> None:
    clean = list(texts(script, 2000, 99))
    (tmp_path / "a.json").write_text(json.dumps([as_meta_writes(text) for text in clean]))
    with Files([tmp_path], Notes()) as files:
        mend = mender(files, "a.json")
    assert [mend(text) for text in json.loads((tmp_path / "a.json").read_text())] == clean


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name != "latin"])
def test_ftfy_reads_the_same(script: str) -> None:
    """Where ftfy, which guesses from what text looks like, changes a garbled string, it agrees.

    It leaves some alone that look like text to it; those it does not count against us.
    """
    agree = 0
    for text in texts(script, 150, 7):
        found = ftfy.fix_encoding(as_meta_writes(text))
        if found != as_meta_writes(text) and found == ftfy.fix_encoding(found):
            agree += repaired(as_meta_writes(text)) == found
    assert agree >= 100


@pytest.mark.parametrize(
    ("body", "is_garbled"),
    [
        ('["Feliz A\\u00c3\\u00b1o \\u00f0\\u009f\\u008e\\u0089"]', True),
        ('["plain"]', True),
        ('["Ã©"]', False),  # raw: written by a sound writer
        ('["\\u00c3\\u00a9", "\\u20ac"]', False),  # an escape above \u00ff
        ('["\\u00c3\\u00a9", "caf\\u00e9", "ni\\u00f1o"]', False),  # Latin-1 escaped
        ('["\\u00C3\\u00A9", "caf\\u00C3\\u00A9", "cut \\u00c3"]', True),  # one cut text
        ('["C:\\\\users and \\u00c3\\u00a9"]', True),  # a backslash before a u is no escape
        ('["NESTL\\u00c9\\u00ae"]', True),  # not decidable, as the docstring says
        ("", True),
    ],
)
def test_the_file_decides(body: str, is_garbled: bool) -> None:
    assert garbled(body.encode()) is is_garbled


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Jos\u00c3\u00a9", "José"),
        ("José", "José"),
        ("Ж \u00c3\u00a9", "Ж \u00c3\u00a9"),  # a genuine character above U+00FF
        ("José \u00c3\u00a9", "José \u00c3\u00a9"),  # as a whole no UTF-8
        ("\u00c3\u0083\u00c2\u00a9", "Ã©"),  # what somebody wrote as Ã©, garbled once
        ("cut \u00f0\u009f\u0098", "cut \u00f0\u009f\u0098"),
        ("\u00ed\u00a0\u0080", "\u00ed\u00a0\u0080"),  # half a surrogate is no UTF-8
        ("\ud83d", "\ud83d"),
        ("", ""),
    ],
)
def test_a_string_of_a_garbled_file(text: str, meant: str) -> None:
    assert repaired(text) == meant


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    with Files([tmp_path], Notes()) as files:
        assert mender(files, "none.json") is repaired
    (tmp_path / "a.json").write_text('["Ж"]', encoding="utf-8")
    with Files([tmp_path], Notes()) as files:
        assert mender(files, "a.json") is as_it_is
