"""A fact without a source is a bug."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found

ACME = "platforms/acme.toml"
TRAIN = 'sources = ["policy"]\nwhat = { en = "Acme trains."'
SWITCH = 'label = { en = "Improve Acme", de = "Acme verbessern" }\nsources = ["policy"]'


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ACME, TRAIN, TRAIN.replace('"policy"', ""), "train: no source"),
        (ACME, TRAIN, TRAIN.replace("policy", "polcy"), "train: unknown source 'polcy'"),
        (ACME, SWITCH, SWITCH.replace('["policy"]', "[]"), "switch: no source"),
        (ACME, SWITCH, SWITCH.replace("policy", "x"), "switch: unknown source 'x'"),
        (ACME, 'sources = ["robots"]', "sources = []", "shield: no source"),
        (ACME, '"policy", "robots"', '"policy", "y"', "how-far: unknown source 'y'"),
        (ACME, ', source = "policy" }', " }", "automation_terms: unknown source ''"),
        (
            "crawlers/scrapebot.toml",
            '{ says = "yes", sources = ["docs"] }',
            '{ says = "yes" }',
            "honours: no source",
        ),
        (
            "crawlers/otherbot.toml",
            ', looked_at = "https://partner.example/bot"',
            "",
            "not-stated needs the place that was looked at",
        ),
        (
            "claims/it-is-said.toml",
            '"https://paper.example/1"',
            '"paper.example/1"',
            "paper: url: expected a web address",
        ),
    ],
)
def test_a_fact_without_its_source_is_found(
    made_root: Path, file: str, old: str, new: str, said: str
) -> None:
    (line,) = found(made_root, (file, old, new))
    assert line.startswith(f"{file}:")
    assert line.partition(": ")[2] == f"{said} [sources]"


@pytest.mark.parametrize(
    "file",
    [
        "actors/partner.toml",
        "signals/robots-txt.toml",
        "claims/it-is-said.toml",
        "crawlers/otherbot.toml",
    ],
)
def test_a_file_without_any_source_is_found(made_root: Path, file: str) -> None:
    text = (made_root / file).read_text(encoding="utf-8")
    head = text[: text.index("[source.")]
    (made_root / file).write_text(f"{head}[source]\n", encoding="utf-8")
    assert found(made_root) == [f"{file}:1: no source [sources]"]
