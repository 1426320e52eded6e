"""Which open posts give most away, what all of them give away, and what is counted apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.unit import made
from withhold.keep.post_reveals import Revealing
from withhold.keep.post_rows import Asked
from withhold.verbs.exposed_posts import (
    Standings,
    at_least_one,
    given,
    rank,
    reached,
    why_apart,
)
from withhold.verbs.exposure import Stand, Treated
from withhold.words import Span

PUBLIC = Treated("acme", "acme", "post", "public", "item-field", "own", "live")
KNOWN = made.knowledge()


def _stand(posts: Treated = PUBLIC, months: Any = None, if_public: int = 0, **more: Any) -> Stand:
    verdict = made.ask(KNOWN)
    for name, value in more.items():
        verdict = type(verdict)(**{f: getattr(verdict, f) for f in verdict.__struct_fields__}
                                | {name: value})  # fmt: skip
    return Stand(
        stored=posts, posts=posts, verdict=verdict, months=months or {}, if_public=if_public
    )


def _post(number: int, sure: Any = None, possible: Any = None, *, of: Treated = PUBLIC,
          day: str = "2024-01-01", media: Any = ()) -> Revealing:  # fmt: skip
    return Revealing(
        id=number,
        asked=Asked(*of, day),
        sure=sure or {},
        possible=possible or {},
        in_media=set(media),
    )


def test_different_kinds_come_first_then_how_often_then_what_is_possible() -> None:
    posts = [
        _post(1, {"phone": 9}),
        _post(2, {"phone": 1, "school": 1}),
        _post(3, {"phone": 1}, {"health": 1, "belief": 1}),
        _post(4, {}, {"health": 5, "belief": 1, "minor": 1, "school": 1}),
        _post(5, {"phone": 1}, {"health": 1}),
        _post(6, {"phone": 1}, {"phone": 7}),
    ]
    found = sorted(reached(posts, [_stand()]), key=rank)
    assert [one.post.id for one in found] == [2, 1, 3, 5, 6, 4]


def test_how_far_a_post_stands_open_comes_before_all_of_it() -> None:
    unclear, shut = PUBLIC._replace(audience="unknown"), PUBLIC._replace(kind="photo")
    were = {"answer": "disallowed", "open": (Span(None, date(2024, 2, 1)),)}
    stands = [
        _stand(),
        _stand(unclear, answer="unknown", if_public=1),
        _with(_stand(shut), were),
    ]
    posts = [
        _post(1, {"phone": 1}),
        _post(2, {"phone": 1, "iban": 1}, of=unclear),
        _post(3, {"phone": 1, "iban": 1, "email": 1}, of=shut),
        _post(4, {"phone": 1}, of=shut, day="2024-02-01"),  # posted when it was refused
    ]
    found = sorted(reached(posts, stands), key=rank)
    assert [(one.post.id, one.reach) for one in found] == [
        (1, "open"),
        (2, "open-if-public"),
        (3, "was-open"),
    ]
    assert found[0].to == (("acme", "train-ai"),)


def _with(stand: Stand, fields: dict[str, Any]) -> Stand:
    for name, value in fields.items():
        verdict = stand.verdict
        verdict = type(verdict)(**{f: getattr(verdict, f) for f in verdict.__struct_fields__}
                                | {name: value})  # fmt: skip
        stand = Stand(stored=stand.stored, posts=stand.posts, verdict=verdict)
    return stand


def test_an_unknown_that_is_not_open_if_public_is_not_shown() -> None:
    stand = _stand(answer="unknown", if_public=0)
    assert list(reached([_post(1, {"phone": 1})], [stand])) == []
    assert Standings([stand]).reach(Asked(*PUBLIC, "2024-01-01")) is None
    assert Standings([]).of(Asked(*PUBLIC, "2024-01-01")) == []


def test_what_is_counted_apart_is_not_among_the_open_ones() -> None:
    deleted = PUBLIC._replace(state="deleted")
    assert list(reached([_post(1, {"phone": 1}, of=deleted)], [_stand(deleted)])) == []


def test_posts_are_counted_per_kind_and_possible_only_where_nothing_is_sure() -> None:
    posts = [
        _post(1, {"phone": 3}, {"phone": 1, "health": 2}),
        _post(2, {"phone": 1, "coordinates": 1}, media=["coordinates"]),
        _post(3, {"coordinates": 1}),
    ]
    counted = given(reached(posts, [_stand()]), "open")
    assert counted.posts == 3
    assert counted.sure == {"coordinates": 2, "phone": 2}
    assert counted.possible == {"health": 1}
    assert counted.places == 1
    assert given(reached(posts, [_stand()]), "was-open").posts == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"state": "deleted"}, "gone"),
        ({"state": "archived"}, "gone"),
        ({"state": "draft"}, "draft"),
        ({"authored": "others"}, "others"),
        ({"authored": "others", "state": "deleted"}, "others"),
        ({"authored": "about-me"}, "about-me"),
        ({"authored": "own-over-others"}, ""),
    ],
)
def test_why_posts_are_counted_apart(fields: dict[str, Any], why: str) -> None:
    assert why_apart(PUBLIC._replace(**fields)) == why


def test_of_each_post_the_answer_that_leaves_most_open_counts() -> None:
    month = "2024-01"
    stands = [
        _stand(months={(month, "was-open"): 3, (month, "closed"): 2}),
        _stand(months={(month, "closed"): 5}),
        _stand(PUBLIC._replace(kind="photo"), months={(month, "unknown"): 4}),
        _stand(PUBLIC._replace(kind="photo"), months={(month, "was-open"): 4}),
        _stand(PUBLIC._replace(kind="video"), months={(month, "unknown"): 1, ("", "unknown"): 2}),
        _stand(PUBLIC._replace(kind="video"), months={(month, "open"): 1, ("", "open"): 2}),
    ]
    assert at_least_one(stands) == {
        (month, "was-open"): 3,
        (month, "closed"): 2,
        (month, "unknown"): 4,
        (month, "open"): 1,
        ("", "open"): 2,
    }
