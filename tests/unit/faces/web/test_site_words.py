"""Words of closed lists: whatever comes of a site has its sentence, in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from withhold.faces.report.alike import STANDINGS
from withhold.faces.web.site_heeds import Heeding
from withhold.faces.web.site_plan import ALSO
from withhold.faces.web.site_signals import Says
from withhold.faces.web.words import words_of
from withhold.reach import undo
from withhold.reach.fetched import Why
from withhold.signals.wish import NAMED
from withhold.words import LANGS, Answer, Strength

NEEDED = {
    "why": get_args(Why),
    "count": STANDINGS,
    "group": STANDINGS,
    "wish": (*NAMED, *(f"{one}_about" for one in NAMED)),
    "also": ALSO,
    "heeds": get_args(Heeding),
    "says": get_args(Says),
    "silent": ("none", "read", "not-asked", "unread"),
    "run": get_args(undo.State),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("list_", NEEDED)
def test_every_word_of_a_closed_list_is_said(lang: str, list_: str) -> None:
    words = words_of("site", lang)
    assert [one for one in NEEDED[list_] if not words.get(f"{list_}_{one}")] == []


def test_every_answer_and_strength_has_its_place_in_the_order() -> None:
    answers = [one for one in get_args(Answer) if one != "disallowed"]
    assert sorted(STANDINGS) == sorted([*answers, *get_args(Strength)])


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_called_safe(lang: str) -> None:
    said = " ".join(words_of("site", lang).values()).lower()
    for word in ("protected", "safe", "geschützt", "sicher "):
        assert word not in said
