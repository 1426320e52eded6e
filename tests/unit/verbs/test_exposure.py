"""Exposure against a slow plain loop: the question asked of every single post with its day."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit import made
from withhold.catalog.load import default_root, load
from withhold.keep.post_rows import Asked, Group
from withhold.may_train import may_train
from withhold.verbs.check import Asking, actors_of, asks, is_out_of_reach
from withhold.verbs.exposure import Stand, exposure, unknown_platforms
from withhold.words import Account, Content, Observation

WHEN = date(2026, 11, 1)
PLATFORMS = ("linkedin", "facebook", "instagram", "reddit", "x")
KNOWN = load(default_root(), PLATFORMS)
USES = ("train-ai", "licence-to-third-party")
DICE = random.Random(7)  # noqa: S311


def _seen(control: str, value: str, on: date, how: Any = "told") -> Observation:
    platform = control.partition("/")[0]
    return Observation(control=control, value=value, on=on, how=how, account=platform, id="1")


SWITCHED = {
    "nothing done": (),
    "a switch, late": (_seen("linkedin/ai-training-toggle", "off", date(2025, 12, 1), "observed"),),
    "on, off, on, off": tuple(
        _seen("linkedin/ai-training-toggle", value, day)
        for value, day in (
            ("off", date(2025, 11, 20)),
            ("on", date(2026, 2, 1)),
            ("off", date(2026, 5, 1)),
        )
    ),
    "on again": (
        _seen("linkedin/ai-training-toggle", "off", date(2025, 12, 1)),
        _seen("linkedin/ai-training-toggle", "on", date(2026, 3, 1)),
    ),
    "objected": (
        _seen("facebook/objection-form", "sent", date(2025, 8, 1)),
        _seen("instagram/objection-form", "confirmed", date(2025, 9, 1)),
    ),
}
OWNERS = {
    "nobody said who sees it": tuple(Account(platform=one) for one in PLATFORMS),
    "public": tuple(Account(platform=one, audience="public") for one in PLATFORMS),
    "closed": tuple(Account(platform=one, audience="followers") for one in PLATFORMS),
    "a business": tuple(Account(platform=one, kind="business") for one in PLATFORMS),
    "since a day": tuple(
        Account(platform=one, audience="public", since=date(2022, 5, 1)) for one in PLATFORMS
    ),
}


def _posts(number: int) -> list[Asked]:
    """Posts of all platforms; the days lie close to where something changed, too."""
    near = [on for seen in SWITCHED.values() for on in (one.on for one in seen)]
    found = []
    for _ in range(number):
        day = WHEN - timedelta(days=DICE.randrange(-3, 2000))
        if DICE.random() < 0.3:
            day = DICE.choice(near) + timedelta(days=DICE.choice((-1, 0, 1)))
        platform = DICE.choice(PLATFORMS)
        kind: Any = DICE.choice(("post", "post", "comment", "photo", "article", "message"))
        known: Any = DICE.choice(("public", "followers", "unknown", "unknown"))
        if kind == "message":
            known = "private"
        authored: Any = DICE.choice(("own", "own", "own", "others"))
        state: Any = DICE.choice(("live", "live", "live", "draft", "deleted"))
        by: Any = "none" if known == "unknown" else "item-field"
        text = "" if DICE.random() < 0.05 else day.isoformat()
        found.append(Asked(platform, platform, kind, known, by, authored, state, text))
    return found


POSTS = _posts(200)


def _grouped(posts: list[Asked]) -> list[Group]:
    return [Group(asked=one, n=n) for one, n in sorted(Counter(posts).items())]


def _audience(post: Asked, account: Account) -> str:
    if post.audience != "unknown" or post.kind == "message":
        return post.audience
    if post.state == "draft":
        return "private"
    if post.kind == "comment" and account.audience != "public":
        return "unknown"
    return account.audience


def _slow(
    posts: list[Asked], accounts: dict[str, Account], until: dict[str, date], asking: Asking
) -> Counter[tuple[str, str, str, str]]:
    """(account, actor, use, standing) -> how many; one question per post, with its day."""
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for post in posts:
        if post.day > WHEN.isoformat():
            continue
        account, platform = accounts[post.account], KNOWN.platforms[post.platform]

        def ask(actor: str, use: str, audience: Any, posted: date | None, of: Asked = post) -> Any:
            public = until.get(of.account) if audience != "public" else None
            content = Content(
                kind=of.kind,
                audience=audience,
                authored=of.authored,
                posted=posted,
                account=accounts[of.account],
                public_until=None if of.kind == "message" else public,
            )
            return may_train(actor, content, asking.place, WHEN, KNOWN, asking.seen, use)

        for actor in actors_of(platform, WHEN, USES):
            for use in USES:
                if not asks(actor, use, platform, asking):
                    continue
                audience = _audience(post, account)
                open_to = [audience]
                if audience == "unknown":
                    public_only = account.kind == "business"
                    open_to = [
                        one
                        for one in ("public", "followers", "group", "private")
                        if one in platform.audiences
                        and (one == "public" or not public_only or post.kind == "comment")
                    ]
                reach = [
                    one
                    for one in open_to
                    if not is_out_of_reach(actor, use, post.kind, one, platform, asking)  # type: ignore[arg-type]
                ]
                said = [ask(actor, use, one, None) for one in reach]
                anything = any(one.practices or one.open or one.limits for one in said)
                if not said or not (anything or actor == platform.operator):
                    continue
                alike = {(one.answer, one.strength, one.open) for one in said}
                if len(alike) > 1 or len(reach) < len(open_to):
                    counted[post.account, actor, use, "unknown"] += 1
                    continue
                posted = date.fromisoformat(post.day) if post.day else None
                verdict = ask(actor, use, reach[0], posted)
                standing = {"allowed": "open", "unknown": "unknown"}.get(verdict.answer, "closed")
                if standing == "closed" and verdict.open:
                    standing = "was-open"
                counted[post.account, actor, use, standing] += 1
    return counted


def _fast(stands: list[Stand]) -> Counter[tuple[str, str, str, str]]:
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for one in stands:
        for (_, standing), n in one.months.items():
            counted[one.posts.account, one.verdict.actor, one.verdict.use, standing] += n
    return counted


@pytest.mark.parametrize("place", ["DE", "US-PA", "GB"])
@pytest.mark.parametrize("owner", OWNERS.values(), ids=OWNERS.keys())
@pytest.mark.parametrize("seen", SWITCHED.values(), ids=SWITCHED.keys())
def test_the_counts_are_those_of_asking_for_every_single_post(
    seen: tuple[Observation, ...], owner: tuple[Account, ...], place: str
) -> None:
    asking = Asking(place=place, when=WHEN, knowledge=KNOWN, seen=seen)
    accounts = {one.key: one for one in owner}
    until = {"instagram": date(2026, 1, 15)} if owner[0].audience == "followers" else {}
    expected = _slow(POSTS, accounts, until, asking)
    assert _fast(exposure(_grouped(POSTS), accounts, until, asking)) == expected


def test_the_loop_has_met_every_standing() -> None:
    asking = Asking(place="DE", when=WHEN, knowledge=KNOWN, seen=SWITCHED["a switch, late"])
    accounts = {one.key: one for one in OWNERS["public"]}
    met = {key[-1] for key in _fast(exposure(_grouped(POSTS), accounts, {}, asking))}
    assert met == {"open", "was-open", "closed", "unknown"}


# By hand ----------------------------------------------------------------------------------------

ACME = made.platform(
    practice=[made.practice(content=["post", "comment", "photo"]),
              made.practice("no", says="no", content=["post", "comment", "photo"],
                            audience=["followers"])],
    control=[made.control()],
)  # fmt: skip
ACMES = made.knowledge(ACME)


def _one(day: str = "2024-03-01", audience: Any = "public", **more: Any) -> Group:
    usual = {"kind": "post", "audience_by": "item-field", "authored": "own", "state": "live"}
    fields = {"account": "acme", "platform": "acme", **usual, "audience": audience, "day": day}
    return Group(asked=Asked(**fields | more), n=1)


def _ask(
    *groups: Group, seen: tuple[Observation, ...] = (), account: Account | None = None
) -> list[Stand]:
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=ACMES, seen=seen)
    found = exposure(groups, {"acme": account or made.account()}, {}, asking)
    return [one for one in found if one.verdict.actor == "acme"]


def test_the_day_of_posting_decides_which_open_span_reaches_it() -> None:
    days = ("2023-01-01", "2024-05-31", "2024-06-01", "2024-06-15")
    (stand,) = _ask(*map(_one, days), seen=(made.observation(on=made.SEEN),))
    assert made.SEEN.isoformat() == "2024-06-01"
    assert [stand.of(day) for day in days] == ["was-open", "was-open", "closed", "closed"]
    assert stand.ended == {made.SEEN: 2}
    assert stand.months == {
        ("2023-01", "was-open"): 1,
        ("2024-05", "was-open"): 1,
        ("2024-06", "closed"): 2,
    }


def test_a_month_in_which_it_ended_is_told_apart_by_days() -> None:
    on = date(2024, 5, 10)
    groups = [_one(f"2024-05-{day:02d}") for day in (8, 9, 10, 11)]
    (stand,) = _ask(*groups, seen=(made.observation(on=on),))
    assert stand.months == {("2024-05", "was-open"): 2, ("2024-05", "closed"): 2}


def test_what_was_posted_later_is_not_counted() -> None:
    after = (made.WHEN + timedelta(days=1)).isoformat()
    assert _ask(_one(after)) == []
    assert _ask(_one(made.WHEN.isoformat()))[0].count("open") == 1


def test_an_unknown_audience_is_never_taken_for_public() -> None:
    (stand,) = _ask(_one(audience="unknown", audience_by="none"))
    assert (stand.count("open"), stand.count("unknown"), stand.if_public) == (0, 1, 1)
    assert stand.verdict.strength is None
    assert "audience-unknown" not in [one.code for one in stand.verdict.limits]


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("post", "public", ("public", "open")),
        ("post", "followers", ("followers", "closed")),
        ("comment", "public", ("public", "open")),
        ("comment", "followers", ("unknown", "unknown")),
    ],
)
def test_the_owners_word_on_an_account_counts_where_nothing_else_says_it(
    kind: Any, said: Any, expected: tuple[str, str]
) -> None:
    group = _one(audience="unknown", audience_by="none", kind=kind)
    (stand,) = _ask(group, account=made.account(audience=said))
    ((_, standing),) = stand.months
    assert (stand.posts.audience, standing) == expected
    assert stand.stored.audience == "unknown"
    known = _one(audience="public", kind=kind)
    (other,) = _ask(known, account=made.account(audience=said))
    assert other.count("open") == 1


@pytest.mark.parametrize(
    ("kind", "audience", "by", "expected"),
    [
        ("message", "unknown", "none", "private"),
        ("message", "public", "owner-stated", "private"),
        ("group-message", "public", "owner-stated", "group"),
        ("group-message", "private", "item-field", "private"),
    ],
)
def test_a_word_on_posts_is_none_on_messages(
    kind: Any, audience: Any, by: str, expected: str
) -> None:
    group = _one(audience=audience, audience_by=by, kind=kind)
    (stand,) = _ask(group, account=made.account(audience="public"))
    assert stand.posts.audience == expected
    assert stand.count("open") == 0


def test_that_an_account_was_public_says_nothing_of_its_messages() -> None:
    kinds = ["post", "message"]
    known = made.knowledge(made.platform(practice=[made.practice(content=kinds)]))
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=known)
    until = {"acme": date(2024, 5, 1)}
    for kind, audience, ended in (("post", "followers", 1), ("message", "private", 0)):
        group = _one(audience=audience, kind=kind)
        (stand,) = exposure([group], {"acme": made.account()}, until, asking)
        assert len(stand.verdict.open) == ended


def test_a_draft_was_shown_to_nobody() -> None:
    group = _one(audience="unknown", audience_by="none", state="draft")
    (stand,) = _ask(group, account=made.account(audience="public"))
    assert stand.posts.audience == "private"
    assert stand.count("open") == 0


def test_an_account_that_is_not_owned_any_more_is_asked_as_one_of_which_nothing_is_known() -> None:
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=ACMES)
    assert exposure([_one()], {}, {}, asking)[0].count("open") == 1


def test_of_a_platform_of_which_nothing_is_known_nothing_is_asked() -> None:
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=ACMES)
    group = _one(platform="elsewhere")
    assert exposure([group], {}, {}, asking) == []
    assert unknown_platforms([group, _one()], asking) == {"elsewhere": 1}


def test_who_was_asked_for_gets_an_answer_even_where_nothing_is_known() -> None:
    known = made.knowledge(ACME, actors=[made.actor("quiet")])
    asking = Asking(place="US-PA", when=made.WHEN, knowledge=known, actor="quiet")
    (stand,) = exposure([_one()], {}, {}, asking)
    assert (stand.verdict.actor, stand.count("unknown")) == ("quiet", 1)


# Laws -------------------------------------------------------------------------------------------

days = st.dates(date(2023, 6, 1), made.WHEN)
acts = st.builds(
    made.observation, st.sampled_from(["off", "off", "on"]), on=days,
    how=st.sampled_from(["told", "observed", "clicked", "shown"]),
)  # fmt: skip
groups = st.builds(
    _one, days.map(date.isoformat), st.sampled_from(["public", "followers", "unknown"]),
    kind=st.sampled_from(["post", "comment"]), state=st.sampled_from(["live", "draft"]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(groups, min_size=1, max_size=5), st.lists(acts, max_size=3), days)
def test_a_refusal_more_never_opens_a_post(
    these: list[Group], seen: list[Observation], on: date
) -> None:
    def opened(seen: list[Observation]) -> tuple[int, int, int]:
        stands = _ask(*these, seen=tuple(seen))
        known = sum(one.count("open") for one in stands)
        were = known + sum(one.count("was-open") for one in stands)
        return known, were, known + sum(one.if_public for one in stands)

    # a state that is seen holds until the next one: the refusal added is the last word
    last = max([on, *(one.on for one in seen)])
    before, after = opened(seen), opened([*seen, made.observation(on=last)])
    assert all(new <= old for new, old in zip(after, before, strict=True))


@settings(max_examples=100, deadline=None)
@given(st.lists(groups, min_size=1, max_size=8), st.lists(acts, max_size=3))
def test_no_post_is_lost_or_counted_twice(these: list[Group], seen: list[Observation]) -> None:
    stands = _ask(*these, seen=tuple(seen))
    assert sum(one.n for one in stands) == len(these)
    for one in stands:
        assert sum(one.ended.values()) == one.count("was-open")
