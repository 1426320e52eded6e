"""What a law forbids exists, and so does the source that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from withhold.catalog.beyond_law import BeyondLaw, beyond_law

ACT = "laws/act.toml"


def test_an_unknown_practice_is_found(made_root: Path) -> None:
    assert found(made_root, (ACT, '"acme/train"', '"acme/trian"')) == [
        "laws/act.toml:1: forbids unknown practice 'acme/trian' [laws]"
    ]


def test_a_superseded_practice_may_be_forbidden(made_root: Path) -> None:
    assert found(made_root, (ACT, '"acme/train"', '"acme/train-2023"')) == []


def test_an_unknown_source_is_found(made_root: Path) -> None:
    assert found(made_root, (ACT, 'sources = ["text"]', 'sources = ["text", "txt"]')) == [
        "laws/act.toml:1: unknown source 'txt' [laws]"
    ]


def test_what_a_law_forbids_needs_a_source(made_root: Path) -> None:
    (line,) = found(made_root, (ACT, 'sources = ["text"]', "sources = []"))
    assert "no source" in line


def test_what_a_law_forbids_begins_before_it_ends(made_root: Path) -> None:
    since = "since = 2024-01-01"
    (line,) = found(made_root, (ACT, f"{since}\nplaces", f"{since}\nuntil = 2024-01-01\nplaces"))
    assert line == "laws/act.toml:1: forbids: since must lie before until [laws]"


# Acts and clocks ------------------------------------------------------------------------------

GIVES = """
[[act]]
act = "object-training"
article = "s. 1"
bases = ["legitimate-interest"]
uses = ["train-ai"]
reaches = { en = "this", de = "dies" }
not_reaches = { en = "that", de = "das" }
clock = "answer"
read = "official"
sources = ["paper"]

[[act]]
act = "access"
article = "s. 2"
reaches = { en = "this", de = "dies" }
not_reaches = { en = "that", de = "das" }
clock = "act#answer"
since = 2024-01-01
until = 2024-02-01
read = "relayed"
sources = ["paper"]

[[clock]]
id = "answer"
rule = { en = "s. 3: a month", de = "s. 3: ein Monat" }
months = 1
counts = "calendar-days"
extension_days = 10
extension_says = { en = "with reasons", de = "mit Gründen" }
since = 2024-01-01
until = 2024-02-01
sources = ["paper"]

