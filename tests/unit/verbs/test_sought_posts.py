"""The spans that a question means, against asking every single day of every group."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.verbs.test_exposure import KNOWN, OWNERS, SWITCHED
from withhold.keep.post_rows import Asked, Group
from withhold.keep.post_search import DaySpan
from withhold.keep.said_audiences import SaidAudience, by_the_owner
from withhold.verbs.check import Asking
from withhold.verbs.exposed_posts import why_apart
from withhold.verbs.exposure import STANDINGS, exposure
from withhold.verbs.sought_posts import PostAnswers, Wanted

WHEN = date(2026, 11, 1)
FIRST = date(2024, 12, 1)
DAYS = ["", *((FIRST + timedelta(days=7 * n)).isoformat() for n in range(110))]
KEYS = [
    ("linkedin", "linkedin", "post", "public", "item-field", "own", "live"),
    ("linkedin", "linkedin", "post", "unknown", "none", "own", "live"),
    ("linkedin", "linkedin", "comment", "unknown", "none", "own", "draft"),
    ("facebook", "facebook", "photo", "unknown", "none", "own", "live"),
    ("facebook", "facebook", "post", "followers", "item-field", "others", "live"),
    ("nowhere", "nowhere", "post", "public", "item-field", "own", "live"),
]
SAID = {
    "linkedin": [
        SaidAudience(account="linkedin", audience="public", on=WHEN, until=date(2025, 6, 3)),
        SaidAudience(
            account="linkedin",
            audience="private",
            on=WHEN,
            since=date(2025, 6, 3),
            until=date(2026, 2, 1),
        ),
    ]
}
WORST = ("open", "unknown", "was-open", "closed")


def _answers(seen: str = "a switch, late", asks: bool = True) -> PostAnswers:
    accounts = {one.key: one for one in OWNERS["nobody said who sees it"]}
    asking = Asking(place="DE", when=WHEN, knowledge=KNOWN, seen=SWITCHED[seen])
    return PostAnswers(KEYS, SAID, accounts, {}, KNOWN, WHEN, asking if asks else None)


def _meant(spans: tuple[DaySpan, ...]) -> set[tuple[tuple[str, ...], str]]:
    """Each group and day that is in a span; none is in two."""
    found = [(one.key, day) for one in spans for day in DAYS if one.since <= day < one.until]
    assert len(found) == len(set(found))
    return set(found)


def _one_by_one(seen: str, standing: str, actor: str) -> set[tuple[tuple[str, ...], str]]:
    """Every group and day of which the slow way says so: asked with its own day, alone."""
    accounts = {one.key: one for one in OWNERS["nobody said who sees it"]}
    asking = Asking(place="DE", when=WHEN, knowledge=KNOWN, seen=SWITCHED[seen])
    found = set()
    for key in KEYS:
        for day in DAYS:
            asked = by_the_owner(Asked._make([*key, day]), SAID.get(key[0], ()))
            stands = [
                how
                for one in exposure([Group(asked=asked, n=1)], accounts, {}, asking)
                if not why_apart(one.posts) and actor in ("", one.verdict.actor)
                for _, how in one.months
            ]
            worst = next((one for one in WORST if one in stands), None)
            if worst == standing:
                found.add((key, day))
    return found


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("actor", ["", "linkedin", "anyone"])
@pytest.mark.parametrize("seen", ["nothing done", "a switch, late"])
def test_a_standing_means_the_posts_that_stand_so_one_by_one(
    standing: str, actor: str, seen: str
) -> None:
    found = _answers(seen).spans(Wanted(standing=standing, actor=actor))
    assert _meant(found) == _one_by_one(seen, standing, actor)


def test_the_open_and_the_formerly_open_are_both_among_them() -> None:
    """Else the comparison above would say little."""
    assert _one_by_one("nothing done", "open", "")
    assert _one_by_one("a switch, late", "was-open", "")
    assert _one_by_one("a switch, late", "unknown", "")


def test_without_a_choice_all_are_meant() -> None:
    assert _meant(_answers().spans(Wanted())) == {(key, day) for key in KEYS for day in DAYS}
    assert not Wanted().anything
    assert Wanted(kind="post").anything


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (Wanted(account="facebook"), KEYS[3:5]),
        (Wanted(kind="comment"), KEYS[2:3]),
        (Wanted(account="facebook", kind="comment"), []),
    ],
)
def test_accounts_and_kinds_choose_groups(wanted: Wanted, keys: list[tuple[str, ...]]) -> None:
    assert {key for key, _ in _meant(_answers().spans(wanted))} == set(keys)


def test_a_year_is_its_days_and_none_is_those_without_one() -> None:
    days = {day for _, day in _meant(_answers().spans(Wanted(year="2025")))}
    assert days == {day for day in DAYS if day.startswith("2025")}
    assert {day for _, day in _meant(_answers().spans(Wanted(year="none")))} == {""}


def test_who_could_see_it_is_the_owners_word_for_its_time() -> None:
    mine = KEYS[1]
    private = {d for key, d in _meant(_answers().spans(Wanted(audience="private"))) if key == mine}
    assert private == {day for day in DAYS if "2025-06-03" <= day < "2026-02-01"}
    public = {d for key, d in _meant(_answers().spans(Wanted(audience="public"))) if key == mine}
    assert public == {day for day in DAYS if day and day < "2025-06-03"}
    unknown = {d for key, d in _meant(_answers().spans(Wanted(audience="unknown"))) if key == mine}
    assert unknown == {day for day in DAYS if not day or day >= "2026-02-01"}


def test_nobody_is_asked_where_nobody_knows_from_where() -> None:
    answers = _answers(asks=False)
    assert answers.stands == []
    assert answers.spans(Wanted(standing="open")) == ()
    assert _meant(answers.spans(Wanted())) == {(key, day) for key in KEYS for day in DAYS}


def test_posts_of_a_later_day_stand_in_no_way_yet() -> None:
    late = [one for one in _answers().spans(Wanted(standing="open")) if one.until > "2026-11-02"]
    assert late == []
