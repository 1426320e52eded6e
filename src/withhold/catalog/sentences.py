"""The sentences of answers, strengths, reasons and limits, one file per language."""

from __future__ import annotations

import re
from pathlib import Path

from withhold.catalog.read import read
from withhold.verdict import Reason, Verdict
from withhold.words import Fact


class Sentences(Fact, frozen=True, kw_only=True):
    """``knowledge/reasons/<lang>.toml``; every language has the same codes and gaps."""

    lang: str
    answer: dict[str, str]
    strength: dict[str, str]
    state: dict[str, str]
    reason: dict[str, str]
    kind: dict[str, str]
    audience: dict[str, str]
    use: dict[str, str]

    def say(self, reason: Reason) -> str:
        """The sentence of a reason; a code without a sentence is a fault of the program."""
        gaps = {name: self.text(fact) for name, fact in reason.facts.items()}
        return self.reason[reason.code].format_map(gaps).strip()

    def text(self, fact: str | dict[str, str]) -> str:
        """A text in this language, English where there is none."""
        return fact if isinstance(fact, str) else fact.get(self.lang) or fact.get("en", "")

    def headline(self, verdict: Verdict, name: str, platform: str = "") -> str:
        """The answer as the fixed sentence of its strength; no answer stands alone."""
        if verdict.answer == "allowed":
            code = "allowed-others" if verdict.actor == "anyone" else "allowed"
            return self.answer[code].format(name=name)
        if verdict.answer == "unknown":
            return self.answer["unknown"]
        code, gaps = _strength_of(verdict)
        gaps = {"name": name, "platform": platform, "date": "", **gaps}
        state = gaps.pop("state", "off")
        gaps |= {
            "state": self.state.get(state, state.upper()),
            "switched": self.state.get(f"switched-{state}", state),
        }
        return self.strength[code].format_map(gaps)


def _strength_of(verdict: Verdict) -> tuple[str, dict[str, str]]:
    """Which fixed sentence, with the date and state of the weakest practice's reason."""
    strength = verdict.strength or "promised"
    weak = next((one for one in verdict.practices if one.strength == strength), None)
    for reason in weak.reasons if weak else ():
        facts = {key: fact for key, fact in reason.facts.items() if isinstance(fact, str)}
        if strength == "asked" and reason.code == "shield-refuses":
            return "asked-by-platform", {"platform": facts["name"]}
        if reason.code == "request-confirmed-told":
            return "told-request", {"date": facts["date"]}
        if reason.code == f"switch-{strength}":
            return strength, {"date": facts["date"], "state": facts.get("state", "off")}
    return strength, {}


def load_sentences(root: Path, lang: str) -> Sentences:
    """The sentences of a language; raises BadKnowledge."""
    return read(root / "reasons" / f"{lang}.toml", Sentences, f"reasons/{lang}.toml")


def gaps_of(template: str) -> frozenset[str]:
    """The names of the gaps in a sentence."""
    return frozenset(re.findall(r"\{(\w+)\}", template))
