"""A history of policies in sentences that text, Markdown and HTML share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import tomli
from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.replay import Step
from withhold.policies.versions import NOTICED, Change, Pair
from withhold.verbs.policy_history import Past, PolicyHistory

MARKS = ("worse", "unclear", "document-replaced", "better")
"""The grades that are told, the gravest first."""
LONGEST = 600
"""Characters of a sentence that are shown; a policy's longest have thousands."""


def words_of(lang: str) -> dict[str, str]:
    """The words of histories of policies."""
    path = Path(__file__).parents[1] / "phrases" / f"policy_history.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


class Told(Struct, frozen=True, kw_only=True):
    """A history with what it was asked for and the words."""

    history: PolicyHistory
    words: Mapping[str, str]
    since: date | None = None
    lang: str = "en"

    @property
    def headline(self) -> str:
        """``linkedin/privacy-policy: what it says about AI training, and the day it changed``."""
        documents = self.history.documents
        if len(documents) == 1:
            return self.words["head_one"].format(name=documents[0].name)
        return self.words["head"].format(n=len(documents))

    @property
    def source(self) -> str:
        """Where the versions come from."""
        return self.words[f"source_{self.history.source}"]

    @property
    def none(self) -> str:
        """That nothing is to tell, where it is so; empty else."""
        if any(one.noticed for one in self.history.documents):
            return ""
        return self.words["none_since" if self.since else "none"].format(since=self.since)

    def document(self, past: Past) -> str:
        """How many versions, from when to when."""
        return self.words["document_one" if past.versions == 1 else "document"].format(
            name=past.name,
            versions=past.versions,
            first=past.first,
            last=past.last,
            used=past.used,
        )

    def standing(self, past: Past) -> str:
        """What the last version says, as the line above its sentences."""
        if not past.used:
            return self.words["nothing_read"]
        if past.silent:
            return self.words["silent"]
        if not past.now:
            return self.words["silent_now"]
        return self.words["now_one" if len(past.now) == 1 else "now"].format(n=len(past.now))

    def noticed(self, past: Past) -> str:
        """``3 changes to tell``."""
        n = len(past.noticed)
        return self.words["noticed_one" if n == 1 else "noticed"].format(n=n)

    def quiet(self, past: Past) -> str:
        """How many other versions there are; empty without any."""
        n = len(past.steps) - len(past.noticed)
        return self.words["quiet_one" if n == 1 else "quiet"].format(n=n) if n else ""

    def step(self, step: Step) -> str:
        """``2024-09-19: worse``, with what the version says of its own days."""
        change = step.change
        if change is None:
            return f"{step.version.day}: {self.outcome(step)}"
        words = self.words
        said = words["step"].format(day=step.version.day, grade=words[f"grade_{change.grade}"])
        more = [words["against"].format(day=step.against)] if step.against else []
        if change.published:
            more.append(words["published"].format(day=change.published))
        if change.days_in_force:
            key = "announced" if change.announced else "in_force"
            more.append(words[key].format(days=in_force(change)))
        if change.grade == "document-replaced":
            more.append(words["overlap"].format(share=round(100 * change.overlap)))
        return f"{said} ({'; '.join(more)})" if more else said

    def outcome(self, step: Step) -> str:
        """Why a version raises nothing, or that it was compared."""
        words, change = self.words, step.change
        if step.outcome == "changed" and change is not None:
            other = "outcome_other-language" if change.other_language else f"grade_{change.grade}"
            return words[other]
        return words[f"outcome_{step.outcome}"].format(day=step.against)

    def pair(self, pair: Pair) -> str:
        """What a change of one clause is: its grade and which parts decided."""
        why = "; ".join(self.words[f"why_{one}"] for one in pair.why)
        grade = self.words[f"grade_{pair.grade}"]
        return f"{grade}: {why}" if why else grade

    def clause(self, clause: Clause) -> str:
        """What a sentence says, then the sentence."""
        quoted = self.words["quoted"].format(cut(clause.sentence))
        return f"{self.words[f'says_{clause.says}']}: {quoted}"

    def gaps(self) -> list[str]:
        """What could not be used, counted by reason and with the first place each."""
        found: dict[str, list[str]] = {}
        for one in self.history.gaps:
            found.setdefault(one.why, []).append(one.where or one.of)
        return [
            f"{self.words[f'gap_{why}']}: {len(where)} ({where[0]})" for why, where in found.items()
        ]

    def sums(self) -> str:
        """``worse: 2; better: 1``, the gravest first; what there is none of is left out."""
        count: Counter[str] = Counter(
            step.change.grade
            for past in self.history.documents
            for step in past.noticed
            if step.change is not None
        )
        return "; ".join(
            self.words["sum"].format(grade=self.words[f"mark_{one}"], n=count[one])
            for one in MARKS
            if count[one]
        )


def told_pairs(change: Change) -> list[Pair]:
    """The clauses that a change is about, the gravest first; not those that say the same."""
    order = {grade: number for number, grade in enumerate(MARKS)}
    pairs = [one for one in change.pairs if one.grade in NOTICED]
    return sorted(pairs, key=lambda one: order[one.grade])


def in_force(change: Change) -> str:
    """The days from which it holds by its own words: the document's, then its clauses'."""
    return ", ".join(map(str, change.days_in_force))


def cut(sentence: str) -> str:
    """A sentence as far as it is shown."""
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
