"""Places side by side: nothing that tells two of them apart is lost by asking once for both.

The table of looks was read off ``knowledge/`` by eye, platform by platform.
"""

from __future__ import annotations

import random
import tomllib
from datetime import date
from functools import cache
from itertools import combinations

import pytest
from msgspec.structs import replace

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root, load
from withhold.facts import Control, Practice
from withhold.may_train import may_train
from withhold.verbs.check import Asking, check_account
from withhold.verbs.compare import Look, alike, all_places, look, plan_of
from withhold.verdict import Verdict
from withhold.words import Account, Content

WHEN = date(2026, 11, 25)
ROOT = default_root()
TEN = (
    *("linkedin", "facebook", "threads", "tiktok", "reddit", "x", "copilot", "google"),
    *("snapchat", "dropbox"),
)


@cache
def known() -> Knowledge:
    return load()


def asking(place: str, knowledge: Knowledge | None = None, when: date = WHEN) -> Asking:
    return Asking(place=place, when=when, knowledge=knowledge or known())


# The rules, read from the files by tomllib alone ----------------------------------------------


@cache
def groups_of_file() -> dict[str, set[str]]:
    said = tomllib.loads((ROOT / "places.toml").read_text(encoding="utf-8"))
    return {code: set(group["members"]) for code, group in said["group"].items()}


def all_of_file() -> set[str]:
    said = tomllib.loads((ROOT / "places.toml").read_text(encoding="utf-8"))
    return {*said["country"], *said["us_state"], *said["de_state"]}


@cache
def rules_of_files() -> list[tuple[list[str], list[str]]]:
    """Every ``places`` with its ``not_places``, wherever one stands in a file of knowledge."""
    found: list[tuple[list[str], list[str]]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "places" in value or "not_places" in value:
                found.append((value.get("places", ["WORLD"]), value.get("not_places", [])))
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    for folder in ("platforms", "history", "actors", "laws"):
        for file in sorted((ROOT / folder).glob("*.toml")):
            walk(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def is_in(place: str, named: list[str]) -> bool:
    country = place[:2]
    return any(
        one in ("WORLD", place, country) or country in groups_of_file().get(one, ())
        for one in named
    )


def holds(place: str) -> tuple[bool, ...]:
    return tuple(is_in(place, named) and not is_in(place, out) for named, out in rules_of_files())


def test_every_place_stands_in_one_group() -> None:
    codes = [code for group in alike(known()) for code in group]
    assert len(codes) == len(set(codes))
    assert set(codes) == all_of_file() == set(all_places(known().places))


def test_no_rule_of_any_file_tells_a_group_apart() -> None:
    for group in alike(known()):
        assert len({holds(code) for code in group}) == 1, group


def test_some_rule_tells_every_two_groups_apart() -> None:
    for one, other in combinations(alike(known()), 2):
        assert holds(one[0]) != holds(other[0]), (one[0], other[0])


def test_groups_come_in_a_fixed_order_the_largest_last() -> None:
    found = alike(known())
    assert [len(one) for one in found] == sorted(len(one) for one in found)
    assert all(list(one) == sorted(one) for one in found)


def of_one_group(count: int) -> list[tuple[str, str]]:
    """Random pairs, every group as likely as the others, so that small ones come too."""
    dice = random.Random(20261125)  # noqa: S311 - a sample, no secret
    several = [one for one in alike(known()) if len(one) > 1]
    return [tuple(dice.sample(dice.choice(several), 2)) for _ in range(count)]


@cache
def answers(platform: str, place: str) -> list[Verdict]:
    found = check_account(Account(platform=platform, audience="public"), asking(place))
    return [replace(one, where="") for one in found]


def test_places_of_one_group_get_equal_verdicts() -> None:
    for one, other in of_one_group(400):
        for platform in TEN:
            assert answers(platform, one) == answers(platform, other), (platform, one, other)


def test_the_ten_do_tell_places_apart() -> None:
    """Else the test above would be about nothing."""
    firsts = [one[0] for one in alike(known())]
    german = {platform: answers(platform, "DE") for platform in TEN}
    told_apart = {one for one in TEN if any(answers(one, p) != german[one] for p in firsts)}
    assert told_apart >= {"linkedin", "facebook", "threads", "tiktok", "x", "copilot"}


def test_the_question_itself_is_answered_alike() -> None:
    for one, other in of_one_group(60):
        content = Content(account=Account(platform="linkedin"))
        verdicts = [may_train("linkedin", content, p, WHEN, known(), ()) for p in (one, other)]
        assert replace(verdicts[0], where="") == replace(verdicts[1], where="")


# Made-up rules --------------------------------------------------------------------------------


def groups(*practices: Practice, controls: tuple[Control, ...] = (), **more: object) -> list[str]:
    acme = made.platform(practice=list(practices), control=list(controls))
    return [" ".join(one) for one in alike(made.knowledge(acme, **more))]


def test_without_a_rule_all_places_are_one_group() -> None:
    assert groups(made.practice()) == ["DE FR GB US US-PA"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"places": ["EU"]}, ["DE FR", "GB US US-PA"]),
        ({"not_places": ["EU"]}, ["DE FR", "GB US US-PA"]),
        ({"places": ["US"]}, ["US US-PA", "DE FR GB"]),
        ({"places": ["US-PA"]}, ["US-PA", "DE FR GB US"]),
        ({"places": ["EU", "GB"], "not_places": ["FR"]}, ["DE GB", "FR US US-PA"]),
    ],
)
def test_a_rule_of_a_practice_or_of_a_control(
    rule: dict[str, list[str]], expected: list[str]
) -> None:
    assert groups(made.practice(**rule)) == expected
    assert groups(made.practice(), controls=(made.control(**rule),)) == expected


