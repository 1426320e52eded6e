"""A claim that is measured names what it is measured by, and all that it names is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found

FILE = "claims/it-is-said.toml"
MEASURED = """\
part_of = "paper"
said_on = 2024-06-01
held = "imprecise"
why = { en = "Not for all.", de = "Nicht für alle." }
facts = ["acme/train", "acme/train-2023", "acme/objection", "acme/switch-2023", "scrapeco/scrape"]

[[asks]]
actor = "acme"
platform = "acme"
place = "US-PA"
seen = { switch = "off", switch-2023 = "on" }

[[asks]]
actor = "scrapeco"
site = "blog.example"
kind = "page"
place = "DE"
robots = '''
User-agent: ScrapeBot
Disallow: /
'''

[[asks]]
actor = "anyone"
platform = "acme"
place = "DE"
audience = "followers"
use = "ranking"
"""


@pytest.fixture
def measured(made_root: Path) -> Path:
    """The clean folder, whose claim says how far it held."""
    folder.change(made_root, FILE, 'by = "a newspaper"\n', f'by = "a newspaper"\n{MEASURED}')
    return made_root


def test_a_claim_that_names_what_is_there_is_clean(measured: Path) -> None:
    assert found(measured) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('actor = "anyone"', 'actor = "nobody"', "question 3: unknown actor 'nobody'"),
        (
            'platform = "acme"\nplace = "US-PA"',
            'platform = "acmee"\nplace = "US-PA"',
            "question 1: unknown platform 'acmee'",
        ),
        ("{ switch =", "{ swich =", "question 1: unknown control 'swich'"),
        ("{ switch =", "{ train =", "question 1: unknown control 'train'"),
        ('place = "US-PA"', 'place = "XX"', "question 1: 'XX' is no place that a person is in"),
        ('place = "US-PA"', 'place = "EU"', "question 1: 'EU' is no place that a person is in"),
        ('place = "US-PA"', 'place = "UK"', "question 1: 'UK' is no place that a person is in"),
        (
            'place = "US-PA"',
            'place = "WORLD"',
            "question 1: 'WORLD' is no place that a person is in",
        ),
        (
            'actor = "anyone"\nplatform = "acme"',
            'actor = "anyone"',
            "question 3: expected a platform or a site",
        ),
        ('"acme/objection"', '"acme/objections"', "rests on unknown 'acme/objections'"),
        ('"scrapeco/scrape"', '"acme"', "rests on unknown 'acme'"),
        ('part_of = "paper"', 'places = ["UK"]', "unknown place 'UK'"),
        ("said_on = 2024-06-01\n", "", "said_on: on which day was it said?"),
        (
            "said_on = 2024-06-01",
            "said_on = 2024-07-02",
            "said_on 2024-07-02 lies in the future",
        ),
        ('why = { en = "Not for all.", de = "Nicht für alle." }\n', "", "held: why?"),
        (', de = "Nicht für alle." }', " }", "why: no text in de"),
        ('de = "Nicht für alle."', 'de = " "', "why: no text in de"),
        ('de = "Man sagt."', 'fr = "On dit."', "text: no text in de"),
    ],
)
def test_what_is_not_there_is_found(measured: Path, old: str, new: str, said: str) -> None:
    assert found(measured, (FILE, old, new)) == [f"{FILE}:1: {said} [claims]"]


def test_a_site_and_a_platform_are_two_questions(measured: Path) -> None:
    both = (FILE, 'site = "blog.example"', 'site = "blog.example"\nplatform = "acme"')
    assert found(measured, both) == [
        f"{FILE}:1: question 2: expected a platform or a site [claims]"
    ]


def test_a_robots_txt_stands_on_a_site(measured: Path) -> None:
    said = found(measured, (FILE, 'site = "blog.example"', 'platform = "acme"'))
    assert said == [f"{FILE}:1: question 2: robots: of which site? [claims]"]


def test_a_site_has_no_controls(measured: Path) -> None:
    change = (FILE, 'site = "blog.example"', 'site = "blog.example"\nseen = { switch = "off" }')
    assert found(measured, change) == [
        f"{FILE}:1: question 2: seen: a site has no controls [claims]"
    ]


def test_a_question_that_is_asked_twice_is_found(measured: Path) -> None:
    again = '\n[[asks]]\nactor = "acme"\nplatform = "acme"\nplace = "DE"\n'
    text = (measured / FILE).read_text(encoding="utf-8")
    (measured / FILE).write_text(text + again, encoding="utf-8")
    assert found(measured) == []
    (measured / FILE).write_text(text + again + again, encoding="utf-8")
    assert found(measured) == [f"{FILE}:1: question 5: is asked twice [claims]"]


def test_questions_need_the_day_even_where_nobody_says_how_far_it_held(measured: Path) -> None:
    unmeasured = (FILE, 'said_on = 2024-06-01\nheld = "imprecise"\n', "")
    assert found(measured, unmeasured) == [f"{FILE}:1: said_on: on which day was it said? [claims]"]


def test_all_that_is_wrong_with_a_claim_is_found_in_order(measured: Path) -> None:
    said = found(
        measured,
        (FILE, "said_on = 2024-06-01\n", ""),
        (FILE, '"acme/train"', '"acme/trian"'),
        (FILE, 'actor = "anyone"', 'actor = "nobody"'),
    )
    assert [one.removeprefix(f"{FILE}:1: ") for one in said] == [
        "said_on: on which day was it said? [claims]",
        "rests on unknown 'acme/trian' [claims]",
        "question 3: unknown actor 'nobody' [claims]",
    ]
