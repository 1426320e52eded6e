"""Each of our words for access logs has its phrase, and no phrase is left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import withhold
from withhold.faces.report.logs_said import LIMITS
from withhold.faces.report.logs_telling import words_of
from withhold.traces.logs.line import Why
from withhold.traces.logs.seen import Claim, Standing
from withhold.words import LANGS, Purpose


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_of_the_answer_has_its_phrase(lang: str) -> None:
    words = words_of(lang)
    wanted = [f"purpose_{one}" for one in get_args(Purpose)]
    wanted += [f"claim_{one}" for one in get_args(Claim)]
    wanted += [f"n_{one}" for one in get_args(Claim)]
    wanted += [f"standing_{one}" for one in get_args(Standing)]
    wanted += [f"why_{one}" for one in get_args(Why)]
    wanted += [f"limit_{one}" for one in (*LIMITS, "names")]
    assert [one for one in wanted if one not in words] == []


def test_no_phrase_is_left_over() -> None:
    """Every key is written in the code that speaks of logs, or made of a word of ours."""
    faces = Path(withhold.__file__).parent / "faces"
    code = "".join(one.read_text(encoding="utf-8") for one in faces.rglob("*logs*.py"))
    made = ("purpose_", "claim_", "n_", "standing_", "limit_", "col_", "why_", "note_", "chart_")
    made += ("sum_", "broken_", "from_")
    left = [
        key
        for key in words_of("en")
        if not key.startswith(made) and not re.search(f"[\"']{key.removesuffix('_one')}[\"']", code)
    ]
    assert left == []
