"""Precision and recall of reveals on a labelled set, per kind; says numbers, never a post.

The rule: a label is *met* by what was found if both are of one kind and what they share is at
least half of the shorter of the two ("I work at Contoso" meets "Contoso"). Precision is the share
of what was found that meets a label, recall the share of labels that are met. *Tight* is recall by
the stricter rule of half of the longer. What is found as possible counts apart, in its own column.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.reveals import Reveal, language_of
from withhold.reveals.find import find
from withhold.words import REVEALED, Revealed

HERE = Path(__file__).parent


class Label(Struct, frozen=True):
    """One span that a person has marked."""

    kind: Revealed
    start: int
    end: int


class Score(Struct):
    """What was counted for one kind."""

    labels: int = 0
    met: int = 0
    tight: int = 0
    found: int = 0
    right: int = 0
    possible: int = 0
    possible_right: int = 0
    met_at_all: int = 0
    """Labels met by what is sure or by what is possible."""

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.labels if self.labels else 1.0

    @property
    def recall_at_all(self) -> float:
        return self.met_at_all / self.labels if self.labels else 1.0


def posts(path: Path) -> Iterator[dict[str, Any]]:
    """The posts of a set, each checked: known kinds, spans inside the text."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        post = json.loads(line)
        for one in post["spans"]:
            held = one["kind"] in REVEALED and 0 <= one["start"] < one["end"] <= len(post["text"])
            assert held, f"line {number}: a span that does not hold"
        yield post


def shared(one: Label | Reveal, other: Label | Reveal) -> int:
    """Characters that two spans of one kind share."""
    if one.kind != other.kind:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def meets(one: Label | Reveal, other: Label | Reveal) -> bool:
    """The rule, the same both ways."""
    return shared(one, other) * 2 >= min(one.end - one.start, other.end - other.start)


def meets_tightly(one: Label | Reveal, other: Label | Reveal) -> bool:
    return shared(one, other) * 2 >= max(one.end - one.start, other.end - other.start)


def measure(path: Path, words: RevealWords) -> dict[str, Score]:
    """Kind -> what was counted, as the tool works: the language told first."""
    scores = {kind: Score() for kind in REVEALED}
    for post in posts(path):
        labels = [Label(one["kind"], one["start"], one["end"]) for one in post["spans"]]
        count(labels, find(post["text"], words, language_of(post["text"])[0]), scores)
    return scores


def count(labels: list[Label], found: list[Reveal], scores: dict[str, Score]) -> None:
    """Adds one post to the scores."""
    sure = [one for one in found if one.sure]
    for label in labels:
        score = scores[label.kind]
        score.labels += 1
        score.met += any(meets(label, one) for one in sure)
        score.tight += any(meets_tightly(label, one) for one in sure)
        score.met_at_all += any(meets(label, one) for one in found)
    for one in found:
        score = scores[one.kind]
        right = any(meets(one, label) for label in labels)
        if one.sure:
            score.found += 1
            score.right += right
        else:
            score.possible += 1
            score.possible_right += right


def table(scores: dict[str, Score]) -> str:
    """The figures for a person."""
    lines = [
        "kind          labels  found  precision  recall  tight   possible (right)  recall with them"
    ]
    for kind, one in scores.items():
        tight = one.tight / one.labels if one.labels else 1.0
        lines.append(
            f"{kind:13}{one.labels:7}{one.found:7}{one.precision:11.3f}{one.recall:8.3f}"
            f"{tight:7.3f}{one.possible:11} ({one.possible_right}){one.recall_at_all:18.3f}"
        )
    every = Score(
        **{
            name: sum(getattr(one, name) for one in scores.values())
            for name in Score.__struct_fields__
        }
    )
    lines.append(
        f"{'all':13}{every.labels:7}{every.found:7}{every.precision:11.3f}{every.recall:8.3f}"
        f"{every.tight / max(1, every.labels):7.3f}{every.possible:11} ({every.possible_right})"
        f"{every.recall_at_all:18.3f}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["first"]:
        print(name)
        print(table(measure(HERE / f"{name}.jsonl", reveal_words())))
