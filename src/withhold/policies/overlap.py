"""How much of a document stands in another, sentence by sentence, and whether it is another one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from withhold.errors import MissingExtra
from withhold.policies.document import Document
from withhold.policies.sentences import normal

LONG = 20
"""Letters below which a sentence ("Learn more") stands in every document and tells nothing."""
ENOUGH = 12
"""With fewer sentences than these a share says little, so that nothing is called another."""
SAME_TITLE = 0.5
"""Of the words of the shorter title: "X Privacy Policy" is still "Twitter Privacy Policy"."""
OTHER_TITLE = 0.015
"""Under another title a document is another one where less than this share was kept: policies that
were written anew, and whose first heading was then another, kept 2 to 10 % in real histories."""
OTHER_PLACES = 0.2
"""The same where the title is not equal and it says that it is for other places than before."""
OTHER_TEXT = 0.005
"""Whatever its title, where less than this was kept."""
HELD = 92.0
"""How alike the shorter sentence and a part of the longer are, for the one to hold the other."""
_END = re.compile(r"(?<=[.!?;:])\s+")
# Coarser than what finds clauses and much faster: the share of equal sentences needs no more.


def lines_of(document: Document) -> tuple[str, ...]:
    """The sentences of a document in the form in which they are compared, in its order."""
    return tuple(
        plain
        for passage in document.passages
        for one in _END.split(passage.text)
        if (plain := normal(one))
    )


def share_kept(before: Iterable[str], after: Iterable[str]) -> float:
    """Which share of the earlier sentences stands in the later document, 0 to 1; 1 of none."""
    told = {one for one in before if len(one) >= LONG}
    return len(told & set(after)) / len(told) if told else 1.0


class Face(Struct, frozen=True, kw_only=True):
    """What tells a document from another one: its title, whom it is for, how many sentences."""

    title: str = ""
    places: tuple[str, ...] = ()
    lines: int = 0


def another(before: Face, after: Face, kept: float) -> bool:
    """Whether another document stands under the same name; ``kept`` as ``share_kept`` says."""
    if min(before.lines, after.lines) < ENOUGH:
        return False
    old, new = _words(before.title), _words(after.title)
    shared = len(old & new) / min(len(old), len(new)) if old and new else 1.0
    elsewhere = set(before.places) != set(after.places) and bool(old and new) and old != new
    return (
        kept < OTHER_TEXT
        or (kept < OTHER_TITLE and shared < SAME_TITLE)
        or (kept < OTHER_PLACES and elsewhere)
    )


def _words(title: str) -> set[str]:
    return {plain for word in title.split() if (plain := normal(word))}


def alike(one: str, other: str) -> float:
    """How alike two sentences are in their normal form, 0 to 100; also where one holds the other.

    Raises MissingExtra without RapidFuzz.
    """
    try:
        from rapidfuzz import fuzz
    except ImportError as why:
        raise MissingExtra(
            "comparing sentences needs an extra", 'pip install "withhold[policies]"'
        ) from why
    whole = float(fuzz.ratio(one, other))
    if whole >= HELD or min(len(one), len(other)) < LONG:
        return whole
    return max(whole, float(fuzz.partial_ratio(one, other, score_cutoff=HELD)))
