"""Labels in Instagram's archives: written in the account's language, known for a few languages.

``knowledge/archives/instagram-labels.toml`` has them, with what shows them. Where a label is not
known, what can be told by its place or by the type of its value is still read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from withhold.archive_facts import InstagramLabels
from withhold.catalog.load import default_root
from withhold.catalog.read import read

FILE = "archives/instagram-labels.toml"
LATEST = 4_102_444_800
"""Unix seconds of the year 2100: a time after it is none."""

Mend = Callable[[str], str]


@cache
def labels() -> InstagramLabels:
    """The file as it is. Raises BadKnowledge."""
    return read(default_root() / FILE, InstagramLabels, FILE)


@cache
def called(meaning: str) -> frozenset[str]:
    """All that is known to be called so, in any language, without case."""
    return frozenset(one.casefold() for many in labels().label[meaning].values() for one in many)


@cache
def months() -> dict[str, int]:
    """A shortened month in any language -> 1 to 12. No word means two months."""
    return {
        word: number for listed in labels().month.values() for number, word in enumerate(listed, 1)
    }


def fields(entry: Any, mend: Mend) -> Iterator[tuple[str, dict[str, Any]]]:
    """The labelled values of an entry, in either of its two styles, each label without case."""
    if not isinstance(entry, dict):
        return
    by_key = entry.get("string_map_data")
    if isinstance(by_key, dict):
        for label, value in by_key.items():
            if isinstance(value, dict):
                yield mend(label).casefold(), value
    listed = entry.get("label_values")
    for value in listed if isinstance(listed, list) else ():
        if isinstance(value, dict):
            yield _label(value, mend), value
            inside = value.get("dict")
            for one in inside if isinstance(inside, list) else ():
                if isinstance(one, dict):
                    yield _label(one, mend), one


def said(entry: Any, meaning: str, mend: Mend) -> str:
    """The value of a label as text, repaired; empty where the label or its value is missing."""
    wanted = called(meaning)
    for label, value in fields(entry, mend):
        if label in wanted:
            found = value.get("value")
            if isinstance(found, str) and found:
                return mend(found)
    return ""


def moment(seconds: Any) -> datetime | None:
    """Unix seconds (a number, or digits) as a time in UTC; None for what is no time, as 0."""
    if isinstance(seconds, str):
        seconds = int(seconds) if seconds.isdecimal() and len(seconds) < 12 else None
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return None
    return datetime.fromtimestamp(seconds, UTC) if 1 <= seconds < LATEST else None


def on_off(value: str) -> bool | None:
    """``True`` and ``False`` as Instagram writes them, in English in every language seen."""
    return {"true": True, "false": False}.get(value.strip().casefold())


def _label(value: dict[str, Any], mend: Mend) -> str:
    label = value.get("label")
    return mend(label).casefold() if isinstance(label, str) else ""
