"""How well clauses are found: labelled sentences of real policies against what is read.

The labels are pointers (``tests/corpus/policies/labels``); the texts lie in the data folder. Each
sentence is read twice: in its document, as ``check --policy`` does, and alone, as a caller may who
has only a sentence. In a document a sentence counts as found where a clause of the same words, or
of a part of them, stands at its place.

    python bench/policies_labels.py [--half dev|test] [--no-misses]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from withhold.policies import Clause, read, read_document

LABELS = Path(__file__).parents[1] / "tests/corpus/policies/labels"
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")


class Labelled(NamedTuple):
    """A sentence of a policy and what a person said of it; ``start`` and ``end`` in characters."""

    file: str
    start: int
    end: int
    text: str
    label: str
    says: str
    reader: bool
    context: bool
    doubt: bool


class Judged(NamedTuple):
    """A labelled sentence and what was found of it: ``yes``, ``no``, ``conditional``, ``reader``
    (a restriction) or nothing."""

    of: Labelled
    found: str


def corpus() -> Path:
    """The folder of the policies. Ends the script where it is not named."""
    named = os.environ.get("WITHHOLD_CORPUS")
    if not named:
        raise SystemExit("WITHHOLD_CORPUS names the data folder; without it nothing is measured")
    return Path(named) / "policies"


def labelled(half: str, root: Path) -> list[Labelled]:
    """The sentences of a half; raises ValueError where one is not what was labelled."""
    texts: dict[str, bytes] = {}
    found = []
    for line in (LABELS / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        data = texts.setdefault(one["file"], b"") or (root / one["file"]).read_bytes()
        texts[one["file"]] = data
        first, last = one["offset"], one["offset"] + one["length"]
        if hashlib.sha256(data[first:last]).hexdigest() != one["sha256"]:
            raise ValueError(f"{one['file']}:{first} is not the sentence that was labelled")
        start = len(data[:first].decode("utf-8"))
        text = data[first:last].decode("utf-8")
        found.append(
            Labelled(
                file=one["file"],
                start=start,
                end=start + len(text),
                text=text,
                label=one["label"],
                says=one.get("says", ""),
                reader=one.get("reader", False),
                context=one.get("context", False),
                doubt=one.get("doubt", False),
            )
        )
    return found


def in_documents(sentences: Iterable[Labelled], root: Path) -> list[Judged]:
    """What is found of each where its whole document is read."""
    by_file: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in sentences:
        by_file[one.file].append(one)
    judged = []
    for file, those in sorted(by_file.items()):
        clauses = read_document((root / file).read_bytes(), "markdown").clauses
        for one in those:
            at = [c for c in clauses if c.start < one.end and one.start < c.end]
            judged.append(Judged(one, _said(c for c in at if _same(c.sentence, one.text))))
    return judged


def alone(sentences: Iterable[Labelled]) -> list[Judged]:
    """What is found of each where nothing but the sentence is given."""
    return [Judged(one, _said(read(one.text, "markdown"))) for one in sentences]


def _same(clause: str, sentence: str) -> bool:
    """Whether a clause is that sentence: one holds the other, or most of it."""
    a, b = _plain(clause), _plain(sentence)
    if a in b or b in a:
        return True
    words, others = Counter(a.split()), Counter(b.split())
    return (words & others).total() >= 0.7 * min(words.total(), others.total())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", _LINK.sub(r"\1", text).casefold()))


def _said(clauses: Iterable[Clause]) -> str:
    """Of several clauses of one sentence: a practice before a restriction, a no before a yes."""
    these = list(clauses)
    practices = [one.says for one in these if not one.restricts_reader]
    for says in ("no", "conditional", "yes"):
        if says in practices:
            return says
    return "reader" if these else ""


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Precision, recall and F1 of yes; negation; restrictions mistaken for practices."""
    said = ("yes", "no", "conditional")
    hit = [one for one in judged if one.of.label == "yes" and one.found in said]
    false = [one for one in judged if one.of.label != "yes" and one.found in said]
    missed = [one for one in judged if one.of.label == "yes" and one.found not in said]
    restrictions = [one for one in judged if one.of.reader]
    mistaken = [one for one in restrictions if one.found in said]
    right = [one for one in hit if (one.of.says == "no") == (one.found == "no")]
    exact = [one for one in hit if one.of.says == one.found]
    precision = len(hit) / max(1, len(hit) + len(false))
    recall = len(hit) / max(1, len(hit) + len(missed))
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "negation": len(right) / max(1, len(hit)),
        "says": len(exact) / max(1, len(hit)),
        "mistaken": len(mistaken) / max(1, len(restrictions)),
        "seen as restrictions": sum(one.found == "reader" for one in restrictions)
        / max(1, len(restrictions)),
    }


def told(name: str, judged: Sequence[Judged], *, misses: bool) -> str:
    """The figures, the confusion matrix and every miss, as text."""
    lines = [f"{name}: {len(judged)} sentences"]
    lines += [f"  {what:22} {value:.3f}" for what, value in figures(judged).items()]
    columns = ("yes", "no", "conditional", "reader", "")
    lines.append("  labelled \\ found   " + "".join(f"{one or 'nothing':>13}" for one in columns))
    rows = [("yes", "yes"), ("yes", "no"), ("yes", "conditional"), ("related", ""), ("no", "")]
    for label, says in rows:
        counts = Counter(
            one.found
            for one in judged
            if one.of.label == label and (label != "yes" or one.of.says == says)
        )
        called = f"{label} ({says})" if says else label
        lines.append(f"  {called:18} " + "".join(f"{counts[one]:13}" for one in columns))
    services = Counter(
        one.of.file.split("/")[0]
        for one in judged
        if (one.of.label == "yes") != (one.found in ("yes", "no", "conditional"))
    )
    lines.append("  wrong by service: " + ", ".join(f"{k} {v}" for k, v in services.most_common()))
    for one in judged if misses else ():
        practice = one.found in ("yes", "no", "conditional")
        if practice == (one.of.label == "yes") and (
            not practice or (one.of.says == "no") == (one.found == "no")
        ):
            continue
        wanted = one.of.says or ("reader" if one.of.reader else one.of.label)
        marks = " (context)" * one.of.context + " (doubt)" * one.of.doubt
        lines.append(f"  - {one.of.label}/{wanted} found {one.found or 'nothing'}{marks}")
        words = _LINK.sub(r"[\1]", one.of.text)[:400]
        lines.append(f"    {one.of.file}:{one.of.start}  {words}")
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--half", choices=("dev", "test"), action="append")
    arguments.add_argument("--no-misses", action="store_true")
    given = arguments.parse_args()
    root = corpus()
    for half in given.half or ("dev", "test"):
        sentences = labelled(half, root)
        misses = not given.no_misses
        print(told(f"{half}, in documents", in_documents(sentences, root), misses=misses))
        print(told(f"{half}, alone", alone(sentences), misses=False))


if __name__ == "__main__":
    main()
