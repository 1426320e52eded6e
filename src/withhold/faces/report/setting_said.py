"""How a look at a setting ended, as sentences: the outcome, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import quote

import tomli
from msgspec import Struct

from withhold.recipes.result import Result
from withhold.verbs.settings import Chosen
from withhold.words import Observation

Words = dict[str, str]


class ResultSaid(Struct, frozen=True, kw_only=True):
    """The outcome and why; ``why`` is empty where the outcome says it all."""

    outcome: str
    why: str


def words_of(lang: str) -> Words:
    """The words of settings in one language."""
    path = Path(__file__).parents[1] / "phrases" / f"settings.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def step_of(chosen: Chosen) -> str:
    """``platform/control``, with ``@name`` where the account has one."""
    name = chosen.account.name
    return f"{chosen.ref}@{name}" if name else chosen.ref


def said_of(
    chosen: Chosen,
    result: Result,
    words: Mapping[str, str],
    *,
    saved_page: bool = False,
    since: Observation | None = None,
) -> ResultSaid:
    """The sentences of one result; of a saved page its own ones, where there are some."""
    facts = {
        "name": chosen.platform.name,
        "words": result.words,
        "state": words[f"state_{result.after}"],
        "account": result.account,
        "step": quote(step_of(chosen)),
        "check": f"withhold check {quote(step_of(chosen))} --window",
        "before": words.get(f"state_{since.value}", since.value) if since else "",
        "since": str(since.on) if since else "",
    }
    outcome: str = "flipped-back" if since else result.outcome
    return ResultSaid(
        outcome=_say("outcome", outcome, saved_page, words).format(**facts),
        why=_say("reason", result.reason, saved_page, words).format(**facts),
    )


def _say(kind: str, name: str, saved_page: bool, words: Mapping[str, str]) -> str:
    usual = words[f"{kind}_{name}"]
    return words.get(f"{kind}_page-{name}", usual) if saved_page else usual
