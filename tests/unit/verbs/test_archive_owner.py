"""Whose archive it is: named, the only one, the one of its handle, asked, or added."""

from __future__ import annotations

import pytest

from withhold.errors import BadInput, NotFound
from withhold.verbs.archive_owner import Filing, name_of
from withhold.words import Account

ADA, BOB = Account(platform="x", name="ada"), Account(platform="x", name="bob")
PLAIN = Account(platform="x")
KNOWN = ("x", "tumblr")


@pytest.mark.parametrize(
    ("owned", "handle", "key", "how"),
    [
        ([], "ada", "x:ada", "new"),
        ([], "", "x", "new"),
        ([], "@ada", "x:ada", "new"),
        ([PLAIN], "ada", "x", "only"),
        ([ADA], "ada", "x:ada", "handle"),
        ([ADA], "other", "x:ada", "only"),
        ([ADA, BOB], "@BOB", "x:bob", "handle"),
        ([ADA, PLAIN], "ada", "x:ada", "handle"),
        ([Account(platform="tumblr", name="ada")], "ada", "x:ada", "new"),
    ],
)
def test_what_needs_no_question(owned: list[Account], handle: str, key: str, how: str) -> None:
    found = Filing(owned, KNOWN).of("x", handle)
    assert (found.key, found.how) == (key, how)
    assert (found.account is not None) == (how == "new")


@pytest.mark.parametrize("handle", ["", "carol"])
def test_between_two_nothing_is_guessed(handle: str) -> None:
    with pytest.raises(BadInput, match="which of your accounts on x") as told:
        Filing([ADA, BOB], KNOWN).of("x", handle)
    assert "--account x:ada or x:bob" in told.value.tip
    assert (handle in told.value.message) or not handle


def test_the_owner_is_asked_once() -> None:
    asked = []

    def choose(platform: str, handle: str, keys: list[str]) -> str:
        asked.append((platform, handle, keys))
        return "x:bob"

    filing = Filing([ADA, BOB], KNOWN, {}, choose)
    assert [filing.of("x", "carol").key for _ in range(3)] == ["x:bob"] * 3
    assert filing.of("x", "").how == "chosen"
    assert asked == [("x", "carol", ["x:ada", "x:bob"])]


@pytest.mark.parametrize("answer", ["", "x:carol", "3"])
def test_an_answer_that_is_none_of_them_is_none(answer: str) -> None:
    with pytest.raises(BadInput):
        Filing([ADA, BOB], KNOWN, {}, lambda *_: answer).of("x", "")


def test_what_the_owner_names_counts() -> None:
    filing = Filing([ADA, BOB], KNOWN, {"x": "x:ada", "tumblr": "tumblr:blog"})
    assert (filing.of("x", "bob").key, filing.of("x", "bob").how) == ("x:ada", "named")
    new = filing.of("tumblr", "other")
    assert (new.key, new.how, new.account) == (
        "tumblr:blog", "new", Account(platform="tumblr", name="blog"),
    )  # fmt: skip


def test_a_name_that_is_none_of_theirs_is_not_added() -> None:
    with pytest.raises(NotFound, match="x:carol") as told:
        Filing([ADA], KNOWN, {"x": "x:carol"}).of("x", "ada")
    assert "x:ada" in told.value.tip


def test_of_a_platform_that_is_not_known_only_posts_are_kept() -> None:
    found = Filing([], KNOWN).of("wordpress", "blog")
    assert (found.key, found.how, found.account) == ("wordpress:blog", "posts-only", None)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("@ada", "ada"),
        (" ada\n", "ada"),
        ("a\x1b[31mb", "a[31mb"),
        ("ada@host.example", "ada@host.example"),
        ("x" * 500, "x" * 100),
        ("\x00", ""),
    ],
)
def test_a_handle_becomes_a_name(handle: str, name: str) -> None:
    assert name_of(handle) == name
