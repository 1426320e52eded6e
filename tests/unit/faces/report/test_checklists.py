"""What the guide's checklist brought, line by line; nothing is left unsaid, and nothing twice."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import withhold
from tests.unit import made
from withhold.exports.checklist import Checklist, NotUnderstood
from withhold.faces.report.checklists import TakenIn, lines, why
from withhold.verbs.record import Said
from withhold.verbs.take_in import Added, NamedSetting, Understood
from withhold.words import LANGS, Account, Observation

ON = date(2026, 11, 2)
ADA, TWO = Account(platform="acme", name="ada"), Account(platform="acme", name="two")


def load_phrases(lang: str) -> dict[str, str]:
    """The words of the command line."""
    path = Path(withhold.__file__).parent / "faces" / "phrases" / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


EN = load_phrases("en")
SET = [
    (NamedSetting(name="place", said="DE"), "place: DE"),
    (NamedSetting(name="place", said="DE", stored="DE"), "place: DE, as before"),
    (
        NamedSetting(name="lang", said="de", stored="en"),
        "language: your en is kept (the file says de)",
    ),
]


def taken(checklist: Checklist | None = None, **understood: Any) -> TakenIn:
    return TakenIn(
        file="list.json",
        checklist=checklist or Checklist(),
        understood=Understood(**understood),
    )


def seen(value: str = "off", id: str = "") -> Observation:
    return Observation(
        control="acme/switch", account="acme:ada", value=value, on=ON, how="told", id=id
    )


@pytest.mark.parametrize(("setting", "says"), SET, ids=["set", "there", "kept"])
def test_what_the_owner_said_before_stays_and_that_is_said(
    setting: NamedSetting, says: str
) -> None:
    assert lines(taken(settings=(setting,)), EN) == [says]


def test_each_account_and_each_step_is_told_as_what_became_of_it() -> None:
    step = Said(control=made.control(), account=ADA, observation=seen(id="obs-7"))
    found = taken(
        added=(Added(account=ADA, since=ON), Added(account=TWO, since=ON)),
        kept=(Account(platform="other"),),
        renamed={"oldacme": "acme"},
        said=(step,),
        already=(seen("on"),),
        audience_kept=(Account(platform="acme", name="ada", audience="followers"),),
    )
    assert lines(found, EN) == [
        "oldacme is called acme here",
        "accounts added: acme:ada, acme:two",
        "accounts that were there, kept as they are: other",
        "recorded, because you say so: acme/switch (acme:ada): off, 2026-11-02 [obs-7]",
        "recorded before, not again: acme/switch (acme:ada): on, 2026-11-02",
        "acme:ada: you said something newer of its audience (followers), and that stays",
    ]


def test_a_file_that_adds_nothing_says_so_and_only_then() -> None:
    assert lines(taken(), EN) == ["nothing to add"]
    assert lines(taken(Checklist(ignored=("/mood",))), EN) == [
        "fields that this version does not know, left out: /mood"
    ]


@pytest.mark.parametrize(("n", "ends"), [(10, "/f9"), (11, "/f9 (+1)"), (500, "/f9 (+490)")])
def test_of_many_unknown_fields_ten_are_named_and_the_rest_counted(n: int, ends: str) -> None:
    (line,) = lines(taken(Checklist(ignored=tuple(f"/f{one}" for one in range(n)))), EN)
    assert line.endswith(f", {ends}")


@pytest.mark.parametrize("lang", LANGS)
def test_why_an_entry_was_not_understood_is_a_sentence_with_its_facts(lang: str) -> None:
    one = NotUnderstood(path="/ticks/3", why="too-long", facts={"limit": "100"})
    assert "100" in why(one, load_phrases(lang))
    bare = NotUnderstood(path="", why="empty")
    assert why(bare, load_phrases(lang)) == load_phrases(lang)["import_why_empty"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_can_be_said_in_every_language(lang: str) -> None:
    step = Said(control=made.control(), account=ADA, observation=seen())
    found = taken(
        Checklist(ignored=("/x",)),
        settings=tuple(one for one, _ in SET),
        added=(Added(account=ADA, since=ON),),
        kept=(TWO,),
        renamed={"a": "b"},
        said=(step,),
        already=(seen("on"),),
        audience_kept=(ADA,),
    )
    said = lines(found, load_phrases(lang))
    assert len(said) == len(set(said)) == 10
    assert not [one for one in said if "{" in one]
