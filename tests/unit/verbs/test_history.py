"""Which tokens are asked about, and what is refused before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.verbs.history import Watched, columns_said, operators, replay, tokens_asked


def test_without_a_choice_it_is_what_training_has_to_do_with(knowledge: Knowledge) -> None:
    asked = tokens_asked(Watched(folder=Path()), knowledge)
    assert {"GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended"} <= set(asked)
    assert "OAI-SearchBot" not in asked
    assert "facebookexternalhit" not in asked
    assert list(asked) == sorted(asked, key=str.lower)


def test_all_are_all(knowledge: Knowledge) -> None:
    asked = tokens_asked(Watched(folder=Path(), every_token=True), knowledge)
    assert len(asked) == len(knowledge.crawlers) > 200


def test_a_company_is_asked_by_all_its_tokens(knowledge: Knowledge) -> None:
    asked = tokens_asked(Watched(folder=Path(), actor="openai"), knowledge)
    assert {"GPTBot", "OAI-SearchBot", "ChatGPT-User"} <= set(asked)
    assert set(operators(asked, knowledge.crawlers).values()) == {"openai"}


def test_named_tokens_keep_their_spelling_and_need_not_be_known(knowledge: Knowledge) -> None:
    asked = tokens_asked(Watched(folder=Path(), tokens=("gptbot", "My-Bot", "*")), knowledge)
    assert asked == ("gptbot", "My-Bot", "*")
    assert operators(asked, knowledge.crawlers) == {"gptbot": "openai"}


@pytest.mark.parametrize("token", ["GPT Bot", "Bot/1.2", "", "ä"])
def test_what_is_no_token_is_refused(knowledge: Knowledge, token: str) -> None:
    with pytest.raises(BadInput, match="no product token"):
        tokens_asked(Watched(folder=Path(), tokens=(token,)), knowledge)


def test_a_company_without_a_token_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(BadInput, match="has no product token"):
        tokens_asked(Watched(folder=Path(), actor="anyone"), knowledge)


def test_an_empty_folder_says_how_it_should_look(knowledge: Knowledge, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadInput) as why:
            replay(Watched(folder=folder), knowledge)
        assert "SITE/DATE.txt" in why.value.tip


def test_columns_are_pairs() -> None:
    assert columns_said("site=host, date=day") == {"site": "host", "date": "day"}
    assert columns_said("") == {}


@pytest.mark.parametrize("said", ["site", "site=", "host=site", "=x"])
def test_other_columns_are_refused(said: str) -> None:
    with pytest.raises(BadInput, match="--columns"):
        columns_said(said)
