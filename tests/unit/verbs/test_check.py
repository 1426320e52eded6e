"""check, of an account: which questions are asked, and what is answered together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit import made
from withhold.verbs.check import (
    Asking,
    actors_of,
    audiences_of,
    check_account,
    kinds_of,
)


def _asking(known: Any, **more: Any) -> Asking:
    return Asking(**{"place": "US-PA", "when": made.WHEN, "knowledge": known} | more)


def _said(known: Any, account: Any = None, **more: Any) -> list[tuple[Any, ...]]:
    verdicts = check_account(account or made.account(), _asking(known, **more))
    return [(one.actor, one.kinds, one.audience, one.answer) for one in verdicts]


SILENT = made.practice("scrape", actor="anyone", says="silent", content=["post", "photo"])
ANYONE = made.actor("anyone", practice=[SILENT])
FEED = made.platform(
    practice=[
        made.practice(content=["photo", "post", "comment"], audience=["public"]),
        made.practice("chats", content=["ai-chat"], audience=["private"]),
        made.practice("no", says="no", content=["message"], audience=["private"]),
    ]
)


def test_what_is_treated_alike_is_answered_together_and_nothing_else() -> None:
    known = made.knowledge(FEED, actors=[ANYONE])
    assert _said(known) == [
        ("acme", ("post", "comment", "photo"), ("public",), "allowed"),
        ("acme", ("post", "comment", "photo"), ("followers",), "unknown"),
        ("acme", ("message",), ("private",), "disallowed"),
        ("acme", ("ai-chat",), ("private",), "allowed"),
        ("anyone", ("post", "photo"), ("public",), "unknown"),
    ]


def test_every_kind_and_audience_is_asked_once() -> None:
    known = made.knowledge(FEED, actors=[ANYONE])
    asked = [
        (kind, audience)
        for actor, kinds, audiences, _ in _said(known)
        if actor == "acme"
        for kind in kinds
        for audience in audiences
    ]
    assert len(asked) == len(set(asked)) == 8


def test_each_answer_is_the_one_of_the_question_itself() -> None:
    """The short way through equal sets gives what the question gives for each kind and audience."""
    switch = made.control(covers={"train": "full"})
    private = made.control("private", "train", kind="audience", want="followers")
    practices = [
        made.practice(content=["post", "photo"], audience=["public", "followers"]),
        made.practice("more", content=["photo"], audience=["followers"], says="no"),
    ]
    acme = made.platform(practice=practices, control=[switch, private])
    known = made.knowledge(acme, actors=[ANYONE])
    for one in check_account(made.account(), _asking(known)):
        for kind in one.kinds:
            for audience in one.audience:
                alone = made.ask(known, who=one.actor, kind=kind, audience=audience)
                assert (alone.answer, alone.strength, alone.open, alone.steps) == (
                    one.answer,
                    one.strength,
                    one.open,
                    one.steps,
                )


@pytest.mark.parametrize(
    ("kind", "account", "expected"),
    [
        ("post", {}, ["public", "followers", "group"]),
        ("profile", {}, ["public", "followers"]),
        ("message", {}, ["private"]),
        ("group-message", {}, ["group"]),
        ("ai-chat", {}, ["private"]),
        ("post", {"kind": "business"}, ["public"]),
        ("post", {"kind": "page"}, ["public"]),
        ("ai-chat", {"kind": "business"}, ["private"]),
        ("post", {"audience": "public"}, ["public", "followers", "group"]),
        ("post", {"audience": "followers"}, ["followers", "group"]),
        ("post", {"audience": "private"}, ["private", "followers", "group"]),
        ("profile", {"audience": "followers"}, ["followers"]),
    ],
)
def test_the_audiences_a_kind_can_have(kind: Any, account: Any, expected: list[str]) -> None:
    acme = made.platform(audiences=["public", "followers", "group"])
    assert audiences_of(kind, made.account(**account), acme) == expected


def test_a_business_where_nothing_is_public_keeps_its_audiences() -> None:
    acme = made.platform(audiences=["followers"])
    assert audiences_of("post", made.account(kind="business"), acme) == ["followers"]


def test_kinds_are_those_that_practices_tell_apart_in_a_fixed_order() -> None:
    acme = made.platform(practice=[made.practice(content=["ai-chat", "photo", "post"])])
    assert kinds_of(acme) == ["post", "photo", "ai-chat"]


def test_who_is_asked_about() -> None:
    practices = [
        made.practice(),
        made.practice("licence", actor="partner", use="licence-to-third-party"),
        made.practice("ads", actor="scrapeco", use="ads"),
        made.practice("ended", actor="ended", until=made.WHEN),
    ]
    acme = made.platform(practice=practices)
    assert actors_of(acme, made.WHEN) == ["acme", "partner", "anyone"]
    assert actors_of(acme, made.BEGAN) == ["acme", "partner", "ended", "anyone"]
    assert actors_of(acme, made.WHEN, ("ads",)) == ["acme", "scrapeco", "anyone"]
    closed = made.platform(practice=practices, audiences=["followers"])
    assert actors_of(closed, made.WHEN) == ["acme", "partner"]


def test_only_the_actor_that_is_asked_for_is_answered() -> None:
    known = made.knowledge(FEED, actors=[ANYONE])
    assert {actor for actor, *_ in _said(known, actor="anyone")} == {"anyone"}
    assert {actor for actor, *_ in _said(known, actor="acme")} == {"acme"}


def test_an_actor_of_whom_nothing_is_known_is_answered_when_asked_for() -> None:
    known = made.knowledge(FEED)
    found = _said(known, actor="partner")
    assert found
    assert {answer for *_, answer in found} == {"unknown"}
    assert "partner" not in {actor for actor, *_ in _said(known)}


def test_anyone_is_asked_only_of_what_is_public_and_can_be_collected() -> None:
    known = made.knowledge(FEED, actors=[ANYONE])
    others = [one for one in _said(known) if one[0] == "anyone"]
    assert [(kinds, audience) for _, kinds, audience, _ in others] == [
        (("post", "photo"), ("public",))
    ]


def test_other_uses_are_asked_only_with_all() -> None:
    practices = [
        made.practice(),
        made.practice("ads", use="ads"),
        made.practice("sold", use="licence-to-third-party"),
    ]
    known = made.knowledge(made.platform(practice=practices))
    shown = {one.use for one in check_account(made.account(), _asking(known))}
    assert shown == {"train-ai", "licence-to-third-party"}
    every = check_account(made.account(), _asking(known, every_use=True))
    assert {one.use for one in every} == {"train-ai", "licence-to-third-party", "ads"}


def test_what_was_public_before_is_answered_where_it_is_no_longer() -> None:
    known = made.knowledge()
    account = made.account(audience="followers")
    verdicts = check_account(account, _asking(known), made.SEEN)
    mine = [one for one in verdicts if one.actor == "acme"]
    assert [one.audience for one in mine] == [("followers",)]
    assert made.codes(mine[0].limits) == ["was-public"]
    assert mine[0].open[0].until == made.SEEN
    chats = made.platform(practice=[made.practice(content=["ai-chat"], audience=["private"])])
    (chat,) = check_account(made.account(), _asking(made.knowledge(chats), actor="acme"), made.SEEN)
    assert chat.limits == ()


def test_what_was_seen_counts() -> None:
    known = made.knowledge(made.platform(control=[made.control()]))
    seen = (made.observation(),)
    answers = {
        one.answer
        for one in check_account(made.account(), _asking(known, seen=seen))
        if one.practices
    }
    assert answers == {"disallowed"}