[source.paper]
url = "https://law.example/act"
kind = "official"
seen = 2024-06-01
read = "excerpt"
"""


def _with(root: Path, *changes: tuple[str, str]) -> list[str]:
    text = GIVES
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path = root / ACT
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return [line.removeprefix("laws/act.toml:").partition(" ")[2] for line in found(root)]


def test_a_law_that_gives_acts_with_a_clock_is_clean(made_root: Path) -> None:
    assert _with(made_root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('sources = ["paper"]', "sources = []", "act object-training: no source"),
        ('02-01\nsources = ["paper"]', "02-01\nsources = []", "clock answer: no source"),
        ('sources = ["paper"]', 'sources = ["paper", "txt"]', "unknown source 'txt'"),
        (
            '["legitimate-interest"]',
            '["interest"]',
            "act object-training: unknown basis 'interest'",
        ),
        ('["train-ai"]', '["train"]', "act object-training: unknown use 'train'"),
        ('uses = ["train-ai"]', "who = []", "act object-training: who may demand it?"),
        ("until = 2024-02-01", "until = 2024-01-01", "act access: since must lie before until"),
        ('clock = "answer"', 'clock = "reply"', "act object-training: unknown clock 'reply'"),
        ('"act#answer"', '"nowhere#answer"', "act access: unknown clock 'nowhere#answer'"),
        (', de = "dies"', "", "act object-training: reaches: no text in de"),
        (', de = "das"', "", "act object-training: not_reaches: no text in de"),
        (', de = "s. 3: ein Monat"', "", "clock answer: rule: no text in de"),
        (', de = "mit Gründen"', "", "clock answer: extension_says: no text in de"),
        ("months = 1", "months = 0", "clock answer: neither months nor days"),
        (
            'extension_says = { en = "with reasons", de = "mit Gründen" }',
            "",
            "clock answer: extension_says: what does an extension need?",
        ),
    ],
)
def test_what_a_law_gives_has_to_hold(made_root: Path, old: str, new: str, says: str) -> None:
    assert _with(made_root, (old, new)) == [f"{says} [laws]"]


def test_the_dates_of_a_clock_are_in_order(made_root: Path) -> None:
    text = "since = 2024-01-01\nuntil = 2024-02-01\nsources"
    says = _with(made_root, (text, text.replace("02-01", "01-01")))
    assert says == ["clock answer: since must lie before until [laws]"]


@pytest.mark.parametrize("read", ["no", "relayed"])
def test_nothing_is_marked_as_read_that_nobody_opened(made_root: Path, read: str) -> None:
    assert _with(made_root, ('read = "excerpt"', f'read = "{read}"')) == [
        "act object-training: read official, but no official text was opened [laws]",
        "act access: read relayed, but no text was opened [laws]",
    ]


def test_a_copy_by_others_is_no_official_text(made_root: Path) -> None:
    assert _with(made_root, ('kind = "official"', 'kind = "blog"')) == [
        "act object-training: read official, but no official text was opened [laws]"
    ]


def test_one_act_of_one_law_has_one_clock(made_root: Path) -> None:
    lines = _with(made_root, ('act = "access"', 'act = "object-training"'))
    assert lines == ["act object-training: two clocks for one act of one law [laws]"] * 2


def test_a_law_of_unknown_basis_or_that_ends_before_it_begins(made_root: Path) -> None:
    old = "in_force = 2018-05-25"
    changes = ((ACT, old, f'{old}\nuntil = 2018-05-25\nbases = ["interest"]'),)
    assert found(made_root, *changes) == [
        "laws/act.toml:1: in_force must lie before until [laws]",
        "laws/act.toml:1: unknown basis 'interest' [laws]",
    ]


# Beyond the law -------------------------------------------------------------------------------

BEYOND = """
[[nothing]]
places = ["DE"]
who = ["person"]
on = 2024-06-01
sources = ["look"]
text = { en = "none", de = "keins" }

[[under_age]]
places = ["WORLD"]
text = { en = "a parent", de = "Eltern" }

[voluntary.voluntary-form]
reaches = { en = "this", de = "dies" }
not_reaches = { en = "that", de = "das" }

[source.look]
url = "https://law.example/none"
kind = "press"
seen = 2024-06-01
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", ""),
        ('["DE"]', '["DD"]', "unknown place 'DD'"),
        ('sources = ["look"]', 'sources = ["loom"]', "unknown source 'loom'"),
        ('sources = ["look"]', "", "DE: looked, but where? no source"),
        ("on = 2024-06-01", "", "DE: looked, but when? no `on`"),
        (', de = "keins"', "", "DE: text: no text in de"),
        (', de = "Eltern"', "", "WORLD: text: no text in de"),
        (', de = "dies"', "", "voluntary-form: reaches: no text in de"),
        ("https://", "ftp://", "look: url: expected a web address"),
    ],
)
def test_what_is_said_where_no_law_helps(made_root: Path, old: str, new: str, says: str) -> None:
    text = BEYOND.replace(old, new, 1) if old else BEYOND
    (made_root / "beyond-law.toml").write_text(text, encoding="utf-8")
    lines = [one.partition(" ")[2] for one in found(made_root)]
    assert lines == ([f"{says} [laws]"] if says else [])


def test_without_such_a_file_nothing_is_said(made_root: Path) -> None:
    assert beyond_law(made_root) == BeyondLaw()
