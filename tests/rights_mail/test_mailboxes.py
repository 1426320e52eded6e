"""Mailboxes written by somebody who did not see the phrases: no wrong case, and how many outcomes.

The expected cases and outcomes stand in ``truth.toml``; README.md says how they are counted, and
which set was tuned on. Of the ``third`` set no message is shown, so that nobody tunes on it; where
its folder is not there yet, it is empty. Run with ``-s`` to see the rates.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import reply_words
from withhold.keep import Filed
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.verbs.request_replies import Came, read_mail

HERE = Path(__file__).parent
WORDS = reply_words()
NOBODY = RightsKnown(controllers={}, authorities={})
AT_LEAST = 0.9
SECOND_AT_LEAST = 0.93
"""What was reached on the second set with its mails in sight; it measures nothing any more."""
BLIND = 0.85
"""What no change may fall below on the third set; README.md says what was measured: 52 of 60."""


def truth(folder: Path) -> list[dict[str, Any]]:
    """The mailboxes of a set, each with the folder in which its files lie; none without folder."""
    if not (folder / "truth.toml").is_file():
        return []
    boxes = tomllib.loads((folder / "truth.toml").read_text("utf-8"))["mailbox"]
    return [{**box, "folder": folder} for box in boxes]


SETS = {"first": HERE, "second": HERE / "second", "third": HERE / "third"}
EACH = ["first", *(pytest.param(one, marks=pytest.mark.long) for one in ("second", "third"))]


@cache
def boxes_of(name: str) -> list[dict[str, Any]]:
    """The mailboxes of a set; opened only by a test that asks, so that a blind set stays shut."""
    return truth(SETS[name])


def filed(one: dict[str, Any], person: Person) -> Filed:
    """A case of a mailbox, as it was when the mail came."""
    case = Case(
        id=one["id"],
        act=one["act"],
        law="",
        controller=one["id"],
        subject="company",
        account=one.get("account", ""),
        lang=one["lang"],
        events=(Event(kind="sent", on=one["sent_on"], message_id=one["sent"]),),
    )
    return Filed(
        case=case,
        about=About(subject="company"),
        person=person,
        entitled=Entitled(act=one["act"], law="", article="", controller=one["id"]),
    )


def mails(box: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """The files of a mailbox by the name that the truth has for them."""
    for name in box["files"]:
        path = box["folder"] / name
        if path.is_dir():
            yield from ((f"{name}/{one.name}", one) for one in sorted(path.iterdir()))
        else:
            yield name, path


def read(box: dict[str, Any]) -> dict[tuple[str, int], Came]:
    """Every message of a mailbox, by file and place."""
    address = box["me"].partition("<")[2].strip("<> ") or box["me"]
    cases = [filed(one, Person(email=address)) for one in box["case"]]
    domains = {one["id"]: frozenset(one["domains"]) for one in box["case"]}
    return {
        (name, one.number): one
        for name, path in mails(box)
        for one in read_mail(path.read_bytes(), name, cases, NOBODY, WORDS, domains=domains)
    }


@cache
def read_of(name: str) -> dict[str, dict[tuple[str, int], Came]]:
    """Every message of every mailbox of a set."""
    return {box["id"]: read(box) for box in boxes_of(name)}


def truths(name: str) -> Iterator[tuple[str, dict[str, Any], Came]]:
    """Every message that the truth of a set names, with what was made of it."""
    for box in boxes_of(name):
        for said in box["message"]:
            yield box["id"], said, read_of(name)[box["id"]][(said["file"], said["n"])]


@pytest.mark.parametrize("name", EACH)
def test_there_are_sixty_and_every_message_of_them_is_read(name: str) -> None:
    if SETS[name].is_dir():
        assert len(boxes_of(name)) == 60
    for box in boxes_of(name):
        named = {(one["file"], one["n"]) for one in box["message"]}
        assert set(read_of(name)[box["id"]]) == named, box["id"]


@pytest.mark.parametrize("name", EACH)
def test_no_message_is_filed_under_a_wrong_case(name: str) -> None:
    wrong = [
        (box, said["file"], said["why"])
        for box, said, came in truths(name)
        if came.is_sure and came.match.case_id != said["case"]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", EACH)
def test_what_is_sure_to_a_careful_reader_is_mostly_filed_by_itself(name: str) -> None:
    """To file nothing would be no wrong case either."""
    sure = [
        (came.is_sure, box, said["file"])
        for box, said, came in truths(name)
        if said["case"].startswith("WH-") and not said.get("own")
    ]
    missed = [one[1:] for one in sure if not one[0]]
    print(f"\nfiled by itself: {len(sure) - len(missed)} of {len(sure)}")
    assert len(missed) <= (1 - AT_LEAST) * len(sure), missed


def rated(name: str) -> tuple[Counter[str], list[tuple[str, ...]]]:
    """How many outcomes are suggested rightly, by kind and in all; and what was missed."""
    right, missed = Counter[str](), list[tuple[str, ...]]()
    for box, said, came in truths(name):
        if not said["case"].startswith("WH-") or said.get("own") or not said["outcome"]:
            continue
        found = came.suggestion.outcome
        fits = found in (said["outcome"], *said.get("also", ()))
        right.update({"right": fits, "of": 1, f"{said['outcome']} right": fits})
        if not fits:
            missed.append((box, said["file"], said["outcome"], found or "(none)"))
    return right, missed


@pytest.mark.parametrize(
    ("name", "at_least"),
    [("first", AT_LEAST), pytest.param("second", SECOND_AT_LEAST, marks=pytest.mark.long)],
)
def test_outcomes_of_the_sets_that_were_tuned_on_stay_right(name: str, at_least: float) -> None:
    """This holds what was reached, and measures nothing any more."""
    found, missed = rated(name)
    print(f"\n{name} set, tuned on: {found['right']} of {found['of']}")
    for one in missed:
        print("  missed:", *one)
    assert found["right"] >= at_least * found["of"]


@pytest.mark.parametrize(
    ("name", "at_least"), [pytest.param("third", BLIND, marks=pytest.mark.long)]
)
def test_outcomes_of_a_set_that_nobody_tuned_on_are_measured(name: str, at_least: float) -> None:
    """The figure that counts; README.md says which one was measured when."""
    found, missed = rated(name)
    kinds = Counter(one[2] for one in missed)
    measured = f"{found['right']} of {found['of']}" if boxes_of(name) else "no such folder yet"
    print(f"\n{name} set, blind: {measured}; missed by kind: {dict(kinds)}")
    assert bool(boxes_of(name)) == (SETS[name] / "truth.toml").is_file()
    assert found["right"] >= at_least * found["of"]
