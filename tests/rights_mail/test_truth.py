"""The truth about the mailboxes fits their files, and they hold what they are to hold.

Says nothing of how replies are read: that is measured elsewhere, against this truth.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from withhold.law_facts import ACTS
from withhold.rights_facts import LETTER_LANGS, OUTCOMES

HERE = Path(__file__).parent
BOXES: list[dict[str, Any]] = tomllib.loads((HERE / "truth.toml").read_text(encoding="utf-8"))[
    "mailbox"
]
REFERENCE = re.compile(r"WH-[2-9A-HJKMNP-TV-Z]{6}")


def files(box: dict[str, Any]) -> set[Path]:
    """The mail files of a mailbox."""
    return {
        path
        for name in box["files"]
        for path in ([HERE / name] if (HERE / name).is_file() else (HERE / name).glob("*.eml"))
    }


def test_sixty_mailboxes_fifteen_in_each_language_two_of_them_hard() -> None:
    assert Counter(box["lang"] for box in BOXES) == dict.fromkeys(LETTER_LANGS, 15)
    assert len({box["id"] for box in BOXES}) == 60
    hard = Counter(box["lang"] for box in BOXES if box["hard"])
    assert all(hard[lang] >= 2 for lang in LETTER_LANGS)


def test_every_mail_file_is_in_the_truth_and_the_other_way_round() -> None:
    told = [path for box in BOXES for path in files(box)]
    later = {HERE / "second", HERE / "third"}
    ours = [path for path in HERE.rglob("*") if not later & set(path.parents)]
    there = {path for path in ours if path.suffix in (".eml", ".mbox")}
    assert len(told) == len(set(told))
    assert set(told) == there


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box["id"])
def test_every_message_is_told_once(box: dict[str, Any]) -> None:
    there: set[tuple[str, int]] = set()
    for path in files(box):
        count = 1
        if path.suffix == ".mbox":
            count = len(re.findall(rb"^From ", path.read_bytes(), re.MULTILINE))
        there |= {(path.relative_to(HERE).as_posix(), n + 1) for n in range(count)}
    told = [(one["file"], one["n"]) for one in box["message"]]
    assert sorted(told) == sorted(there)


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box["id"])
def test_only_words_of_the_closed_lists(box: dict[str, Any]) -> None:
    ids = {case["id"] for case in box["case"]}
    for case in box["case"]:
        assert REFERENCE.fullmatch(case["id"])
        assert case["act"] in ACTS
        assert case["sent"].startswith("<")
        assert all(domain.endswith(".example") for domain in case["domains"])
    for one in box["message"]:
        assert one["case"] in {*ids, "none", "doubtful"}
        assert one.get("could_be", next(iter(ids))) in ids
        assert {one["outcome"], *one.get("also", [])} <= {"", *OUTCOMES}


def test_every_outcome_in_every_language() -> None:
    told = {
        (box["lang"], one["outcome"])
        for box in BOXES
        for one in box["message"]
        if one["case"].startswith("WH-")
    }
    assert {(lang, outcome) for lang in LETTER_LANGS for outcome in OUTCOMES} <= told


def test_only_reserved_domains() -> None:
    for path in (path for box in BOXES for path in files(box)):
        for found in re.findall(rb"@[\w.-]+\.(\w+)", path.read_bytes().replace(b"=\r\n", b"")):
            assert found in (b"example", b"test"), (path.name, found)
