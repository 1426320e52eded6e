"""Each of our words for flips has its phrase; places are named shortly."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.unit import made
from withhold.faces.report.flips import _places, words_of
from withhold.verbs.flip_rules import UNMET
from withhold.verbs.flips import What
from withhold.words import LANGS, Answer


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_of_the_answer_has_its_phrase(lang: str) -> None:
    wanted = [f"what_{one}" for one in get_args(What)]
    wanted += [f"answer_{one}" for one in (*get_args(Answer), "not-asked")]
    wanted += [f"broken_{one}" for one in UNMET]
    assert [one for one in wanted if one not in words_of(lang)] == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["GB"], "GB"),
        (["DE", "FR"], "EU"),
        (["DE", "FR", "US-PA"], "EU, US-PA"),
        (["DE", "FR", "GB"], "every place but US"),
        (["DE", "GB"], "DE, GB"),
        (["DE", "FR", "GB", "US", "US-PA"], "every place"),
        (["GB", "US", "US-PA"], "every place but EU"),
        (["US", "US-PA"], "US"),
        (["US-PA"], "US-PA"),
        (["US"], "US"),
    ],
)
def test_places_are_named_shortly(codes: list[str], said: str) -> None:
    assert _places(codes, words_of("en"), made.places()) == said
