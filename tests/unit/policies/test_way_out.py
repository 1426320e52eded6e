"""The way out that the sentence behind offers, and sentences behind that offer something else."""

from __future__ import annotations

import pytest

from withhold.policies import read

TRAINS = "We use your posts to train our AI models. "


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        ("You can opt out at any time in Settings.", "opt-out"),
        ("You may opt out of this at any time.", "opt-out"),
        ("You can turn this off in your account.", "opt-out"),
        ("You can object by writing to us.", "objection"),
        ("You cannot opt out.", "none"),
        ("You can opt out of our newsletter at any time.", "not-stated"),
        ("You can object to direct marketing.", "not-stated"),
        ("We keep them for two years.", "not-stated"),
        ("Cookies can be disabled in the browser.", "not-stated"),
    ],
)
def test_the_sentence_behind(behind: str, kind: str) -> None:
    (clause,) = read(TRAINS + behind)
    assert (clause.says, clause.control.kind) == ("yes", kind)


def test_the_address_is_that_of_the_sentence_behind() -> None:
    (clause,) = read(TRAINS + "You can opt out in [Settings](https://social.example/s).")
    assert clause.control.url == "https://social.example/s"


def test_only_the_next_sentence_counts() -> None:
    (clause,) = read(TRAINS + "We keep them safe. You can opt out at any time.")
    assert clause.control.kind == "not-stated"


def test_another_clause_behind_keeps_what_is_its_own() -> None:
    first, second = read(TRAINS + "We do not train our AI models on your messages.")
    assert (first.says, second.says) == ("yes", "no")
    assert first.control.kind == "not-stated"


def test_a_denial_needs_no_way_out() -> None:
    (clause,) = read("We do not use your posts to train our AI models. You can opt out anyway.")
    assert clause.control.kind == "not-stated"