def test_laws_and_what_they_forbid_tell_places_apart_too() -> None:
    law = made.law(places=["EU"], forbids=[made.forbids("acme/train", places=["DE"])])
    assert groups(made.practice(), laws=[law]) == ["DE", "FR", "GB US US-PA"]


def test_so_does_what_a_company_does_on_the_open_web() -> None:
    actor = made.actor("scrapeco", practice=[made.web_practice(places=["GB"])])
    assert groups(made.practice(), actors=[actor]) == ["GB", "DE FR US US-PA"]


# In one word ----------------------------------------------------------------------------------

CELLS = """
linkedin   US-PA part    switch        toggle covers its own models; one-to-one messages: no
linkedin   DE    part    switch
linkedin   GB    part    switch        and Microsoft's, by the same toggle
linkedin   CA    part    switch
linkedin   CN    unknown nothing-open  left out of both; messages: no
facebook   US-PA part    audience      the form is not offered; friends only closes posts
facebook   CN    part    audience
facebook   DE    part    request       the form covers all of it, AI chats too
facebook   CH    part    request
facebook   GB    part    part          AI chats only in part
facebook   BR    part    part
threads    US-PA part    audience
threads    DE    part    request
reddit     US-PA part    none          kind none; messages: no
reddit     DE    part    none
tumblr     US-PA part    switch        its own training: silent; OpenAI, Midjourney: by the switch
tumblr     DE    part    switch
x          US-PA part    part          the terms stay open beside the Grok switch
x          DE    part    part
x          GB    part    part
zoom       US-PA unknown nothing-open  models: no; chats: silent
zoom       DE    unknown nothing-open
youtube    US-PA part    none          private videos: silent; others are off by default
youtube    DE    part    none
snapchat   US-PA part    part          partners stay open
snapchat   GB    part    part
pinterest  US-PA part    switch        messages: silent
pinterest  DE    part    switch
discord    US-PA unknown nothing-open  silent
discord    DE    unknown nothing-open
tiktok     US-PA yes     none
tiktok     DE    part    request
bluesky    DE    no      nothing-open  says it does not
mastodon   US-PA no      nothing-open
medium     DE    unknown nothing-open
"""


@pytest.mark.parametrize("cell", CELLS.strip().splitlines())
def test_a_platform_in_a_place(cell: str) -> None:
    platform, place, may, way, *_ = cell.split()
    found = look(Account(platform=platform, audience="public"), asking(place))
    assert (found.may, found.way) == (may, way)
    assert (found.platform, found.place) == (platform, place)


def made_look(*practices: Practice, controls: tuple[Control, ...] = (), **more: object) -> Look:
    acme = made.platform(practice=list(practices), control=list(controls), **more)
    return look(made.account(audience="public"), asking("US", made.knowledge(acme), made.WHEN))


@pytest.mark.parametrize(
    ("practices", "may"),
    [
        ([{"says": "yes"}], "yes"),
        ([{"says": "no"}], "no"),
        ([{"says": "silent"}], "unknown"),
        ([{"says": "yes"}, {"says": "no", "content": ["photo"]}], "part"),
        ([{"says": "yes"}, {"says": "silent", "content": ["photo"]}], "part"),
        ([{"says": "no"}, {"says": "silent", "content": ["photo"]}], "unknown"),
        ([{"says": "yes", "actor": "partner"}, {"says": "no"}], "part"),
        ([{"says": "no"}, {"says": "yes", "actor": "anyone"}], "no"),
        ([{"says": "no"}, {"says": "yes", "use": "licence-to-third-party"}], "no"),
        ([], "unknown"),
    ],
)
def test_may_in_one_word(practices: list[dict[str, object]], may: str) -> None:
    told = [made.practice(f"p{n}", **one) for n, one in enumerate(practices)]
    assert made_look(*told, audiences=["public"]).may == may


def closes(kind: str, **covers: str) -> Control:
    return made.control(kind, covers or {"train": "full"}, kind=kind)


@pytest.mark.parametrize(
    ("controls", "way"),
    [
        ((closes("toggle"),), "switch"),
        ((closes("robots"),), "switch"),
        ((closes("form"),), "request"),
        ((closes("email"),), "request"),
        ((closes("toggle"), closes("form")), "switch"),
        ((closes("toggle", train="part"),), "part"),
        ((closes("form", train="part"), closes("audience")), "part"),
        ((closes("audience"),), "audience"),
        ((closes("none", train="not"),), "none"),
        ((), "none"),
    ],
)
def test_the_way_in_one_word(controls: tuple[Control, ...], way: str) -> None:
    assert made_look(made.practice(), controls=controls).way == way
    assert made_look(made.practice(says="no"), controls=controls).way == "nothing-open"


def test_the_plan_of_a_look_is_the_plan_of_one_account_of_which_nothing_was_seen() -> None:
    account = Account(platform="x", audience="public")
    found = look(account, asking("DE"))
    assert found.plan == plan_of(account, asking("DE"))
    assert (found.plan.where, found.plan.when) == ("DE", WHEN)
