"""The sentences of answers, strengths, reasons and limits, one file per language."""

from __future__ import annotations

import re
from pathlib import Path

from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.facts import Fact
from withhold.verdict import Reason, Verdict


class Sentences(Fact, frozen=True, kw_only=True):
    """``knowledge/reasons/<lang>.toml``; every language has the same codes and gaps."""

    lang: str
    answer: dict[str, str]
    strength: dict[str, str]
    state: dict[str, str]
    reason: dict[str, str]
    conflict: dict[str, str]
    kind: dict[str, str]
    audience: dict[str, str]
    use: dict[str, str]
    source: dict[str, str]
    change: dict[str, str]

    def say(self, reason: Reason) -> str:
        """The sentence of a reason; raises BadKnowledge for a code that has none."""
        gaps = {name: self.text(fact) for name, fact in reason.facts.items()}
        if reason.code not in self.reason:
            raise BadKnowledge(
                f"reasons/{self.lang}.toml: no sentence for {reason.code}",
                "withhold knowledge lint finds what else is missing",
            )
        return self.reason[reason.code].format_map(gaps).strip()

    def text(self, fact: str | dict[str, str]) -> str:
        """A text in this language, English where there is none."""
        return fact if isinstance(fact, str) else fact.get(self.lang) or fact.get("en", "")

    def headline(self, verdict: Verdict, name: str, platform: str = "") -> str:
        """The answer as the fixed sentence of its strength; no answer stands alone."""
        if verdict.answer == "allowed":
            return self.answer[_allowed_by(verdict)].format(name=name, platform=platform)
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


def _allowed_by(verdict: Verdict) -> str:
    """Which sentence of ``allowed``: by whose words the most certain open practice stands."""
    if verdict.actor == "anyone":
        return "allowed-others"
    whose = {
        one.reasons[0].facts.get("whose") for one in verdict.practices if one.answer == "allowed"
    }
    if whose - {"platform", "reported"}:
        return "allowed"
    return "allowed-by-platform" if "platform" in whose else "allowed-reported"


def deciding(verdict: Verdict) -> Reason:
    """The reason that decides: of the weakest refusal or of what stands open, else the first."""
    for one in verdict.practices:
        if one.answer == verdict.answer and one.strength == verdict.strength:
            named = [why for why in one.reasons if why.code.startswith(_DECIDING)]
            return (named or list(one.reasons))[0]
    return verdict.reasons[0]


_DECIDING = ("signal-", "shield-", "switch-", "request-", "letter-", "law-forbids")


def _strength_of(verdict: Verdict) -> tuple[str, dict[str, str]]:
    """Which fixed sentence, with the date and state of the reason that decides."""
    strength = verdict.strength or "promised"
    reason = deciding(verdict)
    facts = {key: fact for key, fact in reason.facts.items() if isinstance(fact, str)}
    if reason.code == "shield-refuses":
        code = {"asked": "asked-by-platform", "promised": "promised-wall"}.get(strength, strength)
        return code, {"platform": facts["name"]}
    if reason.code == "signal-heeded" and strength == "promised":
        return "promised-signal", {}
    if reason.code == "letter-granted" and strength == "promised":
        return "promised-letter", {"date": facts["date"]}
    if reason.code in ("request-confirmed-told", "letter-granted-told"):
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
