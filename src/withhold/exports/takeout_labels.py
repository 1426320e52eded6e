"""Column names and values of a Google Takeout in the languages that Google writes them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from withhold.archive_facts import TakeoutLabels
from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.exports.post import AudienceBy
from withhold.words import Audience

FILE = "archives/takeout-labels.toml"
_COUNT = re.compile(r"[\s:(]*\d{1,4}\)?$")
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans("‐‑‒–—", "-----")


class Known(Struct, frozen=True):
    """The labels turned round: what a column name stands for, what a value says."""

    columns: dict[str, str]
    visibility: dict[str, str]
    prompts: tuple[str, ...]


def plain(label: str) -> str:
    """A column name as it is compared: caseless, one kind of dash and space, no count at its end.

    >>> plain("Beitrags‑ID"), plain("Tag: 12")
    ('beitrags-id', 'tag')
    """
    found = unicodedata.normalize("NFKC", label[:200]).casefold().translate(_DASHES)
    found = _SPACES.sub(" ", found).strip()
    return _COUNT.sub("", found) or found


@cache
def known() -> Known:
    """All labels of all languages."""
    found = read(default_root() / FILE, TakeoutLabels, FILE)
    return Known(
        columns={
            plain(label): name
            for name, by in found.columns.items()
            for labels in by.values()
            for label in labels
        },
        visibility={
            plain(label): name
            for name, by in found.visibility.items()
            for labels in by.values()
            for label in labels
        },
        prompts=tuple(label for labels in found.prompts.values() for label in labels),
    )


def columns(header: Iterable[str]) -> dict[str, list[str]]:
    """The columns of a file by what they stand for, each with its names in this file, in order."""
    table = known().columns
    found: dict[str, list[str]] = {}
    for name in header:
        if meaning := table.get(plain(name)):
            found.setdefault(meaning, []).append(name)
    return found


def audience(value: str) -> tuple[Audience, AudienceBy, str]:
    """Who can see a thing of this visibility, and the word for it; unknown for one not known."""
    word = known().visibility.get(plain(value), "")
    if word == "public":
        return "public", "item-field", word
    return ("private", "item-field", word) if word else ("unknown", "none", "")
