"""Each of our words for a corpus has its phrase, and no phrase is left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import withhold
from withhold.faces.report.corpus_said import words_of
from withhold.traces.corpus.found import Rung, Unfit
from withhold.traces.corpus.trouble import Why
from withhold.words import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_every_rung_and_every_trouble_has_its_phrase(lang: str) -> None:
    words = words_of(lang)
    wanted = [f"{kind}_{one}" for one in get_args(Rung) for kind in ("rung", "means")]
    wanted += [f"why_{one}" for one in get_args(Why)]
    wanted += [f"refused_{one}" for one in get_args(Unfit)]
    assert [one for one in wanted if one not in words] == []


def test_no_phrase_is_left_over() -> None:
    faces = Path(withhold.__file__).parent / "faces"
    code = "".join(one.read_text(encoding="utf-8") for one in faces.rglob("*corpus*.py"))
    known = {f"why_{one}" for one in get_args(Why)}
    known |= {f"{kind}_{one}" for one in get_args(Rung) for kind in ("rung", "means")}
    known |= {f"refused_{one}" for one in get_args(Unfit)}
    made = ("about_", "head_", "refused_more", "unread_more")
    left = [
        key
        for key in words_of("en")
        if key not in known
        and not key.startswith(made)
        and not re.search(f"[\"']{re.sub('_(one|many)$', '', key)}[\"']", code)
        and not re.search(f"[\"']{key}[\"']", code)
    ]
    assert left == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_gives_a_verdict_or_false_assurance(lang: str) -> None:
    text = " ".join(words_of(lang).values()).lower()
    words = (
        "stolen",
        "illegal",
        "protected",
        "violat",
        "safe ",
        "gestohlen",
        "illegal",
        "sicher ist",
    )
    assert [one for one in words if one in text] == []
    said = words_of(lang)["not_found"]
    assert ("does not show" in said) or ("zeigt nicht" in said)
