"""Each grade of an address has its heading, and each trouble what to do."""

from __future__ import annotations

from typing import get_args

from withhold.faces.report.links import words_of
from withhold.verbs.link_grades import TROUBLES, Grade


def test_every_grade_has_a_heading_and_every_trouble_says_what_to_do() -> None:
    words = words_of("en")
    assert [one for one in get_args(Grade) if one not in words] == []
    assert [one for one in TROUBLES if f"do_{one}" not in words] == []
    assert TROUBLES[0] == "gone"
    assert "there" not in TROUBLES
