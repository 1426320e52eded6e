"""What a letter asks of a person: what was said stands over what is saved, nothing is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.rights.case import Entitled
from withhold.rights_facts import Door
from withhold.verbs.owner import Owner
from withhold.verbs.request_asked import (
    account_there,
    asks_account,
    grounds_of,
    person_of,
    through,
)
from withhold.verbs.requests import Offer
from withhold.words import Account

SEEN = date(2026, 9, 1)
FORM = Door(kind="form", to="https://a.example/form", seen=SEEN, sources=["a"])
MAIL = Door(kind="email", to="privacy@a.example", seen=SEEN, sources=["a"])
OWNER = Owner(
    name="Ada",
    email="ada@example.org",
    accounts=(
        Account(platform="x", name="ada"),
        Account(platform="reddit", name="one", adult=False),
        Account(platform="reddit", name="two"),
    ),
)


def offer(*practices: str, grounds: bool = False) -> Offer:
    act = Entitled(
        act="object-training",
        law="gdpr-art-21",
        article="21(1)",
        controller="a",
        practices=practices,
        needs_grounds=grounds,
    )
    return Offer(act=act, controller=None, doors=(FORM, MAIL))


def test_what_is_said_stands_over_what_is_saved() -> None:
    person = person_of(OWNER, "DE", "de", email="other@example.org")
    assert (person.name, person.email) == ("Ada", "other@example.org")
    assert (person.place, person.lang, person.adult) == ("DE", "de", False)


def test_the_one_account_there_and_never_one_of_two() -> None:
    assert [account_there(OWNER, slug) for slug in ("x", "reddit", "tumblr")] == ["ada", "", ""]


@pytest.mark.parametrize(
    ("slug", "practices", "asks"),
    [("x", (), True), ("tumblr", ("tumblr/a",), True), ("openai", ("openai/a",), True)],
)
def test_an_account_is_asked_for(slug: str, practices: tuple[str, ...], asks: bool) -> None:
    assert asks_account(OWNER, slug, offer(*practices)) is asks
    assert not asks_account(OWNER, "elsewhere", offer(*practices))


def test_grounds_are_only_the_persons_own(root: Path) -> None:
    assert grounds_of(offer(), {}, root).own_words == ""
    assert grounds_of(offer(), {}, root).warning == {}
    assert grounds_of(offer(grounds=True), {}, root).warning["en"]
    assert grounds_of(offer(), {"free": "I paint."}, root).own_words == "I paint."
    with pytest.raises(BadInput, match="no question"):
        grounds_of(offer(), {"odd": "I paint."}, root)


def test_the_way_that_was_asked_for_comes_first() -> None:
    assert through(offer(), "").doors == (FORM, MAIL)
    assert through(offer(), "email").doors == (MAIL, FORM)
    with pytest.raises(BadInput, match="no postal address of a is recorded"):
        through(offer(), "post")
