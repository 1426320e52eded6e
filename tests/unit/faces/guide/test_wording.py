"""The words of the closed lists: each value has one, in each language, and no two share one."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from withhold.catalog.load import default_root, load
from withhold.claims import Claim
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.wording import Wording, wording
from withhold.facts import Control, Shield, Verified
from withhold.site_facts import Crawler, Honours
from withhold.verbs.change import Effect
from withhold.verbs.compare import May, Way
from withhold.words import (
    AccountKind,
    ControlKind,
    Coverage,
    Default,
    Purpose,
    Read,
    Says,
    TokenKind,
)


def values_of(closed: Any) -> set[str]:
    """The values of a Literal, also where a description is annotated to it."""
    literal = next((one for one in get_args(closed) if get_args(one)), closed)
    return set(get_args(literal)) - {""}


def of_field(struct: type, name: str) -> Any:
    return get_type_hints(struct)[name]


LISTS = {
    "may": May,
    "way": Way,
    "control": ControlKind,
    "token": TokenKind,
    "purpose": Purpose,
    "honours": of_field(Honours, "says"),
    "read": Read,
    "says": Says,
    "default": Default,
    "covers": Coverage,
    "effect": of_field(Control, "effect"),
    "scope": of_field(Control, "scope"),
    "held": of_field(Claim, "held"),
    "stance": of_field(Shield, "stance"),
    "verified": of_field(Verified, "how"),
    "status": of_field(Crawler, "status"),
    "account": AccountKind,
    "graded": Effect,
}
REFUSED = re.compile(
    r"protected|\bsafe\b|illegal|violat|score|geschützt|sicher\b|eingewilligt",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", params=["en", "de"])
def word(request: pytest.FixtureRequest) -> Wording:
    root = default_root()
    known = load(root, platforms=[], crawlers=False)
    return Edition(request.param, date(2026, 11, 25), known, root).word


@pytest.mark.parametrize("name", LISTS)
def test_every_value_of_a_closed_list_has_its_word(word: Wording, name: str) -> None:
    values = values_of(LISTS[name])
    said = getattr(word, name)
    assert set(said) >= values
    assert all(said[one].strip() for one in values)


@pytest.mark.parametrize("name", LISTS)
def test_and_nothing_else_has(word: Wording, name: str) -> None:
    assert set(getattr(word, name)) <= values_of(LISTS[name])


def test_within_a_list_no_two_values_read_the_same(word: Wording) -> None:
    for name in LISTS:
        said = getattr(word, name)
        assert len(set(said.values())) == len(said), name


def test_no_word_promises_or_accuses(word: Wording) -> None:
    for name in word.__struct_fields__:
        for said in getattr(word, name).values():
            assert not REFUSED.search(said), said


def test_both_languages_are_not_the_same() -> None:
    """A message that was not translated would stand in English on a German page."""
    known, root = load(default_root(), platforms=[], crawlers=False), default_root()
    english, german = (Edition(one, date(2026, 11, 25), known, root).word for one in ("en", "de"))
    alike = {"robots.txt", "Workspace", "Chat", "workspace", "chat"}
    for name in LISTS:
        for value, said in getattr(english, name).items():
            other = getattr(german, name)[value]
            assert other != said or said in alike, (name, value, said)


def test_words_come_from_whoever_translates() -> None:
    loud = wording(str.upper)
    for name in Wording.__struct_fields__:
        assert all(said == said.upper() for said in getattr(loud, name).values()), name
