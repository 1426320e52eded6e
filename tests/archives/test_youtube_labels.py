"""The table of labels: no label stands for two things, and each has a source."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from withhold.exports.takeout_labels import plain

TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "knowledge/archives/takeout-labels.toml").read_text("utf-8")
)


def meanings(group: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, by in TABLE[group].items():
        for labels in by.values():
            for label in labels:
                found[plain(label)].add(name)
    return found


def test_no_label_stands_for_two_things() -> None:
    for group in ("columns", "visibility"):
        assert {label: many for label, many in meanings(group).items() if len(many) > 1} == {}


def test_the_words_for_public_are_these_and_no_others() -> None:
    """A wrong word here would call a private video public."""
    public = {label for labels in TABLE["visibility"]["public"].values() for label in labels}
    assert public == {
        "Public", "Público", "Pública", "Öffentlich", "Openbaar", "Publique", "Pubblico",
        "Pubblica", "Publică", "公開",
    }  # fmt: skip


def test_what_is_only_remembered_says_so() -> None:
    assert TABLE["source"]["menus"]["kind"] == "unverified"
    assert "not checked" in TABLE["source"]["menus"]["title"]
