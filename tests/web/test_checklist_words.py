"""Every word of a list on the page is the word of ``withhold plan``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import WHEN, Opened
from tests.web.lists import (
    SEVEN,
    Person,
    eventually,
    expected,
    in_page_order,
    on_the_checklist,
    say,
)
from withhold.catalog.load import Knowledge

pytestmark = pytest.mark.long

BLOGS = {"tumblr": ("paintings", "kitchen")}
MANY = (*SEVEN, "threads", "github", "wordpress-com", "mastodon", "pinterest")
VARIANTS = (
    ("personal", "public"),
    ("personal", "followers"),
    ("business", "public"),
    ("page", "public"),
    ("minor", "public"),
    ("minor", "followers"),
)
SAMPLED = {
    ("US-PA", "en"): (0, 1, 2, 3),
    ("DE", "de"): (0, 1, 2, 4),
    ("GB", "en"): (0, 2, 5),
    ("BR", "en"): (1, 3, 4),
    ("JP", "de"): (0, 2, 5),
}


@pytest.fixture
def front(opened: Opened) -> Any:
    """Opens the front page in a language, on the day for which the guide was built."""

    def open_front(lang: str = "en") -> Any:
        window = opened()
        window.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
        return window.open(Person("", lang=lang).folder)

    return open_front


def compared(page: Any, person: Person, tmp_path: Path, knowledge: Knowledge) -> dict[str, Any]:
    """Says it on the page and waits for the list that the command gives; which is given back."""
    say(page, person)
    wanted = expected(person, tmp_path, knowledge)
    eventually(lambda: on_the_checklist(page.content(), person.lang), wanted)
    return wanted


@pytest.mark.parametrize(("place", "lang"), SAMPLED)
def test_by_place_kind_and_audience(
    front: Any, tmp_path: Path, knowledge: Knowledge, place: str, lang: str
) -> None:
    page = front(lang)
    platforms = in_page_order(page, MANY)
    answers = []
    for number in SAMPLED[place, lang]:
        kind, audience = VARIANTS[number]
        person = Person(place, platforms, lang, kind, audience)
        answers.append(compared(page, person, tmp_path, knowledge))
    assert all(one["steps"] and one["no_control"] for one in answers)
    assert len({repr(one) for one in answers}) > 1, "what is said of the account changes the list"


def test_two_blogs_have_a_step_each(front: Any, tmp_path: Path, knowledge: Knowledge) -> None:
    found = compared(front(), Person("US-PA", blogs=BLOGS), tmp_path, knowledge)
    ids = [one["id"] for one in found["steps"]]
    assert "tumblr/third-party-sharing-toggle@paintings" in ids
    assert "tumblr/third-party-sharing-toggle@kitchen" in ids


@pytest.mark.parametrize(("place", "lang"), [("US-PA", "en"), ("DE", "de")])
def test_every_platform_at_once(
    front: Any, tmp_path: Path, knowledge: Knowledge, place: str, lang: str
) -> None:
    page = front(lang)
    every = in_page_order(page)
    assert sorted(every) == sorted(knowledge.platforms)
    page.goto(f"{page.url}?platforms={','.join(every)}")
    found = compared(page, Person(place, every, lang), tmp_path, knowledge)
    assert len(found["steps"]) > 20
    assert found["last_resorts"]


@pytest.mark.parametrize(("lang", "menu"), [("de", "en"), ("en", "de")])
def test_the_words_are_in_the_language_of_the_menus(
    front: Any, tmp_path: Path, knowledge: Knowledge, lang: str, menu: str
) -> None:
    """The guide in one language, the platforms' menus in the other."""
    page = front(lang)
    platforms = in_page_order(page, MANY)
    ours = compared(page, Person("DE", platforms, lang), tmp_path, knowledge)
    theirs = compared(page, Person("DE", platforms, lang, menu=menu), tmp_path, knowledge)
    paths = [[one["path"] for one in found["steps"]] for found in (ours, theirs)]
    assert paths[0] != paths[1]
    assert [one["closes"] for one in ours["steps"]] == [one["closes"] for one in theirs["steps"]]


def test_menus_in_a_language_of_which_nothing_is_known(
    front: Any, tmp_path: Path, knowledge: Knowledge
) -> None:
    page = front()
    person = Person("US-PA", menu="fi")
    say(page, Person("US-PA"))
    page.select_option("#menu", "")
    wanted = expected(person, tmp_path, knowledge)
    eventually(lambda: on_the_checklist(page.content(), "en"), wanted)
    assert page.locator("#steps .look small").count() > 0  # in which language the words are


def test_the_order_of_saying_does_not_matter(
    front: Any, tmp_path: Path, knowledge: Knowledge
) -> None:
    """The list of a person who ticks from the end is the same."""
    page = front()
    say(page, Person("US-PA", tuple(reversed(SEVEN))))
    wanted = expected(Person("US-PA"), tmp_path, knowledge)
    eventually(lambda: on_the_checklist(page.content(), "en"), wanted)
